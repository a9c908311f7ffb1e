"""Finds the positions at which a feed had exactly the bytes of a calendar file, if any."""

import codecs
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from kalends.domain.errors import FeedNotFoundError
from kalends.feeds import selection
from kalends.feeds.cache import Components
from kalends.feeds.calendar import EMPTY, header
from kalends.feeds.feed import feed_bytes
from kalends.feeds.selection import Feed, complete, feeds
from kalends.views.activities import candidates_between
from kalends.views.database import Views
from kalends.views.feed_tags import tag_since
from kalends.views.revision import standing_between
from kalends.views.roster_view import campaign, turning_points

_BEGIN, _END = b"\r\nBEGIN:VEVENT\r\n", b"\r\nEND:VEVENT\r\n"
_OF_EMPTY = f"\r\nUID:{EMPTY}".encode()
# A larger file may come from a feed that left activities out for lack of room.
_LARGE = 500_000
_UID = re.compile(rb"(?m)^UID:activity-([0-9a-z]{12})@")
_SEQUENCE = re.compile(rb"(?m)^SEQUENCE:([0-9]{1,10})\r$")
_LINE_END = re.compile(rb"\r\n|\r|\n")


class Mismatch(NamedTuple):
    """The first difference between a file and a feed at a position: line, expected, found."""

    feed: str
    position: int
    line: int
    expected: str
    found: str


class Served(NamedTuple):
    """The spans of positions, both ends included, for each feed that had this file.

    If no feed ever had it, `mismatch` shows the first difference from the most similar one, None
    if it resembles no feed. `exact` is False if only the line ends differ or a BOM was added.
    """

    spans: dict[str, list[tuple[int, int]]]
    mismatch: Mismatch | None
    exact: bool = True

    @property
    def newest(self) -> int:
        """Return the last position at which it was served, 0 if it never was."""
        return max((last for spans in self.spans.values() for _, last in spans), default=0)


def served(db: Views, components: Components, content: bytes, *, last: int) -> Served:
    """Search the log up to a position for feeds with exactly these bytes.

    Programs may have changed line ends or added a BOM; both are undone before the search.
    """
    restored = _restored(content)
    found = _served(db, components, restored, last=last)
    return found._replace(exact=restored == content or not found.spans)


def _restored(content: bytes) -> bytes:
    """Return a file with the line ends that Kalends writes, and without a BOM."""
    return _LINE_END.sub(b"\r\n", content.removeprefix(codecs.BOM_UTF8))


def _served(db: Views, components: Components, content: bytes, *, last: int) -> Served:
    spans: dict[str, list[tuple[int, int]]] = {}
    first, stop = _window(db, content, last)
    closest: tuple[str, int] | None = None
    for feed, start, end in _alike(db, content, last):
        begin, until = max(start, first), min(end, stop)
        if closest is None or start <= first:
            closest = feed.name, min(begin, end)
        for at, to in _steps(db, feed, begin, until, content):
            if _content(db, components, feed.name, at) == content:
                _add(spans.setdefault(feed.name, []), at, to)
    spans = {name: found for name, found in spans.items() if found}
    mismatch = None if spans or closest is None else _mismatch(db, components, content, *closest)
    return Served(spans, mismatch)


def _window(db: Views, content: bytes, last: int) -> tuple[int, int]:
    """Return the first and last position at which all entries of the file were current.

    If they never were, the last is smaller than the first.
    """
    first, stop = 1, last
    for entry in content.replace(b"\r\n ", b"").split(_BEGIN)[1:]:
        lines = entry.partition(_END)[0] + b"\r\n"
        if _OF_EMPTY in b"\r\n" + lines:
            continue
        named, sequence = _UID.search(lines), _SEQUENCE.search(lines)
        found = None
        if named and sequence:
            found = standing_between(db, named[1].decode(), int(sequence[1]) + 1)
        if found is None:
            stop = 0
            continue
        first, stop = max(first, found[0]), min(stop, found[1] - 1)
    return first, stop


def _alike(db: Views, content: bytes, last: int) -> Iterator[tuple[Feed, int, int]]:
    """Yield the feeds that have the file's header, with the first and last position of each."""
    starts = turning_points(db, known_at=last)
    for start, after in zip_longest(starts, starts[1:], fillvalue=last + 1):
        opened = campaign(db, known_at=start)
        if opened is None:
            continue
        for feed in feeds(db, known_at=after - 1):
            for version in (feed, complete(feed, opened)):
                if content.startswith(header(version.name, version.title, opened)):
                    # A tag's feed begins with its first activity, which is not a turning point.
                    begin = tag_since(db, feed.key) if feed.kind == "tag" else start
                    yield version, max(start, begin), after - 1


def _steps(
    db: Views, feed: Feed, first: int, last: int, content: bytes
) -> Iterator[tuple[int, int]]:
    """Yield the spans in which the feed did not change and had as many entries as the file.

    So only a few feeds are rendered, however long the log is. For a large file the number of
    entries is only an upper limit, since a feed may leave some out.
    """
    if first > last:
        return
    held = len(content.split(_BEGIN)) - 1 - content.count(_OF_EMPTY)
    found = candidates_between(
        db,
        first=first,
        last=last,
        codes=feed.codes if feed.kind == "department" else None,
        tag=feed.key if feed.kind == "tag" else None,
    )
    turns: dict[int, list[int]] = {first: [0, 0]}
    for position, until, is_sure in found:
        for at, more in ((max(position, first), 1), (until, -1)):
            if at <= last:
                turn = turns.setdefault(at, [0, 0])
                turn[0] += more * is_sure
                turn[1] += more
    sure = most = 0
    begins = sorted(turns)
    for begin, after in zip_longest(begins, begins[1:], fillvalue=last + 1):
        sure, most = sure + turns[begin][0], most + turns[begin][1]
        least = min(sure, selection.MOST_ACTIVITIES) if len(content) < _LARGE else 0
        if least <= held <= most:
            yield begin, after - 1


def _content(db: Views, components: Components, name: str, position: int) -> bytes:
    try:
        return feed_bytes(db, components, name, known_at=position)
    except FeedNotFoundError:
        return b""


def _add(spans: list[tuple[int, int]], first: int, last: int) -> None:
    if spans and spans[-1][1] == first - 1:
        spans[-1] = spans[-1][0], last
    else:
        spans.append((first, last))


def _mismatch(
    db: Views, components: Components, content: bytes, name: str, position: int
) -> Mismatch:
    expected = _content(db, components, name, position).split(b"\r\n")
    found = content.split(b"\r\n")
    both = enumerate(zip_longest(expected, found), 1)
    line, pair = next((line, pair) for line, pair in both if pair[0] != pair[1])
    texts = [(line_found or b"").decode("utf-8", "backslashreplace") for line_found in pair]
    return Mismatch(name, position, line, *texts)
