"""Activities as readers ask for them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kalends.domain.commands import (
    CorrectActivity,
    HoldActivity,
    MoveActivity,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.details import Participation
from kalends.domain.errors import ActivityNotFoundError
from kalends.views import activities
from kalends.views.schema import OPEN
from views.listed import agenda

ONE, TWO, THREE = "aaaa11112222", "bbbb11112222", "cccc11112222"


def ids(found):
    return [revision.id for revision in found]


def test_a_revision_tells_the_whole_of_an_activity_and_how_long_it_held(ledger):
    planned = ledger.plan(ONE, "推进会", "2020-07-14", tags=("创城",))
    at = ledger.at
    moved = ledger.change(ONE, MoveActivity(when=ledger.day("2020-07-21"), reason="下雨"))
    first, second = activities.revisions(ledger.views(), ONE, known_at=moved)
    assert first == activities.Revision(
        id=ONE,
        version=1,
        position=planned,
        until=moved,
        at=at,
        by="li",
        via="cli",
        act="act3",
        topic="activity.planned",
        reason=None,
        details=ledger.details("推进会", "2020-07-14", tags=("创城",)),
        status="planned",
        withheld=False,
        created=at,
        dated=planned,
    )
    assert second == first._replace(
        version=2,
        position=moved,
        until=OPEN,
        at=at + timedelta(minutes=1),
        act="act4",
        topic="activity.moved",
        reason="下雨",
        details=replace(first.details, when=ledger.day("2020-07-21")),
        dated=moved,
    )
    assert second.at.tzinfo is UTC


def test_an_activity_is_told_as_it_was_known(ledger):
    planned = ledger.plan(ONE, "推进会", "2020-07-14")
    moved = ledger.change(ONE, MoveActivity(when=ledger.day("2020-07-21"), reason="下雨"))
    db = ledger.views()
    before = activities.current(db, ONE, known_at=planned)
    assert (before.version, before.until) == (1, OPEN)
    assert activities.current(db, ONE, known_at=moved).version == 2
    assert ids(agenda(db, date(2020, 7, 21), known_at=planned)) == []
    assert ids(agenda(db, date(2020, 7, 21), known_at=moved)) == [ONE]


def test_before_its_first_event_there_is_no_activity(ledger):
    ledger.plan(ONE)
    db = ledger.views()
    with pytest.raises(ActivityNotFoundError):
        activities.current(db, ONE, known_at=2)
    with pytest.raises(ActivityNotFoundError):
        activities.revisions(db, ONE, known_at=2)


def test_the_agenda_holds_what_falls_on_its_days_if_only_in_part(ledger):
    ledger.record(ONE, "走访", ledger.day("2020-07-10", "2020-07-14"))
    ledger.record(TWO, "检查", "2020-07-15")
    ledger.record(THREE, "动员", "2020-07-09")
    db, known_at = ledger.views(), len(ledger.entries)
    tenth, last = date(2020, 7, 10), date(2020, 7, 14)
    assert ids(agenda(db, last, last, known_at=known_at)) == [ONE]
    assert ids(agenda(db, tenth, known_at=known_at)) == [ONE, TWO]
    assert ids(agenda(db, None, tenth, known_at=known_at)) == [THREE, ONE]
    assert ids(agenda(db, known_at=known_at, limit=2)) == [THREE, ONE]


def test_a_day_goes_by_whole_days_first_then_by_the_clock_then_by_id(ledger):
    late = ledger.day("2020-07-14", begin=datetime(2020, 7, 14, 6, tzinfo=UTC))
    early = ledger.day("2020-07-14", begin=datetime(2020, 7, 14, 1, tzinfo=UTC))
    ledger.record(ONE, "会", late)
    ledger.record(TWO, "会", early)
    ledger.record("eeee11112222", "会")
    ledger.record(THREE, "会")
    db = ledger.views()
    found = ids(agenda(db, known_at=len(ledger.entries)))
    assert found == [THREE, "eeee11112222", TWO, ONE]


def test_the_agenda_leaves_out_what_was_retracted_unless_asked(ledger):
    ledger.record(ONE)
    ledger.change(ONE, RetractActivity(reason="重复"))
    db = ledger.views()
    assert agenda(db, known_at=4) == []
    assert ids(agenda(db, known_at=4, retracted=True)) == [ONE]
    assert ids(agenda(db, known_at=3)) == [ONE]


def test_a_departments_history_holds_what_names_it_now_with_every_revision(ledger):
    ledger.register("cgj", "城管局")
    ledger.record(ONE, "会", "2020-07-15", "tsw")
    ledger.record(TWO, "会", "2020-07-14", "cgj", "tsw")
    ledger.change(
        ONE,
        CorrectActivity(reason="错", departments=(Participation(code="cgj", role="lead"),)),
    )
    db = ledger.views()

    def versions_by_activity(code, known_at):
        found = activities.history(db, [code], known_at=known_at)
        return [
            (revision.id, [made.version for made in all_of_it]) for revision, all_of_it in found
        ]

    assert versions_by_activity("tsw", 5) == [(TWO, [1]), (ONE, [1])]
    assert versions_by_activity("tsw", 6) == [(TWO, [1])]
    assert versions_by_activity("cgj", 6) == [(TWO, [1]), (ONE, [1, 2])]
    assert list(activities.history(db, [], known_at=6)) == []


def test_an_activity_of_two_departments_is_told_once_in_their_common_history(ledger):
    ledger.register("cgj", "城管局", parent="tsw")
    ledger.record(ONE, "会", "2020-07-15", "tsw", "cgj")
    found = activities.history(ledger.views(), {"tsw", "cgj"}, known_at=4)
    assert [revision.id for revision, _ in found] == [ONE]


def test_revisions_are_found_by_the_positions_of_their_events(ledger):
    ledger.plan(ONE)
    ledger.change(ONE, HoldActivity())
    ledger.change(ONE, WithholdActivity(reason="未公开"))
    db = ledger.views()
    found = activities.at_positions(db, [4, 1, 3, 5], known_at=4)
    assert [entry.position for entry in found] == [4, 3]
