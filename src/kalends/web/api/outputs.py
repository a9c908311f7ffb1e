"""What answers to questions say, beside `ok`: one type for each kind of document."""

from typing import Any, TypedDict

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
