"""The departments and the campaign, as they stood at a position."""

import sqlite3

from kalends.domain.campaign import Campaign
from kalends.domain.roster import Department, Roster
from kalends.domain.settings import Settings
from kalends.domain.text import fold
from kalends.views.schema import OPEN
from kalends.views.state import decode, encode


def roster(db: sqlite3.Connection, *, known_at: int) -> Roster:
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


def campaign(db: sqlite3.Connection, *, known_at: int) -> Campaign | None:
    """Return the campaign as known at a position, None before it was opened."""
    found = db.execute(
        "SELECT id, settings FROM campaign WHERE position <= :p AND :p < until", {"p": known_at}
    ).fetchone()
    return None if found is None else Campaign(id=found[0], settings=decode(Settings, found[1]))


def turning_points(db: sqlite3.Connection, *, known_at: int) -> list[int]:
    """Return the positions at which roster or campaign changed, in order.

    Between two of them both stand still: what was made from them holds.
    """
    found = db.execute(
        "SELECT position FROM department WHERE position <= :p "
        "UNION SELECT position FROM campaign WHERE position <= :p ORDER BY 1",
        {"p": known_at},
    )
    return [position for (position,) in found]


def keep_department(db: sqlite3.Connection, department: Department, *, position: int) -> None:
    """Write how a department stands from a position on."""
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


def keep_campaign(db: sqlite3.Connection, campaign: Campaign, *, position: int) -> None:
    """Write how the campaign stands from a position on."""
    db.execute("UPDATE campaign SET until = ? WHERE until = ?", (position, OPEN))
    db.execute(
        "INSERT INTO campaign VALUES (?, ?, ?, ?)",
        (position, OPEN, campaign.id, encode(campaign.settings)),
    )
