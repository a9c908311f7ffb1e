"""Checks whether the published files match the log, and whether calendars can read them."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from kalends.feeds.cache import Components
from kalends.feeds.calendar import EMPTY, FOOTER
from kalends.feeds.every_feed import render_every
from kalends.feeds.feed import RenderedFeed
from kalends.feeds.feed_folder import SUFFIX, file_name
from kalends.feeds.icalendar_reader import is_understood
from kalends.feeds.manifest import FeedFile, begun, contents, read_manifest, strays
from kalends.feeds.selection import FULL, feeds
from kalends.feeds.steady import Hold, steadily
from kalends.views import catch_up
from kalends.views.database import Views

_BEGIN, _END = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"
# RFC 5545, 3.1: a name, parameters, a colon and a value, over as many lines as it takes. Calendars
# refuse a file with any other line.
_NAME = rb"(?!BEGIN|END)[A-Z][A-Z0-9-]*(?:;[A-Z][A-Z0-9-]*=[^\";:,\r\n\0]+)*:"
_LINE = _NAME + rb"[^\r\n\0]*\r\n(?:[ \t][^\r\n\0]*\r\n)*"
_ENTRY = re.compile(_BEGIN + b"(?:" + _LINE + b")+" + _END)
# What every entry must have (RFC 5545, 3.6.1), each once.
_NEEDED = re.compile(rb"^(UID|DTSTAMP|DTSTART)[:;]", re.MULTILINE)
_UID = re.compile(rb"^UID:([^\r]*?)(?:@|\r\n)", re.MULTILINE)
_OF_EMPTY = f"\r\nUID:{EMPTY}".encode()
_WHOLE_UID = re.compile(rb"^UID:([^\r]*(?:\r\n [^\r]*)*)", re.MULTILINE)
_LONGEST = 75  # bytes of a line
_SAMPLE = 100  # entries, and fewer than twice as many
_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCheck:
    """The position of the published folder, how many files it has, and which are wrong.

    `missing` do not exist; `differ` do not have the bytes that the log gives; `unreadable` hold
    other entries than the manifest says, or entries that a reader of RFC 5545 does not understand;
    `stray` are calendar files that no feed wrote, for example copies made by programs that sync
    folders. If a publication was begun and not `finished`, or git took the manifest back, the
    files that are newer are not wrong.
    """

    position: int
    files: int
    missing: tuple[str, ...]
    differ: tuple[str, ...]
    unreadable: tuple[str, ...]
    stray: tuple[str, ...]
    finished: bool = True

    @property
    def wrong(self) -> tuple[str, ...]:
        """Return every feed whose file is wrong in any way."""
        return (*self.missing, *self.differ, *self.unreadable)

    @property
    def is_right(self) -> bool:
        """Return whether everything matches the log and publishing was finished."""
        return self.finished and not self.wrong and not self.stray

    def without(self, names: Collection[str]) -> "FeedCheck":
        """Return the check without the problems of these files."""
        missing, differ, unreadable, stray = (
            tuple(name for name in kind if name not in names)
            for kind in (self.missing, self.differ, self.unreadable, self.stray)
        )
        return replace(self, missing=missing, differ=differ, unreadable=unreadable, stray=stray)


def check(views: Callable[[], Views], folder: Path, hold: Hold = nullcontext) -> FeedCheck:
    """Make every feed again as of the manifest's position, without caches, and compare.

    Each entry is made once, and no file is held in memory. `views` is called after the manifest is
    read, caught up; `hold` keeps other publishers waiting. Raises `ManifestError`.
    """

    def look() -> FeedCheck:
        newer_positions = begun(contents(folder))
        position, files = read_manifest(folder)
        db = views()
        found = replace(_checked(db, folder, position, files), finished=not newer_positions)
        for newer in newer_positions if found.wrong or found.stray else ():
            brought = _brought(db, folder, {*found.wrong, *found.stray}, newer)
            found = found.without(brought)
        later = of_later_feeds(db, {*found.stray}.difference(found.wrong))
        return replace(found.without(later), finished=found.finished and not later)

    return steadily(look, lambda found: found.is_right, folder, hold)


def of_later_feeds(db: Views, names: Collection[str]) -> set[str]:
    """Return which of these files are of feeds that the log gives, if not the manifest yet.

    Git leaves them, where it takes the manifest back to an older publication.
    """
    if not names:
        return set()
    known = {f"{feed.name}{SUFFIX}" for feed in feeds(db, known_at=catch_up.position(db))}
    return {name for name in names if name.removeprefix(FULL) in known}


def _brought(db: Views, folder: Path, names: Collection[str], position: int) -> set[str]:
    """Return which of these files are as at a position: equal to a feed, or rightly absent."""
    gone = {name for name in names if not (folder / file_name(name)).exists()}
    same = set()
    with closing(Components(None)) as components:
        for name, rendered in _rendered(db, components, position):
            if name in gone:
                gone.remove(name)
            elif name in names and _is_same(folder / file_name(name), rendered):
                same.add(name)
    return same | gone


def _checked(db: Views, folder: Path, position: int, files: Mapping[str, FeedFile]) -> FeedCheck:
    missing, differ, unreadable = [], [], []
    with closing(Components(None)) as components:
        left = dict(files)
        for name, rendered in _rendered(db, components, position):
            published, path = left.pop(name, None), folder / file_name(name)
            if published is None or not path.exists():
                if published is None or not name.startswith(FULL):  # a clone has none of these
                    missing.append(name)
            elif not _is_same(path, rendered):
                differ.append(name)
            elif not _is_read(path, published, is_whole=rendered.feed.kind == "all"):
                unreadable.append(name)
    differ += left  # the manifest lists them, but the log gives no such feed
    return FeedCheck(
        position=position,
        files=len(files),
        missing=tuple(sorted(missing)),
        differ=tuple(sorted(differ)),
        unreadable=tuple(sorted(unreadable)),
        stray=tuple(strays(folder, files)),
    )


def _rendered(
    db: Views, components: Components, position: int
) -> Iterator[tuple[str, RenderedFeed]]:
    for rendered in render_every(db, components, known_at=position):
        yield rendered.feed.name + SUFFIX, rendered


def _is_same(path: Path, feed: RenderedFeed) -> bool:
    """Return whether a file holds exactly these bytes."""
    with path.open("rb") as file:
        return all(file.read(len(piece)) == piece for piece in feed.pieces) and not file.read(1)


def _is_read(path: Path, published: FeedFile, *, is_whole: bool) -> bool:
    """Return whether a reader finds as many entries as the manifest says, each with its own UID.

    The entries themselves are checked in the feed of everything (`is_whole`): the other feeds hold
    no others. icalendar also reads some hundred of them, spread over the file, and the head of
    every file: reading all would take longer than everything else together.
    """
    count, last, step = 0, b"", published.activities // _SAMPLE + 1
    sample: list[bytes] = []
    for n, entry in enumerate(_entries(path)):
        count += _OF_EMPTY not in entry
        if is_whole:
            uid = _UID.search(entry)
            if not is_entry(entry) or uid is None or uid[1] <= last:  # they are sorted by it
                return False
            last = uid[1]
            if n % step == 0:
                sample.append(entry)
    return count == published.activities and _is_understood(path, sample)


def _is_understood(path: Path, entries: Sequence[bytes]) -> bool:
    uids = [
        found[1].replace(b"\r\n ", b"").decode()
        for entry in entries
        if (found := _WHOLE_UID.search(entry))
    ]
    with path.open("rb") as file:
        head = file.read(_BLOCK).partition(_BEGIN)[0].removesuffix(FOOTER)
    return is_understood(head, entries, uids)


def is_entry(content: bytes) -> bool:
    """Return whether this is a single entry that calendars understand."""
    return (
        _ENTRY.fullmatch(content) is not None
        and sorted(_NEEDED.findall(content)) == [b"DTSTAMP", b"DTSTART", b"UID"]
        and max(map(len, content.split(b"\r\n"))) <= _LONGEST
    )


def _entries(path: Path) -> Iterator[bytes]:
    """Yield a calendar's entries as they are in its file."""
    with path.open("rb") as file:
        left = b""
        while block := file.read(_BLOCK):
            *ended, left = (left + block).split(_END)
            for entry in ended:
                yield entry[entry.find(_BEGIN) :] + _END
