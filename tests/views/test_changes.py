"""What changed, and what was told late."""

from datetime import UTC, datetime

from kalends.domain.commands import (
    CancelActivity,
    CorrectActivity,
    HoldActivity,
    MoveActivity,
    ReinstateActivity,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.events import CampaignOpened
from kalends.views import activities
from views.listed import late

ONE, TWO = "aaaa11112222", "bbbb11112222"


def test_changes_name_each_field_with_what_it_was_and_is(ledger):
    ledger.plan(ONE, "会", "2020-07-14")
    ledger.change(ONE, WithholdActivity(reason="未公开"))
    correct = CorrectActivity(reason="错", title="推进会", place="广场", status="held")
    ledger.change(ONE, correct)
    first, second, third = activities.revisions(ledger.views(), ONE, known_at=5)
    assert activities.changes(None, first) == {}
    assert activities.changes(first, second) == {"withheld": (False, True)}
    assert activities.changes(second, third) == {
        "title": ("会", "推进会"),
        "place": (None, "广场"),
        "status": ("planned", "held"),
    }


def test_between_two_positions_each_activity_tells_before_after_and_all_between(ledger):
    ledger.plan(ONE)
    ledger.change(ONE, MoveActivity(when=ledger.day("2020-07-21"), reason="下雨"))
    ledger.record(TWO)
    ledger.change(ONE, HoldActivity())
    db = ledger.views()

    def between(first, last):
        return [
            (before and before.version, after.version, [revision.version for revision in between])
            for before, after, between in activities.changes_between(db, first, last)
        ]

    assert between(3, 6) == [(1, 3, [2, 3]), (None, 1, [1])]
    assert between(2, 4) == [(None, 2, [1, 2])]
    assert between(6, 6) == between(6, 3) == []
    ((before, _, _),) = activities.changes_between(db, 3, 4)
    assert before == activities.current(db, ONE, known_at=3)


def test_the_last_corrections_come_newest_first_and_holding_is_none(ledger):
    ledger.plan(ONE)
    ledger.record(TWO)
    ledger.change(ONE, MoveActivity(when=ledger.day("2020-07-21"), reason="下雨"))
    ledger.change(ONE, HoldActivity())
    ledger.change(TWO, RetractActivity(reason="重复"))
    db = ledger.views()
    found = activities.latest(db, known_at=7, limit=5)
    assert [revision.topic for revision in found] == ["activity.retracted", "activity.moved"]
    assert [revision.position for revision in activities.latest(db, known_at=7, limit=1)] == [7]


def late_days(ledger, days=0):
    found = late(ledger.views(), days, known_at=len(ledger.entries))
    return [(late.revision.id, late.recorded_on.isoformat(), late.days) for late in found]


def test_lateness_is_counted_from_the_last_day_in_the_campaigns_zone(ledger):
    # A quarter to midnight in Liaoyuan is still the day itself; a minute past is the next.
    ledger.at = datetime(2020, 7, 14, 15, 45, tzinfo=UTC)
    ledger.record(ONE, "会", "2020-07-14")
    assert late_days(ledger, -1) == [(ONE, "2020-07-14", 0)]
    ledger.at = datetime(2020, 7, 14, 16, 0, tzinfo=UTC)
    ledger.record(TWO, "会", ledger.day("2020-07-10", "2020-07-14"))
    assert late_days(ledger) == [(TWO, "2020-07-15", 1)]
    assert late_days(ledger, 1) == []


def test_without_a_campaign_days_are_utc(new_ledger):
    ledger = new_ledger()
    ledger.register("tsw", "团市委")
    ledger.at = datetime(2020, 7, 16, 12, 0, tzinfo=UTC)
    ledger.record(ONE, "会", "2020-07-14")
    assert not any(isinstance(entry.event, CampaignOpened) for entry in ledger.entries)
    assert late_days(ledger) == [(ONE, "2020-07-16", 2)]


def test_what_was_planned_is_told_when_it_is_held(ledger):
    ledger.plan(ONE, "会", "2020-07-14")
    ledger.at = datetime(2020, 7, 20, 1, 0, tzinfo=UTC)
    assert late_days(ledger) == []
    ledger.change(ONE, HoldActivity())
    assert late_days(ledger) == [(ONE, "2020-07-20", 6)]


def test_the_latest_told_comes_first(ledger):
    ledger.at = datetime(2020, 7, 20, 1, 0, tzinfo=UTC)
    ledger.record(TWO, "会", "2020-07-18")
    ledger.record(ONE, "会", "2020-07-18")
    ledger.record("cccc11112222", "会", "2020-07-01")
    assert [late_day[0] for late_day in late_days(ledger)] == ["cccc11112222", ONE, TWO]


def test_a_date_corrected_backwards_shows_as_late_and_a_retraction_does_not(ledger):
    ledger.at = datetime(2020, 7, 14, 1, 0, tzinfo=UTC)
    ledger.record(ONE, "会", "2020-07-14")
    ledger.at = datetime(2020, 9, 1, 1, 0, tzinfo=UTC)
    ledger.change(ONE, CorrectActivity(reason="错", when=ledger.day("2020-06-14")))
    assert late_days(ledger) == [(ONE, "2020-07-14", 30)]
    ledger.change(ONE, RetractActivity(reason="重复"))
    assert late_days(ledger) == []


def test_what_was_corrected_back_to_planned_is_told_anew_when_held(ledger):
    ledger.at = datetime(2020, 7, 14, 1, 0, tzinfo=UTC)
    ledger.record(ONE, "会", "2020-07-14")
    ledger.change(ONE, CorrectActivity(reason="没有开", status="planned"))
    ledger.change(ONE, CancelActivity(reason="下雨"))
    ledger.change(ONE, ReinstateActivity(reason="天晴"))
    ledger.at = datetime(2020, 7, 20, 1, 0, tzinfo=UTC)
    ledger.change(ONE, HoldActivity())
    assert late_days(ledger) == [(ONE, "2020-07-20", 6)]
