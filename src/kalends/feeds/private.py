"""The entries of withheld activities, for feeds at secret addresses."""

from collections.abc import Iterable, Iterator, Sequence

from kalends.feeds.calendar import component
from kalends.feeds.formats import Formats
from kalends.views.activities import FeedCandidate, histories
from kalends.views.database import Views
from kalends.views.roster_view import campaign, roster


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
