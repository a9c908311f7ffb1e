"""The rules of an activity: which status each change needs and gives (`TRANSITIONS`)."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from kalends.domain.commands import (
    ActivityCommand,
    CancelActivity,
    CorrectActivity,
    HoldActivity,
    MoveActivity,
    PlanActivity,
    RecordActivity,
    ReinstateActivity,
    ReleaseActivity,
    RestoreActivity,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.details import HELD, Details, Status, accepted, clean_when
from kalends.domain.errors import (
    N_,
    ConflictError,
    EmptyTextError,
    NotPossibleError,
    RetractedError,
)
from kalends.domain.events import (
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
    Stamp,
)
from kalends.domain.text import clean_or_none, required_reason
from kalends.domain.value import Value, replace
from kalends.domain.when import OfficeHours, When

_Change = (
    HoldActivity
    | MoveActivity
    | CancelActivity
    | ReinstateActivity
    | CorrectActivity
    | RestoreActivity
    | RetractActivity
    | WithholdActivity
    | ReleaseActivity
)
_Changed = (
    ActivityHeld
    | ActivityMoved
    | ActivityCancelled
    | ActivityReinstated
    | ActivityCorrected
    | ActivityRetracted
    | ActivityWithheld
    | ActivityReleased
)
# The status that an activity has after its first event.
INITIAL_STATUS: dict[type[ActivityEvent], Status] = {
    ActivityPlanned: "planned",
    ActivityRecorded: "recorded",
}
# The status that an event needs, and the status after it. Other events keep the status, or carry
# a new one (a correction).
TRANSITIONS: dict[type[ActivityEvent], tuple[Status, Status]] = {
    ActivityHeld: ("planned", "held"),
    ActivityMoved: ("planned", "planned"),
    ActivityCancelled: ("planned", "cancelled"),
    ActivityReinstated: ("cancelled", "planned"),
}
CLEARABLE = ("place", "tags", "description", "headcount", "links", "source")


class Activity(Value):
    """An activity in its current state."""

    details: Details
    status: Status
    withheld: bool = False


def is_planned(when: When, now: datetime, hours: OfficeHours, *, said: bool | None = None) -> bool:
    """Return whether to plan an activity: `said` if given, else whether it begins after `now`.

    `now` is what the clocks of the campaign show. A part of a day begins with its office hours, a
    day without hours at midnight.
    """
    if said is not None:
        return said
    part_begins = hours.of(when.part)[0] if when.part else "00:00"
    return (when.first_day, when.starts or part_begins) > (now.date(), f"{now:%H:%M}")


def decide(
    activity: Activity | None, command: ActivityCommand, *, stamp: Stamp
) -> tuple[ActivityEvent, ...]:
    """Return the events that a command causes; none when it would change nothing.

    Raises `RefusedError` for a broken rule, a missing reason or a text that is not allowed,
    `ConflictError` when a new activity exists already, and `ImpossibleDateError` as `when.checked`
    does.
    """
    match command:
        case PlanActivity(details=details):
            _check_new(activity)
            return (ActivityPlanned(**stamp, details=accepted(details)),)
        case RecordActivity(details=details):
            _check_new(activity)
            return (ActivityRecorded(**stamp, details=accepted(details)),)
        case _:
            return _change(activity, command, stamp)


def _change(  # noqa: C901, PLR0911, PLR0912 - one flat match over all changes
    activity: Activity | None, command: _Change, stamp: Stamp
) -> tuple[ActivityEvent, ...]:
    if activity is None:
        raise NotPossibleError(status=N_("unknown"), wanted=N_("changed"))
    if activity.status == "retracted":
        if isinstance(command, RetractActivity):
            return ()
        raise RetractedError
    match command:
        case HoldActivity():
            return _hold(activity, stamp)
        case MoveActivity():
            return _move(activity, command, stamp)
        case CancelActivity(reason=reason):
            if activity.status == "cancelled":
                return ()
            _check_status(activity, ActivityCancelled, N_("cancelled"))
            return (ActivityCancelled(**stamp, reason=required_reason(reason)),)
        case ReinstateActivity(reason=reason):
            if activity.status == "planned":
                return ()
            _check_status(activity, ActivityReinstated, N_("reinstated"))
            return (ActivityReinstated(**stamp, reason=required_reason(reason)),)
        case CorrectActivity():
            return _correct(
                activity, _corrected(activity, command), command.reason, stamp, [activity.details]
            )
        case RestoreActivity(details=details, status=status, reason=reason):
            before = replace(activity, details=details, status=status)
            return _correct(activity, before, reason, stamp, [activity.details, details])
        case RetractActivity(reason=reason):
            return (ActivityRetracted(**stamp, reason=required_reason(reason)),)
        case WithholdActivity(reason=reason):
            return (
                ()
                if activity.withheld
                else (ActivityWithheld(**stamp, reason=required_reason(reason)),)
            )
        case ReleaseActivity(reason=reason):
            if not activity.withheld:
                return ()
            return (ActivityReleased(**stamp, reason=clean_or_none(reason, "reason")),)
        case _:
            assert_never(command)


def evolve(activity: Activity | None, event: ActivityEvent) -> Activity:
    """Return the activity after an event."""
    match event:
        case ActivityPlanned(details=details) | ActivityRecorded(details=details):
            return Activity(details=details, status=INITIAL_STATUS[type(event)])
        case _:
            return _changed(activity, event)


def status_after(before: Status, event: ActivityEvent) -> Status:
    """Return the status that an activity has after a further event."""
    if type(event) in TRANSITIONS:
        return TRANSITIONS[type(event)][1]
    if isinstance(event, ActivityCorrected):
        return event.status
    return "retracted" if isinstance(event, ActivityRetracted) else before


def _changed(activity: Activity | None, event: _Changed) -> Activity:
    if activity is None:
        raise NotPossibleError(status=N_("unknown"), wanted=event.TOPIC)
    match event:
        case ActivityMoved(when=when):
            return replace(activity, details=replace(activity.details, when=when))
        case ActivityCorrected(details=details, status=status):
            return replace(activity, details=details, status=status)
        case ActivityHeld() | ActivityCancelled() | ActivityReinstated() | ActivityRetracted():
            return replace(activity, status=status_after(activity.status, event))
        case ActivityWithheld():
            return replace(activity, withheld=True)
        case ActivityReleased():
            return replace(activity, withheld=False)
        case _:
            assert_never(event)


def _check_new(activity: Activity | None) -> None:
    if activity is not None:
        raise ConflictError(expected=0, found=1)


def _check_status(activity: Activity, turn: type[ActivityEvent], wanted: str) -> None:
    if activity.status != TRANSITIONS[turn][0]:
        # People read one word for what took place.
        status = "held" if activity.status in HELD else activity.status
        raise NotPossibleError(status=status, wanted=wanted)


def _hold(activity: Activity, stamp: Stamp) -> tuple[ActivityEvent, ...]:
    if activity.status in HELD:
        return ()
    _check_status(activity, ActivityHeld, N_("held"))
    return (ActivityHeld(**stamp),)


def _move(activity: Activity, command: MoveActivity, stamp: Stamp) -> tuple[ActivityEvent, ...]:
    _check_status(activity, ActivityMoved, N_("moved"))
    when = clean_when(command.when)
    before = activity.details.when
    # The same time in other words is not a move: subscribed calendars would show nothing new.
    if replace(when, text=before.text) == before:
        return ()
    return (ActivityMoved(**stamp, when=when, reason=required_reason(command.reason)),)


def _corrected(activity: Activity, command: CorrectActivity) -> Activity:
    details = activity.details
    names = ("title", "when", "departments", *CLEARABLE)
    changes = {
        name: getattr(command, name) for name in names if getattr(command, name) is not None
    }
    for name in sorted(command.clear):
        if name not in CLEARABLE:
            raise EmptyTextError(field=name)
        changes[name] = () if name in {"tags", "links"} else None
    return replace(
        activity,
        details=replace(details, **changes),
        status=activity.status if command.status is None else command.status,
    )


def _correct(
    before: Activity, after: Activity, reason: str, stamp: Stamp, known: Sequence[Details]
) -> tuple[ActivityEvent, ...]:
    details = accepted(after.details, known=known)
    if details == before.details and after.status == before.status:
        return ()
    if after.status == "retracted":
        raise NotPossibleError(status=before.status, wanted=N_("corrected to retracted"))
    reason = required_reason(reason)
    return (ActivityCorrected(**stamp, details=details, status=after.status, reason=reason),)
