"""The events of an activity: what was recorded or planned, and what changed since."""

from typing import ClassVar

from kalends.domain.details import Details, Status
from kalends.domain.events.stamps import Stamped
from kalends.domain.value import value
from kalends.domain.when import When


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
