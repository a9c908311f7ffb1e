"""Changes an activity: mark as held, move, cancel, correct, retract and others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kalends.application.recording import warnings
from kalends.application.recording.given import Correction
from kalends.application.recording.warnings import WarningMessage
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.dates.reader import DateContext
from kalends.dates.times_alone import read_with_day
from kalends.domain.commands import ActivityCommand, CorrectActivity, HoldActivity, MoveActivity
from kalends.domain.details import Details
from kalends.domain.events import Entry
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.intake.roles import participations

_Warn = Callable[[When, DateContext], Sequence[WarningMessage | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An activity after a change; without entries if nothing changed.

    In a dry run, entries and details are those that the change would produce.
    """

    id: str
    ref: str
    entries: Sequence[Entry]
    details: Details
    roster: Roster
    warnings: Sequence[WarningMessage]


def hold(workspace: Workspace, text: str, *, expected: int | None = None) -> Changed:
    """Mark a planned activity as held; `text` is the beginning of its id."""
    return change(
        workspace, text, HoldActivity(), lambda *date: [warnings.to_come(*date)], expected=expected
    )


def move(
    workspace: Workspace, text: str, *, to: str, reason: str, expected: int | None = None
) -> Changed:
    """Move a planned activity to the date phrase `to`; a time alone keeps its day.

    Raises as `read_with_day` does.
    """
    command = MoveActivity(when=_when(workspace, text, to), reason=reason)
    return change(workspace, text, command, _of_new_date, expected=expected)


def correct(
    workspace: Workspace,
    text: str,
    correction: Correction,
    *,
    reason: str,
    expected: int | None = None,
) -> Changed:
    """Correct a wrong record; a time alone keeps its day.

    Raises an error of reading dates or departments.
    """
    when, names = correction.when, correction.dept
    command = CorrectActivity(
        reason=reason,
        title=correction.title,
        when=None if when is None else _when(workspace, text, when),
        departments=participations(workspace.service.roster(), names) if names else None,
        place=correction.place,
        tags=correction.tag or None,
        description=correction.description,
        headcount=correction.headcount,
        links=correction.link or None,
        status=correction.status,
        clear=frozenset(correction.clear),
    )
    warn = _no_warning if when is None else _of_new_date
    return change(workspace, text, command, warn, expected=expected)


def _when(workspace: Workspace, text: str, phrase: str) -> When:
    service = workspace.service
    day = service.activity(service.find(text)).details.when
    return read_with_day(phrase, date_context(workspace), day).when


def _of_new_date(when: When, here: DateContext) -> list[WarningMessage]:
    return [*warnings.of_phrase(when, here), *warnings.of_date(when, here)]


def _no_warning(*_: object) -> list[WarningMessage]:
    return []


def change(
    workspace: Workspace,
    text: str,
    command: ActivityCommand,
    warn: _Warn = _no_warning,
    *,
    expected: int | None = None,
) -> Changed:
    """Apply a command to an activity; `warn` returns warnings about its date.

    Raises `ConflictError` if it has another version than the one that is expected.
    """
    service = workspace.service
    target = service.find(text)
    entries = service.change(target, command, expected=expected)
    details = service.activity(target, entries).details
    found = warn(details.when, date_context(workspace)) if entries else []
    return Changed(
        id=target,
        ref=service.ref(target),
        entries=entries,
        details=details,
        roster=service.roster(),
        warnings=[warning for warning in found if warning is not None],
    )
