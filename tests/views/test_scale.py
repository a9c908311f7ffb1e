"""What a person asks daily costs no more when the log is long: indexes, and rows read one by one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.domain.commands import CorrectActivity, HoldActivity, MoveActivity, RetractActivity
from kalends.views import activities, acts, changes, days, entries, revision
from kalends.views import search as searching
from views.listed import agenda, late

TODAY = date(2020, 7, 20)
FEW, MANY = 400, 2400
# What SQLite says of a constant, of a list that is given, and of the index of pairs.
_HARMLESS = ("SCAN CONSTANT ROW", "SCAN wanted VIRTUAL", "SCAN json_each", "SCAN pairs VIRTUAL")


def filled(ledger, count):
    """Return views of so many activities, a few of them on each day, and a small department."""
    ledger.register("cgj", "城管局")
    ledger.register("small", "小局")
    for n in range(count):
        when = ledger.day(f"{TODAY + timedelta(days=n // 4 - count // 8)}")
        if n % (count // 10) == 5:  # few last for days: those that are to come are looked through
            when = ledger.day(f"{when.first_day}", f"{when.first_day + timedelta(days=3)}")
        code = "small" if n % (count // 10) == 0 else "cgj"
        name = f"{n:04d}abcdefgh"
        if n % 2:
            ledger.plan(name, "会", when, code)
        else:
            ledger.record(name, "会", when, code)
        if n % 10 == 1:
            ledger.change(name, HoldActivity())
        if n % 10 == 2:
            ledger.change(name, CorrectActivity(title="推进会", reason="错"))
    return ledger.views()


@pytest.fixture(scope="module")
def sizes(new_ledger):
    made = []
    for count in (FEW, MANY):
        ledger = new_ledger()
        ledger.begin()
        ledger.at = datetime(2020, 7, 20, 1, 0, tzinfo=UTC)
        made.append((filled(ledger, count), len(ledger.entries), ledger.at))
    new_ledger.opened.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(revision, "_AT_ONCE", 10)
        patch.setattr(changes, "_AT_ONCE", 10)
        yield made
    for db, *_ in made:
        db.close()


ASKED = {
    "coming": lambda db, p, _: islice(days.coming(db, TODAY, TODAY, known_at=p).each, 5),
    "coming, counted": lambda db, p, _: days.coming(db, TODAY, TODAY, known_at=p).count,
    "agenda": lambda db, p, _: islice(days.by_day(db, TODAY, known_at=p), 10),
    "agenda of a day": lambda db, p, _: days.by_day(db, TODAY, TODAY, known_at=p),
    "agenda, all": lambda db, p, _: islice(days.by_day(db, known_at=p), 10),
    "last changes": lambda db, p, _: activities.latest(db, known_at=p, limit=5),
    "late": lambda db, p, _: islice(activities.recorded_late(db, 3, known_at=p), 5),
    "diff": lambda db, p, _: activities.changes_between(db, p - 10, p),
    "diff, counted": lambda db, p, _: activities.count_changed(db, p - 10, p),
    "diff of all": lambda db, p, _: islice(activities.changes_between(db, 0, p), 5),
    "history": lambda db, p, _: activities.history(db, ["small"], known_at=p),
    "history as known": lambda db, p, _: activities.history(db, ["small"], known_at=p // 2),
    "history, counted": lambda db, p, _: activities.count_in_history(db, ["small"], known_at=p),
    "position at a moment": lambda db, _, at: entries.position_at(db, at - timedelta(minutes=90)),
    "last act": lambda db, p, _: acts.last_standing(db, "li", known_at=p),
}  # fmt: skip


def plans(db, ask, word=""):
    """Return what SQLite would do for each statement that this executes."""
    said = []
    db.set_trace_callback(said.append)
    found = ask()
    if isinstance(found, Iterator):
        list(found)
    db.set_trace_callback(None)
    return [
        step
        for statement in said
        if word in statement
        and not statement.startswith("--")  # what the index of pairs asks itself
        for *_, step in db.execute(f"EXPLAIN QUERY PLAN {statement}")
        if not step.startswith(_HARMLESS)
    ]


def steps(db, ask):
    """Return how many steps SQLite's machine takes, in tens."""
    taken = 0

    def step():
        nonlocal taken
        taken += 1

    db.set_progress_handler(step, 10)
    found = ask()
    if isinstance(found, Iterator):
        list(found)
    db.set_progress_handler(None, 0)
    return taken


@pytest.mark.parametrize("name", [question for question in ASKED if question != "agenda, all"])
def test_what_is_asked_daily_is_found_by_an_index(sizes, name):
    db, position, at = sizes[0]
    found = plans(db, lambda: ASKED[name](db, position, at))
    assert found
    assert not [step for step in found if step.startswith("SCAN")]


