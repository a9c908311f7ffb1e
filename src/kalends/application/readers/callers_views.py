"""Lists, histories and figures for one caller, limited to what they may read."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from kalends.application.queries.event_list import events
from kalends.application.queries.filter_text import FilterText
from kalends.application.queries.known_at import positions_between
from kalends.application.readers.callers_record import CallersRecord
from kalends.application.readers.feed_contents import ListedFeed, feed, listed
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import FeedNotFoundError
from kalends.domain.events import Entry
from kalends.views import activities
from kalends.views.activities import Change, Late, Revision
from kalends.views.activity_filter import ActivityFilter
from kalends.views.report import PeriodReport, report

__all__ = ["CallersViews", "Change", "ChangesBetween", "Late", "ListedFeed", "PeriodReport"]


class ChangesBetween(NamedTuple):
    """What changed after position `start`, up to `end`."""

    start: int
    end: int
    changes: Iterator[Change]


class CallersViews:
    """Lists, histories and figures of one workspace for one caller, as known at one position."""

    def __init__(self, workspace: Workspace, record: CallersRecord) -> None:
        """Take the workspace, and what the caller may read of it."""
        self._workspace, self._record = workspace, record

    def late(self, days: int, wanted: ActivityFilter) -> Iterator[Late]:
        """Yield what was recorded more than `days` days after it happened, the latest first."""
        known_at = self._record.known_at
        return activities.recorded_late(
            self._workspace.views, days, known_at=known_at, wanted=wanted
        )

    def report(self, days: int, wanted: ActivityFilter) -> PeriodReport:
        """Return the figures of what a filter finds."""
        record = self._record
        return report(
            self._workspace.views, wanted, known_at=record.known_at, days=days, today=record.today
        )

    def history(
        self, code: str, wanted: ActivityFilter, *, skip: int, most: int
    ) -> list[tuple[Revision, list[Revision]]]:
        """Return activities of a department and its children, each with its revisions, by day."""
        codes, db = self._record.roster.within(code), self._workspace.views
        known_at = self._record.known_at
        found = activities.history(db, codes, known_at=known_at, wanted=wanted, skip=skip)
        return [
            (last, self._record.shown(activities.revisions(db, last.id, known_at=known_at)))
            for last, _ in islice(found, most)
        ]

    def between(self, first: str, last: str | None, words: FilterText) -> ChangesBetween:
        """Return what changed between two moments, as typed; see `positions_between`.

        Raises what `read_filter` raises.
        """
        known_at = self._record.known_at
        ends = positions_between(self._workspace, first, last, until=known_at)
        start, end = (min(position, known_at) for position in ends)
        wanted = self._record.filtered_at(words, end)
        found = activities.changes_between(self._workspace.views, start, end, wanted=wanted)
        return ChangesBetween(start, end, self._changes(found))

    def _changes(self, found: Iterator[Change]) -> Iterator[Change]:
        for before, _, made in found:
            shown = self._record.shown(made)
            if shown:
                is_shown = before is not None and self._record.shown([before])
                yield before if is_shown else None, shown[-1], shown

    def events(self, words: FilterText, *, after: int) -> Iterator[Entry]:
        """Yield the events after a position that may be read; raises as `event_list.events`."""
        hidden, known_at = self._record.hidden, self._record.known_at
        found = events(self._workspace, words, known_at=known_at, after=after)
        return (entry for entry in found if entry.stream not in hidden)

    def feeds(self) -> list[ListedFeed]:
        """Return the feeds, without those of tags that nothing bears that they may read."""
        known_at = self._record.known_at
        found = listed(self._workspace, known_at=known_at, hidden=self._hidden_then())
        return [each for each in found if self._may_read(each.name)]

    def _may_read(self, feed: str) -> bool:
        record = self._record
        return not record.visible.is_public or feed in {each.name for each in record.feeds}

    def feed(self, name: str) -> bytes:
        """Return a feed's bytes by its name; raises `FeedNotFoundError`."""
        if not self._may_read(name):
            raise FeedNotFoundError(name=name)
        known_at = self._record.known_at
        return feed(self._workspace, name, known_at=known_at, hidden=self._hidden_then())

    def _hidden_then(self) -> frozenset[str]:
        """Return the streams that a feed of another moment may still show; now it shows none."""
        is_now = self._record.known_at == self._workspace.log.position()
        return frozenset() if is_now else self._record.hidden
