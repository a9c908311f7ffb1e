"""The acts of a handle, and which is the last that still stands."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from kalends.domain.events import ClockCorrected
from kalends.domain.undo_acts import undone_act
from kalends.views.database import Views
from kalends.views.schema import OPEN

# 0.1.0 did not name the act that it undid; without a reason it wrote this text.
_UNNAMED = re.compile("position ([0-9]+) was undone|撤回序号 ([0-9]+) 的操作")


class StandingAct(NamedTuple):
    """The positions of an act's events, and the acts passed on the way that no longer stand."""

    positions: tuple[int, ...]
    passed: frozenset[str]


def last_standing(
    db: Views, by: str, *, known_at: int, hidden: Collection[str] = ()
) -> StandingAct:
    """Return a handle's last act that was not undone and is no undo itself; empty without one.

    A correction of the clock is skipped, because later times depend on it. An act that changed
    nothing but `hidden` streams is skipped too.
    """
    passed: set[str] = set()
    rows = db.execute(
        "SELECT e.act, e.stream, r.reason FROM entry AS e "
        "LEFT JOIN revision AS r ON r.position = e.position "
        'WHERE e."by" = ? AND e.position <= ? AND e.topic <> ? ORDER BY e.position DESC',
        (by, known_at, ClockCorrected.TOPIC),
    )
    for act, stream, reason in rows:
        if act in passed:
            continue
        undone = undone_act(act) or _undone_by_reason(db, by, reason)
        if undone is None and stream in hidden:
            continue
        if undone is None:
            return StandingAct(tuple(positions(db, act, by, known_at)), frozenset(passed))
        passed |= {act, undone}
    return StandingAct((), frozenset(passed))


def marked(db: Views, by: str, mark: str) -> tuple[str, list[int]] | None:
    """Return the act of a handle whose id begins with a mark, and the positions of its events.

    An act that undoes another bears its mark behind the other's id. None if there is no such act.
    """
    rows = db.execute(
        "SELECT act, position FROM entry WHERE ((act >= :mark AND act < :mark || '~') "
        "OR (act >= 'undo-' AND act < 'undo.' AND instr(act, '-' || :mark) > 5)) "
        'AND "by" = :by ORDER BY position',
        {"mark": mark, "by": by},
    ).fetchall()
    return (str(rows[0][0]), [int(position) for _, position in rows]) if rows else None


def position_of(db: Views, stream: str, version: int) -> int:
    """Return the position of an event of a stream; 0 when there is none."""
    found = db.execute(
        "SELECT position FROM entry WHERE stream = ? AND version = ?", (stream, version)
    ).fetchone()
    return 0 if found is None else int(found[0])


def naming(db: Views, code: str) -> Iterator[str]:
    """Yield the activities that currently name a department and are not retracted."""
    rows = db.execute(
        "SELECT a.id FROM participation AS p CROSS JOIN revision AS r ON r.position = p.position "
        "CROSS JOIN activity AS a ON a.number = r.activity "
        "WHERE p.code = ? AND p.until = ? AND r.status <> 'retracted' ORDER BY a.number",
        (code, OPEN),
    )
    for (found,) in rows:
        yield found


def _undone_by_reason(db: Views, by: str, reason: str | None) -> str | None:
    match = None if reason is None else _UNNAMED.fullmatch(reason)
    if match is None:
        return None
    found = db.execute(
        'SELECT act FROM entry WHERE position = ? AND "by" = ?', (int(match[1] or match[2]), by)
    ).fetchone()
    return None if found is None else str(found[0])


def positions(db: Views, act: str, by: str, known_at: int) -> Iterator[int]:
    """Yield the positions of the events of a handle's act, up to a position, in order."""
    rows = db.execute(
        'SELECT position FROM entry WHERE act = ? AND "by" = ? AND position <= ? '
        "ORDER BY position",
        (act, by, known_at),
    )
    for (position,) in rows:
        yield position