def test_the_whole_agenda_is_read_in_the_order_of_an_index(sizes):
    db, position, _ = sizes[0]
    found = plans(db, lambda: days.by_day(db, known_at=position))
    assert "SCAN r USING INDEX revision_day" in found
    assert "USE TEMP B-TREE FOR ORDER BY" not in found


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_daily_costs_the_same_in_a_long_log(sizes, name):
    few, many = (steps(db, lambda d=db, p=p, a=at: ASKED[name](d, p, a)) for db, p, at in sizes)
    assert many <= 1.3 * few + 20, (few, many)


@pytest.mark.parametrize("which", ["count", "overdue"])
def test_only_counting_reads_all_and_only_an_index(sizes, which):
    db, position, _ = sizes[1]
    asked = {
        "count": lambda: days.count(db, known_at=position),
        "overdue": lambda: days.overdue(db, TODAY, known_at=position).count,
    }
    found = [plan for plan in plans(db, asked[which], "count(*)") if "SUBQUERY" not in plan]
    assert found
    assert all(
        "SEARCH" in step and ("COVERING INDEX" in step or "PRIMARY KEY" in step) for step in found
    ), found


def test_search_reads_what_a_word_holds_and_nothing_else(sizes):
    (few, p, _), (many, q, _) = sizes
    found = plans(few, lambda: searching.matching(few, "小局 推进", known_at=p))
    assert not [step for step in found if step.startswith("SCAN")]
    ours = steps(few, lambda: searching.matching(few, "小局", known_at=p))
    theirs = steps(many, lambda: searching.matching(many, "小局", known_at=q))
    assert theirs <= 1.3 * ours + 20


def test_a_search_for_more_words_than_a_query_holds_finds_what_holds_all(ledger):
    words = [f"字{n:03d}" for n in range(150)]
    ledger.record("aaaa11112222", description=" ".join(words))
    ledger.record("bbbb11112222", description=" ".join(words[:-1]))
    found = searching.search(ledger.views(), " ".join(words), known_at=4)
    assert [revision.id for revision in found] == ["aaaa11112222"]


@pytest.mark.campaign
@given(st.data())
def test_counts_are_of_what_is_listed(new_ledger, data):
    ledger = new_ledger()
    ledger.begin()
    ledger.register("tsw", "团市委")
    for n in range(data.draw(st.integers(1, 6))):
        first = TODAY + timedelta(days=data.draw(st.integers(-3, 3)))
        last = first + timedelta(days=data.draw(st.integers(0, 4)))
        name = f"{n:04d}abcdefgh"
        when = ledger.day(f"{first}", f"{last}")
        (ledger.plan if data.draw(st.booleans()) else ledger.record)(name, "会", when)
        match data.draw(st.integers(0, 3)):
            case 1:
                ledger.change(name, RetractActivity(reason="重复"))
            case 2:
                ledger.change(name, CorrectActivity(title=f"会{n}", reason="错"))
            case 3 if ledger.states[f"activity-{name}"].status == "planned":
                moved = ledger.day(f"{first + timedelta(days=1)}")
                ledger.change(name, MoveActivity(when=moved, reason="雨"))
    db, last_position = ledger.views(), len(ledger.entries)
    for p in range(1, last_position + 1):
        every = agenda(db, known_at=p, retracted=True)
        standing = [revision for revision in every if revision.status != "retracted"]
        assert days.count(db, known_at=p) == len(standing)
        planned = [revision for revision in standing if revision.status == "planned"]
        over = days.overdue(db, TODAY, known_at=p)
        wanted = [revision for revision in planned if revision.details.when.last_day < TODAY]
        assert (over.count, list(over.each)) == (len(wanted), wanted)
        end = TODAY + timedelta(days=2)
        soon = days.coming(db, TODAY, end, known_at=p)
        wanted = [
            revision
            for revision in planned
            if revision.details.when.last_day >= TODAY and revision.details.when.first_day <= end
        ]
        assert (soon.count, list(soon.each)) == (len(wanted), wanted)
        assert activities.count_in_history(db, ["tsw"], known_at=p) == len(every)
        for first in range(p + 1):
            changed = list(activities.changes_between(db, first, p))
            assert activities.count_changed(db, first, p) == len(changed)


@pytest.mark.campaign
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 500)), max_size=12))
def test_late_ones_come_the_latest_first_whatever_the_hour(new_ledger, delays):
    """In New York the hour changes within these days."""
    ledger = new_ledger()
    ledger.begin(zone="America/New_York")
    ledger.register("tsw", "团市委")
    for n, (days_before, hours) in enumerate(delays):
        ledger.at = max(ledger.at, datetime.fromisoformat("2020-03-05T03:30Z"))
        ledger.at += timedelta(hours=hours)
        first = ledger.at.date() - timedelta(days=days_before)
        ledger.record(f"{97 * n % 13:04d}abcd{n:04d}", "会", ledger.day(f"{first}"))
    found = late(ledger.views(), 0, known_at=len(ledger.entries))
    keys = [(-late.days, late.revision.id) for late in found]
    assert keys == sorted(keys)
    assert all(
        late.days == (late.recorded_on - late.revision.details.when.last_day).days
        for late in found
    )
