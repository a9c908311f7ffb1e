"""Conditional requests (RFC 9110, section 13): whether a reader has the newest bytes already."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache

_TAG = re.compile(rb'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def is_unchanged(
    none_match: bytes | None,
    modified_since: bytes | None,
    tags: frozenset[bytes],
    at: datetime | None,
) -> bool:
    """Return whether a GET or HEAD is answered with 304.

    `tags` are the entity tags of these bytes, with quotes, in any encoding; `at` is when they last
    changed, None where nobody knows. `If-None-Match` is compared weakly, and alone where it is
    given.
    """
    if none_match is not None:
        return none_match.strip() == b"*" or not tags.isdisjoint(_listed(none_match))
    if modified_since is None or at is None:
        return False
    since = _moment(modified_since)
    return since is not None and at <= since


def http_date(at: datetime) -> bytes:
    """Return a moment as an HTTP date (RFC 9110, section 5.6.7)."""
    return format_datetime(at.astimezone(UTC), usegmt=True).encode()


@lru_cache(maxsize=256)
def _listed(header: bytes) -> frozenset[bytes]:
    return frozenset(_TAG.findall(header))


@lru_cache(maxsize=256)
def _moment(header: bytes) -> datetime | None:
    """Return a moment, or None if the header is not a date; then it is ignored."""
    try:
        found = parsedate_to_datetime(header.decode("ascii"))
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
