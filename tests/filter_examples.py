"""Activities of every kind, filters to be tried on them, and what one would pick by hand."""

from datetime import date

from hypothesis import strategies as st

from kalends.domain.commands import (
    CancelActivity,
    CorrectActivity,
    HoldActivity,
    RetractActivity,
)
from kalends.domain.text import fold
from kalends.views.activity_filter import ActivityFilter

DAYS = [f"2020-07-{day:02d}" for day in range(10, 16)]
PLACES = [None, "市政府 大楼", "政府会议室", "ＡB 广场"]
TAGS = [(), ("推进会",), ("Youth", "推进会"), ("youth",)]
CODES = [("tsw",), ("jyj",), ("tsw", "jyj"), ("ms",)]
CHANGES = [None, CancelActivity(reason="雨"), HoldActivity(), RetractActivity(reason="误录")]


def lived_through(ledger):
    """Fill a ledger with activities of every kind."""
    ledger.begin()
    ledger.register("tsw", "团市委")
    ledger.register("jyj", "教育局")
    ledger.register("ms", "民生办", parent="jyj")
    for n in range(96):
        first = DAYS[n % 6]
        last = DAYS[5] if n % 5 == 0 else None
        ledger.by = "li" if n % 3 else "wang"
        ledger.plan(
            f"a{n:011d}",
            f"会{n}",
            ledger.day(first, last) if last else first,
            *CODES[n % 4],
            place=PLACES[n // 4 % 4],
            tags=TAGS[n // 2 % 4],
        )
        if n % 7 == 0:
            ledger.change(f"a{n:011d}", CorrectActivity(title=f"更正会{n}", reason="误"))
        change = CHANGES[n // 8 % 4]
        if change is not None:
            ledger.by = "zhao" if n % 2 else "li"
            ledger.change(f"a{n:011d}", change)
    ledger.plan("a00000000999", "会月", ledger.month("2020-07-01", "2020-07-31"), "jyj")


some = st.frozensets
FILTERS = st.builds(
    ActivityFilter,
    codes=some(st.sampled_from(["tsw", "jyj", "ms", "没有"]), max_size=2),
    tags=some(st.sampled_from(["推进会", "youth", "没有"]), max_size=2),
    places=some(
        st.sampled_from([fold("政府"), fold("ab"), fold("市政府大楼"), "\ud800"]), max_size=2
    ),
    statuses=some(st.sampled_from(["planned", "held", "cancelled", "retracted"]), max_size=2),
    first=st.none() | st.sampled_from([date.fromisoformat(day) for day in DAYS]),
    last=st.none() | st.sampled_from([date.fromisoformat(day) for day in DAYS]),
    by=some(st.sampled_from(["li", "wang", "zhao", "没有"]), max_size=2),
)


def holds(wanted, revisions):
    """Tell whether an activity is what is wanted, looked at by hand."""
    details, status = revisions[-1].details, revisions[-1].status
    when, place = details.when, fold(details.place or "")
    return (
        (not wanted.codes or any(part.code in wanted.codes for part in details.departments))
        and (not wanted.tags or any(fold(tag) in wanted.tags for tag in details.tags))
        and (not wanted.places or any(part in place for part in wanted.places))
        and (not wanted.statuses or status in wanted.statuses)
        and (wanted.first is None or when.last_day >= wanted.first)
        and (wanted.last is None or when.first_day <= wanted.last)
        and (not wanted.by or any(revision.by in wanted.by for revision in revisions))
    )
