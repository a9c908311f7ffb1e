"""The rules of the roster: no name twice, no circle of parents, nothing closed twice."""

from datetime import date
from typing import assert_never

from kalends.domain.commands import (
    AbbreviateDepartment,
    AliasDepartment,
    CloseDepartment,
    MergeDepartment,
    MoveDepartment,
    RegisterDepartment,
    RenameDepartment,
    ReopenDepartment,
    RestoreDepartment,
    RosterCommand,
    UnaliasDepartment,
    WithdrawDepartment,
)
from kalends.domain.department import Department, Name
from kalends.domain.errors import (
    AliasError,
    CodeError,
    DepartmentInUseError,
    MergedError,
    MergeError,
    NameTakenError,
    ParentError,
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
    Stamp,
)
from kalends.domain.patterns import Pattern
from kalends.domain.roster import (
    Roster,
    check_free,
    closed,
    evolve,
    has_its_place,
    known,
    part_of,
)
from kalends.domain.text import clean, clean_or_none, fold

_Events = tuple[RosterEvent, ...]
_CODE = Pattern(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_CODE_LIMIT = 40
# Names that a feed's file cannot have: our own, and Windows devices.
_TAKEN = frozenset(
    {"all", "full", "manifest", "con", "prn", "aux", "nul"}
    | {f"{device}{n}" for device in ("com", "lpt") for n in range(10)}
)


def decide(  # noqa: C901, PLR0911 - one flat match over all commands
    roster: Roster, command: RosterCommand, *, stamp: Stamp
) -> _Events:
    """Return the events that a command causes; none when it would change nothing.

    Raises `RefusedError` (names taken, bad codes, closed departments, circles) or
    `DepartmentNotFoundError`.
    """
    match command:
        case RegisterDepartment():
            return (_register(roster, command, stamp),)
        case AliasDepartment():
            return _alias(roster, command, stamp)
        case UnaliasDepartment():
            return _unalias(roster, command, stamp)
        case AbbreviateDepartment():
            return _abbreviate(roster, command, stamp)
        case RenameDepartment():
            return _rename(roster, command, stamp)
        case MergeDepartment():
            return _merge(roster, command, stamp)
        case CloseDepartment():
            return _close(roster, command, stamp)
        case ReopenDepartment():
            return _reopen(roster, command, stamp)
        case MoveDepartment():
            return _move(roster, command, stamp)
        case RestoreDepartment():
            return _restore(roster, command, stamp)
        case WithdrawDepartment():
            return _withdraw(roster, command, stamp)
        case _:
            assert_never(command)


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


def _alias(roster: Roster, command: AliasDepartment, stamp: Stamp) -> _Events:
    department = known(roster, command.code)
    alias = clean(command.alias, "alias")
    if roster.find(alias) == department:
        return ()
    check_free(roster, [alias])
    return (DepartmentAliased(**stamp, code=command.code, alias=alias),)


def _unalias(roster: Roster, command: UnaliasDepartment, stamp: Stamp) -> _Events:
    department, code = known(roster, command.code), command.code
    wanted = fold(command.alias)
    alias = next((name for name in department.aliases if fold(name) == wanted), None)
    if alias is None:
        if roster.find(command.alias) is None:
            return ()
        raise AliasError(name=command.alias, department=department.name, code=code)
    reason = clean_or_none(command.reason, "reason")
    return (DepartmentUnaliased(**stamp, code=code, alias=alias, reason=reason),)


def _abbreviate(roster: Roster, command: AbbreviateDepartment, stamp: Stamp) -> _Events:
    department = known(roster, command.code)
    short = None if command.short is None else clean(command.short, "short name")
    if short == department.short:
        return ()
    if short is not None:
        _check_own(roster, department, short)
    return (DepartmentAbbreviated(**stamp, code=command.code, short=short),)


def _rename(roster: Roster, command: RenameDepartment, stamp: Stamp) -> _Events:
    department, on = _open(roster, command.code), command.on
    name = clean(command.name, "name")
    if _is_called(department, name, on):
        return ()
    _check_own(roster, department, name)
    reason = clean_or_none(command.reason, "reason")
    return (DepartmentRenamed(**stamp, code=command.code, name=name, on=on, reason=reason),)


def _merge(roster: Roster, command: MergeDepartment, stamp: Stamp) -> _Events:
    code, into, on = command.code, command.into, command.on
    old = known(roster, code)
    if old.merged_into == known(roster, into).code:
        if not _lacks_its_day(old, on):
            return ()
    else:
        _open(roster, code)
    reason = clean_or_none(command.reason, "reason")
    event = DepartmentMerged(**stamp, code=code, into=into, on=on, reason=reason)
    if not has_its_place(evolve(roster, event), code):
        raise MergeError(code=code, into=into)
    _open(roster, into)
    return (event,)


def _close(roster: Roster, command: CloseDepartment, stamp: Stamp) -> _Events:
    department, on = known(roster, command.code), command.on
    if department.is_closed and on in {None, department.closed_on}:
        return ()
    if department.merged_into is not None or not _lacks_its_day(department, on):
        _open(roster, command.code)
    reason = clean_or_none(command.reason, "reason")
    return (DepartmentClosed(**stamp, code=command.code, on=on, reason=reason),)


def _reopen(roster: Roster, command: ReopenDepartment, stamp: Stamp) -> _Events:
    department = known(roster, command.code)
    if department.merged_into is not None:
        into = known(roster, department.merged_into).name
        raise MergedError(name=department.name, into=into)
    if not department.is_closed:
        return ()
    reason = clean_or_none(command.reason, "reason")
    return (DepartmentReopened(**stamp, code=command.code, on=command.on, reason=reason),)


def _move(roster: Roster, command: MoveDepartment, stamp: Stamp) -> _Events:
    department, parent = known(roster, command.code), command.parent
    if parent == department.parent:
        return ()
    if parent is not None:
        _open(roster, parent)
    reason = clean_or_none(command.reason, "reason")
    event = DepartmentMoved(**stamp, code=command.code, parent=parent, reason=reason)
    _check_place(roster, event, parent)
    return (event,)


def _restore(roster: Roster, command: RestoreDepartment, stamp: Stamp) -> _Events:
    wanted = command.department
    department = known(roster, wanted.code)
    if wanted == department:
        return ()
    for name in wanted.called:
        _check_own(roster, department, name)
    for above in (wanted.parent, wanted.merged_into):
        if above is not None:
            known(roster, above)
    event = DepartmentRestored(
        **stamp,
        code=wanted.code,
        names=tuple(Name(name=name, on=on) for on, name in wanted.names),
        aliases=wanted.aliases,
        short=wanted.short,
        parent=wanted.parent,
        since=wanted.since,
        closed=wanted.is_closed,
        closed_on=wanted.closed_on,
        merged_into=wanted.merged_into,
        pauses=wanted.pauses,
        reason=clean(command.reason, "reason"),
    )
    _check_place(roster, event, wanted.parent, wanted.merged_into)
    return (event,)


def _withdraw(roster: Roster, command: WithdrawDepartment, stamp: Stamp) -> _Events:
    department = known(roster, command.code)
    part = part_of(roster, command.code)
    if part is not None:
        raise DepartmentInUseError(name=department.name, by=part.name)
    reason = clean(command.reason, "reason")
    return (DepartmentWithdrawn(**stamp, code=command.code, reason=reason),)


def _open(roster: Roster, code: str) -> Department:
    department = known(roster, code)
    if department.is_closed:
        raise closed(department)
    return department


def _check_own(roster: Roster, department: Department, name: str) -> None:
    """Raise `NameTakenError` for a name that another department has."""
    owner = roster.find(name)
    if owner is not None and owner.code != department.code:
        raise NameTakenError(name=name, owner=owner.name)


def _check_place(
    roster: Roster, event: DepartmentMoved | DepartmentRestored, *above: str | None
) -> None:
    """Raise `ParentError` if a department would be its own ancestor, through one of these."""
    code = event.code
    if not has_its_place(evolve(roster, event), code):
        name = known(roster, code).name
        below = roster.within(code)
        circular = next((up for up in above if up in below), code)
        raise ParentError(name=name, parent=known(roster, circular).name)


def _lacks_its_day(department: Department, on: date | None) -> bool:
    """Return whether the department was closed without a date and gets one now."""
    return department.is_closed and department.closed_on is None and on is not None


def _is_called(department: Department, name: str, on: date | None) -> bool:
    """Return whether it already has this name from that day until the next name, or always."""
    if on is not None:
        return department.name_on(on) == name
    return {department.name_on(since or date.min) for since, _ in department.names} == {name}
