"""What happened to activities, event by event, for readers who follow the record."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kalends.views.activity_filter import EVERY, ActivityFilter, joined
from kalends.views.database import Views
from kalends.views.revision import STANDING, Revision, at_positions
from kalends.views.schema import OPEN


class RevisionPair(NamedTuple):
    """What an event made of an activity, and how it stood before; None where it is the first."""

    before: Revision | None
    after: Revision


def recent(  # noqa: PLR0913 - each narrows down what is asked for
    db: Views,
    *,
    known_at: int,
    wanted: ActivityFilter = EVERY,
    after: int = 0,
    before: int = OPEN,
    limit: int,
    newest_first: bool = True,
    changes_only: bool = False,
) -> list[RevisionPair]:
    """Return what events between two positions did to activities that match as they stand.

    Neither `after` nor `before` is included. With `changes_only`, their first events
    are left out, and so is that something planned was held.
    """
    which = [_matching(wanted), "v.position < :before"]
    if changes_only:
        which.append(
            "v.version > 1 AND (SELECT topic FROM entry AS t WHERE t.position = v.position) "
            "<> 'activity.held'"
        )
    found = db.execute(
        f"SELECT v.position, (SELECT max(b.position) FROM revision AS b "  # noqa: S608 - our own words
        f"WHERE b.activity = v.activity AND b.position < v.position AND {wanted.shown('b')}) "
        f"FROM revision AS v WHERE {' AND '.join(which)} "
        f"ORDER BY v.position {'DESC' if newest_first else ''} LIMIT :limit",
        {**wanted.parameters, "p": known_at, "after": after, "before": before, "limit": limit},
    ).fetchall()
    return list(_pairs(db, found, known_at))


def _pairs(
    db: Views, found: Sequence[tuple[int, int | None]], known_at: int
) -> Iterator[RevisionPair]:
    every = {position for pair in found for position in pair if position is not None}
    revisions = {
        revision.position: revision
        for revision in at_positions(db, sorted(every), known_at=known_at)
    }
    for position, before in found:
        yield RevisionPair(None if before is None else revisions[before], revisions[position])


def count_recent(db: Views, *, known_at: int, wanted: ActivityFilter, after: int) -> int:
    """Return how many events after a position `recent` knows of."""
    (found,) = db.execute(
        f"SELECT count(*) FROM revision AS v WHERE {_matching(wanted)}",  # noqa: S608 - our own words
        {**wanted.parameters, "p": known_at, "after": after},
    ).fetchone()
    return int(found)


def _matching(wanted: ActivityFilter) -> str:
    """Return the condition for events after a position on activities that match as they stand."""
    standing = joined("r.activity = v.activity", STANDING, wanted=wanted)
    return (
        f"v.position > :after AND v.position <= :p AND {wanted.shown('v')} "  # noqa: S608 - our own words
        f"AND EXISTS (SELECT 1 FROM revision AS r WHERE {standing})"
    )
