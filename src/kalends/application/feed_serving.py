"""Feeds as a server gives them out: from the log as it is now, without publishing."""

import threading
from collections import OrderedDict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from kalends.application.filter_text import FilterText, read_filter
from kalends.application.workspace import Workspace
from kalends.feeds.cache import Components
from kalends.feeds.chosen import Cancelled, Choice, chosen_bytes
from kalends.feeds.explain import explain
from kalends.feeds.feed import entry_bytes, feed_bytes, fitting
from kalends.feeds.placed import Statement
from kalends.feeds.selection import FULL, Feed, depends_since, find
from kalends.views import activities
from kalends.views.activity_filter import PUBLIC
from kalends.views.database import Views
from kalends.views.entries import recorded
from kalends.views.last_changes import LastChanges, last_changes

# Of so many feeds it is remembered which activities they hold.
_MOST_FEEDS = 100


class ServedFeed(NamedTuple):
    """The bytes of a calendar as known now, and when something last changed it."""

    octets: bytes
    changed: datetime


class FeedSource:
    """Gives out feeds of one workspace; several threads may use it."""

    def __init__(self, workspace: Workspace) -> None:
        """Take the open workspace."""
        self._workspace = workspace
        self._of_thread = threading.local()
        self._opened: list[Components] = []
        self._lock = threading.Lock()
        self._reached = 0
        self._held: OrderedDict[str, tuple[int, frozenset[str]]] = OrderedDict()
        self._happened = LastChanges(campaign=0, roster=0, activities=0, codes={}, tags={})

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
            octets = feed_bytes(db, self._components, name, known_at=position)
        else:
            octets = chosen_bytes(
                db, self._components, name, choice, known_at=position, withheld=withheld
            )
        feed = find(db, name.removeprefix(FULL), known_at=position)
        happened = self._last_changes(db, position)
        since = depends_since(feed, happened) if is_published else happened.activities
        # Meanwhile another thread may have seen more of the log.
        since = min(max(since, happened.campaign), position)
        return ServedFeed(octets, recorded(db, since))

    def entry(self, prefix: str) -> ServedFeed:
        """Return a single activity as a calendar; raises `ActivityNotFoundError` and others."""
        db = self._workspace.views
        position = self._workspace.log.position()
        target = activities.resolve(db, prefix, known_at=position, wanted=PUBLIC)
        last = activities.current(db, target, known_at=position)
        octets = entry_bytes(db, target, known_at=position)
        return ServedFeed(octets, last.at)

    def explained(self, activity_id: str, *, known_at: int) -> list[Statement]:
        """Return what calendars show of an activity; raises what `explain` raises."""
        db = self._workspace.views
        position = self._workspace.log.position()
        if known_at != position:
            return explain(db, self._components, activity_id, known_at=known_at)
        happened = self._last_changes(db, position)

        def holding(feed: Feed) -> Collection[str]:
            # What another thread has seen meanwhile is of a later position: it is not for these.
            since = depends_since(feed, happened)
            if since > position:
                return fitting(db, self._components, feed, known_at=position)[0]
            return self._holding(db, feed, since, position)

        return explain(db, self._components, activity_id, known_at=position, holding=holding)

    def _holding(self, db: Views, feed: Feed, since: int, position: int) -> Collection[str]:
        """Return the ids that a feed holds, which are the same since a position."""
        with self._lock:
            found = self._held.get(feed.name)
        if found is None or found[0] != since:
            held, _ = fitting(db, self._components, feed, known_at=position)
            found = since, frozenset(held)
        with self._lock:
            self._held[feed.name] = found
            self._held.move_to_end(feed.name)
            while len(self._held) > _MOST_FEEDS:
                self._held.popitem(last=False)
        return found[1]

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

    def _last_changes(self, db: Views, position: int) -> LastChanges:
        """Return what changed last up to a position; only what is new is looked for."""
        with self._lock:
            if self._reached < position:
                found = last_changes(db, after=self._reached, known_at=position)
                self._happened = _later(self._happened, found)
                self._reached = position
            return self._happened


def _later(before: LastChanges, after: LastChanges) -> LastChanges:
    return LastChanges(
        campaign=max(before.campaign, after.campaign),
        roster=max(before.roster, after.roster),
        activities=max(before.activities, after.activities),
        codes={**before.codes, **after.codes},
        tags={**before.tags, **after.tags},
    )
