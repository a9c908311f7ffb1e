"""An activity as a calendar entry, and entries as a calendar: both formats, frozen."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from kalends.domain.campaign import Campaign
from kalends.domain.details import CALLED_OFF
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.feeds import second_format
from kalends.feeds.content_line import escaped, folded
from kalends.feeds.description import description
from kalends.feeds.wording import WORDINGS
from kalends.views.activities import Revision

# An hour: how often a calendar may look again.
_REFRESHED = "PT1H"
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_URI = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
FOOTER = b"END:VCALENDAR\r\n"
# How the UID of the entry of an empty feed starts.
EMPTY = "empty-"


class Stamps(NamedTuple):
    """When something first existed, and when it last changed; both UTC."""

    first: datetime
    last: datetime


def component(
    revisions: Sequence[Revision],
    campaign: Campaign,
    roster: Roster,
    *,
    stamp: datetime | None = None,
) -> bytes:
    """Return an activity's VEVENT (RFC 5545, 3.6.1) with CRLF, or nothing if calendars hide it.

    `revisions` are all up to the one shown, oldest first; `campaign` and `roster` as they were
    when this entry became what it is: at the last revision, or at a later move to another feed
    format. `stamp` is when that was; without it, when the last revision was recorded. Calendars
    hide what is withheld, and what was never known to ten days or better. The bytes are those that
    icalendar's `Event.to_ical()` makes from the same properties.
    """
    first, last = revisions[0], revisions[-1]
    dated = dated_when(revisions)
    if last.withheld or dated is None:
        return b""
    details, settings = last.details, campaign.settings
    wording = WORDINGS[settings.language]
    cancelled = is_cancelled(last)
    times, is_timed = span_lines(dated)
    title, opaque, text = details.title, is_timed and not cancelled, escaped
    if settings.feed_format >= second_format.NUMBER:
        if second_format.is_undone(revisions):
            return b""
        title = second_format.titled(details, roster, settings.language)
        opaque, text = False, second_format.text_value
    if cancelled:
        title = wording.cancelled_title.format(title=title)
    changed_at = stamp or last.at
    changed = _stamp(changed_at)
    created = changed if first.at is changed_at else _stamp(first.at)
    status = "CANCELLED" if cancelled else "CONFIRMED"
    # Short ASCII lines are encoded together; the others separately, and folded.
    pieces = [
        b"BEGIN:VEVENT\r\n",
        folded(f"SUMMARY:{text(title)}"),
        f"{times}\r\nDTSTAMP:{changed}\r\n".encode(),
        folded(f"UID:activity-{last.id}@{settings.uid_domain}"),
        f"\r\nSEQUENCE:{last.version - 1}\r\n".encode(),
    ]
    if details.tags:
        pieces += folded("CATEGORIES:" + ",".join(map(escaped, details.tags))), b"\r\n"
    pieces += (
        f"CREATED:{created}\r\n".encode(),
        folded(f"DESCRIPTION:{text(description(revisions, roster, settings))}"),
        f"\r\nLAST-MODIFIED:{changed}\r\n".encode(),
    )
    if details.place is not None:
        pieces += folded(f"LOCATION:{text(details.place)}"), b"\r\n"
    transp = "OPAQUE" if opaque else "TRANSPARENT"
    pieces += (
        f"STATUS:{status}\r\nTRANSP:{transp}\r\n".encode(),
        url_line(details.links),
        b"END:VEVENT\r\n",
    )
    return b"".join(pieces)


def empty_entry(name: str, campaign: Campaign, day: date, *, times: int, at: Stamps) -> bytes:
    """Return the VEVENT of a feed that has become empty; `name` distinguishes it.

    It is on a day. `times` says how often the feed became empty before, `at` when it did so first
    and last; `campaign` is as it was then.
    """
    settings = campaign.settings
    words = second_format.WORDS[settings.language]
    title = WORDINGS[settings.language].cancelled_title.format(title=words.empty)
    changed = _stamp(at.last)
    return b"\r\n".join(
        map(
            folded,
            (
                "BEGIN:VEVENT",
                f"SUMMARY:{escaped(title)}",
                f"DTSTART{_moment(day)}",
                f"DTEND{_moment(day + _DAY)}",
                f"DTSTAMP:{changed}",
                f"UID:{EMPTY}{name}@{settings.uid_domain}",
                f"SEQUENCE:{times}",
                f"CREATED:{_stamp(at.first)}",
                f"DESCRIPTION:{escaped(words.why_empty)}",
                f"LAST-MODIFIED:{changed}",
                "STATUS:CANCELLED",
                "TRANSP:TRANSPARENT",
                "END:VEVENT",
                "",
            ),
        )
    )


def calendar(name: str, title: str, campaign: Campaign, components: Iterable[bytes]) -> bytes:
    """Return a VCALENDAR (RFC 5545, 3.6; RFC 7986, 5) of entries that are in order.

    `name` is the feed's, as in `all` or `full/all`; `title` is what calendars call it.
    """
    return b"".join(pieces(name, title, campaign, components))


def pieces(
    name: str | None, title: str, campaign: Campaign, components: Iterable[bytes]
) -> Iterator[bytes]:
    """Yield the bytes of `calendar` piece by piece."""
    yield header(name, title, campaign)
    yield from components
    yield FOOTER


def header(name: str | None, title: str, campaign: Campaign) -> bytes:
    """Return what comes before the entries, with SOURCE if there are a site and a feed's name."""
    settings = campaign.settings
    is_second = settings.feed_format >= second_format.NUMBER
    said = second_format.text_value(title) if is_second else escaped(title)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kalends//Kalends//" + settings.language.upper(),
        "CALSCALE:GREGORIAN",
        f"NAME:{said}",
        f"X-WR-CALNAME:{said}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESHED}",
    ]
    if settings.site is not None and name is not None:
        source = address(settings.site, name)
        if not is_second or len(source) <= second_format.LONGEST_ADDRESS:
            lines.append(f"SOURCE;VALUE=URI:{source}")
    lines += (
        f"X-PUBLISHED-TTL:{_REFRESHED}",
        f"X-WR-TIMEZONE:{escaped(settings.zone)}",
        "",
    )
    return b"\r\n".join(map(folded, lines))


