"""The roster: all departments together, because their names must be unique."""

from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import date
from typing import assert_never

from kalends.domain.department import Department, Pause
from kalends.domain.details import Participation
from kalends.domain.errors import (
    N_,
    DepartmentClosedError,
    DepartmentNeverOpenError,
    DepartmentNotFoundError,
    DepartmentNotYetError,
    DepartmentPausedError,
    NameTakenError,
    RefusedError,
)
from kalends.domain.events import (
    DepartmentAbbreviated,
    DepartmentAliased,
    DepartmentClosed,
    DepartmentMerged,
    DepartmentMoved,
    DepartmentRegistered,
    DepartmentRenamed,
    DepartmentReopened,
    DepartmentRestored,
    DepartmentUnaliased,
    DepartmentWithdrawn,
    RosterEvent,
)
from kalends.domain.text import fold
from kalends.domain.value import Value, replace

_Changed = (
    DepartmentAliased
    | DepartmentUnaliased
    | DepartmentAbbreviated
    | DepartmentRenamed
    | DepartmentMerged
    | DepartmentClosed
    | DepartmentReopened
    | DepartmentMoved
    | DepartmentWithdrawn
)


class Roster(Value):
    """The departments by code, and which department has which name (folded, see `text.fold`)."""

    departments: dict[str, Department] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)

    @property
    def listed(self) -> list[Department]:
        """Return the departments in the order of registration, without the withdrawn ones."""
        return [
            department for department in self.departments.values() if not department.is_withdrawn
        ]

    @property
    def tree(self) -> Iterator[tuple[int, Department]]:
        """Yield every department after its parent, with its depth in the tree."""
        parts: dict[str | None, list[Department]] = {}
        for department in reversed(self.listed):
            parts.setdefault(department.parent, []).append(department)
        waiting = [(0, department) for department in parts.get(None, ())]
        while waiting:
            depth, department = waiting.pop()
            yield depth, department
            waiting += [(depth + 1, part) for part in parts.get(department.code, ())]

    def find(self, text: str) -> Department | None:
        """Return the department with exactly this name, alias or code."""
        code = self.owners.get(fold(text))
        return None if code is None else self.departments[code]

    def containing(self, text: str) -> list[Department]:
        """Return the departments with this text in a name, in the order of registration."""
        wanted = fold(text)
        codes = dict.fromkeys(code for name, code in self.owners.items() if wanted in name)
        return [self.departments[code] for code in codes] if wanted else []

    def within(self, code: str) -> frozenset[str]:
        """Return the code, the codes of all its children, and of everything merged into them."""
        found = {code}
        while more := {
            department.code
            for department in self.departments.values()
            if department.code not in found
            and (department.parent in found or department.merged_into in found)
        }:
            found |= more
        return frozenset(found)

    def above(self, code: str) -> frozenset[str]:
        """Return the code, the codes of all its parents, and of what they were merged into."""
        found: set[str] = set()
        waiting = [code]
        while waiting:
            department = self.departments[waiting.pop()]
            if department.code not in found:
                found.add(department.code)
                waiting += _directly_above(department)
        return frozenset(found)


def evolve(roster: Roster, event: RosterEvent) -> Roster:
    """Return the roster after an event."""
    match event:
        case DepartmentRegistered():
            department = Department(
                code=event.code,
                names=((None, event.name),),
                aliases=event.aliases,
                parent=event.parent,
                since=event.on,
            )
        case DepartmentRestored():
            department = restored(event)
        case _:
            department = _changed(known(roster, event.code), event)
    return _with(roster, department)


