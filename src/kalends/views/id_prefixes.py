"""Ids as people type them: any beginning that matches only one activity."""

from collections.abc import Iterable

from kalends.domain.ids import SHORTEST, resolved
from kalends.views.activity_filter import EVERY, ActivityFilter, joined
from kalends.views.database import Views
from kalends.views.revision import STANDING


def resolve(db: Views, text: str, *, known_at: int, wanted: ActivityFilter = EVERY) -> str:
    """Return the id of the only activity known then whose id starts so; see `ids.resolved`.

    What a filter does not match counts as if it did not exist.
    """
    standing = joined("r.activity = a.number", STANDING, wanted=wanted)
    which = f" AND EXISTS (SELECT 1 FROM revision AS r WHERE {standing})"  # noqa: S608 - our own words

    def beginning(prefix: str, most: int) -> list[str]:
        found = db.execute(
            "SELECT a.id FROM activity AS a WHERE a.id >= :prefix AND a.id < :behind "  # noqa: S608 - our own words
            f"AND a.number <= :p{which if wanted.conditions else ''} ORDER BY a.id LIMIT :most",
            {
                **wanted.parameters,
                "prefix": prefix,
                "behind": f"{prefix}\x7f",
                "p": known_at,
                "most": most,
            },
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
