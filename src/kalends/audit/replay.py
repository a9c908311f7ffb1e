"""Everything built again from the events alone, and held against what stands."""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice, zip_longest
from pathlib import Path
from types import NoneType
from typing import NamedTuple

from kalends.domain.course import Course
from kalends.domain.errors import FeedNotFoundError
from kalends.domain.events import Entry
from kalends.feeds.cache import Components
from kalends.feeds.feed import feed_bytes
from kalends.feeds.files import publish_feeds
from kalends.feeds.folder import MANIFEST, feed_name, file_name
from kalends.feeds.manifest import contents, is_feed, parsed
from kalends.feeds.selection import FULL
from kalends.log.journal import compose
from kalends.log.merkle import leaf_hash
from kalends.log.store import Log
from kalends.views import catch_up, schema, tree

_MOST = 20
_BLOCK = 1 << 20
# What a column may hold, in the database's order; all numbers count as one kind.
_KINDS = (NoneType, int, str, bytes)
# The index of pairs keeps no text; what it finds is looked at instead.
_SEEN = "CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, pairs, instance)"
_SCHEMA = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
_NUMBERED = ("entry", "activity", "revision", "likeness", "passage", "department", "campaign")
_TABLES = {
    **dict.fromkeys(_NUMBERED, "1"),
    **dict.fromkeys(("participation", "tag", "tile"), "1, 2"),
}


# Where a difference is of a calendar file that no feed has written.
STRAY = "stray"


class Difference(NamedTuple):
    """What is not what the events give: which table or file, where in it, expected, found."""

    place: str
    where: str
    expected: str
    found: str


class Replayed(NamedTuple):
    """How many rows and files were compared, and what differs; the first ones are told."""

    position: int
    rows: int
    files: int
    differences: list[Difference]
    wrong: int


class _Count:
    def __init__(self) -> None:
        self.rows = self.files = self.wrong = 0
        self.told: list[Difference] = []

    def take(self, found: Iterable[Difference]) -> None:
        for one in found:
            self.wrong += 1
            if len(self.told) < _MOST:
                self.told.append(one)


def replay(
    log: Log,
    views: sqlite3.Connection,
    components: Components,
    feeds: Path,
    *,
    deep: bool,
    published: bool = False,
) -> Replayed:
    """Build every view and feed again in a scratch place, and compare row by row, byte by byte.

    `views` and `components` are what stands, `feeds` the published folder, compared as of its
    manifest; `published` when it must be there. With `deep` also every node of the tree, and every
    feed's file once more by itself.
    Raises `UnknownTopicError`, `StateError`, `GapError`, `CourseError`.
    """
    count = _Count()
    with tempfile.TemporaryDirectory(prefix="kalends-replay-") as place:
        scratch = Path(place)
        with closing(schema.connect(scratch / "views.db")) as fresh:
            catch_up.catch_up(fresh, _followed(log), head_mark=lambda _: b"")
            if deep:
                leaves = (leaf_hash(compose(row)) for row in log.rows(until=tree.reach(views)))
                tree.grow(fresh, leaves)
            count.take(_rows("sqlite_schema", _SCHEMA, fresh, views, count))
            for table, order in _TABLES.items():
                if deep or table != "tile":
                    statement = f"SELECT * FROM {table} ORDER BY {order}"  # noqa: S608 - our own names
                    count.take(_rows(table, statement, fresh, views, count))
            count.take(_pairs(fresh, views, count))
            with closing(Components(None)) as made:
                told, files = parsed(contents(feeds))
                last = catch_up.position(fresh)
                position = min(max(told, 0), last) if (feeds / MANIFEST).exists() else last
                if published or _is_published(feeds):
                    publish_feeds(fresh, made, scratch / "feeds", known_at=position)
                    count.take(_files(scratch / "feeds", feeds, count))
                components.follow(views, known_at=catch_up.position(views))
                count.take(_kept(fresh, made, components, count))
                for name in filter(is_feed, files if deep else ()):
                    count.take(_again(fresh, made, name, position, scratch / "feeds"))
    return Replayed(catch_up.position(views), count.rows, count.files, count.told, count.wrong)


def _followed(log: Log) -> Iterator[Entry]:
    course = Course()
    for one in log.entries():
        course.follow(one.position, one.stream, one.event)
        yield one


def _rows(
    table: str,
    statement: str,
    fresh: sqlite3.Connection,
    stands: sqlite3.Connection,
    count: _Count,
) -> Iterator[Difference]:
    stands.text_factory = _text  # what was poisoned need not be text
    try:
        yield from _compared(table, fresh.execute(statement), stands.execute(statement), count)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        yield Difference(table, "", "", str(error))


def _pairs(
    fresh: sqlite3.Connection, stands: sqlite3.Connection, count: _Count
) -> Iterator[Difference]:
    for one in (fresh, stands):
        one.execute("DROP TABLE IF EXISTS temp.seen")
        one.execute(_SEEN)
    statement = "SELECT term, doc FROM temp.seen ORDER BY term, doc"
    yield from _rows("pairs", statement, fresh, stands, count)


def _compared(
    table: str, ours: sqlite3.Cursor, theirs: sqlite3.Cursor, count: _Count
) -> Iterator[Difference]:
    expected, found = next(ours, None), next(theirs, None)
    while expected is not None or found is not None:
        count.rows += 1
        if expected == found:
            expected, found = next(ours, None), next(theirs, None)
            continue
        key = min((one[:2] for one in (expected, found) if one is not None), key=_rank)
        here = [one if one is not None and one[:2] == key else None for one in (expected, found)]
        yield Difference(table, ", ".join(map(str, key)), *map(_shown, here))
        expected = expected if here[0] is None else next(ours, None)
        found = found if here[1] is None else next(theirs, None)


