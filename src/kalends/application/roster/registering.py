"""Registers a whole roster from a file, all of it or nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kalends.application.department_code import free_code
from kalends.application.roster.department_names import given_name, with_names
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.dates.reader import DateContext, read
from kalends.domain.commands import AbbreviateDepartment, RegisterDepartment
from kalends.domain.department import Department
from kalends.domain.errors import (
    N_,
    KalendsError,
    ParentError,
    RosterDiffersError,
    RosterLineError,
)
from kalends.domain.events import DepartmentRegistered, Entry
from kalends.domain.roster import Roster
from kalends.domain.text import fold
from kalends.intake.files.roster_file import (
    SEPARATORS,
    RosterFile,
    RosterLine,
    roster_file,
    roster_text,
)
from kalends.intake.vocabulary.naming import department
from kalends.service.roster_work import RosterWork

__all__ = [
    "SEPARATORS",
    "Registered",
    "RosterFile",
    "looked_through",
    "register_all",
    "roster_file",
    "roster_text",
]
_Refuse = Callable[[RosterLineError], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """How many of a file's departments are new, and how many were registered already.

    `roster` is the roster with them. `failed` are the wrong lines, where all are looked at.
    """

    entries: Sequence[Entry]
    count: int
    already: int
    roster: Roster
    failed: Sequence[RosterLineError] = ()


def register_all(workspace: Workspace, file: RosterFile) -> Registered:
    """Register every department of a decoded file; skip those that stand like this already.

    Raises `RosterLineError` for the first wrong line; then nothing is recorded.
    """

    def refuse(error: RosterLineError) -> None:
        raise error

    return _registered(workspace, file, refuse)


def looked_through(workspace: Workspace, file: RosterFile) -> Registered:
    """Return what registering a decoded file would do, and every line that is wrong.

    The workspace must be one that only tries things out.
    """
    assert workspace.dry_run
    failed: list[RosterLineError] = []
    found = _registered(workspace, file, failed.append)
    return replace(found, failed=sorted(failed, key=lambda error: error.line))


def _registered(workspace: Workspace, file: RosterFile, refuse: _Refuse) -> Registered:
    lines: list[tuple[int, RosterLine]] = []
    for number, line in file.lines:
        if isinstance(line, KalendsError):
            refuse(RosterLineError(line, line=number))
        else:
            lines.append((number, line))
    steps = _Registering(date_context(workspace), lines, refuse)
    entries = workspace.service.change_roster_by(steps)
    count = sum(isinstance(entry.event, DepartmentRegistered) for entry in entries)
    already = len(lines) - steps.refused - count
    return Registered(entries=entries, count=count, already=already, roster=steps.roster)


class _Registering:
    """Registers the lines of a file, parents before their children."""

    def __init__(
        self, here: DateContext, lines: list[tuple[int, RosterLine]], refuse: _Refuse
    ) -> None:
        self._here, self._lines, self._refuse = here, lines, refuse
        self.roster = Roster()
        self.refused = 0
        self._by_name = {
            fold(name): place
            for place, (_, line) in reversed(list(enumerate(lines)))
            for name in _called(line)
        }
        self._done: set[int] = set()
        self._begun: set[int] = set()

    def __call__(self, work: RosterWork) -> None:
        """Register line by line."""
        for place in range(len(self._lines)):
            self._register(work, place)
        self.roster = work.roster

    def _register(self, work: RosterWork, place: int) -> None:
        # Parents first, without recursion, since a chain may be as long as the file.
        waiting = [place]
        while waiting:
            place = waiting[-1]
            number, line = self._lines[place]
            above = self._place_of(work, line)
            if place in self._done:
                waiting.pop()
            elif above is None or above in self._done:
                try:
                    self._record(work, line)
                except KalendsError as error:
                    self._fail(number, error)
                self._done.add(place)
                waiting.pop()
            elif above in waiting:
                self._fail(number, ParentError(name=line.name, parent=line.parent or ""))
                self._done.add(place)
                waiting.pop()
            else:
                waiting.append(above)

    def _fail(self, number: int, error: KalendsError) -> None:
        self.refused += 1
        self._refuse(RosterLineError(error, line=number))

    def _place_of(self, work: RosterWork, line: RosterLine) -> int | None:
        """Return the index of the parent's line, None if the parent need not come first."""
        if line.parent is None or work.roster.find(line.parent) is not None:
            return None
        return self._by_name.get(fold(line.parent))

    def _record(self, work: RosterWork, line: RosterLine) -> None:
        roster, name = work.roster, given_name(line.name, "name", self._here)
        parent = None if line.parent is None else department(roster, line.parent).code
        on = None if line.on is None else read(line.on, self._here).when.first_day
        there = roster.find(name) if line.code is None else roster.find(line.code)
        if there is not None and (line.code is None or there.code == line.code):
            self._check_same(work, there, line, parent, on)
            return
        code = free_code(roster, line.short or name) if line.code is None else line.code
        register = RegisterDepartment(
            code=code, name=name, aliases=line.aliases or (), parent=parent, on=on
        )
        work.do(with_names(register, self._here))
        if line.short is not None:
            work.do(with_names(AbbreviateDepartment(code=code, short=line.short), self._here))

    def _check_same(
        self,
        work: RosterWork,
        there: Department,
        line: RosterLine,
        parent: str | None,
        on: date | None,
    ) -> None:
        """Raise if a registered department differs from what the line says."""
        find = work.roster.find
        differs = {
            N_("name"): find(line.name) != there,
            N_("alias"): any(find(alias) != there for alias in line.aliases or ()),
            N_("parent"): parent not in {None, there.parent},
            N_("short name"): line.short not in {None, there.short_on(date.max)},
            N_("first day"): on not in {None, there.since},
        }
        for field, is_other in differs.items():
            if is_other:
                raise RosterDiffersError(name=there.name, code=there.code, field=field)


def _called(line: RosterLine) -> Iterable[str]:
    return (name for name in (line.name, line.code, line.short, *(line.aliases or ())) if name)
