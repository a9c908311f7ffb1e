"""What a change of a department means where something is left out: for every way in."""

from collections.abc import Iterable
from datetime import date

from kalends.application.department_code import free_code
from kalends.application.queries.departments import department
from kalends.application.roster.department_names import given_name
from kalends.application.roster.registering import SEPARATORS
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.dates.reader import read
from kalends.domain.commands import (
    AliasDepartment,
    CloseDepartment,
    MergeDepartment,
    MoveDepartment,
    RegisterDepartment,
    RenameDepartment,
    ReopenDepartment,
)
from kalends.domain.department import Department
from kalends.domain.errors import N_, TextError
from kalends.domain.roster import check_free


def registration(
    workspace: Workspace,
    name: str,
    *,
    code: str | None = None,
    aliases: Iterable[str] = (),
    parent: str | None = None,
    on: str | None = None,
) -> RegisterDepartment:
    """Return the command that registers a department; its code is made from its name if need be.

    Each text of `aliases` may hold several, with commas between them. `on` is a date phrase;
    without one, the department has always been there. Raises `NameTakenError`, `TextError`, and
    what reading a date or finding the parent raises.
    """
    roster = workspace.service.roster()
    name = given_name(name, "name", date_context(workspace))
    check_free(roster, [name])
    return RegisterDepartment(
        code=free_code(roster, name) if code is None else code,
        name=name,
        aliases=tuple(
            alias for text in aliases for alias in SEPARATORS.split(text) if alias.strip()
        ),
        parent=_code(workspace, parent),
        on=day_of(workspace, on),
    )


def aliasing(found: Department, alias: str) -> AliasDepartment:
    """Return the command that gives a department another name; raises `TextError` for several."""
    if SEPARATORS.search(alias):
        raise TextError(
            field="alias",
            value=alias,
            rule=N_("it looks like several"),
            cure=N_("Give one at a time; a name cannot contain a comma or a semicolon."),
        )
    return AliasDepartment(code=found.code, alias=alias)


def renaming(
    workspace: Workspace, found: Department, name: str, on: str | None, reason: str | None
) -> RenameDepartment:
    """Return the command that renames; without a day, the new name has always been right."""
    return RenameDepartment(code=found.code, name=name, on=day_of(workspace, on), reason=reason)


def moving(
    workspace: Workspace, found: Department, parent: str | None, reason: str | None
) -> MoveDepartment:
    """Return the command that puts it under a parent, or under none."""
    return MoveDepartment(code=found.code, parent=_code(workspace, parent), reason=reason)


def merging(
    workspace: Workspace, found: Department, into: str, on: str | None, reason: str | None
) -> MergeDepartment:
    """Return the command that merges it, from today on without a day, unless it is so already."""
    target = department(workspace.service.roster(), into).code
    day = _day_or_today(workspace, on, is_so=found.merged_into == target)
    return MergeDepartment(code=found.code, into=target, on=day, reason=reason)


def closing(
    workspace: Workspace, found: Department, on: str | None, reason: str | None
) -> CloseDepartment:
    """Return the command that closes it, from today on without a day, unless it is so already."""
    day = _day_or_today(workspace, on, is_so=found.is_closed)
    return CloseDepartment(code=found.code, on=day, reason=reason)


def reopening(
    workspace: Workspace, found: Department, on: str | None, reason: str | None
) -> ReopenDepartment:
    """Return the command that reopens it, from today on without a day.

    Closed without a day, as 0.1.0 allowed: that was a mistake, so it counts as never closed.
    """
    never = found.is_closed and found.closed_on is None
    day = _day_or_today(workspace, on, is_so=never)
    return ReopenDepartment(code=found.code, on=day, reason=reason)


def day_of(workspace: Workspace, phrase: str | None) -> date | None:
    """Return the first day of a date phrase; None without one."""
    return None if phrase is None else read(phrase, date_context(workspace)).when.first_day


def _day_or_today(workspace: Workspace, phrase: str | None, *, is_so: bool) -> date | None:
    """Return the day of a phrase; without one, today, or None where there is nothing to do."""
    if phrase is None:
        return None if is_so else date_context(workspace).today
    return day_of(workspace, phrase)


def _code(workspace: Workspace, name: str | None) -> str | None:
    return None if name is None else department(workspace.service.roster(), name).code
