"""What problem documents say (RFC 9457), and what stands now beside them."""

from typing import NotRequired, TypedDict

from kalends.presentation.json_types import (
    ActivityShape,
    CampaignShape,
    DepartmentShape,
    EventShape,
    Number,
)


class Standing(TypedDict):
    """Where the log stands, and how that stands now which a request wanted to change.

    `activity` is the one it names, `departments` are those that the message names, `campaign`
    are the settings, and `events` the act that an undo would reverse now.
    """

    position: Number
    activity: NotRequired[ActivityShape]
    departments: NotRequired[list[DepartmentShape]]
    campaign: NotRequired[CampaignShape]
    events: NotRequired[list[EventShape]]


class Problem(TypedDict):
    """What is wrong (RFC 9457); `id` is the recorded activity that it is about."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    hint: str
    fields: dict[str, str | int]
    id: NotRequired[str]


class Conflict(Problem, Standing):
    """What is wrong, and what stands now."""
