"""Reads calendars with a library that had no part in writing them."""

from collections.abc import Sequence

import icalendar

from kalends.feeds.calendar import FOOTER


def is_understood(head: bytes, entries: Sequence[bytes], uids: Sequence[str]) -> bool:
    """Return whether icalendar reads exactly this head and these entries.

    Each entry must have its given UID, a beginning and a stamp, and no property with an invalid
    value.
    """
    try:
        read = icalendar.Calendar.from_ical(b"".join((head, *entries, FOOTER)))
    except (ValueError, KeyError, IndexError, TypeError):
        return False
    found = read.walk("VEVENT")
    return (
        not read.errors
        and str(read.get("VERSION")) == "2.0"
        and "PRODID" in read
        and [str(event.get("UID")) for event in found] == list(uids)
        and all(_is_entry(event) for event in found)
    )


def _is_entry(event: icalendar.Component) -> bool:
    return not event.errors and "DTSTART" in event and "DTSTAMP" in event
