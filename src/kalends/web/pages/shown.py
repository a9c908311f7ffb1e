"""Activities and their history, prepared for the templates."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from kalends.domain.details import CALLED_OFF, Participation
from kalends.domain.errors import N_
from kalends.domain.value import replace
from kalends.domain.when import When
from kalends.feeds.shown_entry import ShownEntry
from kalends.presentation import history_text
from kalends.presentation.texts import STATUS_WORDS
from kalends.views.activities import Revision, changes
from kalends.web.pages.page_reader import Reader
from kalends.words.plain_dates import plain_clock, plain_day, plain_when
from kalends.words.topics import TOPIC_SIGNS, TOPIC_WORDS

# A sign and a word, so that nobody needs to tell colours apart.
_SIGNS = {"planned": "○", "held": "●", "recorded": "●", "cancelled": "×", "retracted": "×"}
# What was done last is said instead of what it still is.
_LAST = {"activity.moved": ("→", N_("moved")), "activity.corrected": ("※", N_("corrected"))}


def when(reader: Reader, value: When, *, year: int | None = None) -> str:
    """Return a date as people say it; the year where it is not this one, or not a given one."""
    return plain_when(
        reader.words,
        value.first_day,
        value.last_day,
        this_year=year or reader.today.year,
        precision=value.precision,
        part=value.part,
        starts=value.starts,
        ends=value.ends,
    )


def count(reader: Reader, activities: int) -> str:
    """Return how many activities there are, in words."""
    return reader.words.plural("{count} activity", "{count} activities", activities)


def day(reader: Reader, value: date) -> str:
    """Return a day as people say it."""
    return plain_day(reader.words, value, this_year=reader.today.year)


def entry_when(reader: Reader, entry: ShownEntry) -> str:
    """Return the days or the hours of an entry of a calendar."""
    start, end, starts, ends = entry.start, entry.end, None, None
    if isinstance(start, datetime) and isinstance(end, datetime):
        start, end = (each.astimezone(reader.record.zone) for each in (start, end))
        starts, ends = f"{start:%H:%M}", f"{end:%H:%M}"
        start, end = start.date(), end.date()
    return plain_when(
        reader.words,
        start,
        end,
        this_year=reader.today.year,
        precision="days",
        starts=starts,
        ends=ends,
    )


def activity(reader: Reader, revision: Revision, *, year: int | None = None) -> dict[str, Any]:
    """Return what a list shows of an activity; `year` is the one that its heading says."""
    details = revision.details
    value = details.when
    sign, state = _state(revision)
    return {
        "id": revision.id,
        "title": details.title,
        "when": when(reader, value, year=year),
        "day": when(reader, _day_alone(value), year=year),
        "clock": _clock(reader, value),
        "is_same_day": False,
        "datetime": _datetime(value),
        "sign": sign,
        "state": reader.words.say(state),
        "is_off": revision.status in CALLED_OFF,
        "departments": [
            department(reader, acting, value.first_day) for acting in details.departments
        ],
        "place": details.place,
        "tags": [tag(reader, each) for each in details.tags],
        "link": reader.page(f"/activities/{revision.id}"),
        "first_day": value.first_day,
        "last_day": value.last_day,
        "notes": (),
    }


def status(reader: Reader, revision: Revision) -> str:
    """Return the sign and the name of an activity's status, whatever happened to it last."""
    return f"{_SIGNS[revision.status]} {reader.words.say(STATUS_WORDS[revision.status])}"


def activities(
    reader: Reader,
    revisions: Iterable[Revision],
    *,
    year: int | None = None,
    heading: date | None = None,
) -> list[dict[str, Any]]:
    """Return what a list shows of activities.

    `year` is the one that its heading says, `heading` the day that it names. A day that the line
    above says is not said again.
    """
    found = []
    above = heading
    for revision in revisions:
        this = revision.details.when
        each = activity(reader, revision, year=year)
        only = None if this.is_coarse or this.first_day != this.last_day else this.first_day
        found.append({**each, "is_same_day": only is not None and only == above})
        above = only
    return found


