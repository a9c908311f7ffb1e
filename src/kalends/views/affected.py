"""Which activities, departments and tags the events after a position may have changed."""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kalends.domain.ids import SHORTEST
from kalends.views.activity_filter import PUBLIC, joined
from kalends.views.database import Views
from kalends.views.revision import STANDING

_AT_ONCE = 500
_CHANGED = """
    SELECT id FROM activity WHERE number IN
        (SELECT activity FROM revision WHERE position > :after AND position <= :p)"""
_BESIDE = """
    SELECT a.id,
        (SELECT id FROM activity WHERE id < a.id AND number <= :p ORDER BY id DESC LIMIT 1),
        (SELECT id FROM activity WHERE id > a.id AND number <= :p ORDER BY id LIMIT 1)
    FROM activity AS a WHERE a.number > :after AND a.number <= :p"""


class Affected(NamedTuple):
    """The ids of activities, and the departments and folded tags that any of them ever had."""

    ids: frozenset[str]
    codes: frozenset[str]
    tags: frozenset[str]


def affected(db: Views, *, after: int, known_at: int) -> Affected:
    """Return what lists may show differently since position `after`."""
    asked = {"after": after, "p": known_at}
    ids = {found for (found,) in db.execute(_CHANGED, asked)}
    for new, *beside in db.execute(_BESIDE, asked):
        # What is shortest of an id to be unique may be longer now.
        ids.update(other for other in beside if other and other[:SHORTEST] == new[:SHORTEST])
    return Affected(
        frozenset(ids), _named(db, ids, "participation", "code"), _named(db, ids, "tag", "key")
    )


def _named(db: Views, ids: Iterable[str], table: str, key: str) -> frozenset[str]:
    found = db.execute(
        f"SELECT DISTINCT n.{key} FROM json_each(?) AS wanted "  # noqa: S608 - our own words
        "CROSS JOIN activity AS a ON a.id = wanted.value "
        "CROSS JOIN revision AS r ON r.activity = a.number "
        f"CROSS JOIN {table} AS n ON n.position = r.position",
        (json.dumps(sorted(ids)),),
    )
    return frozenset(name for (name,) in found)


def public_ids(db: Views, *, known_at: int) -> Iterator[str]:
    """Yield the ids of all activities that anybody may see, sorted; memory stays flat."""
    conditions = joined("a.id > :last", STANDING, wanted=PUBLIC)
    statement = (
        "SELECT a.id FROM activity AS a CROSS JOIN revision AS r ON r.activity = a.number "  # noqa: S608 - our own words
        f"WHERE {conditions} ORDER BY a.id LIMIT :most"
    )
    asked = {**PUBLIC.parameters, "p": known_at, "most": _AT_ONCE, "last": ""}
    # Not one long query: whoever goes through them asks for more meanwhile.
    while found := [name for (name,) in db.execute(statement, asked)]:
        yield from found
        asked["last"] = found[-1]
