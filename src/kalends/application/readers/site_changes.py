"""Which pages of a written site may have changed since it was written last."""

from collections.abc import Iterator
from contextlib import closing
from functools import cached_property
from itertools import chain

from kalends.application.readers.public_log import PublicLog
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.roster import Roster
from kalends.domain.text import fold
from kalends.domain.value import Value
from kalends.feeds import selection
from kalends.feeds.feed import fitting
from kalends.feeds.selection import Feed, candidates, depends_since, feeds
from kalends.views import activities
from kalends.views.affected import Affected, affected, public_ids
from kalends.views.database import Views
from kalends.views.entries import mark
from kalends.views.last_changes import LastChanges, last_changes
from kalends.views.roster_view import roster


class SiteState(Value):
    """What all pages of a site depend on: the log up to a position, the day, and what made them.

    `mark` tells this log from others; `signed` is the size of the newest checkpoint; `has_events`
    says whether the events are published; `made_by` stands for program, options and settings.
    """

    position: int
    mark: str
    day: str
    signed: int
    has_events: bool
    made_by: str


def site_state(workspace: Workspace, made_by: str, public_log: int) -> SiteState:
    """Return what a site that is written now depends on."""
    log, position = PublicLog(workspace, public_log), workspace.log.position()
    return SiteState(
        position=position,
        mark=mark(workspace.views, position).hex(),
        day=date_context(workspace).today.isoformat(),
        signed=log.checkpoint.size if log.is_signed else 0,
        has_events=log.has_events,
        made_by=made_by,
    )


class SiteChanges:
    """What changed between two states of a site; without a state before, everything."""

    def __init__(self, workspace: Workspace, before: SiteState | None, now: SiteState) -> None:
        """Take the workspace and the two states."""
        self._workspace = workspace
        self._now = now
        self._before = before if before is not None and self._is_same_site(before) else None

    @property
    def is_everything(self) -> bool:
        """Return whether any page may be another."""
        return self._before is None

    def has_activity(self, activity_id: str) -> bool:
        """Return whether the pages of an activity may be others."""
        return self.is_everything or activity_id in self._activities

    def has_department(self, code: str) -> bool:
        """Return whether the page of a department may be another."""
        return self._has_new_day or not self._affected.codes.isdisjoint(self._roster.within(code))

    def has_tag(self, tag: str) -> bool:
        """Return whether the page of a tag may be another."""
        return self._has_new_day or fold(tag) in self._affected.tags

    def has_feed(self, name: str) -> bool:
        """Return whether a feed may be another, or its version that leaves nothing out."""
        return self.is_everything or name in self._feeds

    def has_position(self, positions: range) -> bool:
        """Return whether something happened since to what these positions are about."""
        return self.is_everything or any(each in positions for each in self._positions)

    def public_ids(self) -> Iterator[str]:
        """Yield the ids of all activities that have a page."""
        return public_ids(self._workspace.views, known_at=self._now.position)

    def _is_same_site(self, before: SiteState) -> bool:
        db, now = self._workspace.views, self._now
        if before.made_by != now.made_by or before.has_events != now.has_events:
            return False
        if before.day[:4] != now.day[:4]:  # dates of this year are written without it
            return False
        if before.position > now.position or mark(db, before.position).hex() != before.mark:
            return False
        # Names and relations of departments are on nearly every page.
        happened = last_changes(db, after=before.position, known_at=now.position)
        if happened.campaign or happened.roster or happened.clock:
            return False
        return _named(db, before.position).items() <= _named(db, now.position).items()

    @property
    def _has_new_day(self) -> bool:
        return self._before is None or self._before.day != self._now.day

    @cached_property
    def _since(self) -> int:
        """Return the position from which on events count as new.

        The page of an activity says whether it is signed: what was not counts once it is.
        """
        assert self._before is not None
        if self._before.signed == self._now.signed:
            return self._before.position
        return min(self._before.position, self._before.signed)

    @cached_property
    def _affected(self) -> Affected:
        return affected(self._workspace.views, after=self._since, known_at=self._now.position)

    @cached_property
    def _activities(self) -> frozenset[str]:
        """Return the activities whose pages may be others, also for being in other feeds."""
        moved = chain.from_iterable(map(self._moved, self._changed_feeds))
        return self._affected.ids.union(moved)

    @cached_property
    def _positions(self) -> frozenset[int]:
        """Return the positions of all that happened to what something happened to since."""
        db, known_at = self._workspace.views, self._now.position
        return frozenset(
            revision.position
            for each in self._affected.ids
            for revision in activities.revisions(db, each, known_at=known_at)
        )

    @cached_property
    def _roster(self) -> Roster:
        return roster(self._workspace.views, known_at=self._now.position)

    @cached_property
    def _happened(self) -> LastChanges:
        assert self._before is not None
        db = self._workspace.views
        return last_changes(db, after=self._before.position, known_at=self._now.position)

    @cached_property
    def _changed_feeds(self) -> list[Feed]:
        found = feeds(self._workspace.views, known_at=self._now.position)
        return [feed for feed in found if depends_since(feed, self._happened)]

    @cached_property
    def _feeds(self) -> frozenset[str]:
        return frozenset(feed.name for feed in self._changed_feeds)

    def _moved(self, feed: Feed) -> frozenset[str]:
        """Return the activities that a feed did not hold before and holds now, or vice versa."""
        assert self._before is not None
        before = self._placed(feed, self._before.position)
        now = self._placed(feed, self._now.position)
        return before[0] ^ now[0] | before[1] ^ now[1]

    def _placed(self, feed: Feed, known_at: int) -> tuple[frozenset[str], frozenset[str]]:
        """Return what a feed holds, and what it would hold if no bytes were counted."""
        db, most = self._workspace.views, selection.MOST_ACTIVITIES
        with closing(self._workspace.components()) as components:
            held, is_whole = fitting(db, components, feed, known_at=known_at)
        if is_whole or len(held) == most:
            return frozenset(held), frozenset(held)
        latest = candidates(db, feed, known_at=known_at, most=most)
        return frozenset(held), frozenset(row.id for row in latest)


def _named(db: Views, known_at: int) -> dict[tuple[str, str], str]:
    return {(feed.kind, feed.key): feed.name for feed in feeds(db, known_at=known_at)}
