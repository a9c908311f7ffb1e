"""A filter finds what a reader would pick by hand, wherever it is used."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter_examples import FILTERS, holds, lived_through
from kalends.views import activities, days, entries
from kalends.views.activity_filter import ActivityFilter
from kalends.views.search import matching


@pytest.fixture(scope="module")
def lived(new_ledger):
    """Return a ledger with activities of every kind."""
    ledger = new_ledger()
    lived_through(ledger)
    return ledger


def test_places_in_a_list_are_those_of_the_list(lived):
    db, asked = (
        lived.views(),
        {"known_at": 150, "wanted": ActivityFilter(tags=frozenset({"推进会"}))},
    )
    by_day = [item.position for item in activities.by_day(db, None, None, **asked)]
    history = [item.position for item, _ in activities.history(db, {"tsw"}, **asked)]

    assert len(by_day) > len(history) > 0
    assert list(days.in_order(db, None, None, **asked)) == by_day
    assert list(activities.history_in_order(db, {"tsw"}, **asked)) == history


@pytest.mark.campaign
@given(wanted=FILTERS, known_at=st.integers(5, 150))
def test_every_list_finds_what_one_would_pick_by_hand(lived, wanted, known_at):
    db = lived.views()
    histories = [
        [item for item in history if item.position <= known_at]
        for history in activities.histories(db, range(1, known_at + 1), known_at=known_at)
    ]
    picked = {history[-1].id: history[-1] for history in histories if holds(wanted, history)}
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
    late = [item.revision.id for item in activities.recorded_late(db, -200, **asked)]
    assert set(late) == {name for name, item in picked.items() if item.status == "held"}


@pytest.mark.campaign
@given(wanted=FILTERS, known_at=st.integers(5, 150))
def test_the_events_found_are_those_of_what_is_found(lived, wanted, known_at):
    db = lived.views()
    of_activities = {
        item.position
        for history in activities.histories(db, range(1, known_at + 1), known_at=known_at)
        if holds(_anybody(wanted), history)
        for item in history
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


@pytest.mark.campaign
@given(wanted=FILTERS, ends=st.lists(st.integers(0, 150), min_size=2, max_size=2).map(sorted))
def test_a_difference_holds_what_was_wanted_at_one_of_its_ends(lived, wanted, ends):
    db, (first, last) = lived.views(), ends
    picked = []
    for before, after, between in activities.changes_between(db, first, last):
        states = [state for state in (before, after) if state is not None]
        is_by = not wanted.by or any(revision.by in wanted.by for revision in between)
        if is_by and any(holds(_anybody(wanted), [state]) for state in states):
            picked.append((before, after, between))

    assert list(activities.changes_between(db, first, last, wanted=wanted)) == picked
    assert activities.count_changed(db, first, last, wanted=wanted) == len(picked)


def _anybody(wanted):
    return replace(wanted, by=frozenset())
