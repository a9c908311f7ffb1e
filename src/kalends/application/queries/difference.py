"""What changed between two moments."""

from collections.abc import Iterator
from typing import NamedTuple

from kalends.application.queries import departments
from kalends.application.queries.filter_text import FilterText, read_filter
from kalends.application.queries.known_at import positions_between
from kalends.application.workspaces.workspace import Workspace
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


_EVERY = FilterText()


def difference(
    workspace: Workspace,
    first: str,
    last: str | None = None,
    *,
    known_at: int,
    text: FilterText = _EVERY,
) -> Difference:
    """Return what changed between two moments, as typed; see `positions_between`.

    An activity is found if the filter holds at one of the two moments, and somebody with a handle
    asked for changed it in between. Nothing after the position `known_at` is looked at. Raises
    what `read_filter` raises.
    """
    ends = positions_between(workspace, first, last, until=known_at)
    start, end = (min(position, known_at) for position in ends)
    db, wanted = workspace.views, read_filter(workspace, text, known_at=end)
    return Difference(
        start=start,
        end=end,
        roster=departments.roster(workspace, known_at=end),
        total=activities.count_changed(db, start, end, wanted=wanted),
        changes=activities.changes_between(db, start, end, wanted=wanted),
    )
