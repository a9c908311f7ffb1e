"""What a feed may show: light rows to choose from, and the names that there are feeds for."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from typing import NamedTuple

from kalends.domain.details import Status
from kalends.views.revision import STANDING


class Shown(NamedTuple):
    """An activity that a feed may show, as it stands, without its details.

    `position` is that of its revision, `dated` that of its newest revision known to ten days or
    better, `dated_last_day` that one's last day, `YYYY-MM-DD`. When `coarse`, the activity was
    corrected to a month or coarser, and stands in a feed as cancelled on the days of `dated`.
    """

    id: str
    version: int
    position: int
    status: Status
    dated: int
    dated_last_day: str
    coarse: bool


def shown(
    db: sqlite3.Connection,
    *,
    known_at: int,
    codes: Collection[str] | None = None,
    tag: str | None = None,
) -> Iterator[Shown]:
    """Yield what a feed may show, by the position of its revision; memory stays flat.

    Of the departments with these codes, and with this tag in any case; None is all of them. Left
    out are withheld activities and those never known to ten days or better. Cancelled and
    retracted ones are in.
    """
    conditions = [STANDING, "NOT r.withheld", "r.dated IS NOT NULL"]
    facts: dict[str, object] = {"p": known_at}
    if codes is not None:
        conditions.append(
            "r.position IN (SELECT position FROM participation WHERE code IN "
            "(SELECT value FROM json_each(:codes)) AND position <= :p AND :p < until)"
        )
        facts["codes"] = json.dumps(sorted(codes))
    if tag is not None:
        conditions.append(
            "r.position IN (SELECT position FROM tag WHERE key = :key "
            "AND position <= :p AND :p < until)"
        )
        facts["key"] = tag.casefold()
    for row in db.execute(
        "SELECT a.id, r.version, r.position, r.status, r.dated, r.dated_last_day, r.coarse "  # noqa: S608 - our own words
        "FROM revision AS r CROSS JOIN activity AS a ON a.number = r.activity "
        f"WHERE {' AND '.join(conditions)} ORDER BY r.position",
        facts,
    ):
        yield Shown._make((*row[:-1], bool(row[-1])))


def tags(db: sqlite3.Connection, *, known_at: int) -> dict[str, str]:
    """Return every tag that was public so far, spelt as it first was, by its case-folded form.

    One that was since corrected away is still here: its feed has subscribers. One that only ever
    stood in withheld revisions is not: its very name would tell of them.
    """
    found = db.execute(
        "SELECT key, tag FROM (SELECT key, tag, min(position << 20 | ordinal) AS first "
        "FROM tag WHERE position <= :p GROUP BY key) AS given "
        "WHERE EXISTS (SELECT 1 FROM tag AS t CROSS JOIN revision AS r "
        "ON r.activity = t.activity AND r.position < t.until "
        "AND r.until > t.position WHERE t.key = given.key AND t.position <= :p "
        "AND r.position <= :p AND NOT r.withheld) ORDER BY key",
        {"p": known_at},
    )
    return dict(found.fetchall())


def departments_named(db: sqlite3.Connection, *, known_at: int) -> frozenset[str]:
    """Return the codes of all departments named by an activity so far, even if corrected since."""
    found = db.execute("SELECT DISTINCT code FROM participation WHERE position <= ?", (known_at,))
    return frozenset(code for (code,) in found)
