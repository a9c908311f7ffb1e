"""Ids as people type them: any beginning that matches only one activity."""

from collections.abc import Iterable

from kalends.domain.ids import SHORTEST, resolved
from kalends.views.database import Views


def resolve(db: Views, text: str, *, known_at: int) -> str:
    """Return the id of the only activity known then that starts so; see `ids.resolved`."""

    def beginning(prefix: str, most: int) -> list[str]:
        found = db.execute(
            "SELECT id FROM activity WHERE id >= ? AND id < ? AND number <= ? ORDER BY id LIMIT ?",
            (prefix, prefix + "\x7f", known_at, most),
        )
        return [str(row[0]) for row in found]

    return resolved(text, beginning)


def refs(db: Views, ids: Iterable[str], *, known_at: int) -> dict[str, str]:
    """Return each id's shortest prefix, of at least four characters, that no other id shares."""
    found: dict[str, str] = {}
    for activity_id in ids:
        neighbours = db.execute(
            "SELECT (SELECT id FROM activity WHERE id < :id AND number <= :p ORDER BY id DESC "
            "LIMIT 1), (SELECT id FROM activity WHERE id > :id AND number <= :p ORDER BY id "
            "LIMIT 1)",
            {"id": activity_id, "p": known_at},
        ).fetchone()
        shared = max(_shared(activity_id, other) for other in neighbours)
        found[activity_id] = activity_id[: max(SHORTEST, shared + 1)]
    return found


def _shared(text: str, other: str | None) -> int:
    pairs = enumerate(zip(text, other or "", strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(text), len(other or "")))
