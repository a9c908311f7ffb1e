"""Since which position of the log each feed stands as it is."""

import sqlite3

from kalends.feeds.selection import Feed

# What takes part in a revision of these, or took part in the one that it replaced.
_NAMED = """
    SELECT {key}, max(position) FROM (
        SELECT {key}, position FROM {table} WHERE position > :after AND position <= :p
        UNION ALL
        SELECT named.{key}, made.position FROM revision AS made
            CROSS JOIN revision AS before
            CROSS JOIN {table} AS named ON named.position = before.position
        WHERE made.position > :after AND made.position <= :p AND made.version > 1
            AND before.activity = made.activity AND before.until = made.position)
    GROUP BY {key}"""


class Since:
    """What happened after one position, up to another, by what feeds depend on."""

    def __init__(self, db: sqlite3.Connection, *, after: int, known_at: int) -> None:
        """Look through what happened; after 0, through all of it."""
        self._db = db
        self._facts = {"after": after, "p": known_at}
        self._campaign = self._last("campaign")
        self._roster = self._last("department")
        self._revision = self._last("revision")
        self._codes = self._named("participation", "code")
        self._tags = self._named("tag", "key")

    def of(self, feed: Feed) -> int:
        """Return the last position at which anything happened that a feed may depend on, or 0.

        Its octets do not change between that position and the next such one.
        """
        match feed.kind:
            case "all":
                return max(self._campaign, self._revision)
            case "department":
                named = (self._codes.get(code, 0) for code in feed.codes)
                return max(self._campaign, self._roster, *named)
            case "tag":
                return max(self._campaign, self._tags.get(feed.key, 0))

    def _last(self, table: str) -> int:
        (found,) = self._db.execute(
            f"SELECT max(position) FROM {table} WHERE position > :after AND position <= :p",  # noqa: S608 - our own words
            self._facts,
        ).fetchone()
        return found or 0

    def _named(self, table: str, key: str) -> dict[str, int]:
        statement = _NAMED.format(table=table, key=key)
        return dict(self._db.execute(statement, self._facts).fetchall())
