"""The departments and the campaign, as they were at a position."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from kalends.domain.campaign import Campaign
from kalends.domain.campaign_settings import Settings
from kalends.domain.department import Department
from kalends.domain.roster import Roster
from kalends.domain.text import fold
from kalends.views.database import Views
from kalends.views.moment import moment_of
from kalends.views.schema import OPEN
from kalends.views.state import decode, encode


def roster(db: Views, *, known_at: int) -> Roster:
    """Return the roster as known at a position, departments in the order of registration."""
    departments: dict[str, Department] = {}
    owners: dict[str, str] = {}
    for code, state in db.execute(
        "SELECT code, state FROM department WHERE position <= :p AND :p < until "
        "ORDER BY registered",
        {"p": known_at},
    ):
        departments[code] = department = decode(Department, state)
        owners.update((fold(name), code) for name in department.called)
    return Roster(departments=departments, owners=owners)


def campaign(db: Views, *, known_at: int) -> Campaign | None:
    """Return the campaign as known at a position, None before it was opened."""
    found = db.execute(
        "SELECT id, settings FROM campaign WHERE position <= :p AND :p < until", {"p": known_at}
    ).fetchone()
    return None if found is None else Campaign(id=found[0], settings=decode(Settings, found[1]))


class FeedFormat(NamedTuple):
    """A feed format, and the event that chose it: its position and when it was recorded."""

    position: int
    at: datetime
    number: int


def feed_formats(db: Views, *, known_at: int) -> list[FeedFormat]:
    """Return the campaign's feed formats in order; the first is the one it started with."""
    found: list[FeedFormat] = []
    for position, at, settings in db.execute(
        "SELECT c.position, e.at, c.settings FROM campaign AS c CROSS JOIN entry AS e "
        "ON e.position = c.position WHERE c.position <= ? ORDER BY c.position",
        (known_at,),
    ):
        number = decode(Settings, settings).feed_format
        if not found or number != found[-1].number:
            found.append(FeedFormat(position, moment_of(at), number))
    return found


def relations(db: Views, *, known_at: int) -> frozenset[tuple[str, str]]:
    """Return every pair of a department and one it ever belonged to or was merged into."""
    found = db.execute(
        "SELECT DISTINCT code, json_extract(CAST(state AS TEXT), '$.' || which.value) AS above "
        'FROM department CROSS JOIN json_each(\'["parent", "merged_into"]\') AS which '
        "WHERE position <= ? AND above IS NOT NULL",
        (known_at,),
    )
    return frozenset(found.fetchall())


def changes_of(db: Views, codes: Collection[str], *, known_at: int) -> list[int]:
    """Return the positions at which departments with these codes changed."""
    found = db.execute(
        "SELECT position FROM department WHERE position <= ? "
        "AND code IN (SELECT value FROM json_each(?)) ORDER BY position",
        (known_at, json.dumps(sorted(codes))),
    )
    return [position for (position,) in found]


def turning_points(db: Views, *, known_at: int) -> list[int]:
    """Return the positions at which roster or campaign changed, in order.

    Between two of them both stay the same, and so does what was made from them.
    """
    found = db.execute(
        "SELECT position FROM department WHERE position <= :p "
        "UNION SELECT position FROM campaign WHERE position <= :p ORDER BY 1",
        {"p": known_at},
    )
    return [position for (position,) in found]


def changed_at(db: Views, code: str, *, known_at: int) -> list[int]:
    """Return the positions at which a department changed, in order."""
    found = db.execute(
        "SELECT position FROM department WHERE code = ? AND position <= ? ORDER BY position",
        (code, known_at),
    )
    return [position for (position,) in found]


def keep_department(db: Views, department: Department, *, position: int) -> None:
    """Write a department's state from a position on."""
    code = department.code
    known = db.execute("SELECT registered FROM department WHERE code = ?", (code,)).fetchone()
    db.execute(
        "UPDATE department SET until = ? WHERE code = ? AND until = ?", (position, code, OPEN)
    )
    registered = position if known is None else known[0]
    db.execute(
        "INSERT INTO department VALUES (?, ?, ?, ?, ?)",
        (position, OPEN, registered, code, encode(department)),
    )


def keep_campaign(db: Views, campaign: Campaign, *, position: int) -> None:
    """Write the campaign's state from a position on."""
    db.execute("UPDATE campaign SET until = ? WHERE until = ?", (position, OPEN))
    db.execute(
        "INSERT INTO campaign VALUES (?, ?, ?, ?)",
        (position, OPEN, campaign.id, encode(campaign.settings)),
    )
