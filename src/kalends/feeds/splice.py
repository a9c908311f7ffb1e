"""A calendar with a few of its entries exchanged, the rest of its octets left as they are."""

from bisect import bisect_left
from collections.abc import Mapping

from kalends.feeds.calendar import FOOTER

# No text holds a line that looks like one of these: its line breaks are escaped.
_BEGIN = b"\r\nBEGIN:VEVENT\r\n"
_UID = b"\r\nUID:activity-"
_END = b"\r\nEND:VEVENT\r\n"
_CRLF = 2
_PAST_ALL = b"~"


def spliced(octets: bytes, entries: Mapping[str, bytes]) -> tuple[list[bytes | memoryview], int]:
    """Return a calendar's octets, in pieces, with these entries, and how many more it holds.

    `entries` by the activity's id, an empty one to leave it out. The calendar's own stand in the
    order of their ids, as `calendar` writes them: the result is what it would make of them all.
    """
    pieces: list[bytes | memoryview] = []
    kept = more = 0
    whole = memoryview(octets)
    for activity_id in sorted(entries):
        start, end = _place(octets, activity_id.encode("ascii"))
        pieces += (whole[kept:start], entries[activity_id])
        more += bool(entries[activity_id]) - (start < end)
        kept = end
    return [*pieces, whole[kept:]], more


def _place(octets: bytes, wanted: bytes) -> tuple[int, int]:
    """Return where this activity's entry begins and ends: one place when it is to come there."""

    def id_after(start: int) -> bytes:
        found = octets.find(_UID, start)
        return _PAST_ALL if found < 0 else _id(octets, found)

    first = bisect_left(range(len(octets)), wanted, key=id_after)
    found = octets.find(_UID, first)
    if found < 0:
        return (len(octets) - len(FOOTER),) * 2
    start = octets.rfind(_BEGIN, 0, found) + _CRLF
    is_there = _id(octets, found) == wanted
    return start, octets.find(_END, found) + len(_END) if is_there else start


def _id(octets: bytes, found: int) -> bytes:
    start = found + len(_UID)
    return octets[start : octets.index(b"@", start)]
