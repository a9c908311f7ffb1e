"""All departments together: names are unique, so they are decided together."""

import re
from collections.abc import Iterable
from dataclasses import field, replace
from datetime import date
from typing import assert_never

from kalends.domain.commands import (
    AbbreviateDepartment,
    AliasDepartment,
    CloseDepartment,
    MergeDepartment,
    RegisterDepartment,
    RenameDepartment,
    RosterCommand,
)
from kalends.domain.details import Participation
from kalends.domain.errors import (
    N_,
    CodeError,
    DepartmentClosedError,
    DepartmentNeverOpenError,
    DepartmentNotFoundError,
    DepartmentNotYetError,
    MergeError,
    NameTakenError,
)
from kalends.domain.events import (
    DepartmentAbbreviated,
    DepartmentAliased,
    DepartmentClosed,
    DepartmentMerged,
    DepartmentRegistered,
    DepartmentRenamed,
    RosterEvent,
    Stamp,
)
from kalends.domain.text import clean, clean_or_none, fold
from kalends.domain.value import Value, value

_CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_CODE_LIMIT = 40
# Names that a feed's file cannot bear: our own, and the devices of Windows.
_TAKEN = frozenset(
    {"all", "full", "manifest", "con", "prn", "aux", "nul"}
    | {f"{device}{n}" for device in ("com", "lpt") for n in range(10)}
)


@value
class Department(Value):
    """A department: its code, the names it bore and since when, and what became of it."""

    code: str
    names: tuple[tuple[date | None, str], ...]
    aliases: tuple[str, ...] = ()
    short: str | None = None
    parent: str | None = None
    since: date | None = None
    merged_into: str | None = None
    is_closed: bool = False
    closed_on: date | None = None

    @property
    def name(self) -> str:
        """Return the newest name."""
        return self.name_on(date.max)

    def name_on(self, day: date) -> str:
        """Return the name that was valid on a day.

        `names` are in the order in which they were recorded. One without a day is valid since
        ever and replaces all before it; of the others the latest day not after `day` counts.
        """
        found, valid = "", date.min
        for since, name in self.names:
            if since is None or valid <= since <= day:
                found, valid = name, since or date.min
        return found

    def short_on(self, day: date) -> str:
        """Return the short name that lists and feeds use for an activity on a day.

        The one that was set. Without it, the first alias given that has fewer characters than the
        name valid on that day, or that name.
        """
        if self.short is not None:
            return self.short
        name = self.name_on(day)
        return next((alias for alias in self.aliases if len(alias) < len(name)), name)

    def acts_on(self, day: date) -> bool:
        """Tell whether it was not yet closed or merged on a day."""
        return not self.is_closed or (self.closed_on is not None and day < self.closed_on)

    @property
    def called(self) -> tuple[str, ...]:
        """Return everything it is found by: names, aliases, short name, code."""
        short = () if self.short is None else (self.short,)
        return (*(name for _, name in self.names), *self.aliases, *short, self.code)


@value
class Roster(Value):
    """The departments by code, and who owns which name (folded, see `text.fold`)."""

    departments: dict[str, Department] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)

    def find(self, text: str) -> Department | None:
        """Return the department with this very name, alias or code."""
        code = self.owners.get(fold(text))
        return None if code is None else self.departments[code]

    def containing(self, text: str) -> list[Department]:
        """Return the departments of which a name holds this text, in the order of registration."""
        wanted = fold(text)
        codes = dict.fromkeys(code for name, code in self.owners.items() if wanted in name)
        return [self.departments[code] for code in codes] if wanted else []

    def within(self, code: str) -> frozenset[str]:
        """Return the code with those of all its children and of what was merged into them."""
        found = {code}
        while more := {
            one.code
            for one in self.departments.values()
            if one.code not in found and (one.parent in found or one.merged_into in found)
        }:
            found |= more
        return frozenset(found)

    def above(self, code: str) -> frozenset[str]:
        """Return the code with those of all its parents and of what they were merged into."""
        found: set[str] = set()
        waiting = [code]
        while waiting:
            one = self.departments[waiting.pop()]
            if one.code not in found:
                found.add(one.code)
                waiting.extend(up for up in (one.parent, one.merged_into) if up is not None)
        return frozenset(found)


