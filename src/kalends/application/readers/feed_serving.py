"""Serves feeds from the current log, without publishing them."""

import threading
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from kalends.application.queries.filter_text import FilterText, read_filter
from kalends.application.readers.remembered import Remembered
from kalends.application.workspaces.workspace import Workspace
from kalends.feeds.cache import Components
from kalends.feeds.chosen import Cancelled, Choice, chosen_bytes
from kalends.feeds.explain import explain
from kalends.feeds.feed import entry_bytes, fitting, named_feed, plain_name
from kalends.feeds.placed import Statement
from kalends.feeds.selection import Feed, depends_since, find
from kalends.views import activities
from kalends.views.activity_filter import PUBLIC
from kalends.views.database import Views
from kalends.views.entries import recorded


class ServedFeed(NamedTuple):
    """The bytes of a calendar as known now, and when something last changed it.

    `since` is the position of that change for a published feed that is whole: see
    `FeedSource.changed_at`.
    """

    content: bytes
    changed: datetime
    since: int | None = None


class FeedSource:
    """Gives out feeds of one workspace; several threads may use it."""

    def __init__(self, workspace: Workspace) -> None:
        """Take the open workspace."""
        self._workspace = workspace
        self._of_thread = threading.local()
        self._opened: list[Components] = []
        self.remembered = Remembered()

    def feed(
        self,
        name: str,
        words: FilterText,
        cancelled: Cancelled = "mark",
        *,
        withheld: bool = False,
    ) -> ServedFeed:
        """Return a feed, or what is chosen of it; with `withheld`, also what is not public.

        Raises `FeedNotFoundError` and what `read_filter` raises.
        """
        db = self._workspace.views
        position = self._workspace.log.position()
        choice = Choice(cancelled=cancelled)
        if not words.is_empty:
            wanted = read_filter(self._workspace, words, known_at=position)
            choice = Choice(wanted=wanted, cancelled=cancelled)
        is_published = choice.is_all and not withheld
        if is_published:
            feed, content = named_feed(db, self._components, name, known_at=position)
        else:
            feed = find(db, name, known_at=position)
            content = chosen_bytes(
                db, self._components, feed, choice, known_at=position, withheld=withheld
            )
        happened = self.remembered.last_changes(db, position)
        since = depends_since(feed, happened) if is_published else happened.activities
        # Meanwhile another thread may have seen more of the log.
        since = min(max(since, happened.campaign), position)
        return ServedFeed(content, recorded(db, since), since if is_published else None)

    def changed_at(self, name: str) -> int:
        """Return the last position that may have changed a whole feed; costs little.

        As long as it is the same, so are the feed's bytes. Raises `FeedNotFoundError`.
        """
        db = self._workspace.views
        position = self._workspace.log.position()
        feed = find(db, plain_name(name), known_at=position)
        happened = self.remembered.last_changes(db, position)
        return max(depends_since(feed, happened), happened.campaign)

    def entry(self, prefix: str) -> ServedFeed:
        """Return a single activity as a calendar; raises `ActivityNotFoundError` and others."""
        db = self._workspace.views
        position = self._workspace.log.position()
        target = activities.resolve(db, prefix, known_at=position, wanted=PUBLIC)
        last = activities.current(db, target, known_at=position)
        content = entry_bytes(db, target, known_at=position)
        return ServedFeed(content, last.at)

    def explained(self, activity_id: str, *, known_at: int) -> list[Statement]:
        """Return what calendars show of an activity; raises what `explain` raises.

        What was asked last is remembered: a page has two languages and its data.
        """
        db = self._workspace.views
        position = self._workspace.log.position()
        asked = (activity_id, known_at, position)
        last: tuple[tuple[str, int, int], list[Statement]] | None = getattr(
            self._of_thread, "explained", None
        )
        if last is None or last[0] != asked:
            last = asked, self._explained(db, activity_id, known_at, position)
            self._of_thread.explained = last
        return last[1]

    def _explained(
        self, db: Views, activity_id: str, known_at: int, position: int
    ) -> list[Statement]:
        if known_at != position:
            return explain(db, self._components, activity_id, known_at=known_at)
        happened = self.remembered.last_changes(db, position)

        def holding(feed: Feed) -> Collection[str]:
            def held() -> frozenset[str]:
                return frozenset(fitting(db, self._components, feed, known_at=position)[0])

            since = depends_since(feed, happened)
            return self.remembered.since(("held", feed.name), since, position, held)

        return explain(db, self._components, activity_id, known_at=position, holding=holding)

    @property
    def _components(self) -> Components:
        """Return this thread's store of entries already made."""
        kept: Components | None = getattr(self._of_thread, "components", None)
        if kept is None:
            kept = self._of_thread.components = self._workspace.components()
            self._opened.append(kept)
        return kept

    def close(self) -> None:
        """Close what every thread has opened."""
        while self._opened:
            self._opened.pop().close()
