"""Search that finds any word, even one Chinese character, and never one that is not there."""

import json
import sqlite3

from kalends.domain.roster import Roster
from kalends.views.passages import folded, query
from kalends.views.revision import BY_DAY, STANDING, Revision, select
from kalends.views.roster import roster

_HOLDING = (
    "SELECT activity FROM passage WHERE position <= :p AND :p < until AND instr(body, :word)"
)
_PAIRED = f"{_HOLDING} AND number IN (SELECT rowid FROM pairs WHERE pairs MATCH :query)"  # noqa: S608 - our own words
_NAMING = (
    "SELECT activity FROM participation WHERE position <= :p AND :p < until "
    "AND code IN (SELECT value FROM json_each(:codes))"
)


def search(
    db: sqlite3.Connection, words: str, *, known_at: int, limit: int | None = None
) -> list[Revision]:
    """Return the activities, as known at a position, in which every word occurs; by day.

    A word occurs as a part of the title, place, a tag or the description as they stand, of any
    reason given so far, or of a name, alias or code of a department that takes part. Case and
    width of letters do not matter, and no character is an operator. Retracted activities are
    found too. Without words nothing is.
    """
    wanted = dict.fromkeys(folded(words).split())
    # A lone surrogate, as from a wrongly decoded command line, is in no text and in no database.
    if not wanted or any("\ud800" <= one <= "\udfff" for one in words):
        return []
    names = roster(db, known_at=known_at)
    first, *others = (_holding(db, names, word, known_at) for word in wanted)
    clauses = (
        "WHERE r.activity IN (SELECT value FROM json_each(:found)) "  # noqa: S608 - our own words
        f"AND {STANDING} {BY_DAY} LIMIT :limit"
    )
    facts = {
        "found": json.dumps(sorted(first.intersection(*others))),
        "limit": -1 if limit is None else limit,
    }
    return list(select(db, clauses, facts, known_at=known_at))


def _holding(db: sqlite3.Connection, names: Roster, word: str, known_at: int) -> set[int]:
    pairs = query(word)
    facts = {
        "p": known_at,
        "word": word,
        "query": pairs,
        "codes": json.dumps([one.code for one in names.containing(word)]),
    }
    found = db.execute(f"{_PAIRED if pairs else _HOLDING} UNION {_NAMING}", facts)
    return {activity for (activity,) in found}
