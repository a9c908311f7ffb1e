"""Rebuilds every view and feed from the events alone and compares them with the current ones."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, nullcontext
from pathlib import Path
from types import NoneType
from typing import Any, NamedTuple

from kalends.audit.folder import Difference, FolderComparison, line_of, look, text_of
from kalends.domain.events import Entry
from kalends.domain.transition_checker import TransitionChecker
from kalends.feeds.cache import Components
from kalends.feeds.manifest import begun, contents, parsed
from kalends.feeds.steady import Hold, steadily
from kalends.log.backends import spilled
from kalends.log.journal_line import compose
from kalends.log.log import Log
from kalends.log.merkle import leaf_hash
from kalends.views import catch_up, comparison, schema, tree
from kalends.views.database import DAMAGE, Views, copied_to
from kalends.views.revision import activity_at

_MOST = 20
# The types of a column's values, in SQLite's order; all numbers count as the same type.
_KINDS = (NoneType, int, str, bytes)


class Replayed(NamedTuple):
    """How many rows and files were compared, how many differ, and the first differences.

    `finished` is False if a publication was interrupted; the files it had already written do not
    count as differences.
    """

    position: int
    rows: int
    files: int
    differences: list[Difference]
    wrong: int
    finished: bool = True


class _Count:
    def __init__(self) -> None:
        self.rows = self.files = self.wrong = 0
        self.first: list[Difference] = []

    def take(self, found: Iterable[Difference]) -> None:
        for difference in found:
            self.wrong += 1
            if len(self.first) < _MOST:
                self.first.append(difference)


def replay(  # noqa: PLR0913 - all that it compares
    log: Log,
    views: Callable[[], Views],
    components: Components,
    feeds: Path,
    *,
    deep: bool,
    published: bool = False,
    hold: Hold = nullcontext,
) -> Replayed:
    """Rebuild every view and feed in a scratch folder, and compare row by row, byte by byte.

    `views` returns the current views, caught up; `components` holds the current feed entries;
    `feeds` is the published folder, compared as of its manifest; `published` says that there must
    be one. With `deep`, it also compares every node of the tree, and every feed rendered alone.
    Others may record and publish meanwhile: views and entries are copied first, and `hold` keeps
    publishers out. Raises `UnknownTopicError`, `StateError`, `GapError`, `TransitionError`.
    """
    count = _Count()
    with tempfile.TemporaryDirectory(prefix="kalends-replay-") as place, ExitStack() as opened:
        scratch = Path(place)
        # Copy the entries first, so that none is newer than the views.
        kept = scratch / "components.db"
        components.copy_to(kept)
        stands = opened.enter_context(closing(copied_to(views(), scratch / "standing.db")))
        at = catch_up.position(stands)
        fresh = opened.enter_context(closing(schema.connect(scratch / "views.db")))
        made = opened.enter_context(closing(Components(None)))
        checker = TransitionChecker(spilled())
        _catch_up(fresh, log, checker, at)
        if deep:
            leaves = (leaf_hash(compose(row)) for row in log.rows(until=tree.reach(stands)))
            tree.grow(fresh, leaves, after=0)
        for table in comparison.tables(deep=deep):
            count.take(_rows(table, fresh, stands, count))
        standing = opened.enter_context(closing(Components(kept)))
        standing.follow(stands, known_at=at)
        entries = list(_kept(fresh, made, standing, count))

        def seen_now() -> FolderComparison:
            manifest = contents(feeds)
            _catch_up(fresh, log, checker, max(at, parsed(manifest)[0], *begun(manifest)))
            folder = tempfile.mkdtemp(dir=scratch)
            return look(fresh, made, feeds, Path(folder), manifest, deep=deep, due=published)

        seen = steadily(
            seen_now, lambda replayed: replayed.finished and not replayed.differences, feeds, hold
        )
    count.take([*seen.differences, *entries])
    return Replayed(
        at, count.rows, count.files + seen.files, count.first, count.wrong, seen.finished
    )


def _catch_up(fresh: Views, log: Log, checker: TransitionChecker, until: int) -> None:
    """Bring the rebuilt views up to a position, or to the end of a shorter log."""

    def followed() -> Iterator[Entry]:
        for entry in log.entries(after=catch_up.position(fresh), until=until):
            checker.follow(entry.position, entry.stream, entry.event)
            yield entry

    catch_up.catch_up(fresh, followed(), head_mark=lambda _: b"")


def _rows(table: str, fresh: Views, stands: Views, count: _Count) -> Iterator[Difference]:
    expected = comparison.rows(fresh, table)
    try:
        # A value that was tampered with may be no text.
        found = comparison.rows(stands, table, text_of)
        yield from _compared(table, expected, found, count)
    except DAMAGE as error:
        yield Difference(table, "", "", str(error))


def _compared(
    table: str, ours: Iterator[Any], theirs: Iterator[Any], count: _Count
) -> Iterator[Difference]:
    expected, found = next(ours, None), next(theirs, None)
    while expected is not None or found is not None:
        count.rows += 1
        if expected == found:
            expected, found = next(ours, None), next(theirs, None)
            continue
        key = min((row[:2] for row in (expected, found) if row is not None), key=_rank)
        here = [row if row is not None and row[:2] == key else None for row in (expected, found)]
        yield Difference(table, ", ".join(map(str, key)), *map(_shown, here))
        expected = expected if here[0] is None else next(ours, None)
        found = found if here[1] is None else next(theirs, None)


def _rank(key: tuple[object, ...]) -> list[tuple[object, ...]]:
    """Return a key that sorts as SQLite does: NULL, numbers, text, bytes."""
    kinds = (int if isinstance(value, float) else type(value) for value in key)
    return [(_KINDS.index(kind), value) for kind, value in zip(kinds, key, strict=True)]


def _kept(
    fresh: Views, made: Components, components: Components, count: _Count
) -> Iterator[Difference]:
    """Compare every stored entry with the one that its revision gives."""
    try:
        for position, made_at, activity, body, kind in components.every():
            count.rows += 1
            # As known then: a revision that was followed by another has no entry now.
            expected = made.at(fresh, [position], known_at=made_at).get(position, b"")
            place = f"components {text_of(activity)} {position}"
            if (expected, "blob") != (body, kind):
                yield line_of(place, expected, body)
            elif activity != (owner := activity_at(fresh, position).encode()):
                yield Difference(place, "activity", text_of(owner), text_of(activity))
    except DAMAGE as error:
        yield Difference("components", "", "", str(error))


def _shown(row: tuple[object, ...] | None) -> str:
    return " | ".join(
        text_of(value) if isinstance(value, bytes) else str(value) for value in row or ()
    )