def address(site: str, name: str) -> str:
    """Return the address of a feed's file on a site, with percent-encoding for non-ASCII."""
    return f"{site.rstrip('/')}/{quote(name)}.ics"


def is_cancelled(revision: Revision) -> bool:
    """Return whether calendars show it as cancelled: cancelled, retracted, or without a day."""
    return revision.status in CALLED_OFF or revision.details.when.is_coarse


def dated_when(revisions: Sequence[Revision]) -> When | None:
    """Return the newest time known to ten days or better, None when there was none.

    The last day that dates can express counts as none: an entry ends the day after.
    """
    for revision in reversed(revisions):
        when = revision.details.when
        if not when.is_coarse:
            return when if when.last_day < date.max else None
    return None


def span(when: When) -> tuple[date, date]:
    """Return DTSTART and DTEND: two moments in UTC, or two days, the second after the last.

    Moments are for clock times and for a part of one day. An unknown end is an hour after the
    beginning; over several days without both clock times, whole days are shown.
    """
    begin, end = when.begin, when.end
    is_long = when.first_day < when.last_day
    if begin is None or (is_long and (when.starts is None or end is None)):
        return when.first_day, when.last_day + _DAY
    if end is None or end <= begin:
        end = begin + _HOUR
    return begin.astimezone(UTC), end.astimezone(UTC)


def span_lines(when: When) -> tuple[str, bool]:
    """Return DTSTART and DTEND, a CRLF before each, and whether they are moments."""
    start, end = span(when)
    return f"\r\nDTSTART{_moment(start)}\r\nDTEND{_moment(end)}", isinstance(start, datetime)


def url_line(links: Sequence[str]) -> bytes:
    """Return the line of the first link with its CRLF, or nothing where it is no plain address."""
    if links and _URI.fullmatch(links[0]):
        return folded(f"URL:{links[0]}") + b"\r\n"
    return b""


@lru_cache(1 << 12)
def _moment(moment: date) -> str:
    """Return a day or a moment as the end of a content line."""
    if isinstance(moment, datetime):
        return f":{_stamp(moment)}"
    return f";VALUE=DATE:{moment.year:04}{moment.month:02}{moment.day:02}"


def _stamp(at: datetime) -> str:
    """Return a moment in UTC (RFC 5545, 3.3.5, form 2)."""
    parts = (at.year, at.month, at.day, at.hour, at.minute, at.second)
    return "%04d%02d%02dT%02d%02d%02dZ" % parts  # noqa: UP031 - half the time of an f-string
