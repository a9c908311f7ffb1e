"""The events of an activity: what was recorded or planned, and what changed since."""

from typing import ClassVar

from kalends.domain.details import Details, Status
from kalends.domain.events.stamps import Stamped
from kalends.domain.when import When


class ActivityPlanned(Stamped):
    """An activity was planned."""

    TOPIC: ClassVar[str] = "activity.planned"
    details: Details


class ActivityRecorded(Stamped):
    """An activity that had already happened was recorded."""

    TOPIC: ClassVar[str] = "activity.recorded"
    details: Details


class ActivityHeld(Stamped):
    """A planned activity took place."""

    TOPIC: ClassVar[str] = "activity.held"


class ActivityMoved(Stamped):
    """The plan changed: the activity has another date or time."""

    TOPIC: ClassVar[str] = "activity.moved"
    when: When
    reason: str


class ActivityCancelled(Stamped):
    """A planned activity will not take place."""

    TOPIC: ClassVar[str] = "activity.cancelled"
    reason: str


class ActivityReinstated(Stamped):
    """A cancelled activity will take place after all."""

    TOPIC: ClassVar[str] = "activity.reinstated"
    reason: str


class ActivityCorrected(Stamped):
    """The record was wrong; these are the whole details and the status now."""

    TOPIC: ClassVar[str] = "activity.corrected"
    details: Details
    status: Status
    reason: str


class ActivityRetracted(Stamped):
    """The activity should never have been recorded; this is final."""

    TOPIC: ClassVar[str] = "activity.retracted"
    reason: str


class ActivityWithheld(Stamped):
    """The activity is kept out of public feeds and pages."""

    TOPIC: ClassVar[str] = "activity.withheld"
    reason: str


class ActivityReleased(Stamped):
    """A withheld activity is public again."""

    TOPIC: ClassVar[str] = "activity.released"
    reason: str | None = None


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
