"""Every fact in its place: who recorded it, when, through what, and by which act."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kalends.views.database import Views
from kalends.views.moment import moment_of, seconds_of

_SELECT = 'SELECT position, at, "by", via, act, topic, stream, version FROM entry '


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact without what it says: `position` in the log, `version` in its stream."""

    position: int
    at: datetime
    by: str
    via: str
    act: str
    topic: str
    stream: str
    version: int


def facts(db: Views, *, known_at: int, after: int = 0) -> Iterator[Fact]:
    """Yield the facts from `after` + 1 to a position, oldest first."""
    return _select(db, "WHERE position > ? AND position <= ? ORDER BY position", after, known_at)


def recorded(db: Views, position: int) -> datetime:
    """Return when the fact at a position was recorded; `LookupError` when there is none."""
    for (at,) in db.execute("SELECT at FROM entry WHERE position = ?", (position,)):
        return moment_of(at)
    raise LookupError(position)


def position_at(db: Views, moment: datetime) -> int:
    """Return the last position recorded not after a moment (aware), 0 when there is none.

    What was stamped by a clock that was later set right counts as no later than that.
    """
    found = db.execute(
        "SELECT position FROM entry WHERE trusted <= ? "
        "ORDER BY trusted DESC, position DESC LIMIT 1",
        (seconds_of(moment),),
    ).fetchone()
    return 0 if found is None else int(found[0])


def mark(db: Views, position: int) -> bytes:
    """Return what tells this log from another: a hash of its first fact and the one there."""
    found = db.execute(_SELECT + "WHERE position IN (1, ?)", (position,))
    return hashlib.sha256(repr(found.fetchall()).encode()).digest()


def _select(db: Views, clauses: str, *asked: object) -> Iterator[Fact]:
    for position, at, by, via, name, topic, stream, version in db.execute(
        _SELECT + clauses, asked
    ):
        yield Fact(
            position=position,
            at=moment_of(at),
            by=by,
            via=via,
            act=name,
            topic=topic,
            stream=stream,
            version=version,
        )
