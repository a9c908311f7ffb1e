"""Lists of activities: an agenda, what a search finds, what was recorded late."""

from collections.abc import Iterable, Iterator

from kalends.application.queries.filter_text import FilterText, read_filter
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import UsageError
from kalends.views import activities
from kalends.views.activities import Late, Revision
from kalends.words import Message

__all__ = ["Late", "Revision", "agenda", "late", "refs", "search"]


def agenda(
    workspace: Workspace, text: FilterText, *, known_at: int, whole: bool = False
) -> Iterator[Revision]:
    """Return the activities by day, as known at a position.

    If the filter names no days, only those from today on, unless `whole`. Raises what
    `read_filter` raises.
    """
    wanted = read_filter(workspace, text, known_at=known_at)
    first = wanted.first
    if first is None and wanted.last is None and not whole:
        first = date_context(workspace).today
    return activities.by_day(workspace.views, first, wanted.last, known_at=known_at, wanted=wanted)


def search(
    workspace: Workspace, words: str, text: FilterText, *, known_at: int
) -> Iterator[Revision]:
    """Return the activities that contain every word, as known at a position.

    Raises what `read_filter` raises, and `UsageError` where all words are blank.
    """
    from kalends.views.search import matching  # noqa: PLC0415 - other lists search for no words

    if not words.strip():
        raise UsageError(detail=Message("give a word to look for"))
    wanted = read_filter(workspace, text, known_at=known_at)
    return matching(workspace.views, words, known_at=known_at, wanted=wanted)


def late(workspace: Workspace, text: FilterText, *, known_at: int, days: int) -> Iterator[Late]:
    """Return what was recorded more than `days` days after it happened, the latest first.

    Raises what `read_filter` raises.
    """
    wanted = read_filter(workspace, text, known_at=known_at)
    return activities.recorded_late(workspace.views, days, known_at=known_at, wanted=wanted)


def refs(workspace: Workspace, ids: Iterable[str], *, known_at: int) -> dict[str, str]:
    """Return the shortest unique beginning of each id."""
    return activities.refs(workspace.views, ids, known_at=known_at)
