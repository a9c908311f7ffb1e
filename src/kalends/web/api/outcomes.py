"""What answers to commands, files and subscriptions say, beside `ok`."""

from typing import NotRequired, TypedDict

from kalends.presentation.error_answers import ErrorShape
from kalends.presentation.json_types import (
    DepartmentShape,
    EventShape,
    Number,
    SubscriptionShape,
)


class CarriedOut(TypedDict):
    """What commands caused."""

    dry_run: bool
    changed: bool
    position: Number
    events: list[EventShape]


class NumberedActivity(TypedDict):
    """A line of a file, and the activity that it is about."""

    line: Number
    id: str | None


class FailedLine(TypedDict):
    """A line of a file that was left out, and why."""

    line: Number
    error: ErrorShape


class LineEvent(EventShape):
    """An event that a line of a file would cause."""

    line: Number


class Imported(TypedDict):
    """What became of the lines of a file; `events` are those of a dry run."""

    recorded: Number
    already: Number
    retracted: list[NumberedActivity]
    duplicates: list[NumberedActivity]
    position: Number
    dry_run: bool
    failed: list[FailedLine]
    notes: list[str]
    events: NotRequired[list[LineEvent]]


class Registered(TypedDict):
    """What became of the lines of a roster."""

    registered: Number
    already: Number
    departments: list[DepartmentShape]
    events: list[EventShape]
    position: Number
    dry_run: bool
    notes: list[str]


class Webhooks(TypedDict):
    """All webhooks."""

    webhooks: list[SubscriptionShape]


class Digests(TypedDict):
    """All digests."""

    digests: list[SubscriptionShape]


class Webhook(TypedDict):
    """A webhook; `key` is there only when it was just made."""

    webhook: SubscriptionShape
    key: NotRequired[str]


class Digest(TypedDict):
    """A digest."""

    digest: SubscriptionShape


class Revoked(TypedDict):
    """The mark of what was ended."""

    mark: str
