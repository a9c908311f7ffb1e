"""What happened to activities: to a single one, and to those of a department."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kalends.application.queries import departments
from kalends.application.queries.filter_text import FilterText, read_filter
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.department import Department
from kalends.domain.details import TAKING_PLACE
from kalends.domain.roster import Roster
from kalends.views import activities
from kalends.views.activities import Revision

__all__ = [
    "ActivityRecord",
    "DepartmentHistory",
    "Revision",
    "activity",
    "current",
    "history",
    "standing_from",
]


class ActivityRecord(NamedTuple):
    """An activity: its revisions, oldest first, its short id, and the departments of the time."""

    revisions: list[Revision]
    ref: str
    roster: Roster


class DepartmentHistory(NamedTuple):
    """The activities of a department and its children, by day, each with all its revisions."""

    department: Department
    roster: Roster
    total: int
    activities: Iterator[tuple[Revision, list[Revision]]]


def activity(workspace: Workspace, prefix: str, *, known_at: int) -> ActivityRecord:
    """Return an activity as known at a position, by a beginning of its id.

    Raises `ActivityNotFoundError` and `AmbiguousError`.
    """
    db = workspace.views
    target = activities.resolve(db, prefix, known_at=known_at)
    return ActivityRecord(
        revisions=activities.revisions(db, target, known_at=known_at),
        ref=activities.refs(db, [target], known_at=known_at)[target],
        roster=departments.roster(workspace, known_at=known_at),
    )


def current(workspace: Workspace, activity_id: str, *, known_at: int) -> Revision:
    """Return an activity as known at a position; raises `ActivityNotFoundError`."""
    return activities.current(workspace.views, activity_id, known_at=known_at)


def history(
    workspace: Workspace, name: str, text: FilterText, *, known_at: int
) -> DepartmentHistory:
    """Return the history of a department, as known at a position; retracted activities too.

    Raises what `departments.department` and `read_filter` raise.
    """
    db, roster = workspace.views, departments.roster(workspace, known_at=known_at)
    department = departments.department(roster, name)
    codes = roster.within(department.code)
    wanted = read_filter(workspace, text, known_at=known_at)
    return DepartmentHistory(
        department=department,
        roster=roster,
        total=activities.count_in_history(db, codes, known_at=known_at, wanted=wanted),
        activities=activities.history(db, codes, known_at=known_at, wanted=wanted),
    )


def standing_from(workspace: Workspace, code: str, day: date) -> list[Revision]:
    """Return what a department, without its parts, still has from a day on, as known now."""
    found = activities.history(workspace.views, {code}, known_at=workspace.log.position())
    return [
        revision
        for revision, _ in found
        if revision.status in TAKING_PLACE and revision.details.when.first_day >= day
    ]