def _day_alone(value: When) -> When:
    """Return the days without the hours, where they are on one day."""
    if value.is_coarse or value.first_day != value.last_day:
        return value
    return replace(value, precision="day", part=None, starts=None, ends=None)


def _clock(reader: Reader, value: When) -> str:
    """Return the hours of one day; of several days they stand with the days."""
    if value.first_day != value.last_day:
        return ""
    return plain_clock(reader.words, value.part, value.starts, value.ends)


def department(reader: Reader, acting: Participation, day: date) -> dict[str, Any]:
    """Return a department by its names of a day, with its role."""
    found = reader.record.roster.departments[acting.code]
    return {
        "code": acting.code,
        "short": found.short_on(day),
        "name": found.name_on(day),
        "role": reader.words.say(N_(acting.role)),
        "link": reader.page(f"/departments/{acting.code}"),
    }


def tag(reader: Reader, name: str) -> dict[str, str]:
    """Return a tag with its page."""
    return {"name": name, "link": reader.page(tag_path(name))}


def tag_path(name: str) -> str:
    """Return the path of a tag's page: a longer one where the short one would mean something else.

    That is data, a calendar, or the file of a page.
    """
    is_other = name.endswith((".json", ".ics")) or name == "index.html"
    return f"/tags/-/tag-{name}/page" if is_other else f"/tags/{name}"


def events(
    reader: Reader, revisions: Sequence[Revision], before: Revision | None = None
) -> Iterator[dict[str, Any]]:
    """Yield what each revision did, oldest first; the first of them follows `before`."""
    for after in revisions:
        yield event(reader, before, after)
        before = after


def notes(reader: Reader, revisions: Sequence[Revision]) -> list[dict[str, Any]]:
    """Return what changed the record of an activity after its first event, oldest first."""
    return [
        event(reader, before, after)
        for before, after in pairwise(revisions)
        if after.topic != "activity.held"
    ]


def event(reader: Reader, before: Revision | None, after: Revision) -> dict[str, Any]:
    """Return what one revision did: who, when, why, and old and new side by side."""
    at = after.at.astimezone(reader.record.zone)
    return {
        "id": after.id,
        "position": after.position,
        "title": after.details.title,
        "link": reader.page(f"/activities/{after.id}"),
        "sign": TOPIC_SIGNS.get(after.topic, "·"),
        "what": reader.words.say(TOPIC_WORDS[after.topic]),
        "is_off": after.status in CALLED_OFF,
        "by": after.by,
        "at": f"{at:%Y-%m-%d %H:%M}",
        "reason": after.reason,
        "when": None,
        "added": (),
        "changes": list(_changes(reader, before, after)),
    }


def _changes(reader: Reader, before: Revision | None, after: Revision) -> Iterator[dict[str, str]]:
    for name, (old, new) in changes(before, after).items():
        if name in history_text.said_by(after.topic):
            continue
        yield {
            "field": reader.words.say(history_text.FIELDS[name]),
            "old": _value(reader, name, old, after),
            "new": _value(reader, name, new, after) or "—",
        }


def _value(reader: Reader, field: str, value: object, after: Revision) -> str:
    if isinstance(value, When):
        return when(reader, value)
    if value is None or value == ():
        return ""
    return history_text.value(reader.words, field, value, reader.record.roster, after)


def _state(revision: Revision) -> tuple[str, str]:
    if revision.status not in CALLED_OFF and revision.topic in _LAST:
        return _LAST[revision.topic]
    return _SIGNS[revision.status], STATUS_WORDS[revision.status]


def _datetime(value: When) -> str:
    """Return what `<time datetime>` takes: as much as is known of the first day."""
    if value.precision in {"month", "quarter", "half-year"}:
        return f"{value.first_day:%Y-%m}"
    if value.precision == "year":
        return f"{value.first_day:%Y}"
    return f"{value.first_day}T{value.starts}" if value.starts else f"{value.first_day}"
