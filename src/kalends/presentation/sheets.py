"""The columns and rows of spreadsheets: one row for each activity or event."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from kalends.domain.details import Details, usual_role
from kalends.domain.errors import N_
from kalends.domain.events import Entry, activity_id
from kalends.domain.roster import Roster
from kalends.domain.when import Part, Precision, When
from kalends.intake.files.lists_in_cells import departments_in
from kalends.intake.roles import split_role
from kalends.presentation import texts
from kalends.presentation.texts import ROLES
from kalends.views.activities import Revision
from kalends.words import Words
from kalends.words.topics import TOPIC_WORDS

# English tables say "before dawn" for `night`, which many would take for the evening.
PARTS: dict[Part, str] = {
    "night": N_("before dawn"), "morning": N_("morning"), "noon": N_("noon"),
    "afternoon": N_("afternoon"), "evening": N_("evening"),
}  # fmt: skip
# These precisions have names of their own; for the others the days are written out.
_IN_WORDS: frozenset[Precision] = frozenset({"ten-days", "month", "quarter", "half-year", "year"})

Cell = str | int | float | date | datetime | None


class Column(NamedTuple):
    """A column: its heading, marked for translation, and its width in characters."""

    heading: str
    width: int


class SheetRow(NamedTuple):
    """The cells of a row, and the codes of the departments on whose sheets it goes."""

    cells: Sequence[Cell]
    codes: Sequence[str] = ()


ID = Column(N_("activity id"), 15)
POSITION = Column(N_("position"), 10)
RECORDED = (Column(N_("recorded at"), 17), Column(N_("recorded by"), 14))
REASON = Column(N_("reason"), 30)
ACTIVITY_COLUMNS = (
    Column(N_("date"), 16),
    Column(N_("time"), 14),
    Column(N_("title"), 40),
    Column(N_("departments"), 32),
    Column(N_("place"), 20),
    Column(N_("tags"), 18),
    Column(N_("headcount"), 10),
    Column(N_("status"), 11),
    Column(N_("withheld"), 10),
    Column(N_("first day"), 12),
    Column(N_("last day"), 12),
    Column(N_("description"), 40),
    Column(N_("links"), 30),
    ID,
    POSITION,
    *RECORDED,
)
CHANGE_COLUMNS = (Column(N_("change"), 10), REASON)
LATE_COLUMNS = (Column(N_("recorded on"), 12), Column(N_("days late"), 10))
LOG_COLUMNS = (
    POSITION,
    *RECORDED,
    Column(N_("through"), 10),
    Column(N_("topic"), 24),
    Column(N_("event"), 12),
    Column(N_("what"), 40),
    ID,
    Column(N_("version"), 8),
    REASON,
)


def activity_row(
    words: Words, zone: tzinfo, revision: Revision, roster: Roster, *more: Cell
) -> SheetRow:
    """Return the row of an activity, with the cells of `ACTIVITY_COLUMNS` and then `more`."""
    details = revision.details
    cells: list[Cell] = [
        *_day_and_time(words, details.when),
        details.title,
        _departments(words, details, roster),
        details.place,
        " ".join(f"#{tag}" for tag in details.tags),
        details.headcount,
        words.say(texts.STATUS_WORDS[revision.status]),
        words.say(N_("yes")) if revision.withheld else None,
        details.when.first_day,
        details.when.last_day,
        details.description,
        " ".join(details.links),
        revision.id,
        revision.position,
        local_moment(revision.at, zone),
        revision.by,
    ]
    return SheetRow([*cells, *more], [acting.code for acting in details.departments])


def event_row(words: Words, zone: tzinfo, entry: Entry, what: str) -> SheetRow:
    """Return the row of an event about something, with the cells of `LOG_COLUMNS`."""
    event = entry.event
    cells: list[Cell] = [
        entry.position,
        local_moment(event.at, zone),
        event.by,
        event.via,
        event.TOPIC,
        words.say(TOPIC_WORDS[event.TOPIC]),
        what,
        activity_id(entry.stream),
        entry.version,
        getattr(event, "reason", None),
    ]
    return SheetRow(cells)


def _day_and_time(words: Words, when: When) -> tuple[Cell, Cell]:
    """Return a date as two cells, day and time, which `add --from` reads back as the same date."""
    if when.first_day != when.last_day and when.precision not in _IN_WORDS:
        first, last = when.first_day.isoformat(), when.last_day.isoformat()
        if when.starts is not None and when.ends is not None:
            return f"{first} {when.starts} — {last} {when.ends}", None
        return f"{first} — {last}", None if when.part is None else words.say(PARTS[when.part])
    if when.precision in _IN_WORDS:
        return texts.when(words, when), None
    if when.starts is not None:
        ends = "" if when.ends is None else f"–{when.ends}"
        return when.first_day, f"{when.starts}{ends}"
    return when.first_day, None if when.part is None else words.say(PARTS[when.part])


def _departments(words: Words, details: Details, roster: Roster) -> str:
    """Return the departments, with their roles where those are not the usual ones.

    A department whose name would be read as two, or as one with a role, is written by its code.
    """
    found = []
    for place, acting in enumerate(details.departments):
        name = roster.departments[acting.code].name_on(details.when.first_day)
        is_read_whole = departments_in(name) == [name] and split_role(name)[1] is None
        name = name if is_read_whole else acting.code
        is_usual = acting.role == usual_role(place)
        found.append(name if is_usual else f"{name}:{words.say(ROLES[acting.role])}")
    return "; ".join(found)


def local_moment(at: datetime, zone: tzinfo) -> datetime:
    """Return a moment as local time in a zone, to the minute, without the zone."""
    return at.astimezone(zone).replace(second=0, microsecond=0, tzinfo=None)


def plain(cell: Cell) -> str:
    """Return a cell as text: days as 2020-07-14, moments as 2020-07-14 09:30."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return "" if cell is None else str(cell)
