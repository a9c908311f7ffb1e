"""Everything built again from the events alone, and held against what stands."""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from kalends.domain.course import Course
from kalends.domain.events import Entry
from kalends.feeds.cache import Components
from kalends.feeds.feed import feed_bytes
from kalends.feeds.files import publish_feeds
from kalends.feeds.manifest import MANIFEST, read_manifest
from kalends.feeds.selection import FULL
from kalends.log.journal import compose
from kalends.log.merkle import leaf_hash
from kalends.log.store import Log
from kalends.views import catch_up, schema, tree

_MOST = 20
# The index of pairs keeps no text; what it finds is looked at instead.
_SEEN = "CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, pairs, instance)"
_TABLES = {
    **dict.fromkeys(("entry", "activity", "revision", "passage", "department", "campaign"), "1"),
    **dict.fromkeys(("participation", "tag", "tile"), "1, 2"),
}


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
    log: Log, views: sqlite3.Connection, components: Components, feeds: Path, *, deep: bool
) -> Replayed:
    """Build every view and feed again in a scratch place, and compare row by row, byte by byte.

    `views` and `components` are what stands, `feeds` the published folder, compared as of its
    manifest. With `deep` also every entry that was kept, every node of the tree, and every
    feed's file once more by itself. Raises `UnknownTopicError`, `StateError`, `GapError`,
    `CourseError`.
    """
    count = _Count()
    with tempfile.TemporaryDirectory(prefix="kalends-replay-") as place:
        scratch = Path(place)
        with closing(schema.connect(scratch / "views.db")) as fresh:
            catch_up.catch_up(fresh, _followed(log), head_mark=lambda _: b"")
            if deep:
                leaves = (leaf_hash(compose(row)) for row in log.rows(until=tree.reach(views)))
                tree.grow(fresh, leaves)
            for table, order in _TABLES.items():
                if deep or table != "tile":
                    statement = f"SELECT * FROM {table} ORDER BY {order}"  # noqa: S608 - our own names
                    count.take(_rows(table, statement, fresh, views, count))
            for one in (fresh, views):
                one.execute("DROP TABLE IF EXISTS temp.seen")
                one.execute(_SEEN)
            found = "SELECT term, doc FROM temp.seen ORDER BY term, doc"
            count.take(_rows("pairs", found, fresh, views, count))
            with closing(Components(None)) as made:
                position, files = read_manifest(feeds)
                if (feeds / MANIFEST).exists():
                    publish_feeds(fresh, made, scratch / "feeds", known_at=position)
                    count.take(_files(scratch / "feeds", feeds, count))
                if deep:
                    count.take(_kept(fresh, made, components, count))
                    for name in files:
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
    ours, theirs = fresh.execute(statement), stands.execute(statement)
    expected, found = next(ours, None), next(theirs, None)
    while expected is not None or found is not None:
        count.rows += 1
        if expected == found:
            expected, found = next(ours, None), next(theirs, None)
            continue
        key = min(one[:2] for one in (expected, found) if one is not None)
        here = [one if one is not None and one[:2] == key else None for one in (expected, found)]
        yield Difference(table, ", ".join(map(str, key)), *map(_shown, here))
        expected = expected if here[0] is None else next(ours, None)
        found = found if here[1] is None else next(theirs, None)


def _files(ours: Path, theirs: Path, count: _Count) -> Iterator[Difference]:
    names = {
        str(path.relative_to(folder).as_posix())
        for folder in (ours, theirs)
        for path in folder.rglob("*")
        if path.is_file() and (path.suffix == ".ics" or path.name == MANIFEST)
    }
    for name in sorted(names):
        expected, found = (_read(folder / name) for folder in (ours, theirs))
        if found is None and name.startswith(FULL):
            continue  # a clone has none: git does not keep them
        count.files += 1
        if expected != found:
            yield _line_of(f"feeds/{name}", expected or b"", found or b"")


def _kept(
    fresh: sqlite3.Connection, made: Components, components: Components, count: _Count
) -> Iterator[Difference]:
    """Compare every kept entry with what its revision gives."""
    for position, activity, body in components.db.execute(
        "SELECT position, activity, body FROM component ORDER BY position"
    ):
        count.rows += 1
        # As it was known then: a revision that another one followed has no entry now.
        expected = made.body(fresh, position, known_at=position)
        if expected != body:
            yield _line_of(f"components {activity} {position}", expected, body)


def _again(
    fresh: sqlite3.Connection, made: Components, name: str, position: int, folder: Path
) -> Iterator[Difference]:
    """Compare a feed's file with the feed made by itself, as `feed show` makes it."""
    expected = feed_bytes(fresh, made, name.removesuffix(".ics"), known_at=position)
    found = _read(folder / name) or b""
    if expected != found:
        yield _line_of(f"feeds/{name}", expected, found)


def _line_of(place: str, expected: bytes, found: bytes) -> Difference:
    """Return the first line that differs."""
    ours, theirs = expected.split(b"\n"), found.split(b"\n")
    both = zip(ours, theirs, strict=False)
    at = next((n for n, (a, b) in enumerate(both) if a != b), min(len(ours), len(theirs)))
    told = [
        b"".join(islice(lines, at, at + 1)).decode("utf-8", "backslashreplace").rstrip("\r")
        for lines in (ours, theirs)
    ]
    return Difference(place, f"{at + 1}", *told)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _shown(row: tuple[object, ...] | None) -> str:
    return " | ".join(
        one.decode("utf-8", "backslashreplace") if isinstance(one, bytes) else str(one)
        for one in row or ()
    )
