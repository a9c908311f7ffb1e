"""What a calendar program shows of an entry: its title and its days, read from its bytes."""

import re
from datetime import UTC, date, datetime, timedelta

from kalends.domain.value import Value

_LINE = re.compile(rb"\r\n(SUMMARY|DTSTART|DTEND)(?:;VALUE=DATE)?:([^\r]*)")
_ESCAPE = re.compile(r"\\(.)")
_DAY, _MOMENT = "%Y%m%d", "%Y%m%dT%H%M%SZ"


class ShownEntry(Value):
    """A title, and from when to when: two moments in UTC, or the first and the last day."""

    title: str
    start: date
    end: date


def shown_entry(content: bytes) -> ShownEntry:
    """Return what is shown of the only entry of a calendar."""
    _, _, entry = content.replace(b"\r\n ", b"").partition(b"BEGIN:VEVENT")
    found = {name: text.decode() for name, text in _LINE.findall(entry)}
    start, end = (_moment(found[name]) for name in (b"DTSTART", b"DTEND"))
    if not isinstance(end, datetime):
        end -= timedelta(days=1)  # DTEND is the day after the last
    return ShownEntry(title=_ESCAPE.sub(_plain, found[b"SUMMARY"]), start=start, end=end)


def _plain(escape: re.Match[str]) -> str:
    return "\n" if escape[1] in "nN" else escape[1]


def _moment(text: str) -> date:
    """Return a moment in UTC, or a day."""
    if text.endswith("Z"):
        return datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)
    return datetime.strptime(text, _DAY).replace(tzinfo=UTC).date()
