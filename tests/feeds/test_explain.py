"""What is said of an activity is what its feeds hold, at every position of every history."""

from contextlib import suppress
from datetime import datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed_histories import HISTORIES, lived
from kalends.domain.commands import (
    CancelActivity,
    MergeDepartment,
    ReleaseActivity,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.details import Participation
from kalends.domain.errors import ActivityNotFoundError, FeedNotFoundError, NotFoundError
from kalends.domain.events import ROSTER, DepartmentMerged
from kalends.feeds import feed as one_feed
from kalends.feeds import selection
from kalends.feeds.explain import explain
from kalends.feeds.selection import feeds
from kalends.views import activities, schema

ONE, TWO, THREE = "aaaa11112222", "bbbb11112222", "cccc11112222"


def said(ledger, name=ONE):
    found = explain(ledger.db, ledger.components, name, known_at=ledger.position)
    return [statement.message.format(**statement.fields) for statement in found]


APPS = [
    "Google Calendar looks again every 8 to 24 hours, and hides what is cancelled.",
    (
        "Apple's calendars look again every 5 minutes to every week, as they are set, and strike "
        "out what is cancelled."
    ),
    "Outlook looks again about every 3 hours, Thunderbird every 30 minutes.",
]


def test_what_is_shown_is_explained_with_what_changed(ledger):
    ledger.plan(ONE, "会", ledger.when(part="morning", text="7月14日上午"), tags=("创城",))
    ledger.move(ONE, ledger.when("2020-07-16", starts="09:00", text="16日9点"), "冲突")
    ledger.change(ONE, CancelActivity(reason="下雨"))
    assert said(ledger) == [
        "Calendars show it from 2020-07-16 09:00 to 2020-07-16 10:00 (time of Asia/Shanghai).",
        "Its end is not known: one hour is shown, and it says so.",
        "Its title there is “【已取消】会”.",
        "It is shown as cancelled: struck out or hidden, and its title says so.",
        "Position 4: moved from “7月14日上午” to “16日9点”. Reason: 冲突",
        "Position 5: cancelled. Reason: 下雨",
        "In feed all.", "In feed tsw.", "In feed tag-创城.", *APPS,
    ]  # fmt: skip


def test_why_it_left_a_feed_is_explained(ledger, monkeypatch):
    ledger.register("cgj", "城管局")
    ledger.record(ONE, "会", ledger.when(part="morning"), tags=("创城",))
    lead = (Participation(code="cgj", role="lead"),)
    ledger.correct(ONE, "记错", departments=lead, clear=frozenset({"tags"}))
    ledger.correct(ONE, "记错", when=ledger.when("2020-07-15", text="15日"))
    ledger.record(TWO, "会", ledger.when("2020-07-16"))
    monkeypatch.setattr(selection, "MOST_ACTIVITIES", 1)
    assert said(ledger) == [
        "Calendars show it as a whole day, 2020-07-15.",
        "Position 5: corrected. Reason: 记错",
        "Position 6: the time on record was corrected from “2020-07-14” to “15日”. Reason: 记错",
        (
            "Not in feed all: it takes the 1 activities latest by day, and this one is older; "
            "full/all holds all."
        ),
        "In feed cgj.",
        "Not in feed tsw: corrected out of it at position 5.",
        "Not in feed tag-创城: corrected out of it at position 5.",
        *APPS,
    ]
    ledger.correct(ONE, "无据", when=ledger.when(precision="month", text="7月"))
    assert "It is shown as cancelled: all that is known of its time now is “7月”." in said(ledger)
    ledger.change(ONE, WithholdActivity(reason="未公开"))
    assert said(ledger)[0] == (
        "No calendar shows it: it is withheld since position 9. Reason: 未公开"
    )
    assert "In feed cgj." not in said(ledger)


def test_what_no_calendar_ever_showed_is_explained(ledger):
    ledger.record(ONE, "会", ledger.when(precision="month", text="7月"))
    ledger.change(ONE, RetractActivity(reason="重复"))
    assert said(ledger) == [
        "No calendar shows it: “7月” is too vague for one.",
        "Position 4: retracted. Reason: 重复",
    ]
    ledger.record(TWO, "会", ledger.when(part="morning"))
    expected = "These are office hours: only the part of the day is known, and it says so."
    assert said(ledger, TWO)[1] == expected
    with pytest.raises(ActivityNotFoundError):
        said(ledger, THREE)


def test_before_the_campaign_is_opened_there_is_nothing_to_explain(ledger):
    empty = schema.connect(None)
    with pytest.raises(NotFoundError):
        explain(empty, ledger.components, ONE, known_at=0)
    empty.close()


def test_what_was_never_in_a_departments_feed_did_not_leave_it(ledger):
    ledger.register("cgj", "城管局")
    ledger.record(ONE, "会", ledger.when(precision="month"), "tsw")
    ledger.correct(ONE, departments=(Participation(code="cgj", role="lead"),))
    ledger.correct(ONE, when=ledger.when())
    assert [line for line in said(ledger) if "feed" in line] == ["In feed all.", "In feed cgj."]


def test_what_a_merged_department_took_over_later_did_not_leave_it(ledger):
    ledger.register("cgj", "城管局")
    ledger.register("wlj", "文旅局")
    ledger.record(ONE, "会", None, "tsw")
    ledger.correct(ONE, departments=(Participation(code="wlj", role="lead"),))
    ledger.roster(MergeDepartment(code="tsw", into="cgj"))
    assert [line for line in said(ledger) if "feed" in line] == [
        "In feed all.", "Not in feed tsw: corrected out of it at position 6.", "In feed wlj.",
    ]  # fmt: skip


@pytest.mark.parametrize("time", [{"part": "morning"}, {"starts": "09:00"}])
def test_of_a_month_it_is_not_said_what_the_entry_does_not_say(ledger, time):
    ledger.record(ONE, "会", ledger.when(**time))
    ledger.correct(ONE, when=ledger.when(precision="month", text="7月"))
    shown = ledger.lines()
    assert not any("办公时段" in line or "一小时" in line for line in shown)
    assert not any("it says so" in line for line in said(ledger))


def test_what_was_withheld_and_then_corrected_out_of_a_feed_is_explained(ledger):
    ledger.register("cgj", "城管局")
    ledger.record(ONE)
    ledger.change(ONE, WithholdActivity(reason="未公开"))
    ledger.correct(ONE, departments=(Participation(code="cgj", role="lead"),))
    assert not any("feed" in line for line in said(ledger))
    ledger.change(ONE, ReleaseActivity())
    assert "Not in feed tsw: withheld at position 5, then corrected out of it." in said(ledger)


def _merge(ledger, code, into):
    """Append a merger as no rule of today lets it through: of what is merged already."""
    ledger.append(ROSTER, DepartmentMerged(**ledger.stamp, code=code, into=into))


def test_what_its_department_took_out_of_a_feed_is_explained(new_ledger):
    ledger = new_ledger(feed_format=2)
    ledger.register("cgj", "城管局")
    ledger.register("wlj", "文旅局")
    ledger.record(ONE, "会", None, "tsw")
    _merge(ledger, "tsw", "cgj")
    assert "In feed cgj." in said(ledger)
    _merge(ledger, "tsw", "wlj")
    assert [line for line in said(ledger) if "feed" in line] == [
        "In feed all.",
        "Not in feed cgj: since position 7 none of its departments belongs to it.",
        "In feed tsw.", "In feed wlj.",
    ]  # fmt: skip
    lines = ledger.lines("cgj")
    assert "UID:empty-cgj@x.cn" in lines
    assert "DTSTART;VALUE=DATE:20200714" in lines
    _merge(ledger, "tsw", "cgj")
    assert f"UID:activity-{ONE}@x.cn" in ledger.lines("cgj")
    _merge(ledger, "tsw", "wlj")
    assert "SEQUENCE:1" in ledger.lines("cgj")


def test_what_does_not_fit_is_explained(new_ledger, monkeypatch):
    ledger = new_ledger(feed_format=2)
    ledger.record(ONE, "会", ledger.when("2020-07-14"), description="长" * 500)
    ledger.record(TWO, "会", ledger.when("2020-07-16"))
    monkeypatch.setattr(one_feed, "MOST_OCTETS", 1_500)
    position = activities.revisions(ledger.db, ONE, known_at=9)[-1].position
    size = len(ledger.components.at(ledger.db, [position], known_at=ledger.position)[position])
    assert (
        f"Not in feed all: its entry takes {size} bytes, and beside the later ones that is more "
        "than the 1000000 that a feed may have; full/all holds all."
    ) in said(ledger)
    ledger.revise(feed_format=1)
    assert any("none is taken after that" in line for line in said(ledger))


def test_what_was_undone_at_once_is_explained(new_ledger):
    ledger = new_ledger(feed_format=2)
    ledger.record(ONE)
    ledger.change(ONE, RetractActivity(reason="误记"))
    assert said(ledger) == [
        "No calendar shows it: li undid it within 15 minutes, before anything else happened to it.",
        "Position 4: retracted. Reason: 误记",
    ]


def test_on_the_last_of_all_days_no_calendar_shows_it(ledger):
    ledger.record(ONE, "会", ledger.when("9999-12-31"))
    assert said(ledger) == [
        "No calendar shows it: an entry ends on the next day, and there is no next day."
    ]


def test_the_title_that_calendars_show_is_told(new_ledger):
    ledger = new_ledger(feed_format=2)
    ledger.record(ONE)
    ledger.record(TWO, "团市委推进会")
    assert "Its title there is “团市委：推进会”." in said(ledger)
    assert not any("title" in line for line in said(ledger, TWO))


@pytest.mark.campaign
@given(HISTORIES, st.sampled_from((1, 2)))
def test_at_every_position_what_is_said_is_what_the_feeds_hold(ledger_type, steps, feed_format):
    ledger, before = lived(ledger_type, steps, feed_format=feed_format), selection.MOST_ACTIVITIES
    selection.MOST_ACTIVITIES = 2
    try:
        for position in range(1, ledger.position + 1):
            for name in (ONE, TWO, THREE):
                _check(ledger, name, position)
    finally:
        selection.MOST_ACTIVITIES = before
        ledger.close()


def _check(ledger, name, position):
    try:
        found = explain(ledger.db, ledger.components, name, known_at=position)
    except ActivityNotFoundError:
        return
    texts = [statement.message.format(**statement.fields) for statement in found]
    names = [feed.name for feed in feeds(ledger.db, known_at=position)]
    holding = {feed for feed in names if _entry(ledger, feed, name, position)}
    assert {text[8:-1] for text in texts if text.startswith("In feed ")} == holding
    assert any(text.startswith("No calendar shows it") for text in texts) == (
        not _entry(ledger, "full/all", name, position)
        and not _entry(ledger, "all", name, position)
    )
    for statement in found:
        feed = statement.fields.get("feed")
        if feed is None or feed in holding:
            continue
        if "full" in statement.fields:
            assert _entry(ledger, f"full/{feed}", name, position)
            continue
        left = statement.fields["position"]
        assert _holds(ledger, feed, name, left - 1)
        assert not any(_holds(ledger, feed, name, at) for at in range(left, position + 1))
        assert "withheld" not in texts[found.index(statement)] or any(
            revision.position == left and revision.withheld
            for revision in _revisions(ledger, name, position)
        )
    entry = _entry(ledger, "all", name, position) or _entry(ledger, "full/all", name, position)
    if entry:
        _check_shown(texts, entry)


def _check_shown(texts, entry):
    start, end = entry["DTSTART"].dt, entry["DTEND"].dt
    if isinstance(start, datetime):
        times = [f"{at + timedelta(hours=8):%Y-%m-%d %H:%M}" for at in (start, end)]
        assert f"Calendars show it from {times[0]} to {times[1]} (time of Asia/Shanghai)." in texts
    else:
        last = end - timedelta(days=1)
        days = f"a whole day, {start}" if start == last else f"whole days, {start} to {last}"
        assert f"Calendars show it as {days}." in texts
    cancelled = any(text.startswith("It is shown as cancelled") for text in texts)
    assert cancelled == (entry["STATUS"] == "CANCELLED")
    said = str(entry["DESCRIPTION"])
    hours = any("These are office hours" in text for text in texts)
    assert hours == ("办公时段" in said or "office hours" in said)
    no_end = any("Its end is not known" in text for text in texts)
    assert no_end == ("一小时" in said or "one hour" in said)


def _revisions(ledger, name, position):
    return activities.revisions(ledger.db, name, known_at=position)


def _holds(ledger, feed, name, position):
    return bool(
        _entry(ledger, feed, name, position) or _entry(ledger, f"full/{feed}", name, position)
    )


def _entry(ledger, feed, name, position):
    with suppress(FeedNotFoundError):
        for event in icalendar.Calendar.from_ical(ledger.feed(feed, position)).events:
            if str(event["UID"]).startswith(f"activity-{name}"):
                return event
    return None


def test_a_backslash_is_explained_as_calendars_show_it(new_ledger):
    for number, shown in ((2, "团市委：C:＼new"), (1, None)):
        ledger = new_ledger(feed_format=number)
        ledger.record(ONE, "C:\\new")
        titles = [text for text in said(ledger) if "title" in text]
        assert titles == ([f"Its title there is “{shown}”."] if shown else [])
