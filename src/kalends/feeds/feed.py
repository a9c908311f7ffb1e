"""One feed's octets, as known at any position of the log."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from kalends.domain.campaign import Campaign
from kalends.domain.errors import ActivityNotFoundError, FeedNotFoundError
from kalends.feeds.cache import Components
from kalends.feeds.calendar import FOOTER, component, header, pieces
from kalends.feeds.selection import MOST_OCTETS, Candidates, Feed, complete, find, latest
from kalends.views.activities import Shown, revisions
from kalends.views.roster import campaign, roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A feed as it stands: the activities it holds, by id, and its octets, piece by piece."""

    feed: Feed
    rows: Sequence[Shown]
    pieces: Iterator[bytes]


def feed_bytes(
    db: sqlite3.Connection, components: Components, name: str, *, known_at: int
) -> bytes:
    """Return a feed's octets as known at a position; `name` as in `all`, `tag-…`, `full/all`.

    Raises `FeedNotFoundError`: no such feed, or a `full/` one of a feed that leaves nothing out.
    """
    feed = find(db, name, known_at=known_at)
    for one in made(db, components, feed, known_at=known_at):
        return b"".join(one.pieces)
    raise FeedNotFoundError(name=name)


def entry_bytes(db: sqlite3.Connection, activity_id: str, *, known_at: int) -> bytes:
    """Return a calendar of one activity alone, for apps that import one entry of a file.

    Raises `ActivityNotFoundError`: no such activity, or none that a calendar shows.
    """
    story = revisions(db, activity_id, known_at=known_at)
    position = story[-1].position
    opened = campaign(db, known_at=position)
    names = roster(db, known_at=position)
    body = b"" if opened is None else component(story, opened, names)
    if opened is None or not body:
        raise ActivityNotFoundError(name=activity_id)
    return b"".join(pieces(None, story[-1].details.title, opened, [body]))


def made(
    db: sqlite3.Connection,
    components: Components,
    feed: Feed,
    *,
    known_at: int,
    rows: Sequence[Shown] | None = None,
) -> Iterator[Made]:
    """Yield the feed, then the complete one when it leaves something out.

    `rows` are the feed's candidates, where they are known already. A complete feed asked for is
    yielded alone, and not at all when nothing was left out.
    """
    opened = campaign(db, known_at=known_at)
    if opened is None:
        return
    if rows is None:
        rows = Candidates(db, known_at=known_at).of(feed)
    held = fitting(db, components, feed, rows, known_at=known_at)
    if not feed.is_full:
        kept = sorted(held)
        entries = iter([b"".join(map(held.__getitem__, kept))])
        yield Made(feed=feed, rows=kept, pieces=_pieces(feed, opened, entries))
    if len(held) < len(rows):
        whole = feed if feed.is_full else complete(db, feed, known_at=known_at)
        entries = map(b"".join, components.bodies(db, rows, known_at=known_at))
        yield Made(feed=whole, rows=rows, pieces=_pieces(whole, opened, entries))


def fitting(
    db: sqlite3.Connection,
    components: Components,
    feed: Feed,
    rows: Sequence[Shown],
    *,
    known_at: int,
) -> dict[Shown, bytes]:
    """Return those of a feed's candidates that it holds, with their entries, the latest first.

    At most 1,000, and as many of these as stay within 1,000,000 octets with what is around them.
    """
    opened = campaign(db, known_at=known_at)
    if opened is None:
        return {}
    chosen = latest(rows)
    bodies = chain.from_iterable(components.bodies(db, chosen, known_at=known_at))
    size = len(header(feed.name, feed.title, opened)) + len(FOOTER)
    held: dict[Shown, bytes] = {}
    for row, body in zip(chosen, bodies, strict=True):
        size += len(body)
        if size > MOST_OCTETS:
            break
        held[row] = body
    return held


def _pieces(feed: Feed, opened: Campaign, entries: Iterator[bytes]) -> Iterator[bytes]:
    return pieces(feed.name, feed.title, opened, entries)
