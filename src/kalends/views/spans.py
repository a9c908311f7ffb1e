"""On which days each department has something: activities with the same days are one span."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from kalends.views.activity_filter import EVERY, ActivityFilter, joined
from kalends.views.database import Views
from kalends.views.revision import STANDING

Kind = Literal["coarse", "exact", "off"]


class Span(NamedTuple):
    """How many activities of a department are from one day to another.

    `kind` is `coarse` where only the month is known, or less, and `off` for what is cancelled or
    retracted.
    """

    code: str
    first: date
    last: date
    kind: Kind
    activities: int


def spans(
    db: Views, first: date, last: date, *, known_at: int, wanted: ActivityFilter = EVERY
) -> Iterator[Span]:
    """Yield the spans that touch some days, by department and first day."""
    there = "TRUE" if wanted.wants_retracted else "r.status <> 'retracted'"
    touched = ("r.first_day <= :last", "r.last_day >= :first")
    conditions = joined(*wanted.quickly, STANDING, there, *touched, wanted=wanted)
    found = db.execute(
        "SELECT n.code, r.first_day, r.last_day, "  # noqa: S608 - our own words
        "CASE WHEN r.status IN ('cancelled', 'retracted') THEN 'off' "
        "WHEN r.coarse THEN 'coarse' ELSE 'exact' END "
        "AS kind, count(*) FROM revision AS r CROSS JOIN participation AS n "
        f"ON n.position = r.position WHERE {conditions} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
        {
            **wanted.parameters,
            "p": known_at,
            "first": first.isoformat(),
            "last": last.isoformat(),
        },
    )
    for code, begins, ends, kind, count in found:
        yield Span(code, date.fromisoformat(begins), date.fromisoformat(ends), kind, count)
