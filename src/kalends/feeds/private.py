"""The entries of withheld activities: with them at secret addresses, without them elsewhere."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from kalends.feeds.calendar import component
from kalends.feeds.formats import Formats
from kalends.views.activities import FeedCandidate, histories
from kalends.views.database import Views
from kalends.views.roster_view import campaign, roster

_ENTRY = re.compile(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)
_UID = re.compile(rb"\r\nUID:([^@\r]*)@")


def with_withheld(
    db: Views, rows: Sequence[FeedCandidate], bodies: Iterable[bytes], *, known_at: int
) -> Iterator[bytes]:
    """Yield the entries of the rows; where one is empty because it is withheld, make it.

    It has the bytes that it would have if it were not withheld. It is never kept: what is in the
    cache is public.
    """
    formats = Formats(db, known_at=known_at)
    for row, body in zip(rows, bodies, strict=True):
        yield body or _entry(db, row, formats, known_at)


def _entry(db: Views, row: FeedCandidate, formats: Formats, known_at: int) -> bytes:
    made = next(histories(db, [row.position], known_at=known_at))
    made_at = formats.made_at(row.position)
    opened = campaign(db, known_at=made_at)
    assert opened is not None  # the service opens the campaign before anything else
    return component(
        [revision._replace(withheld=False) for revision in made],
        opened,
        roster(db, known_at=made_at),
        stamp=formats.stamp(made),
    )


def without_entries(content: bytes, streams: Collection[str]) -> bytes:
    """Return a feed without the entries of these activities (`activity-…`)."""
    return _ENTRY.sub(lambda entry: b"" if _is_of(entry, streams) else entry[0], content)


def count_entries(content: bytes, streams: Collection[str]) -> int:
    """Return how many of these activities (`activity-…`) have an entry in a feed."""
    return sum(_is_of(entry, streams) for entry in _ENTRY.finditer(content))


def _is_of(entry: re.Match[bytes], streams: Collection[str]) -> bool:
    uid = _UID.search(entry[0])
    return uid is not None and uid[1].decode() in streams
