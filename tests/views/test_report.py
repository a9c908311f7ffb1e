"""The figures of a report are those that somebody would count by hand."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter_examples import FILTERS, holds, lived_through
from kalends.domain.commands import CloseDepartment, ReopenDepartment
from kalends.domain.events import ROSTER
from kalends.views import activities
from kalends.views.activity_filter import ActivityFilter
from kalends.views.report import report
from kalends.views.report_figures import Figures

TODAY = date(2020, 7, 20)


@pytest.fixture(scope="module")
def lived(new_ledger):
    ledger = new_ledger()
    lived_through(ledger)
    ledger.register("empty", "空局")
    return ledger


def corrected(history, undone):
    """Tell whether an activity was corrected, and that was not undone."""
    return any(
        revision.topic == "activity.corrected"
        and not revision.act.startswith("undo-")
        and f"undo-{revision.act}" not in undone
        for revision in history
    )


def counted(histories, late):
    """Return the figures of activities, counted by hand."""
    undone = {revision.act for history in histories for revision in history}
    statuses = Counter(history[-1].status for history in histories)
    return Figures(
        activities=len(histories),
        held=statuses["held"] + statuses["recorded"],
        planned=statuses["planned"],
        cancelled=statuses["cancelled"],
        late=sum(history[-1].id in late for history in histories),
        corrected=sum(corrected(history, undone) for history in histories),
    )


@pytest.mark.campaign
@given(wanted=FILTERS, known_at=st.integers(5, 160), days=st.integers(-140, -125))
def test_the_figures_are_those_counted_by_hand(lived, wanted, known_at, days):
    db = lived.views()
    found = report(db, wanted, known_at=known_at, days=days, today=TODAY)
    histories = [
        history
        for history in activities.histories(db, range(1, known_at + 1), known_at=known_at)
        if history[-1].status != "retracted" and holds(wanted, history)
    ]
    late = {entry.revision.id for entry in activities.recorded_late(db, days, known_at=known_at)}
    by_code, by_week, undated = {}, {}, []
    for history in histories:
        details = history[-1].details
        for part in details.departments:
            by_code.setdefault(part.code, []).append(history)
        day = max(details.when.first_day, wanted.first or date.min)
        if details.when.is_coarse:
            undated.append(history)
        else:
            by_week.setdefault(day - timedelta(days=day.weekday()), []).append(history)

    assert found.total == counted(histories, late)
    assert {department.code: figures for department, figures in found.departments} == {
        code: counted(some, late) for code, some in by_code.items()
    }
    assert {monday: week for monday, week in found.weeks if week.activities} == {
        monday: counted(some, late) for monday, some in by_week.items()
    }
    assert found.undated == counted(undated, late)
    assert [figures.activities for _, figures in found.departments] == sorted(
        (len(some) for some in by_code.values()), reverse=True
    )


def test_the_silent_are_those_without_any_activity_their_children_s_included(lived):
    db, last = lived.views(), len(lived.entries)

    def silent(**asked):
        found = report(db, ActivityFilter(**asked), known_at=last, days=3, today=TODAY)
        return [department.code for department in found.silent]

    assert silent() == ["empty"]
    assert silent(first=date(2021, 1, 1), last=date(2021, 1, 31)) == ["tsw", "jyj", "ms", "empty"]
    assert silent(codes=frozenset({"tsw", "empty"})) == ["empty"]
    for some in ({"tags": {"推进会"}}, {"places": {"x"}}, {"statuses": {"held"}}, {"by": {"li"}}):
        asked = {name: frozenset(values) for name, values in some.items()}
        assert silent(**asked) == []  # others may have recorded much that was not asked for


def test_who_was_not_there_is_not_silent(new_ledger):
    ledger = new_ledger()
    ledger.begin()
    ledger.register("old", "旧局")
    ledger.register("tsw", "团市委")
    ledger.tell(ROSTER, CloseDepartment(code="old", on=date(2020, 7, 10)))
    closed = len(ledger.entries)
    ledger.tell(ROSTER, ReopenDepartment(code="old", on=date(2020, 7, 20)))
    db = ledger.views()

    def silent(known_at, first, last):
        asked = ActivityFilter(first=date(2020, 7, first), last=date(2020, 7, last))
        found = report(db, asked, known_at=known_at, days=3, today=TODAY)
        return [department.code for department in found.silent]

    assert silent(closed, 1, 9) == ["old", "tsw"]
    assert silent(closed, 9, 12) == ["old", "tsw"]
    assert silent(closed, 10, 12) == ["tsw"]
    assert silent(len(ledger.entries), 10, 19) == ["tsw"]
    assert silent(len(ledger.entries), 10, 31) == ["old", "tsw"]


def test_weeks_without_anything_are_there_unless_there_are_too_many(ledger):
    ledger.record("a00000000001", "会", "2020-07-01")
    ledger.record("a00000000002", "会", "2020-07-22")
    db, last = ledger.views(), len(ledger.entries)

    def mondays(**asked):
        found = report(db, ActivityFilter(**asked), known_at=last, days=3, today=TODAY)
        return [f"{monday:%m-%d}" for monday, _ in found.weeks]

    assert mondays() == ["06-29", "07-06", "07-13", "07-20"]
    assert mondays(first=date(2020, 7, 20), last=date(2020, 7, 27)) == ["07-20", "07-27"]
    assert mondays(last=date(2025, 1, 1)) == ["06-29", "07-20"]


def test_of_nothing_there_is_a_report_too(new_ledger):
    ledger = new_ledger()
    found = report(ledger.views(), ActivityFilter(), known_at=0, days=3, today=TODAY)
    assert (found.title, found.total, found.weeks, found.silent) == ("", Figures(), [], [])
    assert replace(found, days=4).days == 4
