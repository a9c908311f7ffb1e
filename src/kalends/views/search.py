"""Search that finds any word, even a single Chinese character, and nothing else."""

import json
from collections.abc import Iterator
from itertools import islice

from kalends.domain.roster import Roster
from kalends.views.activity_filter import EVERY, ActivityFilter
from kalends.views.database import Views
from kalends.views.revision import BY_DAY_SORTED, STANDING, Revision, at_positions, positions
from kalends.views.roster_view import roster
from kalends.views.search_text import folded, query

_HOLDING = (
    "SELECT activity FROM indexed_text "
    "WHERE position <= :p AND :p < until AND instr(body, :word{n})"
)
# A reason has an odd number, and the position of its event.
_SHOWN = (
    " AND (number % 2 = 0 OR NOT (SELECT w.withheld FROM revision AS w "
    "WHERE w.position = indexed_text.position))"
)
_PAIRED = f"{_HOLDING} AND number IN (SELECT rowid FROM pairs WHERE pairs MATCH :query{{n}})"  # noqa: S608 - our own words
_NAMING = (
    "SELECT activity FROM participation WHERE position <= :p AND :p < until "
    "AND code IN (SELECT value FROM json_each(:codes{n}))"
)
# How many words are searched in one query: SQLite refuses expressions that are too deep.
_AT_ONCE = 100


def search(db: Views, words: str, *, known_at: int, limit: int | None = None) -> list[Revision]:
    """Return the activities in which every word occurs; see `matching`."""
    return list(islice(matching(db, words, known_at=known_at), limit))


def matching(
    db: Views, words: str, *, known_at: int, wanted: ActivityFilter = EVERY, skip: int = 0
) -> Iterator[Revision]:
    """Yield the activities, as known at a position, that contain every word; by day.

    Without the first `skip`.

    A word may be part of the current title, place, a tag or the description, of any reason given
    so far, or of a name, alias or code of a participating department; for a public filter, of no
    reason given while the activity was withheld. Case and width of letters do not matter, and no
    character is an operator. Retracted activities are found too. Without words, nothing is found.
    Memory does not grow with the result.
    """
    parts = list(dict.fromkeys(folded(words).split()))
    # A lone surrogate, as from a wrongly decoded command line, is in no recorded text.
    if not parts or any("\ud800" <= character <= "\udfff" for character in words):
        return iter(())
    names = roster(db, known_at=known_at)
    conditions = [STANDING, *wanted.conditions]
    asked = wanted.parameters
    for n, word in enumerate(parts[:_AT_ONCE]):
        holding, parameters = _holding(names, word, n, is_public=wanted.is_public)
        conditions.append(f"r.activity IN ({holding})")
        asked |= parameters
    clauses = f"WHERE {' AND '.join(conditions)} {BY_DAY_SORTED}"
    found = positions(db, clauses, asked, known_at=known_at)
    if len(parts) <= _AT_ONCE:
        return at_positions(db, islice(found, skip, None), known_at=known_at)
    rest = matching(db, " ".join(parts[_AT_ONCE:]), known_at=known_at, wanted=wanted)
    others = {revision.id for revision in rest}
    each = at_positions(db, found, known_at=known_at)
    return islice((revision for revision in each if revision.id in others), skip, None)


def _holding(
    names: Roster, word: str, n: int, *, is_public: bool
) -> tuple[str, dict[str, object]]:
    """Return the query for the activities that contain a word, and its parameters."""
    pairs = query(word)
    parameters: dict[str, object] = {
        f"word{n}": word,
        f"codes{n}": json.dumps([department.code for department in names.containing(word)]),
    }
    if pairs:
        parameters[f"query{n}"] = pairs
    holding = (_PAIRED if pairs else _HOLDING) + (_SHOWN if is_public else "")
    return f"{holding} UNION {_NAMING}".format(n=n), parameters
