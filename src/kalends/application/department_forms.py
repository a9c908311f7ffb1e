"""Turns the fields of a form into a change of one department, as `kalends dept` reads its options.

An empty field is as an option that is not given.
"""

from collections.abc import Callable, Mapping
from datetime import date

from kalends.application.date_context import date_context
from kalends.application.department_code import free_code
from kalends.application.departments import department
from kalends.application.registering import SEPARATORS
from kalends.application.workspace import Workspace
from kalends.dates.reader import read
from kalends.domain.commands import (
    AbbreviateDepartment,
    AliasDepartment,
    CloseDepartment,
    MergeDepartment,
    MoveDepartment,
    RegisterDepartment,
    RenameDepartment,
    ReopenDepartment,
    RosterCommand,
    UnaliasDepartment,
)
from kalends.domain.department import Department
from kalends.domain.roster import check_free

Fields = Mapping[str, str]


def registration(workspace: Workspace, fields: Fields) -> RegisterDepartment:
    """Return the command that registers a department; raises as `kalends dept add`."""
    roster, name = workspace.service.roster(), _text(fields, "name") or ""
    check_free(roster, [name])
    parent = _text(fields, "parent")
    aliases = SEPARATORS.split(fields.get("aliases", ""))
    return RegisterDepartment(
        code=_text(fields, "code") or free_code(roster, name),
        name=name,
        aliases=tuple(each for each in aliases if each.strip()),
        parent=None if parent is None else department(roster, parent).code,
        on=_day(workspace, fields),
    )


def change(workspace: Workspace, found: Department, action: str, fields: Fields) -> RosterCommand:
    """Return the command that an action asks for; `action` is one of `ACTIONS`.

    Raises an error of reading a date or a department.
    """
    return ACTIONS[action](workspace, found, fields)


def _rename(workspace: Workspace, found: Department, fields: Fields) -> RosterCommand:
    return RenameDepartment(
        code=found.code,
        name=_text(fields, "name") or "",
        on=_day(workspace, fields),
        reason=_text(fields, "reason"),
    )


def _short(_: Workspace, found: Department, fields: Fields) -> RosterCommand:
    return AbbreviateDepartment(code=found.code, short=_text(fields, "short"))


def _alias(_: Workspace, found: Department, fields: Fields) -> RosterCommand:
    return AliasDepartment(code=found.code, alias=_text(fields, "alias") or "")


def _unalias(_: Workspace, found: Department, fields: Fields) -> RosterCommand:
    return UnaliasDepartment(code=found.code, alias=_text(fields, "alias") or "")


def _move(workspace: Workspace, found: Department, fields: Fields) -> RosterCommand:
    parent = _text(fields, "parent")
    above = None if parent is None else department(workspace.service.roster(), parent).code
    return MoveDepartment(code=found.code, parent=above, reason=_text(fields, "reason"))


def _merge(workspace: Workspace, found: Department, fields: Fields) -> RosterCommand:
    into = department(workspace.service.roster(), fields.get("into", "")).code
    is_so = not _text(fields, "on") and found.merged_into == into
    day = None if is_so else _day_or_today(workspace, fields)
    return MergeDepartment(code=found.code, into=into, on=day, reason=_text(fields, "reason"))


def _close(workspace: Workspace, found: Department, fields: Fields) -> RosterCommand:
    is_so = not _text(fields, "on") and found.is_closed
    day = None if is_so else _day_or_today(workspace, fields)
    return CloseDepartment(code=found.code, on=day, reason=_text(fields, "reason"))


def _reopen(workspace: Workspace, found: Department, fields: Fields) -> RosterCommand:
    # Closed without a day, as 0.1.0 allowed: that was a mistake, so it counts as never closed.
    never = not _text(fields, "on") and found.is_closed and found.closed_on is None
    day = None if never else _day_or_today(workspace, fields)
    return ReopenDepartment(code=found.code, on=day, reason=_text(fields, "reason"))


ACTIONS: Mapping[str, Callable[[Workspace, Department, Fields], RosterCommand]] = {
    "rename": _rename,
    "short": _short,
    "alias": _alias,
    "unalias": _unalias,
    "move": _move,
    "merge": _merge,
    "close": _close,
    "reopen": _reopen,
}


def _text(fields: Fields, name: str) -> str | None:
    return fields.get(name, "").strip() or None


def _day(workspace: Workspace, fields: Fields) -> date | None:
    """Return the first day of the date phrase in `on`; None without one."""
    phrase = _text(fields, "on")
    return None if phrase is None else read(phrase, date_context(workspace)).when.first_day


def _day_or_today(workspace: Workspace, fields: Fields) -> date:
    return _day(workspace, fields) or date_context(workspace).today
