"""Which event may follow which, checked when events are read."""

from typing import Protocol

from kalends.domain.activity import INITIAL_STATUS, TRANSITIONS
from kalends.domain.details import Details
from kalends.domain.errors import TransitionError
from kalends.domain.events import (
    CAMPAIGN,
    ROSTER,
    ActivityCorrected,
    ActivityEvent,
    ActivityRetracted,
    CampaignEvent,
    CampaignOpened,
    DepartmentMerged,
    DepartmentMoved,
    DepartmentRegistered,
    DepartmentRestored,
    DepartmentWithdrawn,
    Event,
    RosterEvent,
    activity_id,
)


class Statuses(Protocol):
    """Keeps the status of each activity's stream."""

    def get(self, key: str, /) -> str | None:
        """Return the status of a stream, None for a new one."""

    def __setitem__(self, key: str, value: str, /) -> None:
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
        # For each department: its parent, and what it was merged into.
        self._above: dict[str, tuple[str | None, str | None]] = {}
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
        code = event.code
        if isinstance(event, DepartmentRegistered):
            is_new = code not in self._above
            self._above[code] = (event.parent, None)
            return is_new and self._has_its_place(code)
        if code not in self._above:
            return False
        if isinstance(event, DepartmentWithdrawn):
            del self._above[code]
            return all(code not in above for above in self._above.values())
        parent, merged_into = self._above[code]
        if isinstance(event, DepartmentMoved | DepartmentRestored):
            parent = event.parent
        if isinstance(event, DepartmentMerged):
            merged_into = event.into
        elif isinstance(event, DepartmentRestored):
            merged_into = event.merged_into
        self._above[code] = (parent, merged_into)
        return self._has_its_place(code)

    def _has_its_place(self, code: str) -> bool:
        """Return whether all its ancestors are known, and it is not its own ancestor."""
        seen: set[str] = set()
        waiting = list(self._above[code])
        while waiting:
            above = waiting.pop()
            if above is None or above in seen:
                continue
            if above == code or above not in self._above:
                return False
            seen.add(above)
            waiting.extend(self._above[above])
        return True

    def _acts(self, stream: str, event: ActivityEvent) -> bool:
        details: Details | None = getattr(event, "details", None)
        if details is not None and not self._above.keys() >= {
            department.code for department in details.departments
        }:
            return False
        before = self._status.get(stream)
        kind = type(event)
        if before is None or kind in INITIAL_STATUS:
            self._status[stream] = INITIAL_STATUS.get(kind, "retracted")
            return before is None and kind in INITIAL_STATUS
        if before == "retracted":
            return False
        expected, after = TRANSITIONS.get(kind, (before, before))
        if isinstance(event, ActivityCorrected):
            after = event.status
        elif isinstance(event, ActivityRetracted):
            after = "retracted"
        self._status[stream] = after
        return before == expected
