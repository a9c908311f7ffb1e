"""Where the campaign stands: what is to come, what is overdue, what changed last."""

from datetime import date, timedelta
from enum import Enum, auto
from typing import NamedTuple

from kalends.application.queries import departments
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import ManifestError
from kalends.domain.roster import Roster
from kalends.views import activities, days, roster_view
from kalends.views.activities import Revision
from kalends.views.days import Planned

__all__ = [
    "DAYS",
    "NextStep",
    "Overview",
    "Planned",
    "Revision",
    "next_steps",
    "overview",
    "published",
    "revision_before",
]

# What is planned for so many days ahead is shown, and so many changes.
DAYS = 14
_MOST = 8


class Overview(NamedTuple):
    """The campaign on a day: `total` activities, what is planned, and the last changes."""

    title: str | None
    today: date
    roster: Roster
    total: int
    coming: Planned
    overdue: Planned
    corrections: list[Revision]


def overview(workspace: Workspace, *, known_at: int) -> Overview:
    """Return where the campaign stands today, as known at a position."""
    db, today = workspace.views, date_context(workspace).today
    opened = roster_view.campaign(db, known_at=known_at)
    return Overview(
        title=opened.settings.title if opened else None,
        today=today,
        roster=departments.roster(workspace, known_at=known_at),
        total=days.count(db, known_at=known_at),
        coming=days.coming(db, today, today + timedelta(days=DAYS), known_at=known_at),
        overdue=days.overdue(db, today, known_at=known_at),
        corrections=activities.latest(db, known_at=known_at, limit=_MOST),
    )


class NextStep(Enum):
    """What can be done next in a campaign; each door says how."""

    REGISTER_DEPARTMENTS = auto()
    RECORD_FIRST = auto()
    RECORD_OUTCOMES = auto()
    RESTORE_MANIFEST = auto()
    PUBLISH = auto()
    PUBLISH_ELSEWHERE = auto()
    FIND_NEWER_LOG = auto()


def next_steps(workspace: Workspace, found: Overview) -> list[NextStep]:
    """Return what to do next, the most urgent first; empty if everything is published."""
    if not found.roster.listed:
        return [NextStep.REGISTER_DEPARTMENTS]
    if not found.total:
        return [NextStep.RECORD_FIRST]
    return _before_publishing(workspace, [NextStep.RECORD_OUTCOMES] if found.overdue.count else [])


def _before_publishing(workspace: Workspace, steps: list[NextStep]) -> list[NextStep]:
    """Return the steps, and what becomes of the feeds."""
    position = published(workspace)
    if position is None:
        return [*steps, NextStep.RESTORE_MANIFEST]
    if position == workspace.log.position():
        return steps
    if is_ahead(workspace):
        return [NextStep.FIND_NEWER_LOG, *steps]
    from kalends.application.workspaces.writing_place import is_writable  # noqa: PLC0415 - seldom needed

    if not workspace.is_remote and is_writable(workspace.folder):
        return [*steps, NextStep.PUBLISH]
    return [NextStep.PUBLISH_ELSEWHERE]  # a reader cannot record outcomes either


def revision_before(workspace: Workspace, revision: Revision) -> Revision:
    """Return the revision that a later one changed."""
    found = activities.revisions(workspace.views, revision.id, known_at=revision.position)
    return found[-2]


def is_ahead(workspace: Workspace) -> bool:
    """Return whether more was published than this log has: its newest events are missing.

    A server's copy of the log may lag behind for a moment.
    """
    here = workspace.folder
    return here.store is None and (published(workspace) or 0) > workspace.log.position()


def published(workspace: Workspace) -> int | None:
    """Return the position at which the feeds stand, None if that cannot be read."""
    try:
        return workspace.published()
    except ManifestError:
        return None
