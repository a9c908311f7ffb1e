"""Which recorded activities resemble an activity that is about to be recorded."""

from collections.abc import Collection, Iterator
from datetime import date
from zlib import crc32

from kalends.domain.activity import Activity
from kalends.domain.details import Likeness, likeness
from kalends.domain.events import ACTIVITY, activity_id, activity_stream
from kalends.domain.streams import STREAMS
from kalends.domain.text import fold
from kalends.log.event_log import StoredEvent
from kalends.log.log import Log, decoded
from kalends.views.database import Views
from kalends.views.schema import OPEN

# With so few days, states that contain none of them need not be decoded.
_FEW = 8


def on_record(
    db: Views, log: Log, wanted: Collection[Likeness], *, known: int
) -> dict[Likeness, str]:
    """Return which of the wanted likenesses are on record and not retracted, with their ids.

    The views need not be up to date: they are read as of the position `known` that they reached,
    and the log from there on. So recording never waits for them.
    """
    found = dict(_in_views(db, wanted)) if known else {}
    ids = set(found.values())
    unsure: set[str] = set()
    days = {(likeness.first_day, likeness.last_day) for likeness in wanted}
    marks = [f'"first_day":"{first.isoformat()}"'.encode() for first, _ in days]
    for row in log.rows(after=known):
        found_id = activity_id(row.stream)
        if found_id is not None and (found_id in ids or _is_near(row, wanted, days, marks)):
            unsure.add(found_id)
    found = {alike: found_id for alike, found_id in found.items() if found_id not in unsure}
    for unsure_id in sorted(unsure):
        state: Activity | None = STREAMS[ACTIVITY].fold(log.stream(activity_stream(unsure_id)))
        if state is not None and state.status != "retracted":
            alike = likeness(state.details)
            if alike in wanted:
                found.setdefault(alike, unsure_id)
    return found


def mark_of(first_day: str, last_day: str, title: str) -> int:
    """Return a number that is the same for equal likenesses and rarely for others.

    The days are YYYY-MM-DD, the title is folded (`text.fold`).
    """
    return crc32(f"{first_day} {last_day} {title}".encode())


def _in_views(db: Views, wanted: Collection[Likeness]) -> Iterator[tuple[Likeness, str]]:
    marks = sorted(
        {mark_of(f"{each.first_day}", f"{each.last_day}", each.title) for each in wanted}
    )
    rows = db.execute(
        "SELECT DISTINCT a.id, r.position, r.first_day, r.last_day, r.title "
        "FROM json_each(?) AS wanted "
        "CROSS JOIN revision AS r ON r.mark = wanted.value AND r.until = ? "
        "CROSS JOIN activity AS a ON a.number = r.activity "
        "WHERE r.status <> 'retracted' ORDER BY r.activity DESC",
        (str(marks), OPEN),
    )
    for found_id, position, first, last, title in rows.fetchall():
        codes = db.execute("SELECT code FROM participation WHERE position = ?", (position,))
        alike = Likeness(
            first_day=date.fromisoformat(first),
            last_day=date.fromisoformat(last),
            codes=frozenset(code for (code,) in codes),
            title=fold(title),
        )
        if alike in wanted:
            yield alike, found_id


def _is_near(
    row: StoredEvent,
    wanted: Collection[Likeness],
    days: Collection[tuple[date, date]],
    marks: Collection[bytes],
) -> bool:
    """Return whether an event may have made an activity like a wanted one."""
    if len(marks) <= _FEW and not any(mark in row.state for mark in marks):
        return False
    event = decoded(row)
    details = getattr(event, "details", None)
    if details is not None:
        return likeness(details) in wanted
    when = getattr(event, "when", None)
    return when is not None and (when.first_day, when.last_day) in days
