"""Every fact in its place: who recorded it, when, through what, and by which act."""

import hashlib
from datetime import datetime

from kalends.views.database import Views
from kalends.views.moment import moment_of, seconds_of

SELECT = 'SELECT position, at, "by", via, act, topic, stream, version FROM entry '


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
    found = db.execute(SELECT + "WHERE position IN (1, ?)", (position,))
    return hashlib.sha256(repr(found.fetchall()).encode()).digest()
