"""Which event may follow which, checked when events are read."""

from typing import Protocol

from kalends.domain.activity import INITIAL_STATUS, TRANSITIONS, status_after
from kalends.domain.details import Details, Status
from kalends.domain.errors import TransitionError
from kalends.domain.events import (
    CAMPAIGN,
    ROSTER,
    ActivityEvent,
    CampaignEvent,
    CampaignOpened,
    DepartmentRegistered,
    DepartmentWithdrawn,
    Event,
    RosterEvent,
    activity_id,
)
from kalends.domain.roster import Roster, evolve, has_its_place, part_of


class Statuses(Protocol):
    """Keeps the status of each activity's stream."""

    def get(self, key: str, /) -> Status | None:
        """Return the status of a stream, None for a new one."""

    def __setitem__(self, key: str, value: Status, /) -> None:
        """Set the status of a stream."""


class TransitionChecker:
    """Checks events in order, keeping only what is needed to tell whether one may follow.

    It does not judge what an event says, only whether Kalends could have decided it there: an
    activity that was never planned is not held, and a department that was never registered does
    not take part.
    """

    def __init__(self, statuses: Statuses | None = None) -> None:
        """Start before the first event, with empty `statuses`.

        In a long log they take most of the memory: pass something that uses the disk.
        """
        self._is_open = False
        self._roster = Roster()
        # The codes of the departments that are on it.
        self._codes: set[str] = set()
        self._status: Statuses = {} if statuses is None else statuses

    def follow(self, position: int, stream: str, event: Event) -> None:
        """Take the next event; raise `TransitionError` if it cannot be there."""
        if isinstance(event, CampaignEvent):
            is_right = stream == CAMPAIGN and self._is_open != isinstance(event, CampaignOpened)
            self._is_open = True
        elif isinstance(event, RosterEvent):
            is_right = stream == ROSTER and self._is_open and self._registers(event)
        else:
            is_right = activity_id(stream) is not None and self._acts(stream, event)
        if not is_right:
            raise TransitionError(position=position, stream=stream, topic=event.TOPIC)

    def _registers(self, event: RosterEvent) -> bool:
        code, before = event.code, self._roster
        is_new = code not in self._codes
        if is_new != isinstance(event, DepartmentRegistered):
            return False
        self._roster = evolve(before, event)
        if isinstance(event, DepartmentWithdrawn):
            self._codes.discard(code)
            return part_of(before, code) is None
        self._codes.add(code)
        return has_its_place(self._roster, code)

    def _acts(self, stream: str, event: ActivityEvent) -> bool:
        details: Details | None = getattr(event, "details", None)
        if details is not None and not self._codes.issuperset(
            department.code for department in details.departments
        ):
            return False
        before = self._status.get(stream)
        kind = type(event)
        if before is None or kind in INITIAL_STATUS:
            self._status[stream] = INITIAL_STATUS.get(kind, "retracted")
            return before is None and kind in INITIAL_STATUS
        if before == "retracted":
            return False
        self._status[stream] = status_after(before, event)
        return before == TRANSITIONS.get(kind, (before,))[0]
