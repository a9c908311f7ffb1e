"""The facts: each has happened, is never changed, and carries whole values."""

from datetime import date, datetime
from typing import ClassVar, Literal, NamedTuple, TypedDict

from kalends.domain.department import Name, Pause
from kalends.domain.details import Details, Status
from kalends.domain.settings import Settings
from kalends.domain.value import Value, value
from kalends.domain.when import When

Via = Literal["cli", "web", "api", "import"]


class Stamp(TypedDict):
    """Who recorded a fact, when, through what, and by which command; `at` in whole UTC seconds."""

    at: datetime
    by: str
    via: Via
    act: str


@value
class Stamped(Value):
    """What every fact carries; see `Stamp`."""

    at: datetime
    by: str
    via: Via
    act: str


@value
class CampaignOpened(Stamped):
    """The campaign began to be recorded."""

    TOPIC: ClassVar[str] = "campaign.opened"
    id: str
    settings: Settings


@value
class CampaignRevised(Stamped):
    """The campaign's settings were changed."""

    TOPIC: ClassVar[str] = "campaign.revised"
    settings: Settings
    reason: str | None = None


@value
class ClockCorrected(Stamped):
    """The clock had been ahead and was set right: from here on times are to be trusted again.

    It alone may be stamped earlier than the event before it. Every earlier event counts as
    recorded no later than this one.
    """

    TOPIC: ClassVar[str] = "clock.corrected"
    reason: str


@value
class DepartmentRegistered(Stamped):
    """A department joined the roster; `on` is since when, None since ever."""

    TOPIC: ClassVar[str] = "department.registered"
    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    on: date | None = None


@value
class DepartmentAliased(Stamped):
    """A department got a further name that it is found by, on any day; `on` tells nothing."""

    TOPIC: ClassVar[str] = "department.aliased"
    code: str
    alias: str
    on: date | None = None


@value
class DepartmentUnaliased(Stamped):
    """A department lost an alias: it is not found by it any more."""

    TOPIC: ClassVar[str] = "department.unaliased"
    code: str
    alias: str
    reason: str | None = None


@value
class DepartmentAbbreviated(Stamped):
    """A department got the short name that lists and feeds use; None: the usual one again."""

    TOPIC: ClassVar[str] = "department.abbreviated"
    code: str
    short: str | None = None


@value
class DepartmentRenamed(Stamped):
    """A department bears a new name from a day on; the old one stays an alias."""

    TOPIC: ClassVar[str] = "department.renamed"
    code: str
    name: str
    on: date | None = None
    reason: str | None = None


@value
class DepartmentMerged(Stamped):
    """A department went up in another one."""

    TOPIC: ClassVar[str] = "department.merged"
    code: str
    into: str
    on: date | None = None
    reason: str | None = None


@value
class DepartmentClosed(Stamped):
    """A department ceased."""

    TOPIC: ClassVar[str] = "department.closed"
    code: str
    on: date | None = None
    reason: str | None = None


@value
class DepartmentReopened(Stamped):
    """A closed department is there again from a day on; None: as if it had never been closed."""

    TOPIC: ClassVar[str] = "department.reopened"
    code: str
    on: date | None = None
    reason: str | None = None


@value
class DepartmentMoved(Stamped):
    """A department belongs to this parent, whatever the day; None: to none."""

    TOPIC: ClassVar[str] = "department.moved"
    code: str
    parent: str | None = None
    reason: str | None = None


@value
class DepartmentRestored(Stamped):
    """An act on a department was undone; this is the whole of it as it stands again."""

    TOPIC: ClassVar[str] = "department.restored"
    code: str
    names: tuple[Name, ...]
    aliases: tuple[str, ...]
    closed: bool
    pauses: tuple[Pause, ...]
    reason: str
    short: str | None = None
    parent: str | None = None
    since: date | None = None
    closed_on: date | None = None
    merged_into: str | None = None


@value
class DepartmentWithdrawn(Stamped):
    """A department should never have been registered; its code and names are free again."""

    TOPIC: ClassVar[str] = "department.withdrawn"
    code: str
    reason: str


@value
class ActivityPlanned(Stamped):
    """An activity is to come."""

    TOPIC: ClassVar[str] = "activity.planned"
    details: Details


@value
class ActivityRecorded(Stamped):
    """An activity that has already happened was put on record."""

    TOPIC: ClassVar[str] = "activity.recorded"
    details: Details


@value
class ActivityHeld(Stamped):
    """A planned activity took place."""

    TOPIC: ClassVar[str] = "activity.held"


@value
class ActivityMoved(Stamped):
    """The plan changed: a planned activity has another time."""

    TOPIC: ClassVar[str] = "activity.moved"
    when: When
    reason: str


@value
class ActivityCancelled(Stamped):
    """A planned activity will not take place."""

    TOPIC: ClassVar[str] = "activity.cancelled"
    reason: str


@value
class ActivityReinstated(Stamped):
    """A cancelled activity will take place after all."""

    TOPIC: ClassVar[str] = "activity.reinstated"
    reason: str


@value
class ActivityCorrected(Stamped):
    """The record was wrong; these are the whole details and the status as they now stand."""

    TOPIC: ClassVar[str] = "activity.corrected"
    details: Details
    status: Status
    reason: str


@value
class ActivityRetracted(Stamped):
    """The activity should never have been recorded; final."""

    TOPIC: ClassVar[str] = "activity.retracted"
    reason: str


@value
class ActivityWithheld(Stamped):
    """The activity is kept out of public feeds and pages."""

    TOPIC: ClassVar[str] = "activity.withheld"
    reason: str


@value
class ActivityReleased(Stamped):
    """A withheld activity is public again."""

    TOPIC: ClassVar[str] = "activity.released"
    reason: str | None = None


CampaignEvent = CampaignOpened | CampaignRevised | ClockCorrected
RosterEvent = (
    DepartmentRegistered
    | DepartmentAliased
    | DepartmentUnaliased
    | DepartmentAbbreviated
    | DepartmentRenamed
    | DepartmentMerged
    | DepartmentClosed
    | DepartmentReopened
    | DepartmentMoved
    | DepartmentRestored
    | DepartmentWithdrawn
)
ActivityEvent = (
    ActivityPlanned
    | ActivityRecorded
    | ActivityHeld
    | ActivityMoved
    | ActivityCancelled
    | ActivityReinstated
    | ActivityCorrected
    | ActivityRetracted
    | ActivityWithheld
    | ActivityReleased
)
Event = CampaignEvent | RosterEvent | ActivityEvent

CAMPAIGN = "campaign"
ROSTER = "roster"
ACTIVITY = "activity-"  # followed by its id


def activity_stream(activity_id: str) -> str:
    """Return the name of an activity's stream."""
    return ACTIVITY + activity_id


def activity_id(stream: str) -> str | None:
    """Return the id of the activity whose stream this is, or None for another stream."""
    return stream[len(ACTIVITY) :] if stream.startswith(ACTIVITY) else None


def may_go_back(stream: str, topic: str) -> bool:
    """Tell whether an event may be stamped earlier than the one before it."""
    return stream == CAMPAIGN and topic == ClockCorrected.TOPIC


class Entry(NamedTuple):
    """A fact in its place: `position` in the log and `version` in its stream, both from 1."""

    position: int
    stream: str
    version: int
    event: Event
