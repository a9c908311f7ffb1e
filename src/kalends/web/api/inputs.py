"""The shapes of request bodies."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec

from kalends.application.recording.carrying_out import Order, command_shapes, order_from
from kalends.application.subscriptions.subscriptions import Every
from kalends.domain.details import CorrectedStatus
from kalends.intake.files.rows import Row


class NewSentence(msgspec.Struct, forbid_unknown_fields=True):
    """An activity as a sentence; `planned` says whether it is to come, whatever its date."""

    sentence: str
    planned: bool | None = None


class NewActivity(Row, forbid_unknown_fields=True):
    """An activity in fields, as in a line of a file of activities."""


class Sentence(msgspec.Struct, forbid_unknown_fields=True):
    """A sentence to be read."""

    sentence: str


class Phrase(msgspec.Struct, forbid_unknown_fields=True):
    """A date phrase to be read, as if today were a day or a moment."""

    phrase: str
    today: str | None = None


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
    status: CorrectedStatus | None = None
    clear: list[Literal["place", "tags", "description", "headcount", "links", "source"]] = []


class NewWebhook(msgspec.Struct, forbid_unknown_fields=True):
    """A webhook: where to, and what of."""

    url: str
    departments: list[str] = []
    tags: list[str] = []
    withheld: bool = False
    after: str | None = msgspec.field(default=None, name="from")
    note: str = ""


class NewDigest(msgspec.Struct, forbid_unknown_fields=True):
    """A digest: where to, how often, and what of."""

    url: str
    every: Every = "day"
    departments: list[str] = []
    tags: list[str] = []
    after: str | None = msgspec.field(default=None, name="from")
    note: str = ""


class ResumeFrom(msgspec.Struct, forbid_unknown_fields=True):
    """From where on everything is sent again, if not from where it stopped."""

    after: str | None = msgspec.field(default=None, name="from")


class LastAct(msgspec.Struct, forbid_unknown_fields=True):
    """Why the last act is undone; `position` is where it ends, if that was looked up."""

    reason: str | None = None
    position: int | None = None


NewCommands: Any = msgspec.defstruct(
    "NewCommands",
    [
        (
            "commands",
            Annotated[
                list[command_shapes()],  # type: ignore[misc]  # made from the commands
                msgspec.Meta(min_length=1),
            ],
        ),
        ("looked_until", Annotated[int, msgspec.Meta(ge=0)] | None, None),
    ],
    forbid_unknown_fields=True,
    namespace={"__doc__": "Commands that are one act."},
)


def orders_in(given: Any) -> Sequence[Order]:
    """Return the orders of `NewCommands`."""
    return [order_from(shape) for shape in given.commands]
