"""What the bodies of requests may say."""

from typing import Literal

import msgspec

from kalends.intake.rows import Row


class NewSentence(msgspec.Struct, forbid_unknown_fields=True):
    """An activity as a sentence; `planned` says whether it is to come, whatever its date."""

    sentence: str
    planned: bool | None = None


class NewActivity(Row, forbid_unknown_fields=True):
    """An activity in fields, as in a line of a file of activities."""


class Sentence(msgspec.Struct, forbid_unknown_fields=True):
    """A sentence to be read."""

    sentence: str


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """No fields."""


class Reason(msgspec.Struct, forbid_unknown_fields=True):
    """Why an activity is changed."""

    reason: str


class MaybeReason(msgspec.Struct, forbid_unknown_fields=True):
    """Why something is changed, if there is a reason to give."""

    reason: str | None = None


class NewDate(msgspec.Struct, forbid_unknown_fields=True):
    """The date to which an activity is moved, as a phrase, and why."""

    to: str
    reason: str


class NewDetails(msgspec.Struct, forbid_unknown_fields=True):
    """What is corrected, and why; what is not given stays. `clear` names fields to empty."""

    reason: str
    title: str | None = None
    when: str | None = None
    departments: list[str] | None = None
    place: str | None = None
    tags: list[str] | None = None
    description: str | None = None
    headcount: int | None = None
    links: list[str] | None = None
    status: Literal["planned", "held", "recorded", "cancelled"] | None = None
    clear: list[Literal["place", "tags", "description", "headcount", "links", "source"]] = []
