"""The events: each has happened, is never changed, and carries whole values.

A list, so it is longer than other modules: all that is ever stored can be read in one place.
"""

from datetime import date, datetime
from typing import ClassVar, Literal, NamedTuple, TypedDict

from kalends.domain.campaign_settings import Settings
from kalends.domain.department import Name, Pause
from kalends.domain.details import Details, Status
from kalends.domain.value import Value, value
from kalends.domain.when import When

Via = Literal["cli", "web", "api", "import"]


class Stamp(TypedDict):
    """Who recorded an event, when, how, and by which command; `at` in whole UTC seconds."""

    at: datetime
    by: str
    via: Via
    act: str


@value
class Stamped(Value):
    """What every event carries; see `Stamp`."""

    at: datetime
    by: str
    via: Via
    act: str


@value
class CampaignOpened(Stamped):
    """The record of the campaign was started."""

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
    """The clock was ahead and has been set right.

    Only this event may have an earlier time than the event before it. Every earlier event counts
    as recorded no later than this one.
    """

    TOPIC: ClassVar[str] = "clock.corrected"
    reason: str


@value
class DepartmentRegistered(Stamped):
    """A department was added to the roster; `on` is its first day, None for always."""

    TOPIC: ClassVar[str] = "department.registered"
    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    on: date | None = None


@value
class DepartmentAliased(Stamped):
    """A department got another name to be found by, for any day; `on` is not used."""

    TOPIC: ClassVar[str] = "department.aliased"
    code: str
    alias: str
    on: date | None = None


@value
class DepartmentUnaliased(Stamped):
    """A department lost an alias and is no longer found by it."""

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
    """A department has a new name from a date; the old name stays an alias."""

    TOPIC: ClassVar[str] = "department.renamed"
    code: str
    name: str
    on: date | None = None
    reason: str | None = None


@value
class DepartmentMerged(Stamped):
    """A department was merged into another."""

    TOPIC: ClassVar[str] = "department.merged"
    code: str
    into: str
    on: date | None = None
    reason: str | None = None


@value
class DepartmentClosed(Stamped):
    """A department was closed."""

    TOPIC: ClassVar[str] = "department.closed"
    code: str
    on: date | None = None
    reason: str | None = None


@value
class DepartmentReopened(Stamped):
    """A closed department is open again from a date; None: as if it had never been closed."""

    TOPIC: ClassVar[str] = "department.reopened"
    code: str
    on: date | None = None
    reason: str | None = None


@value
class DepartmentMoved(Stamped):
    """A department was put under this parent, for every date; None: under no parent."""

    TOPIC: ClassVar[str] = "department.moved"
    code: str
    parent: str | None = None
    reason: str | None = None


@value
class DepartmentRestored(Stamped):
    """An act on a department was undone; this is the department's whole state again."""

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
    """A department was registered by mistake; its code and names are free again."""

    TOPIC: ClassVar[str] = "department.withdrawn"
    code: str
    reason: str


@value
class ActivityPlanned(Stamped):
    """An activity was planned."""

    TOPIC: ClassVar[str] = "activity.planned"
    details: Details


@value
class ActivityRecorded(Stamped):
    """An activity that had already happened was recorded."""

    TOPIC: ClassVar[str] = "activity.recorded"
    details: Details


@value
class ActivityHeld(Stamped):
    """A planned activity took place."""

    TOPIC: ClassVar[str] = "activity.held"


@value
class ActivityMoved(Stamped):
    """The plan changed: the activity has another date or time."""

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
    """The record was wrong; these are the whole details and the status now."""

    TOPIC: ClassVar[str] = "activity.corrected"
    details: Details
    status: Status
    reason: str


@value
class ActivityRetracted(Stamped):
    """The activity should never have been recorded; this is final."""

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
    """Return whether an event may have an earlier time than the event before it."""
    return stream == CAMPAIGN and topic == ClockCorrected.TOPIC


class Entry(NamedTuple):
    """An event with its `position` in the log and its `version` in its stream, both from 1."""

    position: int
    stream: str
    version: int
    event: Event
