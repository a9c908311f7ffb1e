"""Ids as people type them: any beginning that fits one activity alone."""

import sqlite3
from collections.abc import Iterable

from kalends.domain.errors import ActivityNotFoundError, AmbiguousIdError

_SHORTEST = 4
_NAMED = 8
# Crockford's base32: letters that look like digits are read as digits.
_LOOKALIKES = str.maketrans("oil", "011")


def resolve(db: sqlite3.Connection, prefix: str, *, known_at: int) -> str:
    """Return the id of the one activity that begins so, in either case, o for 0, i and l for 1.

    Raises `ActivityNotFoundError`, or `AmbiguousIdError` with (some of) those found.
    """
    typed = prefix.strip()
    if not typed.isascii() or not typed:
        raise ActivityNotFoundError(name=prefix)
    folded = typed.lower().translate(_LOOKALIKES)
    exact = db.execute(
        "SELECT id FROM activity WHERE id IN (?, ?) AND number <= ?", (typed, folded, known_at)
    ).fetchall()
    found = (
        exact
        or db.execute(
            "SELECT id FROM activity WHERE id >= ? AND id < ? AND number <= ? ORDER BY id LIMIT ?",
            (folded, folded + "\x7f", known_at, _NAMED + 1),
        ).fetchall()
    )
    if not found:
        raise ActivityNotFoundError(name=prefix)
    if len(found) > 1:
        names = ", ".join(one for (one,) in found[:_NAMED])
        raise AmbiguousIdError(text=prefix, found=names if len(found) <= _NAMED else f"{names}, …")
    return str(found[0][0])


def refs(db: sqlite3.Connection, ids: Iterable[str], *, known_at: int) -> dict[str, str]:
    """Return each id's shortest beginning, of at least four characters, that fits it alone."""
    found: dict[str, str] = {}
    for one in ids:
        neighbours = db.execute(
            "SELECT (SELECT id FROM activity WHERE id < :id AND number <= :p ORDER BY id DESC "
            "LIMIT 1), (SELECT id FROM activity WHERE id > :id AND number <= :p ORDER BY id "
            "LIMIT 1)",
            {"id": one, "p": known_at},
        ).fetchone()
        shared = max(_shared(one, other) for other in neighbours)
        found[one] = one[: max(_SHORTEST, shared + 1)]
    return found


def _shared(one: str, other: str | None) -> int:
    pairs = enumerate(zip(one, other or "", strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other or "")))
