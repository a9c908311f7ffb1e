"""Updates the published folder: only what changed is made again."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from kalends.domain.errors import DiskError
from kalends.feeds.cache import Components
from kalends.feeds.feed import PreviousFeed, RenderedFeed, render, render_patched
from kalends.feeds.feed_folder import MANIFEST, SUFFIX, FeedFolder, FileStamp, WriteResult
from kalends.feeds.manifest import FeedFile, begun, composed, contents, is_feed, parsed
from kalends.feeds.members import Members, members_of
from kalends.feeds.selection import FULL, Feed, depends_since, feeds, shows_undone
from kalends.views.activities import ChangedActivity, changed_activities
from kalends.views.database import Views
from kalends.views.last_changes import LastChanges, last_changes
from kalends.words import os_error_message

# At most so many activities are exchanged in a file; if more changed, it is made again.
_FEW = 100
# At most so many files wait to be written.
_WAITING = 8


def publish_feeds(db: Views, components: Components, folder: Path, *, known_at: int) -> list[str]:
    """Update the folder to what is known at a position; return the names of changed files.

    Only feeds that changed since the last time are made again, and only a file whose bytes differ
    is written, in one step. The folder is then a function of the log: the same as from nothing.
    What an older manifest lists and is no longer a feed is removed (only a complete feed that is
    no longer needed, or all feeds of another log); no other file is touched. Before the first file
    changes, the manifest says for which position: so a publication that was cut short can be told
    from files that others changed. Only one process at a time may publish into a folder. Raises
    `DiskError`.
    """
    components.follow(db, known_at=known_at)
    try:
        with FeedFolder(folder, components.published()) as files, components.near():
            publication = _Publication(db, components, files, known_at)
            try:
                return publication.publish()
            finally:
                components.remember(publication.stamps)
    except OSError as error:
        raise DiskError(name=error.filename or folder, detail=os_error_message(error)) from None


class _Publication:
    def __init__(
        self, db: Views, components: Components, folder: FeedFolder, known_at: int
    ) -> None:
        self._db = db
        self._components = components
        self._folder = folder
        self._known_at = known_at
        self._changed: list[str] = []
        self.stamps: dict[str, FileStamp] = {}
        self._waiting: deque[tuple[RenderedFeed, int, Callable[[], WriteResult]]] = deque()
        self._after: dict[str, FeedFile] = {}
        self._manifest = manifest = contents(folder.path)
        self._position, self._before = parsed(manifest)
        stands = self._position if self._position <= known_at else 0
        coming = (*begun(manifest), known_at)
        folder.announce(lambda: composed(self._before, stands, publishing=coming))
        is_ours = folder.is_as_written(MANIFEST, hashlib.sha256(manifest).hexdigest())
        if not is_ours or self._position > known_at:
            self._position = 0

    def publish(self) -> list[str]:
        happened = self._last_changes(self._position)
        for feed in self._feeds:
            standing, position = self._standing(feed), depends_since(feed, happened)
            if standing and not position:
                self._after |= standing
                continue
            if not position:  # a file was lost or changed by others
                position = depends_since(feed, self._last_changes(0))
            for rendered in self._rendered(feed, standing, happened):
                self._put(rendered, position)
        self._wait(0)
        if self._after:
            ours = filter(is_feed, self._before)
            self._changed += self._folder.remove_feeds(ours, but=self._after)
            manifest = composed(self._after, self._known_at)
            written = self._folder.write(MANIFEST, [manifest])()
            self._remember(written._replace(differs=manifest != self._manifest))
        return self._changed

    def _standing(self, feed: Feed) -> dict[str, FeedFile]:
        """Return a feed's files as last published; none if they are not as they were written."""
        names = (feed.name + SUFFIX, FULL + feed.name + SUFFIX)
        known = {name: self._before[name] for name in names if name in self._before}
        is_whole = self._position and names[0] in known
        if is_whole and all(
            self._folder.is_as_written(k, file.sha256) for k, file in known.items()
        ):
            return known
        return {}

    def _rendered(
        self, feed: Feed, standing: Mapping[str, FeedFile], happened: LastChanges
    ) -> Iterable[RenderedFeed]:
        """Return the feed's files, with only a few entries exchanged where that is enough."""
        others = max(happened.campaign, happened.roster)
        if standing and not others and len(self._touched) <= _FEW:
            before = PreviousFeed(
                touched=self._touched,
                files={
                    name.removesuffix(SUFFIX): file.activities for name, file in standing.items()
                },
                digests={
                    name.removesuffix(SUFFIX): file.sha256 for name, file in standing.items()
                },
                path=lambda name: self._folder.path / (name + SUFFIX),
            )
            found = render_patched(
                self._db, self._components, feed, before, known_at=self._known_at
            )
            if found:
                return found
        members = None if self._position and not others else self._members
        return render(self._db, self._components, feed, known_at=self._known_at, members=members)

    @cached_property
    def _feeds(self) -> Sequence[Feed]:
        return feeds(self._db, known_at=self._known_at)

    @cached_property
    def _members(self) -> Members:
        return members_of(self._db, self._feeds, known_at=self._known_at)

    @cached_property
    def _touched(self) -> Sequence[ChangedActivity]:
        return changed_activities(
            self._db,
            after=self._position,
            known_at=self._known_at,
            most=_FEW + 1,
            undone=shows_undone(self._db, known_at=self._known_at),
        )

    def _last_changes(self, position: int) -> LastChanges:
        return last_changes(self._db, after=position, known_at=self._known_at)

    def _put(self, rendered: RenderedFeed, position: int) -> None:
        written = self._folder.write(rendered.feed.name + SUFFIX, rendered.pieces)
        self._waiting.append((rendered, position, written))
        self._wait(_WAITING)

    def _wait(self, most: int) -> None:
        """Record what was written, until no more than so many are pending."""
        while len(self._waiting) > most:
            rendered, position, written = self._waiting.popleft()
            done = written()
            self._remember(done)
            self._after[done.name] = FeedFile(
                title=rendered.feed.title,
                activities=rendered.activities,
                size=done.seen.size,
                sha256=done.seen.sha256,
                position=position,
            )

    def _remember(self, done: WriteResult) -> None:
        self.stamps[done.name] = done.seen
        if done.differs:
            self._changed.append(done.name)
