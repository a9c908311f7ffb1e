"""The events of the log, one by one."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from kalends.application.queries.filter_text import FilterText, read_filter
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.events import Entry, activity_id
from kalends.log.log import Log
from kalends.presentation.history_text import subject

# So many titles are kept at a time: memory stays flat, however long the log is.
_REMEMBERED = 10_000


def events(
    workspace: Workspace, text: FilterText, *, known_at: int, after: int = 0
) -> Iterator[Entry]:
    """Return the events after a position, up to another, that pass the filter, oldest first.

    Raises what `read_filter` raises. Without a filter no views are needed.
    """
    found = workspace.log.entries(after=after, until=known_at)
    if text.is_empty:
        return found
    from kalends.views import entries  # noqa: PLC0415 - only for a filter

    wanted = read_filter(workspace, text, known_at=known_at)
    positions = entries.positions_of(workspace.views, wanted, known_at=known_at)
    return _at(found, (position for position in positions if position > after))


def _at(found: Iterator[Entry], positions: Iterator[int]) -> Iterator[Entry]:
    """Yield the events at these positions; both must be in order."""
    for position in positions:
        yield next(entry for entry in found if entry.position == position)


def with_subjects(workspace: Workspace, found: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Yield each event with what it is about: a title as it then was, a name or a code."""
    titles: dict[str, str] = {}
    for entry in found:
        what = subject(entry)
        if activity_id(entry.stream) is not None:
            what = what or titles.get(entry.stream) or _title(workspace.log, entry)
            if len(titles) == _REMEMBERED:
                titles.clear()
            titles[entry.stream] = what
        yield entry, what


def _title(log: Log, entry: Entry) -> str:
    """Return the title that an activity had before an event that does not say it."""
    titles = [
        event.details.title
        for event in log.stream(entry.stream)[: entry.version]
        if hasattr(event, "details")
    ]
    return titles[-1]


def recorded_at(workspace: Workspace, position: int) -> datetime:
    """Return when the event at a position was recorded; raises `LookupError` if there is none."""
    from kalends.views import entries  # noqa: PLC0415 - the events themselves need none

    return entries.recorded(workspace.views, position)
