"""Which command sets back what an event or an act changed."""

from collections.abc import Sequence
from itertools import takewhile
from typing import assert_never

from kalends.domain.activity import Activity
from kalends.domain.commands import (
    ActivityCommand,
    CancelActivity,
    ReinstateActivity,
    ReleaseActivity,
    RestoreActivity,
    RestoreDepartment,
    RetractActivity,
    RosterCommand,
    WithdrawDepartment,
    WithholdActivity,
)
from kalends.domain.department import Department
from kalends.domain.events import (
    ACTIVITY,
    ROSTER,
    ActivityCancelled,
    ActivityCorrected,
    ActivityEvent,
    ActivityHeld,
    ActivityMoved,
    ActivityPlanned,
    ActivityRecorded,
    ActivityReinstated,
    ActivityReleased,
    ActivityRetracted,
    ActivityWithheld,
    RosterEvent,
)
from kalends.domain.roster import Roster
from kalends.domain.streams import STREAMS


def undoing(  # noqa: C901, PLR0911 - one flat match over all events
    events: Sequence[ActivityEvent], *, reason: str
) -> ActivityCommand | None:
    """Return the command that undoes the last of these events, or None when there is none.

    Undoing retracts what was recorded or planned, restores what stood before a move, a correction
    or `held`, and swaps cancelled with reinstated and withheld with released.
    """
    match events[-1]:
        case ActivityPlanned() | ActivityRecorded():
            return RetractActivity(reason=reason)
        case ActivityHeld() | ActivityMoved() | ActivityCorrected():
            before: Activity | None = STREAMS[ACTIVITY].fold(events[:-1])
            if before is None:
                return None
            return RestoreActivity(details=before.details, status=before.status, reason=reason)
        case ActivityCancelled():
            return ReinstateActivity(reason=reason)
        case ActivityReinstated():
            return CancelActivity(reason=reason)
        case ActivityWithheld():
            return ReleaseActivity(reason=reason)
        case ActivityReleased():
            return WithholdActivity(reason=reason)
        case ActivityRetracted():
            return None
        case _ as event:
            assert_never(event)


def department_before(events: Sequence[RosterEvent], act: str, code: str) -> Department | None:
    """Return a department as it stood before an act, None when it was not on the roster."""
    roster: Roster = STREAMS[ROSTER].fold(takewhile(lambda event: event.act != act, events))
    department = roster.departments.get(code)
    return None if department is None or department.is_withdrawn else department


def department_reversal(code: str, before: Department | None, reason: str) -> RosterCommand:
    """Return the command that sets a department back to what it was."""
    if before is None:
        return WithdrawDepartment(code=code, reason=reason)
    return RestoreDepartment(department=before, reason=reason)
