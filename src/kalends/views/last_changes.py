"""When each department and tag, the campaign, the roster and the clock last changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from kalends.domain.events import ClockCorrected
from kalends.views.database import Views

# What takes part in these revisions, or took part in those they replaced.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LastChanges:
    """The last position at which each of these changed; 0 or missing when it did not.

    `codes` and `tags` (folded) belong to the activities' departments and tags, including what was
    corrected out of an activity. `clock` is a correction of the clock: it changes what counts as
    late.
    """

    campaign: int
    roster: int
    activities: int
    codes: Mapping[str, int]
    tags: Mapping[str, int]
    clock: int = 0


def last_changes(db: Views, *, after: int, known_at: int) -> LastChanges:
    """Collect what changed after a position; after 0, everything."""
    asked = {"after": after, "p": known_at}

    def last(table: str) -> int:
        statement = f"SELECT max(position) FROM {table} WHERE position > :after AND position <= :p"  # noqa: S608 - our own words
        (found,) = db.execute(statement, asked).fetchone()
        return found or 0

    def named(table: str, key: str) -> dict[str, int]:
        return dict(db.execute(_NAMED.format(table=table, key=key), asked).fetchall())

    return LastChanges(
        campaign=last("campaign"),
        roster=last("department"),
        activities=last("revision"),
        codes=named("participation", "code"),
        tags=named("tag", "key"),
        clock=_clock(db, asked),
    )


def _clock(db: Views, asked: Mapping[str, object]) -> int:
    statement = (
        "SELECT max(position) FROM entry "
        "WHERE position > :after AND position <= :p AND topic = :topic"
    )
    (found,) = db.execute(statement, {**asked, "topic": ClockCorrected.TOPIC}).fetchone()
    return found or 0
