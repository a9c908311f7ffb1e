"""What may follow what: the rules by which events were decided, when events are read."""

from kalends.domain.details import Details, Status
from kalends.domain.errors import CourseError
from kalends.domain.events import (
    CAMPAIGN,
    ROSTER,
    ActivityCancelled,
    ActivityCorrected,
    ActivityEvent,
    ActivityHeld,
    ActivityMoved,
    ActivityPlanned,
    ActivityRecorded,
    ActivityReinstated,
    ActivityRetracted,
    CampaignEvent,
    CampaignOpened,
    DepartmentMerged,
    DepartmentRegistered,
    Event,
    RosterEvent,
    activity_id,
)

_BEGINS: dict[type, Status] = {ActivityPlanned: "planned", ActivityRecorded: "recorded"}
_TURNS: dict[type, tuple[Status, Status]] = {
    ActivityHeld: ("planned", "held"),
    ActivityMoved: ("planned", "planned"),
    ActivityCancelled: ("planned", "cancelled"),
    ActivityReinstated: ("cancelled", "planned"),
}


class Course:
    """The events read so far: only what is needed to tell whether one may follow.

    What an event says is not judged, only whether a Kalends could have decided it there: an
    activity that was never planned is not held, and no department acts that was never registered.
    """

    def __init__(self) -> None:
        """Begin before the first event."""
        self._is_open = False
        self._codes: set[str] = set()
        self._status: dict[str, Status] = {}

    def follow(self, position: int, stream: str, event: Event) -> None:
        """Take the next event; raise `CourseError` when it cannot stand there."""
        if isinstance(event, CampaignEvent):
            is_right = stream == CAMPAIGN and self._is_open != isinstance(event, CampaignOpened)
            self._is_open = True
        elif isinstance(event, RosterEvent):
            is_right = stream == ROSTER and self._is_open and self._registers(event)
        else:
            is_right = activity_id(stream) is not None and self._acts(stream, event)
        if not is_right:
            raise CourseError(position=position, stream=stream, topic=event.TOPIC)

    def _registers(self, event: RosterEvent) -> bool:
        if isinstance(event, DepartmentRegistered):
            is_new = event.code not in self._codes
            self._codes.add(event.code)
            return is_new and (event.parent is None or event.parent in self._codes)
        into = event.into if isinstance(event, DepartmentMerged) else event.code
        return {event.code, into} <= self._codes

    def _acts(self, stream: str, event: ActivityEvent) -> bool:
        details: Details | None = getattr(event, "details", None)
        if details is not None and not self._codes.issuperset(
            one.code for one in details.departments
        ):
            return False
        before = self._status.get(stream)
        kind = type(event)
        if before is None or kind in _BEGINS:
            self._status[stream] = _BEGINS.get(kind, "retracted")
            return before is None and kind in _BEGINS
        if before == "retracted":
            return False
        expected, after = _TURNS.get(kind, (before, before))
        if isinstance(event, ActivityCorrected):
            after = event.status
        elif isinstance(event, ActivityRetracted):
            after = "retracted"
        self._status[stream] = after
        return before == expected
