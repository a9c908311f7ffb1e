"""The tags that were ever public: each has a feed."""

from kalends.views.database import Views

_TAGS = """
    WITH RECURSIVE given (key) AS (
        SELECT min(key) FROM tag
        UNION ALL
        SELECT (SELECT min(key) FROM tag WHERE key > given.key) FROM given WHERE key IS NOT NULL)
    SELECT key, (
        SELECT tag FROM tag WHERE key = given.key AND position <= :p
        ORDER BY position, ordinal LIMIT 1)
    FROM given WHERE EXISTS (
        SELECT 1 FROM tag AS t CROSS JOIN revision AS r ON r.activity = t.activity
            AND r.position < t.until AND r.until > t.position
        WHERE t.key = given.key AND t.position <= :p AND r.position <= :p AND NOT r.withheld)
    ORDER BY key"""


def tags(db: Views, *, known_at: int) -> dict[str, str]:
    """Return every tag that was ever public, as it was first written, by its folded form.

    A tag that was corrected away since is included, because its feed has subscribers. A tag that
    was only in withheld revisions is not: its name would give them away.
    """
    return dict(db.execute(_TAGS, {"p": known_at}).fetchall())


def tag_variants(db: Views, *, known_at: int) -> list[tuple[str, str, int]]:
    """Return other forms of tags, in another width of letters, that were ever public.

    Each with its folded form, and the position from which it was public.
    """
    first = tags(db, known_at=known_at)
    # Few campaigns have any, so only these are looked up.
    forms = [
        (key, tag)
        for key, tag in db.execute("SELECT DISTINCT key, tag FROM tag")
        if key in first and tag.casefold() != first[key].casefold()
    ]
    public = sorted(
        (since, key, tag)
        for key, tag in forms
        if 0 < (since := tag_since(db, key, tag)) <= known_at
    )
    found: dict[tuple[str, str], tuple[str, int]] = {}
    for since, key, tag in public:
        found.setdefault((key, tag.casefold()), (tag, since))
    return [(key, tag, since) for (key, _), (tag, since) in found.items()]


def tag_since(db: Views, key: str, tag: str | None = None) -> int:
    """Return the position from which a folded tag is public, 0 when it never was.

    With `tag`, in this form.
    """
    (found,) = db.execute(
        "SELECT min(max(t.position, r.position)) FROM tag AS t "
        "CROSS JOIN revision AS r ON r.activity = t.activity "
        "AND r.position < t.until AND r.until > t.position "
        "WHERE t.key = ? AND t.tag = coalesce(?, t.tag) AND NOT r.withheld",
        (key, tag),
    ).fetchone()
    return found or 0
