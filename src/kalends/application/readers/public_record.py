"""The record as anybody may read it: nothing that is withheld, as known at any position."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from datetime import date, datetime
from functools import cached_property
from itertools import islice

from kalends.application.queries.filter_text import FilterText, read_filter
from kalends.application.queries.near_words import near_words
from kalends.application.readers.feed_serving import FeedSource
from kalends.application.readers.public_counts import FAR, PublicCounts
from kalends.domain.department import Department
from kalends.domain.details import NOT_RETRACTED
from kalends.domain.errors import NotShownError
from kalends.domain.text import fold
from kalends.domain.value import replace
from kalends.feeds import selection
from kalends.feeds.feed import entry_bytes
from kalends.feeds.placed import Statement
from kalends.feeds.selection import Feed
from kalends.feeds.shown_entry import ShownEntry, shown_entry
from kalends.intake.vocabulary.naming import department
from kalends.views import activities, counts, days, entries
from kalends.views.activities import Revision
from kalends.views.activity_filter import PUBLIC, ActivityFilter
from kalends.views.feed_candidates import feed_candidates
from kalends.views.recent import RevisionPair, count_recent, recent
from kalends.views.revision import at_positions
from kalends.views.search import matching

# Of so many activities, the last recorded, a title is offered where a search finds nothing.
_MOST_TITLES = 2_000


class PublicRecord(PublicCounts):
    """What anybody may read of one workspace, as known at one position.

    It has no activity that is withheld now, whatever the position, and none that
    was recorded and undone at once. Filters come from `filtered`.
    """

    def filtered(self, words: FilterText) -> ActivityFilter:
        """Return the filter that words mean; raises what `read_filter` raises."""
        found = read_filter(self._workspace, words, known_at=self.known_at)
        return replace(found, is_public=True)

    def recorded_at(self, position: int) -> datetime:
        """Return when the event at a position was recorded."""
        return entries.recorded(self._db, position)

    def by_day(
        self,
        first: date | None,
        last: date | None,
        wanted: ActivityFilter = PUBLIC,
        *,
        skip: int = 0,
    ) -> Iterator[Revision]:
        """Yield the activities of some days, in order; None leaves that side open."""
        known_at = self.known_at
        if skip < FAR:
            return days.by_day(self._db, first, last, known_at=known_at, wanted=wanted, skip=skip)
        order = self._counted(
            ("in order", first, last),
            wanted,
            lambda: days.in_order(self._db, first, last, known_at=known_at, wanted=wanted),
        )
        return at_positions(self._db, islice(order, skip, None), known_at=known_at)

    def latest(self, most: int, wanted: ActivityFilter = PUBLIC) -> list[str]:
        """Return the ids of activities that feeds may show, the latest by day first."""
        found = feed_candidates(
            self._db, known_at=self.known_at, most=most, undone=False, wanted=wanted
        )
        return [candidate.id for candidate in found]

    def matching(
        self, words: str, wanted: ActivityFilter = PUBLIC, *, skip: int = 0
    ) -> Iterator[Revision]:
        """Yield the activities that contain every word; retracted ones only where asked for."""
        if not wanted.statuses:
            wanted = replace(wanted, statuses=NOT_RETRACTED)
        return matching(self._db, words, known_at=self.known_at, wanted=wanted, skip=skip)

    def near_words(self, words: str) -> list[str]:
        """Return tags, names of departments and titles that look like what was searched for."""
        tags = [each.tag for each in self.tags()]
        names = [name for each in self.roster.listed for name in each.called]
        titles = counts.titles(self._db, _MOST_TITLES, known_at=self.known_at, wanted=PUBLIC)
        return near_words(words, [*tags, *names, *titles])

    def activity_id(self, prefix: str) -> str:
        """Return the id of the only public activity that begins so.

        Raises `ActivityNotFoundError`, or `AmbiguousIdError`.
        """
        return activities.resolve(self._db, prefix, known_at=self.known_at, wanted=PUBLIC)

    def revisions(self, prefix: str) -> list[Revision]:
        """Return an activity's revisions, oldest first; see `activity_id`.

        What happened while it was withheld is not among them, also when it was released since.
        """
        target = self.activity_id(prefix)
        found = activities.revisions(self._db, target, known_at=self.known_at)
        return [revision for revision in found if not revision.withheld]

    def explained(self, activity_id: str) -> list[Statement]:
        """Return what calendars show of a public activity, why, in which feeds, and how soon."""
        with ExitStack() as until_done:
            feeds = self._feeds or until_done.enter_context(closing(FeedSource(self._workspace)))
            said = feeds.explained(activity_id, known_at=self.known_at)
        shown = {revision.position for revision in self.revisions(activity_id)}
        return [each for each in said if each.fields.get("position", min(shown)) in shown]

    def department(self, name: str) -> Department:
        """Return a department by its code or any of its names; a withdrawn one only by its code.

        Raises what `naming.department` raises.
        """
        return self.roster.departments.get(name) or department(self.roster, name)

    def recent(
        self,
        limit: int,
        wanted: ActivityFilter = PUBLIC,
        *,
        after: int = 0,
        before: int | None = None,
        changes_only: bool = False,
    ) -> list[RevisionPair]:
        """Return what happened last, or last between two positions; the newest first."""
        return recent(
            self._db,
            known_at=self.known_at,
            wanted=wanted,
            after=after,
            before=self.known_at + 1 if before is None else before,
            limit=limit,
            changes_only=changes_only,
        )

    def following(
        self, after: int, limit: int, wanted: ActivityFilter = PUBLIC, *, seen: int | None = None
    ) -> list[RevisionPair]:
        """Return what happened after a position, the oldest first.

        What was recorded up to that position, or up to `seen`, and undone since is there too: who
        follows the record may know it.
        """
        return recent(
            self._db,
            known_at=self.known_at,
            wanted=replace(wanted, seen=after if seen is None else seen),
            after=after,
            limit=limit,
            newest_first=False,
        )

    def count_since(self) -> int:
        """Return how many events happened to activities since the position that is asked for."""
        newest = self._workspace.log.position()
        return count_recent(self._db, known_at=newest, wanted=PUBLIC, after=self.known_at)

    @cached_property
    def feeds(self) -> list[Feed]:
        """Return the feeds, without those of tags that nothing public bears."""
        borne = {fold(each.tag) for each in self.tags()}
        found = selection.feeds(self._db, known_at=self.known_at)
        return [feed for feed in found if feed.kind != "tag" or feed.key in borne]

    def entry(self, activity_id: str) -> ShownEntry | None:
        """Return what calendars show of a public activity; None if they do not show it."""
        try:
            content = entry_bytes(self._db, activity_id, known_at=self.known_at)
        except NotShownError:
            return None
        return shown_entry(content)

    def refs(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the shortest unique beginnings of ids."""
        return activities.refs(self._db, list(ids), known_at=self.known_at)
