"""A filter finds what a reader would pick by hand, wherever it is used."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.domain.commands import CancelActivity, HoldActivity, RetractActivity
from kalends.domain.text import fold
from kalends.views import activities, entries
from kalends.views.activity_filter import ActivityFilter
from kalends.views.search import matching

DAYS = [f"2020-07-{day:02d}" for day in range(10, 16)]
PLACES = [None, "市政府 大楼", "政府会议室", "ＡB 广场"]
TAGS = [(), ("推进会",), ("Youth", "推进会"), ("youth",)]
CODES = [("tsw",), ("jyj",), ("tsw", "jyj"), ("ms",)]
CHANGES = [None, CancelActivity(reason="雨"), HoldActivity(), RetractActivity(reason="误录")]


@pytest.fixture(scope="module")
def lived(new_ledger):
    """Return a ledger with an activity of each kind, and views of all of it."""
    ledger = new_ledger()
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
        change = CHANGES[n // 8 % 4]
        if change is not None:
            ledger.by = "zhao" if n % 2 else "li"
            ledger.change(f"a{n:011d}", change)
    return ledger


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


@given(wanted=FILTERS, known_at=st.integers(5, 150))
def test_every_list_finds_what_one_would_pick_by_hand(lived, wanted, known_at):
    db = lived.views()
    stories = [
        [item for item in story if item.position <= known_at]
        for story in activities.histories(db, range(1, known_at + 1), known_at=known_at)
    ]
    picked = {story[-1].id: story[-1] for story in stories if holds(wanted, story)}
    kept = {
        name
        for name, item in picked.items()
        if item.status != "retracted" or wanted.wants_retracted
    }
    asked = {"known_at": known_at, "wanted": wanted}
    of_tsw = {
        name
        for name, item in picked.items()
        if any(part.code == "tsw" for part in item.details.departments)
    }

    found = [item.id for item in activities.by_day(db, wanted.first, wanted.last, **asked)]
    assert (set(found), len(found)) == (kept, len(kept))
    assert {found.id for found in matching(db, "会", **asked)} == picked.keys()
    assert {found.id for found, _ in activities.history(db, {"tsw"}, **asked)} == of_tsw
    assert activities.count_in_history(db, {"tsw"}, **asked) == len(of_tsw)
    late = [item.revision.id for item in activities.told_late(db, -200, **asked)]
    assert set(late) == {name for name, item in picked.items() if item.status == "held"}


@given(wanted=FILTERS, known_at=st.integers(5, 150))
def test_the_events_found_are_those_of_what_is_found(lived, wanted, known_at):
    db = lived.views()
    of_activities = {
        item.position
        for story in activities.histories(db, range(1, known_at + 1), known_at=known_at)
        if holds(_anybody(wanted), story)
        for item in story
    }
    nothing_else = _anybody(wanted) == ActivityFilter()
    expected = []
    for entry in lived.entries[:known_at]:
        is_asked = (
            nothing_else
            or entry.position in of_activities
            or (
                _anybody(wanted) == ActivityFilter(codes=wanted.codes)
                and getattr(entry.event, "code", None) in wanted.codes
            )
        )
        if is_asked and (not wanted.by or entry.event.by in wanted.by):
            expected.append(entry.position)

    assert list(entries.positions_of(db, wanted, known_at=known_at)) == expected


def _anybody(wanted):
    return replace(wanted, by=frozenset())