def decide(  # noqa: C901, PLR0911, PLR0912, PLR0915 - one flat match over all commands
    roster: Roster, command: RosterCommand, *, stamp: Stamp
) -> tuple[RosterEvent, ...]:
    """Return the facts a command makes; none when nothing would change.

    Raises `RefusedError` (names taken, bad codes, closed departments) or
    `DepartmentNotFoundError`.
    """
    match command:
        case RegisterDepartment():
            return (_register(roster, command, stamp),)
        case AliasDepartment(code=code, alias=alias):
            department = known(roster, code)
            alias = clean(alias, "alias")
            if roster.find(alias) == department:
                return ()
            check_free(roster, [alias])
            return (DepartmentAliased(**stamp, code=code, alias=alias),)
        case AbbreviateDepartment(code=code, short=short):
            department = known(roster, code)
            short = None if short is None else clean(short, "short name")
            if short == department.short:
                return ()
            _check_own(roster, department, short)
            return (DepartmentAbbreviated(**stamp, code=code, short=short),)
        case RenameDepartment(code=code, name=name, on=on, reason=reason):
            department = _open(roster, code)
            name = clean(name, "name")
            if _is_called(department, name, on):
                return ()
            _check_own(roster, department, name)
            return (
                DepartmentRenamed(
                    **stamp, code=code, name=name, on=on, reason=clean_or_none(reason, "reason")
                ),
            )
        case MergeDepartment(code=code, into=into, on=on, reason=reason):
            old = known(roster, code)
            if old.merged_into == known(roster, into).code:
                if not _lacks_its_day(old, on):
                    return ()
            else:
                _open(roster, code)
            if into in roster.within(code):
                raise MergeError(code=code, into=into)
            _open(roster, into)
            return (
                DepartmentMerged(
                    **stamp, code=code, into=into, on=on, reason=clean_or_none(reason, "reason")
                ),
            )
        case CloseDepartment(code=code, on=on, reason=reason):
            department = known(roster, code)
            if department.is_closed and on in {None, department.closed_on}:
                return ()
            if department.merged_into is not None or not _lacks_its_day(department, on):
                _open(roster, code)
            return (
                DepartmentClosed(
                    **stamp, code=code, on=on, reason=clean_or_none(reason, "reason")
                ),
            )
        case _:
            assert_never(command)


def evolve(roster: Roster, event: RosterEvent) -> Roster:
    """Return the roster after a fact."""
    match event:
        case DepartmentRegistered():
            department = Department(
                code=event.code,
                names=((None, event.name),),
                aliases=event.aliases,
                parent=event.parent,
                since=event.on,
            )
        case DepartmentAliased(code=code, alias=alias):
            old = known(roster, code)
            department = replace(old, aliases=(*old.aliases, alias))
        case DepartmentAbbreviated(code=code, short=short):
            department = replace(known(roster, code), short=short)
        case DepartmentRenamed(code=code, name=name, on=on):
            old = known(roster, code)
            department = replace(old, names=(*old.names, (on, name)))
        case DepartmentMerged(code=code, into=into, on=on):
            department = replace(
                known(roster, code), merged_into=into, is_closed=True, closed_on=on
            )
        case DepartmentClosed(code=code, on=on):
            department = replace(known(roster, code), is_closed=True, closed_on=on)
        case _:
            assert_never(event)
    return _with(roster, department)


def known(roster: Roster, code: str) -> Department:
    """Return the department with this code, or raise `DepartmentNotFoundError`."""
    try:
        return roster.departments[code]
    except KeyError:
        raise DepartmentNotFoundError(name=code) from None


def check_acting(
    roster: Roster, departments: Iterable[Participation], first_day: date, last_day: date
) -> None:
    """Raise unless every department is known, and is there when the activity is.

    It may begin while the activity goes on, but not be closed or merged when that begins.
    """
    for one in departments:
        department = known(roster, one.code)
        if not department.acts_on(first_day):
            raise _closed(department)
        if department.since is not None and last_day < department.since:
            raise DepartmentNotYetError(name=department.name, since=department.since)


def _with(roster: Roster, department: Department) -> Roster:
    code, owners = department.code, roster.owners
    names = {fold(name): code for name in department.called}
    before = roster.departments.get(code)
    if before is not None:
        gone = {fold(name) for name in before.called} - names.keys()
        owners = {name: owner for name, owner in owners.items() if name not in gone}
    return Roster(departments={**roster.departments, code: department}, owners={**owners, **names})


def _open(roster: Roster, code: str) -> Department:
    department = known(roster, code)
    if department.is_closed:
        raise _closed(department)
    return department


def _lacks_its_day(department: Department, on: date | None) -> bool:
    """Tell whether it ended without a day, and is given one now."""
    return department.is_closed and department.closed_on is None and on is not None


def _closed(department: Department) -> DepartmentClosedError:
    if department.closed_on is None:
        return DepartmentNeverOpenError(name=department.name, since=N_("the beginning"))
    return DepartmentClosedError(name=department.name, since=department.closed_on)


def _is_called(department: Department, name: str, on: date | None) -> bool:
    """Tell whether it already bears this name from that day until the next name, or since ever."""
    if on is not None:
        return department.name_on(on) == name
    return {department.name_on(since or date.min) for since, _ in department.names} == {name}


def _register(roster: Roster, command: RegisterDepartment, stamp: Stamp) -> DepartmentRegistered:
    code, name = command.code, clean(command.name, "name")
    check_free(roster, [name])
    if (
        not _CODE.fullmatch(code)
        or len(code) > _CODE_LIMIT
        or code in _TAKEN
        or code.startswith("tag-")
    ):
        raise CodeError(name=code)
    aliases = tuple(
        {
            fold(alias): alias for alias in (clean(alias, "alias") for alias in command.aliases)
        }.values()
    )
    check_free(roster, [code, *aliases])
    if command.parent is not None:
        _open(roster, command.parent)
    return DepartmentRegistered(
        **stamp, code=code, name=name, aliases=aliases, parent=command.parent, on=command.on
    )


def _check_own(roster: Roster, department: Department, name: str | None) -> None:
    """Raise `NameTakenError` for a name that another department has."""
    if name is not None and roster.find(name) != department:
        check_free(roster, [name])


def check_free(roster: Roster, names: Iterable[str]) -> None:
    """Raise `NameTakenError` for the first name that a department has already."""
    for name in names:
        owner = roster.find(name)
        if owner is not None:
            raise NameTakenError(name=name, owner=owner.name)
