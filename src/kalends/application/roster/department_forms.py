"""Turns the fields of a form into a change of one department, as `kalends dept` reads its options.

An empty field is as an option that is not given.
"""

from collections.abc import Callable, Mapping

from kalends.application.roster import department_changes
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.commands import (
    AbbreviateDepartment,
    RegisterDepartment,
    RosterCommand,
    UnaliasDepartment,
)
from kalends.domain.department import Department

Fields = Mapping[str, str]


def registration(workspace: Workspace, fields: Fields) -> RegisterDepartment:
    """Return the command that registers a department; raises as `kalends dept add`."""
    return department_changes.registration(
        workspace,
        _text(fields, "name") or "",
        code=_text(fields, "code"),
        aliases=[fields.get("aliases", "")],
        parent=_text(fields, "parent"),
        on=_text(fields, "on"),
    )


def change(workspace: Workspace, found: Department, action: str, fields: Fields) -> RosterCommand:
    """Return the command that an action asks for; `action` is one of `ACTIONS`.

    Raises an error of reading a date or a department.
    """
    return ACTIONS[action](workspace, found, fields)


def _rename(workspace: Workspace, found: Department, fields: Fields) -> RosterCommand:
    name, (on, reason) = _text(fields, "name") or "", _day_and_reason(fields)
    return department_changes.renaming(workspace, found, name, on, reason)


def _short(_: Workspace, found: Department, fields: Fields) -> RosterCommand:
    return AbbreviateDepartment(code=found.code, short=_text(fields, "short"))


def _alias(_: Workspace, found: Department, fields: Fields) -> RosterCommand:
    return department_changes.aliasing(found, _text(fields, "alias") or "")


def _unalias(_: Workspace, found: Department, fields: Fields) -> RosterCommand:
    return UnaliasDepartment(code=found.code, alias=_text(fields, "alias") or "")


def _move(workspace: Workspace, found: Department, fields: Fields) -> RosterCommand:
    parent, reason = _text(fields, "parent"), _text(fields, "reason")
    return department_changes.moving(workspace, found, parent, reason)


def _merge(workspace: Workspace, found: Department, fields: Fields) -> RosterCommand:
    into = fields.get("into", "")
    return department_changes.merging(workspace, found, into, *_day_and_reason(fields))


def _close(workspace: Workspace, found: Department, fields: Fields) -> RosterCommand:
    return department_changes.closing(workspace, found, *_day_and_reason(fields))


def _reopen(workspace: Workspace, found: Department, fields: Fields) -> RosterCommand:
    return department_changes.reopening(workspace, found, *_day_and_reason(fields))


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


def _day_and_reason(fields: Fields) -> tuple[str | None, str | None]:
    return _text(fields, "on"), _text(fields, "reason")
