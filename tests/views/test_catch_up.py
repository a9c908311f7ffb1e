"""Following the log."""

import gc
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kalends.domain.commands import (
    AbbreviateDepartment,
    AliasDepartment,
    CancelActivity,
    CloseDepartment,
    CorrectActivity,
    CorrectClock,
    HoldActivity,
    MoveActivity,
    MoveDepartment,
    RegisterDepartment,
    ReinstateActivity,
    ReleaseActivity,
    RenameDepartment,
    ReopenDepartment,
    RestoreDepartment,
    RetractActivity,
    ReviseCampaign,
    WithdrawDepartment,
    WithholdActivity,
)
from kalends.domain.department import Department
from kalends.domain.errors import GapError, KalendsError, NotPossibleError, TransitionError
from kalends.domain.events import CAMPAIGN, ROSTER, Entry
from kalends.views import activities, acts, catch_up, entries, roster_view, schema, search
from views.listed import agenda, late

CGJ = Department(code="cgj", names=((None, "城管局"),), parent="tsw")
TABLES = (
    "entry",
    "revision",
    "participation",
    "tag",
    "indexed_text",
    "department",
    "campaign",
)


def rows(db, known_at=schema.OPEN - 1):
    """Return every row as known at a position, what the index of pairs holds too."""
    found = {}
    for table in TABLES:
        query = f"SELECT * FROM {table} WHERE position <= ? ORDER BY 1, 2"
        cursor = db.execute(query, [known_at])
        names = [column[0] for column in cursor.description]
        found[table] = [
            {
                name: schema.OPEN if name == "until" and value > known_at else value
                for name, value in zip(names, row, strict=True)
            }
            for row in cursor
        ]
    query = "SELECT * FROM activity WHERE number <= ? ORDER BY 1"
    found["activity"] = db.execute(query, [known_at]).fetchall()
    db.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.seen USING fts5vocab(main, pairs, instance)"
    )
    seen = db.execute("SELECT doc, term FROM temp.seen ORDER BY 1, 2").fetchall()
    found["pairs"] = [(number, pair) for number, pair in seen if number // 2 <= known_at]
    return found


def answers(db, known_at):
    """Return what every question is answered with, as known at a position."""
    ids = [revision.id for revision in agenda(db, known_at=known_at, retracted=True)]
    return [
        agenda(db, known_at=known_at),
        [activities.revisions(db, activity_id, known_at=known_at) for activity_id in ids],
        activities.refs(db, ids, known_at=known_at),
        list(activities.history(db, ["tsw", "cgj"], known_at=known_at)),
        list(activities.changes_between(db, known_at // 2, known_at)),
        late(db, -9999, known_at=known_at),
        activities.latest(db, known_at=known_at, limit=9),
        list(activities.feed_candidates(db, known_at=known_at)),
        list(activities.feed_candidates(db, known_at=known_at, codes=["cgj"], tag="A")),
        activities.tags(db, known_at=known_at),
        [activities.is_named(db, code, known_at=known_at) for code in ("tsw", "cgj")],
        roster_view.roster(db, known_at=known_at),
        roster_view.campaign(db, known_at=known_at),
        roster_view.turning_points(db, known_at=known_at),
        [search.search(db, word, known_at=known_at) for word in ("推", "推进", "a b", "城管")],
        acts.last_standing(db, "li", known_at=known_at),
        db.execute(f"{entries.SELECT} WHERE position <= ?", (known_at,)).fetchall(),
    ]


WHENS = st.sampled_from([("2020-07-14", None), ("2020-07-14", "2020-07-16"), ("2020-06-01", "m")])
NAMES = st.sampled_from(["aaaa11112222", "aaaa22221111", "bbbb11112222"])


@st.composite
def histories(draw, new_ledger):
    ledger = new_ledger()
    ledger.begin()
    ledger.register("tsw", "团市委")
    ledger.register("cgj", "城管局", parent="tsw")

    def when():
        first, last = draw(WHENS)
        return ledger.month(first, "2020-06-30") if last == "m" else ledger.day(first, last)

    def details():
        codes = draw(
            st.lists(st.sampled_from(["tsw", "cgj"]), min_size=1, max_size=2, unique=True)
        )
        tags = draw(st.lists(st.sampled_from(["A", "a", "推进会"]), unique=True, max_size=2))
        title = draw(st.text("推进会 ab，", min_size=1, max_size=5).filter(str.strip))
        place = draw(st.sampled_from([None, "广场"]))
        return {"positional": (title, when(), *codes), "tags": tuple(tags), "place": place}

    def new_details():
        made = details()
        return ledger.details(*made.pop("positional"), **made)

    reason = "推a"
    steps = {
        "record": lambda name: ledger.record(name, *(made := details()).pop("positional"), **made),
        "plan": lambda name: ledger.plan(name, *(made := details()).pop("positional"), **made),
        "hold": lambda name: ledger.change(name, HoldActivity()),
        "move": lambda name: ledger.change(name, MoveActivity(when=when(), reason=reason)),
        "cancel": lambda name: ledger.change(name, CancelActivity(reason=reason)),
        "reinstate": lambda name: ledger.change(name, ReinstateActivity(reason=reason)),
        "correct": lambda name: ledger.change(
            name,
            CorrectActivity(
                reason=reason, title=(new := new_details()).title, when=new.when, tags=new.tags
            ),
        ),
        "retract": lambda name: ledger.change(name, RetractActivity(reason=reason)),
        "withhold": lambda name: ledger.change(name, WithholdActivity(reason=reason)),
        "release": lambda name: ledger.change(name, ReleaseActivity()),
        "rename": lambda name: ledger.tell(
            ROSTER, RenameDepartment(code="cgj", name="城管" + name)
        ),
        "alias": lambda name: ledger.tell(ROSTER, AliasDepartment(code="tsw", alias="推" + name)),
        "abbreviate": lambda name: ledger.tell(
            ROSTER, AbbreviateDepartment(code="tsw", short="推" + name)
        ),
        "register": lambda name: ledger.tell(ROSTER, RegisterDepartment(code=name, name=name)),
        "close": lambda _: ledger.tell(ROSTER, CloseDepartment(code="cgj")),
        "reopen": lambda _: ledger.tell(ROSTER, ReopenDepartment(code="cgj", on=date(2020, 8, 1))),
        "give": lambda name: ledger.tell(
            ROSTER, MoveDepartment(code="cgj", parent=name if name < "b" else None)
        ),
        "withdraw": lambda name: ledger.tell(ROSTER, WithdrawDepartment(code=name, reason="误")),
        "restore": lambda _: ledger.tell(ROSTER, RestoreDepartment(department=CGJ, reason="误")),
        "revise": lambda name: ledger.tell(
            CAMPAIGN,
            ReviseCampaign(
                settings=replace(ledger.states[CAMPAIGN].settings, title="创城" + name)
            ),
        ),
    }
    for step in draw(st.lists(st.sampled_from([*steps, "record", "plan"]), max_size=25)):
        try:
            steps[step](draw(NAMES))
        except KalendsError:
            continue
    return ledger


@pytest.mark.campaign
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_views_are_the_same_at_any_pace_and_as_known_at_any_position(new_ledger, data):
    ledger = data.draw(histories(new_ledger))
    rebuilt = ledger.views()
    with closing(schema.connect(None)) as paced:
        done = 0
        while done < len(ledger.entries):
            done += data.draw(st.integers(1, len(ledger.entries)))
            catch_up.catch_up(
                paced,
                ledger.entries[catch_up.position(paced) : done],
                head_mark=lambda n: b"%d" % n,
                page=data.draw(st.integers(1, 9)),
            )
        assert rows(paced) == rows(rebuilt)
    known_at = data.draw(st.integers(0, len(ledger.entries)))
    early = ledger.views(until=known_at)
    assert rows(rebuilt, known_at) == rows(early, known_at) == rows(early)
    assert answers(rebuilt, known_at) == answers(early, known_at)
    for db in (rebuilt, early):
        db.close()


def test_nothing_is_recorded_later_than_a_corrected_clock_at_any_pace(new_ledger):
    ledger = new_ledger()
    ledger.begin()
    ledger.register("tsw", "团市委")
    ledger.at += timedelta(days=3)
    ledger.record("aaaa11112222", "会", "2020-07-14")
    ledger.plan("bbbb11112222", "会", "2020-07-15")
    ledger.at -= timedelta(days=3)
    corrected = ledger.tell(CAMPAIGN, CorrectClock(reason="时钟快了三天"))

    asked = "SELECT recorded FROM revision ORDER BY position"
    for page in (1, 2, 1000):
        found = [recorded for (recorded,) in ledger.views(page=page).execute(asked)]
        assert found == [int(ledger.at.timestamp()), None], page
    assert rows(ledger.views(page=1), corrected) == rows(ledger.views(), corrected)


def test_events_applied_already_are_passed_over(ledger):
    db = ledger.views()
    before = rows(db)
    assert catch_up.catch_up(db, ledger.entries, head_mark=lambda _: b"other") == 2
    assert rows(db) == before
    assert catch_up.reached(db)[1] == b"2"


def test_position_and_mark_are_told_together(ledger, until_end):
    assert catch_up.reached(until_end(schema.connect(None))) == (0, None)
    assert catch_up.reached(ledger.views()) == (2, b"2")


def test_a_missing_position_stops_the_reader_and_the_pages_before_stand(ledger, until_end):
    ledger.record("aaaa11112222")
    ledger.record("bbbb11112222")
    db = until_end(schema.connect(None))
    with pytest.raises(GapError):
        catch_up.catch_up(
            db, [ledger.entries[n] for n in (0, 1, 3)], head_mark=lambda _: b"", page=2
        )
    assert catch_up.position(db) == 2


def test_an_event_that_cannot_follow_is_the_domains_to_refuse(ledger, until_end):
    ledger.plan("aaaa11112222")
    ledger.change("aaaa11112222", HoldActivity())
    first, second, _, held = ledger.entries
    db = until_end(schema.connect(None))
    with pytest.raises(NotPossibleError):
        catch_up.catch_up(
            db, [first, second, held._replace(position=3)], head_mark=lambda _: b"", page=2
        )
    assert catch_up.position(db) == 2


def test_a_stream_that_is_unknown_stops_the_reader(ledger):
    event = ledger.entries[1].event
    ledger.entries.append(Entry(3, "other", 1, event))
    with pytest.raises(TransitionError) as stopped:
        ledger.views()
    assert stopped.value.fields["position"] == 3
    assert stopped.value.fields["stream"] == "other"


def test_sweeping_is_left_as_it_was_found(ledger):
    gc.disable()
    try:
        ledger.views()
        assert not gc.isenabled()
    finally:
        gc.enable()
    ledger.views()
    assert gc.isenabled()


def test_a_department_that_was_never_registered_does_not_act(ledger):
    ledger.record("aaaa11112222", "会", "2020-07-14", "zz")
    with pytest.raises(TransitionError, match="Position 3 "):
        ledger.views()


def test_a_position_that_is_none_is_told(ledger):
    db = ledger.views()
    db.execute("UPDATE standing SET position = 'x'")
    assert catch_up.reached(db) == (-1, None)


def test_what_was_never_recorded_has_no_moment(ledger):
    db = ledger.views()
    assert entries.recorded(db, 1) == ledger.entries[0].event.at
    with pytest.raises(LookupError):
        entries.recorded(db, 99)


def test_indexes_that_a_killed_reader_left_out_are_made_without_a_new_event(ledger):
    db = ledger.views()
    db.execute("DROP INDEX entry_act")
    assert not schema.is_finished(db)

    before = catch_up.position(db)
    assert catch_up.catch_up(db, (), head_mark=lambda _: b"") == before > 0

    assert schema.is_finished(db)


def test_empty_views_are_left_without_indexes(tmp_path):
    with closing(schema.connect(tmp_path / "views.db")) as db:
        assert catch_up.catch_up(db, (), head_mark=lambda _: b"") == 0

        assert not schema.is_finished(db)
