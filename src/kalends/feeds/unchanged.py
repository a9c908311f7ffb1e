"""The entries of activities that never changed: most of them, so what repeats is made once."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import msgspec

from kalends.domain.campaign import Campaign
from kalends.domain.details import CALLED_OFF, Participation
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.feeds import second_format
from kalends.feeds.calendar import span_lines, url_line
from kalends.feeds.content_line import escaped, folded
from kalends.feeds.description import known, participants
from kalends.feeds.wording import WORDINGS
from kalends.views.activities import FirstRevision
from kalends.views.state import decode, reader

# How many different times, groups of departments and so on are remembered.
_MANY = 4_096
_DAY_SECONDS = 86_400
_EPOCH = date(1970, 1, 1).toordinal()


class _Details(msgspec.Struct, gc=False):
    """Details as the views store them; what often repeats is not decoded."""

    title: str
    when: msgspec.Raw
    departments: msgspec.Raw
    place: str | None
    tags: msgspec.Raw
    description: str | None
    headcount: int | None
    links: tuple[str, ...]


class _Times(NamedTuple):
    """What an entry says of a time: DTSTART and DTEND, and notes for its readers."""

    first_day: date
    lines: str
    is_timed: bool
    notes: list[str]


class _Who(NamedTuple):
    """What an entry says of its departments on a day."""

    participants: list[str]
    titled: Callable[[str], str]


class _Group(NamedTuple):
    """Departments with their roles, and what is said of them if that is the same on every day."""

    departments: tuple[Participation, ...]
    always: _Who | None


class UnchangedEntries:
    """Makes these entries, from campaign and roster as they were when these were recorded.

    The bytes are those of `calendar.component`, in less than half the time.
    """

    def __init__(self, campaign: Campaign, roster: Roster) -> None:
        """Take campaign and roster; nothing is remembered yet."""
        settings = campaign.settings
        self._roster, self._language = roster, settings.language
        self._is_second = settings.feed_format >= second_format.NUMBER
        self._text = second_format.text_value if self._is_second else escaped
        self._wording = WORDINGS[settings.language]
        self._at = f"@{settings.uid_domain}"
        self._read: Callable[[bytes], _Details] = reader(_Details)
        self._times = lru_cache(_MANY)(self._times_of)
        self._group = lru_cache(_MANY)(self._group_of)
        self._categories = lru_cache(_MANY)(_categories)
        self._location = lru_cache(_MANY)(self._location_of)

    def entry(self, first: FirstRevision) -> bytes:
        """Return the VEVENT of an activity, or nothing if calendars hide it."""
        activity_id, _, version, status, withheld, state, at = first
        details = self._read(state)
        times = self._times(bytes(details.when))
        if withheld or times is None:
            return b""
        group = self._group(bytes(details.departments))
        who = group.always or self._who(group.departments, times.first_day)
        cancelled, text, stamp = status in CALLED_OFF, self._text, _stamp(at)
        title = who.titled(details.title)
        if cancelled:
            title = self._wording.cancelled_title.format(title=title)
        opaque = times.is_timed and not cancelled and not self._is_second
        return b"".join(
            (
                b"BEGIN:VEVENT\r\n",
                folded(f"SUMMARY:{text(title)}"),
                f"{times.lines}\r\nDTSTAMP:{stamp}\r\n".encode(),
                folded(f"UID:activity-{activity_id}{self._at}"),
                f"\r\nSEQUENCE:{version - 1}\r\n".encode(),
                self._categories(bytes(details.tags)),
                f"CREATED:{stamp}\r\n".encode(),
                folded(f"DESCRIPTION:{text(self._description(details, times, who))}"),
                f"\r\nLAST-MODIFIED:{stamp}\r\n".encode(),
                self._location(details.place),
                b"STATUS:CANCELLED\r\n" if cancelled else b"STATUS:CONFIRMED\r\n",
                b"TRANSP:OPAQUE\r\n" if opaque else b"TRANSP:TRANSPARENT\r\n",
                url_line(details.links),
                b"END:VEVENT\r\n",
            )
        )

    def _description(self, details: _Details, times: _Times, who: _Who) -> str:
        wording, lines = self._wording, times.notes.copy()
        if details.description is not None:
            lines.append(details.description)
        lines += who.participants
        if details.headcount is not None:
            lines.append(wording.headcount.format(count=details.headcount))
        lines += [wording.link.format(link=link) for link in details.links]
        return "\n".join(lines)

    def _times_of(self, state: bytes) -> _Times | None:
        when = decode(When, state)
        if when.is_coarse or when.last_day == date.max:
            return None
        lines, is_timed = span_lines(when)
        return _Times(when.first_day, lines, is_timed, known(when, self._wording))

    def _group_of(self, state: bytes) -> _Group:
        departments = decode(tuple[Participation, ...], state)
        named = (self._roster.departments[each.code].names for each in departments)
        is_fixed = all(len(names) == 1 and names[0][0] is None for names in named)
        return _Group(departments, self._who(departments, date.max) if is_fixed else None)

    def _who(self, departments: tuple[Participation, ...], day: date) -> _Who:
        said = [*participants(departments, day, self._roster, self._wording)]
        if not self._is_second:
            return _Who(said, str)
        lead = self._roster.departments[departments[0].code]
        return _Who(said, lambda title: second_format.prefixed(title, lead, day, self._language))

    def _location_of(self, place: str | None) -> bytes:
        return b"" if place is None else folded(f"LOCATION:{self._text(place)}") + b"\r\n"


def _categories(state: bytes) -> bytes:
    tags = decode(tuple[str, ...], state)
    return folded("CATEGORIES:" + ",".join(map(escaped, tags))) + b"\r\n" if tags else b""


def _stamp(at: int) -> str:
    """Return a moment in seconds since 1970 as in `calendar`."""
    day, second = divmod(at, _DAY_SECONDS)
    minute, second = divmod(second, 60)
    return "%sT%02d%02d%02dZ" % (_day(day), *divmod(minute, 60), second)  # noqa: UP031 - half the time of an f-string


@lru_cache(_MANY)
def _day(number: int) -> str:
    day = date.fromordinal(_EPOCH + number)
    return f"{day.year:04}{day.month:02}{day.day:02}"
