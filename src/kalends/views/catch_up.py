"""How the views follow the log: event by event, never ahead, with the same result at any pace."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from kalends.domain.errors import GapError
from kalends.domain.events import Entry
from kalends.log.gc_paused import gc_paused
from kalends.views.database import Views
from kalends.views.schema import applying, finish, is_finished, reached, transaction

__all__ = ["catch_up", "position", "reached"]

# How many events are applied, and their position written, in one transaction: more hold more
# memory and are no faster.
_PAGE = 2_000


def position(db: Views) -> int:
    """Return the position of the last event applied, 0 when there is none."""
    return reached(db)[0]


def catch_up(
    db: Views,
    entries: Iterable[Entry],
    *,
    head_mark: Callable[[int], bytes],
    page: int = _PAGE,
    is_whole: bool = True,
) -> int:
    """Apply the events that follow, in order, and return the position reached.

    Events applied already are skipped, so two readers may do this at the same time. At the end of
    each transaction `head_mark(position)` returns a mark for the last event, such as the hash of
    its line. Only a page of events is held in memory.

    If a reader was killed before it made the indexes, they are made now, even without new events.

    Raises `GapError` when a position is missing though the log `is_whole`, what the domain raises
    for events that cannot follow each other, what `entries` raises, `LockedError` and `DiskError`.
    Pages applied before the error stay applied.
    """
    coming = iter(entries)
    with applying(db):
        while _apply_page(db, coming, head_mark, page, is_whole=is_whole):
            pass
        reached_now = position(db)
        if reached_now and not is_finished(db):
            with transaction(db):
                finish(db)
    return reached_now


def _apply_page(
    db: Views,
    coming: Iterator[Entry],
    head_mark: Callable[[int], bytes],
    page: int,
    *,
    is_whole: bool,
) -> bool:
    """Apply the next events in one transaction; return whether there were any."""
    # All that is made for them is free again when the garbage collector goes on.
    with gc_paused():
        return _apply(db, list(islice(coming, page)), head_mark, is_whole=is_whole)


def _apply(
    db: Views, entries: list[Entry], head_mark: Callable[[int], bytes], *, is_whole: bool
) -> bool:
    if not entries:
        return False
    marked = head_mark(entries[-1].position)
    with transaction(db):
        before = position(db)
        fresh = [entry for entry in entries if entry.position > before]
        for expected, entry in enumerate(fresh, before + 1):
            if is_whole and entry.position != expected:
                raise GapError(detail=f"{expected - 1} → {entry.position}")
        if fresh:
            from kalends.views.projector import Projector  # noqa: PLC0415 - only to follow

            Projector(db, fresh).apply()
            db.execute("UPDATE standing SET position = ?, mark = ?", (fresh[-1].position, marked))
    return True