def _rank(key: tuple[object, ...]) -> list[tuple[object, ...]]:
    """Return what sorts as the database does: nothing, numbers, text, octets."""
    kinds = (int if isinstance(one, float) else type(one) for one in key)
    return [(_KINDS.index(kind), one) for kind, one in zip(kinds, key, strict=True)]


def _is_published(feeds: Path) -> bool:
    """Tell whether there is a manifest, or what one should tell of."""
    return (feeds / MANIFEST).exists() or any(feeds.rglob("*.ics"))


def _files(ours: Path, theirs: Path, count: _Count) -> Iterator[Difference]:
    names = {
        feed_name(path.relative_to(folder).as_posix())
        for folder in (ours, theirs)
        for path in folder.rglob("*")
        if path.is_file() and (path.suffix == ".ics" or path.name == MANIFEST)
    }
    for name in sorted(names):
        expected, found = ours / file_name(name), theirs / file_name(name)
        if name.startswith(FULL) and not found.exists():
            continue  # a clone has none: git does not keep them
        count.files += 1
        if name != MANIFEST and not expected.exists():
            yield Difference(f"feeds/{name}", STRAY, "", "")
        elif not _is_same(expected, found):
            yield _first_apart(f"feeds/{name}", expected, found)


def _kept(
    fresh: sqlite3.Connection, made: Components, components: Components, count: _Count
) -> Iterator[Difference]:
    """Compare every kept entry with what its revision gives."""
    try:
        kept = components.db.execute(
            "SELECT CAST(position AS INTEGER), CAST(made_at AS INTEGER), "
            "CAST(activity AS BLOB), CAST(body AS BLOB), typeof(body) "
            "FROM component ORDER BY position, made_at"
        )
        for position, made_at, activity, body, kind in kept:
            count.rows += 1
            # As it was known then: a revision that another one followed has no entry now.
            expected = made.at(fresh, [position], known_at=made_at).get(position, b"")
            place = f"components {_text(activity)} {position}"
            if (expected, "blob") != (body, kind):
                yield _line_of(place, expected, body)
            elif activity != _whose(fresh, position):
                yield Difference(
                    place, "activity", _text(_whose(fresh, position)), _text(activity)
                )
    except (sqlite3.Error, UnicodeDecodeError) as error:
        yield Difference("components", "", "", str(error))


def _whose(fresh: sqlite3.Connection, position: int) -> bytes:
    """Return the id of the activity that the event at a position is of."""
    found = fresh.execute(
        "SELECT a.id FROM revision AS r CROSS JOIN activity AS a ON a.number = r.activity "
        "WHERE r.position = ?",
        (position,),
    ).fetchone()
    return b"" if found is None else str(found[0]).encode()


def _again(
    fresh: sqlite3.Connection, made: Components, name: str, position: int, folder: Path
) -> Iterator[Difference]:
    """Compare a feed's file with the feed made by itself, as `feed show` makes it."""
    try:
        expected = feed_bytes(fresh, made, name.removesuffix(".ics"), known_at=position)
    except FeedNotFoundError:
        expected = b""
    found = _read(folder / file_name(name)) or b""
    if expected != found:
        yield _line_of(f"feeds/{name}", expected, found)


def _line_of(place: str, expected: bytes, found: bytes) -> Difference:
    """Return the first line that differs."""
    ours, theirs = expected.split(b"\n"), found.split(b"\n")
    both = zip(ours, theirs, strict=False)
    at = next((n for n, (a, b) in enumerate(both) if a != b), min(len(ours), len(theirs)))
    told = [_text(b"".join(islice(lines, at, at + 1))).rstrip("\r") for lines in (ours, theirs)]
    return Difference(place, f"{at + 1}", *told)


def _is_same(ours: Path, theirs: Path) -> bool:
    """Tell whether two files are there and hold the same, without holding either in memory."""
    try:
        with ours.open("rb") as expected, theirs.open("rb") as found:
            while block := expected.read(_BLOCK):
                if found.read(_BLOCK) != block:
                    return False
            return not found.read(1)
    except OSError:
        return False


def _first_apart(place: str, ours: Path, theirs: Path) -> Difference:
    """Return the first line in which two files differ; one that is not there is empty."""
    both = zip_longest(_lines_of(ours), _lines_of(theirs))
    pairs = enumerate(both, 1)
    at, lines = next(((n, pair) for n, pair in pairs if pair[0] != pair[1]), (1, (b"", b"")))
    return Difference(place, f"{at}", *(_text(line or b"").rstrip("\r") for line in lines))


def _lines_of(path: Path) -> Iterator[bytes]:
    """Yield a file's lines as `split` would; one that cannot be read has an empty one."""
    last = b"\n"
    try:
        file = path.open("rb")
    except OSError:
        yield b""
        return
    with file:
        for last in file:
            yield last.removesuffix(b"\n")
        if last.endswith(b"\n"):
            yield b""


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (OSError, ValueError):  # a name that a manifest tells need not be one
        return None


def _text(octets: bytes) -> str:
    return octets.decode("utf-8", "backslashreplace")


def _shown(row: tuple[object, ...] | None) -> str:
    return " | ".join(_text(one) if isinstance(one, bytes) else str(one) for one in row or ())
