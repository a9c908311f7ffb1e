"""Reads activities: one with its revisions, those of some days, a department's history.

The modules beside this one answer more; what readers need of them can be imported from here too.
"""

import json
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from kalends.domain.errors import ActivityNotFoundError
from kalends.views.activity_filter import EVERY, ActivityFilter, joined
from kalends.views.changes import (
    Change,
    Late,
    changes,
    changes_between,
    count_changed,
    count_changes,
    count_late,
    latest,
    recorded_late,
)
from kalends.views.database import Views
from kalends.views.days import by_day
from kalends.views.feed_candidates import (
    ChangedActivity,
    FeedCandidate,
    Span,
    candidates_between,
    changed_activities,
    count_feed_candidates,
    feed_candidates,
    is_named,
    spans,
)
from kalends.views.feed_tags import tags
from kalends.views.id_prefixes import refs, resolve
from kalends.views.revision import (
    BY_DAY_SORTED,
    OF_ID,
    STANDING,
    FirstRevision,
    Revision,
    at_positions,
    first_revisions,
    positions,
    select,
)

# The participations of departments, as known at `:p`.
_NAMING = (
    "SELECT position FROM participation WHERE code IN (SELECT value FROM json_each(:codes)) "
    "AND position <= :p AND :p < until"
)

__all__ = [
    "Change",
    "ChangedActivity",
    "FeedCandidate",
    "FirstRevision",
    "Late",
    "Revision",
    "Span",
    "at_positions",
    "by_day",
    "candidates_between",
    "changed_activities",
    "changes",
    "changes_between",
    "count_changed",
    "count_changes",
    "count_feed_candidates",
    "count_in_history",
    "count_late",
    "current",
    "feed_candidates",
    "first_revisions",
    "histories",
    "history",
    "is_named",
    "latest",
    "recorded_late",
    "refs",
    "resolve",
    "revisions",
    "spans",
    "tags",
]


def current(db: Views, activity_id: str, *, known_at: int) -> Revision:
    """Return an activity as known at a position, or raise `ActivityNotFoundError`."""
    found = select(
        db,
        f"WHERE {OF_ID} AND {STANDING}",
        {"id": activity_id},
        known_at=known_at,
    )
    for revision in found:
        return revision
    raise ActivityNotFoundError(name=activity_id)


def revisions(db: Views, activity_id: str, *, known_at: int) -> list[Revision]:
    """Return all revisions of an activity up to a position, oldest first.

    Raises `ActivityNotFoundError`.
    """
    found = list(
        select(
            db,
            f"WHERE {OF_ID} AND r.position <= :p ORDER BY r.position",
            {"id": activity_id},
            known_at=known_at,
        )
    )
    if not found:
        raise ActivityNotFoundError(name=activity_id)
    return found


def histories(db: Views, positions: Collection[int], *, known_at: int) -> Iterator[list[Revision]]:
    """Yield, for each activity with a revision at one of these, all revisions, oldest first."""
    found = select(
        db,
        "WHERE r.activity IN (SELECT activity FROM revision WHERE position IN "
        "(SELECT value FROM json_each(:positions))) AND r.position <= :p "
        "ORDER BY r.activity, r.position",
        {"positions": json.dumps(sorted(positions))},
        known_at=known_at,
    )
    made: list[Revision] = []
    for revision in found:
        if made and made[-1].id != revision.id:
            yield made
            made = []
        made.append(revision)
    if made:
        yield made


def history(
    db: Views,
    codes: Collection[str],
    *,
    known_at: int,
    wanted: ActivityFilter = EVERY,
    skip: int = 0,
) -> Iterator[tuple[Revision, list[Revision]]]:
    """Yield each activity of these departments as known at a position, with all its revisions.

    By day, as in `agenda`, without the first `skip`; retracted activities too. An activity
    belongs to a department when its revision at that position names it. For a department with its
    children pass `Roster.within(code)`.
    """
    found = _history_in_order(db, codes, known_at, wanted)
    yield from history_of(db, islice(found, skip, None), known_at=known_at, wanted=wanted)


def history_in_order(
    db: Views, codes: Collection[str], *, known_at: int, wanted: ActivityFilter
) -> Sequence[int]:
    """Return only the positions of what `history` yields: eight bytes for each."""
    return array("q", _history_in_order(db, codes, known_at, wanted))


def _history_in_order(
    db: Views, codes: Collection[str], known_at: int, wanted: ActivityFilter
) -> Iterator[int]:
    return positions(
        db,
        f"WHERE {joined(f'r.position IN ({_NAMING})', wanted=wanted)} {BY_DAY_SORTED}",
        {"codes": json.dumps(sorted(codes)), **wanted.parameters},
        known_at=known_at,
    )


def history_of(
    db: Views, found: Iterable[int], *, known_at: int, wanted: ActivityFilter = EVERY
) -> Iterator[tuple[Revision, list[Revision]]]:
    """Yield the activities of which these events made the last revision, with all of them."""
    for revision in at_positions(db, found, known_at=known_at):
        made = revisions(db, revision.id, known_at=known_at)
        yield revision, [each for each in made if not (wanted.is_public and each.withheld)]


def count_in_history(
    db: Views, codes: Collection[str], *, known_at: int, wanted: ActivityFilter = EVERY
) -> int:
    """Return how many activities `history` yields."""
    asked = {"codes": json.dumps(sorted(codes)), "p": known_at, **wanted.parameters}
    conditions = joined(f"r.position IN ({_NAMING})", wanted=wanted)
    statement = f"SELECT count(*) FROM revision AS r WHERE {conditions}"  # noqa: S608 - our own words
    (found,) = db.execute(statement, asked).fetchone()
    return int(found)
