"""The departments: all of them, and one with everything that happened to it."""

from typing import NamedTuple

from kalends.application.workspaces.workspace import Workspace
from kalends.domain.department import Department
from kalends.domain.events import Entry
from kalends.domain.roster import Roster
from kalends.intake.vocabulary.naming import department

__all__ = ["DepartmentRecord", "department", "department_record", "roster"]


class DepartmentRecord(NamedTuple):
    """A department, the roster it belongs to, and the events that changed it, oldest first."""

    department: Department
    roster: Roster
    events: list[Entry]


def roster(workspace: Workspace, *, known_at: int) -> Roster:
    """Return the departments as known at a position."""
    from kalends.views import roster_view  # noqa: PLC0415 - recording needs no views

    return roster_view.roster(workspace.views, known_at=known_at)


def department_record(workspace: Workspace, name: str, *, known_at: int) -> DepartmentRecord:
    """Return a department by its name, alias or code; raises what `department` raises."""
    from kalends.views import roster_view  # noqa: PLC0415 - recording needs no views

    everyone = roster(workspace, known_at=known_at)
    found = department(everyone, name)
    positions = roster_view.changed_at(workspace.views, found.code, known_at=known_at)
    events = [next(workspace.log.entries(after=at - 1, until=at)) for at in positions]
    return DepartmentRecord(found, everyone, events)
