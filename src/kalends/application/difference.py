"""What changed between two moments."""

from collections.abc import Iterator
from typing import NamedTuple

from kalends.application import departments
from kalends.application.known_at import positions_between
from kalends.application.workspace import Workspace
from kalends.domain.roster import Roster
from kalends.views import activities
from kalends.views.activities import Change

__all__ = ["Change", "Difference", "difference"]


class Difference(NamedTuple):
    """The activities that changed after position `start`, up to `end`, and how many they are.

    `roster` holds the departments as known at `end`.
    """

    start: int
    end: int
    roster: Roster
    total: int
    changes: Iterator[Change]


def difference(
    workspace: Workspace, first: str, last: str | None = None, *, known_at: int
) -> Difference:
    """Return what changed between two moments, as typed; see `positions_between`.

    Nothing after the position `known_at` is looked at.
    """
    ends = positions_between(workspace, first, last, until=known_at)
    start, end = (min(position, known_at) for position in ends)
    db = workspace.views
    return Difference(
        start=start,
        end=end,
        roster=departments.roster(workspace, known_at=end),
        total=activities.count_changed(db, start, end),
        changes=activities.changes_between(db, start, end),
    )
