"""What the answers say, beside `ok`: one type for each kind of document."""

from typing import Any, NotRequired, TypedDict

from kalends.application.access.permissions import AccessRole
from kalends.presentation.error_answers import ErrorShape
from kalends.presentation.json_types import (
    ActivityShape,
    CampaignShape,
    DepartmentShape,
    DifferenceShape,
    EventShape,
    HappenedShape,
    HistoryShape,
    Instant,
    LateShape,
    Number,
    ParticipationShape,
    SubscriptionShape,
    WhenShape,
)


class Known(TypedDict):
    """As of which position the answer is true."""

    known_at: Number


class Activities(Known):
    """Activities; `more` says that there are more."""

    activities: list[ActivityShape]
    more: bool


class Activity(Known):
    """An activity, with all that happened to it."""

    activity: HistoryShape


class Departments(Known):
    """All departments."""

    departments: list[DepartmentShape]


class DepartmentRecord(Known):
    """A department, and the events that changed it."""

    department: DepartmentShape
    events: list[EventShape]


class History(Known):
    """A department, and its activities with all that happened to them."""

    department: DepartmentShape
    activities: list[HistoryShape]
    more: bool


class Page(Known):
    """Part of what follows a position: up to `next`, and whether there is more."""

    after: Number
    next: Number
    more: bool


class Changes(Page):
    """What happened to activities, oldest first."""

    changes: list[HappenedShape]


class Events(Page):
    """Events of the log, oldest first."""

    events: list[EventShape]


class Late(Known):
    """Activities that were recorded late."""

    days: Number
    activities: list[LateShape]
    more: bool


_Between = TypedDict("_Between", {"from": Number, "to": Number})


class Differences(Known, _Between):
    """Activities that changed between two positions."""

    activities: list[DifferenceShape]
    more: bool


class CampaignSettings(Known):
    """The settings of the campaign."""

    campaign: CampaignShape


class FeedShape(TypedDict):
    """A feed, how many activities it holds, and its address if the campaign has a site."""

    name: str
    title: str
    activities: Number
    url: str | None


class Feeds(Known):
    """All feeds."""

    feeds: list[FeedShape]


class Feed(Known):
    """The calendar of a feed."""

    feed: str
    id: None
    ics: str


class Explanation(Known):
    """What calendars show of an activity, and why."""

    id: str
    explanation: list[str]


class ReadShape(TypedDict):
    """What was read of a sentence."""

    title: str | None
    when: WhenShape | None
    weekday: Number | None
    departments: list[ParticipationShape]
    place: str | None
    tags: list[str]
    description: str | None
    headcount: Number | None
    planned: bool | None


class Unread(ErrorShape):
    """What was not understood, and where in the sentence it stands."""

    span: tuple[Number, Number] | None


class Read(TypedDict):
    """What a sentence is read as."""

    read: ReadShape
    unread: list[Unread]
    notes: list[str]


class ReadDate(TypedDict):
    """What a date is read as."""

    phrase: str
    when: WhenShape
    rule: str
    notes: list[str]


class Reader(TypedDict):
    """Who reads."""

    actor: str
    role: AccessRole
    departments: list[str]


class LineShape(TypedDict):
    """A line of the journal."""

    stream: str
    version: Number
    topic: str
    state: dict[str, Any]


class Log(Page):
    """Lines of the journal; null for one that may not be read."""

    at: Instant
    reader: Reader
    campaign: str
    language: str
    published: Number
    hidden: str
    lines: list[LineShape | None]


class Checkpoint(TypedDict):
    """A signed checkpoint; `size` is null for the newest, as it stands in the folder."""

    size: Number | None
    note: str


class Proofs(TypedDict):
    """The keys that are trusted, and the checkpoints that are kept."""

    keys: list[str]
    checkpoints: list[Checkpoint]


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