def _changed(  # noqa: C901, PLR0911 - one flat match over all changes
    old: Department, event: _Changed
) -> Department:
    match event:
        case DepartmentAliased(alias=alias):
            return replace(old, aliases=(*old.aliases, alias))
        case DepartmentUnaliased(alias=alias):
            return replace(old, aliases=tuple(name for name in old.aliases if name != alias))
        case DepartmentAbbreviated(short=short):
            return replace(old, short=short)
        case DepartmentRenamed(name=name, on=on):
            return replace(old, names=(*old.names, (on, name)))
        case DepartmentMerged(into=into, on=on):
            return replace(old, merged_into=into, is_closed=True, closed_on=on)
        case DepartmentClosed(on=on):
            return replace(old, is_closed=True, closed_on=on)
        case DepartmentReopened(on=on):
            return _reopened(old, on)
        case DepartmentMoved(parent=parent):
            return replace(old, parent=parent)
        case DepartmentWithdrawn():
            # Keep its parent: its retracted activities stay cancelled in the parent's feed.
            return replace(old, is_withdrawn=True)
        case _:
            assert_never(event)


def _reopened(old: Department, on: date | None) -> Department:
    """Return the department open again; the days it was closed become a pause."""
    pauses = old.pauses
    if on is not None and (old.closed_on is None or old.closed_on < on):
        pauses = (*pauses, Pause(since=old.closed_on, until=on))
    return replace(old, is_closed=False, closed_on=None, pauses=pauses)


def restored(event: DepartmentRestored) -> Department:
    """Return the department that an event carries whole."""
    return Department(
        code=event.code,
        names=tuple((name.on, name.name) for name in event.names),
        aliases=event.aliases,
        short=event.short,
        parent=event.parent,
        since=event.since,
        merged_into=event.merged_into,
        is_closed=event.closed,
        closed_on=event.closed_on,
        pauses=event.pauses,
    )


def known(roster: Roster, code: str) -> Department:
    """Return the department with this code, or raise `DepartmentNotFoundError`."""
    department = roster.departments.get(code)
    if department is None or department.is_withdrawn:
        raise DepartmentNotFoundError(name=code)
    return department


def has_its_place(roster: Roster, code: str) -> bool:
    """Return whether all departments above one are on the roster, and none of them is itself."""
    found: set[str] = set()
    waiting = _directly_above(roster.departments[code])
    while waiting:
        above = waiting.pop()
        department = roster.departments.get(above)
        if above == code or department is None or department.is_withdrawn:
            return False
        if above not in found:
            found.add(above)
            waiting += _directly_above(department)
    return True


def part_of(roster: Roster, code: str) -> Department | None:
    """Return a department on the roster that is directly below one, None if there is none."""
    return next((other for other in roster.listed if code in _directly_above(other)), None)


def _directly_above(department: Department) -> list[str]:
    """Return its parent, and what it was merged into."""
    return [up for up in (department.parent, department.merged_into) if up is not None]


def check_acting(
    roster: Roster, departments: Iterable[Participation], first_day: date, last_day: date
) -> None:
    """Raise unless every department is known and active when the activity is.

    A department may start during the activity, but must not be closed or merged when it begins.
    """
    for participation in departments:
        department = known(roster, participation.code)
        if not department.acts_on(first_day):
            raise closed(department, first_day)
        if department.since is not None and last_day < department.since:
            raise DepartmentNotYetError(name=department.name, since=department.since)


def check_free(roster: Roster, names: Iterable[str]) -> None:
    """Raise `NameTakenError` for the first name that a department already has."""
    for name in names:
        owner = roster.find(name)
        if owner is not None:
            raise NameTakenError(name=name, owner=owner.name)


def closed(department: Department, day: date = date.max) -> RefusedError:
    """Return the error about a department that is not active on a day."""
    pause = department.pause_on(day)
    if pause is not None:
        since: object = N_("the beginning") if pause.since is None else pause.since
        return DepartmentPausedError(name=department.name, since=since, until=pause.until)
    if department.closed_on is None:
        return DepartmentNeverOpenError(name=department.name, since=N_("the beginning"))
    return DepartmentClosedError(name=department.name, since=department.closed_on)


def _with(roster: Roster, department: Department) -> Roster:
    code, owners = department.code, roster.owners
    names = {fold(name): code for name in department.called}
    before = roster.departments.get(code)
    if before is not None:
        gone = {fold(name) for name in before.called} - names.keys()
        owners = {name: owner for name, owner in owners.items() if name not in gone}
    return Roster(departments={**roster.departments, code: department}, owners={**owners, **names})
