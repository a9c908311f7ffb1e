"""Which feed holds what, and what is said about it."""

from dataclasses import replace

import pytest

from kalends.domain.commands import (
    MergeDepartment,
    ReleaseActivity,
    WithholdActivity,
)
from kalends.domain.errors import (
    ActivityNotFoundError,
    FeedNotFoundError,
    NotShownError,
)
from kalends.domain.events import CAMPAIGN, Entry
from kalends.feeds import feed as one_feed
from kalends.feeds import selection
from kalends.feeds.cache import Components
from kalends.feeds.selection import feeds, find
from kalends.views import catch_up, schema

ONE, TWO, THREE = "aaaa11112222", "bbbb11112222", "cccc11112222"


def held(ledger, name="all", known_at=None):
    """Return the ids of a feed's entries, in their order."""
    lines = ledger.lines(name, known_at)
    return [line[13:25] for line in lines if line.startswith("UID:")]


def names(ledger, known_at=None):
    return [feed.name for feed in feeds(ledger.db, known_at=known_at or ledger.position)]


def test_there_is_a_feed_for_all_for_each_department_and_for_each_tag(ledger):
    ledger.register("cgj", "城管局")
    ledger.record(ONE, tags=("Day", "创城"))
    ledger.correct(ONE, tags=("DAY",))
    assert names(ledger) == ["all", "cgj", "tsw", "tag-Day", "tag-创城"]
    assert names(ledger, known_at=3) == ["all", "cgj", "tsw"]
    assert held(ledger, "cgj") == held(ledger, "tag-创城") == []
    assert held(ledger, "tag-day") == held(ledger, "tsw") == [ONE]


def test_before_the_campaign_is_opened_there_is_no_feed(ledger):
    empty = schema.connect(None)
    assert feeds(empty, known_at=0) == []
    assert list(one_feed.render(empty, ledger.components, None, known_at=0)) == []
    assert one_feed.fitting(empty, ledger.components, None, known_at=0) == ({}, True)
    empty.close()


def test_a_feed_that_is_not_there_is_not_found(ledger):
    for name in ("nobody", "full/nobody", "tag-", "full/all"):
        with pytest.raises(FeedNotFoundError):
            ledger.feed(name)


def test_a_feed_bears_the_names_of_the_campaign_and_of_what_it_is_about(ledger):
    ledger.record(ONE, tags=("创城",))
    titles = [feed.title for feed in feeds(ledger.db, known_at=ledger.position)]
    assert titles == ["创建文明城市", "创建文明城市 · 团市委", "创建文明城市 · #创城"]
    assert "NAME:创建文明城市 · #创城" in ledger.lines("tag-创城")
    assert find(ledger.db, "TSW", known_at=3).title == "创建文明城市 · 团市委"


def test_a_parents_feed_holds_its_children_and_what_was_merged_into_it(ledger):
    ledger.register("cgj", "城管局")
    ledger.register("jcd", "监察大队", parent="cgj")
    ledger.record(ONE, "会", None, "jcd")
    ledger.record(TWO, "会", None, "tsw")
    assert held(ledger, "cgj") == [ONE]
    ledger.roster(MergeDepartment(code="tsw", into="cgj"))
    assert held(ledger, "cgj") == [ONE, TWO]
    assert held(ledger, "tsw") == [TWO]


def test_what_is_withheld_is_in_no_feed_until_it_is_released(ledger):
    ledger.record(ONE, tags=("创城",))
    ledger.change(ONE, WithholdActivity(reason="未公开"))
    ledger.change(ONE, ReleaseActivity())
    for name in ("all", "tsw", "tag-创城"):
        assert [held(ledger, name, known_at) for known_at in (3, 4, 5)] == [[ONE], [], [ONE]]


def test_entries_stand_in_the_order_of_their_ids(ledger):
    for name in (TWO, THREE, ONE):
        ledger.record(name)
    assert held(ledger) == [ONE, TWO, THREE]


def test_a_feed_holds_the_latest_by_day_and_its_complete_one_all(ledger, monkeypatch):
    monkeypatch.setattr(selection, "MOST_ACTIVITIES", 2)
    ledger.record(ONE, "会", ledger.when("2020-07-16"))
    ledger.record(TWO, "会", ledger.when("2020-07-14"))
    ledger.record(THREE, "会", ledger.when("2020-07-14"))
    assert held(ledger) == [ONE, THREE]
    assert held(ledger, "full/all") == [ONE, TWO, THREE]
    assert "NAME:创建文明城市（全部）" in ledger.lines("full/all")
    ledger.change(ONE, WithholdActivity(reason="未公开"))
    assert held(ledger) == [TWO, THREE]
    with pytest.raises(FeedNotFoundError):
        ledger.feed("full/all")


def test_a_feed_holds_no_more_octets_than_google_reads(ledger, monkeypatch):
    for name in (ONE, TWO, THREE):
        ledger.record(name)
    whole = len(ledger.feed())
    monkeypatch.setattr(one_feed, "MOST_OCTETS", whole)
    assert held(ledger) == [ONE, TWO, THREE]
    monkeypatch.setattr(one_feed, "MOST_OCTETS", whole - 1)
    assert held(ledger) == [TWO, THREE]
    assert len(ledger.feed("full/all")) > whole


def test_entries_keep_the_names_and_words_of_their_own_revision(ledger):
    ledger.record(ONE)
    before = ledger.lines()
    ledger.revise(language="en", title="A City")
    after = ledger.lines()
    assert "NAME:A City" in after
    begins = "BEGIN:VEVENT"
    assert before[before.index(begins) :] == after[after.index(begins) :]
    ledger.correct(ONE, "why", title="A meeting")
    assert "DESCRIPTION:Corrected: why\\nLead: 团市委" in ledger.lines()


def test_entries_kept_from_another_log_are_made_anew(ledger, new_ledger):
    ledger.record(ONE, "甲")
    other = new_ledger(language="en")
    other.record(TWO, "乙")
    opened = replace(other.entries[0].event, act="another")
    other.entries[0] = Entry(1, CAMPAIGN, 1, opened)
    db = schema.connect(None)
    catch_up.catch_up(db, other.entries, head_mark=lambda n: b"%d" % n)
    ledger.feed()
    assert "乙".encode() in one_feed.feed_bytes(db, ledger.components, "all", known_at=3)
    db.close()


def test_a_damaged_or_foreign_cache_is_thrown_away(ledger, tmp_path):
    ledger.record(ONE)
    path = tmp_path / "cache" / "components.db"
    for damage in (None, b"no database at all, but long enough to be looked at" * 99):
        if damage:
            path.write_bytes(damage)
        kept = Components(path)
        assert one_feed.feed_bytes(ledger.db, kept, "all", known_at=3) == ledger.feed()
        kept.close()
    again = Components(path)
    assert again.db.execute("SELECT count(*) FROM component").fetchone() == (1,)
    again.close()
    (tmp_path / "file").write_bytes(b"")
    nowhere = Components(tmp_path / "file" / "components.db")
    assert one_feed.feed_bytes(ledger.db, nowhere, "all", known_at=3) == ledger.feed()
    nowhere.close()


def test_one_activity_alone_is_a_calendar_too(new_ledger):
    ledger = new_ledger(site="https://x.cn")
    ledger.record(ONE, "会")
    ledger.record(TWO, "会", ledger.when(precision="month"))
    octets = one_feed.entry_bytes(ledger.db, ONE, known_at=4)
    assert "SOURCE;VALUE=URI:https://x.cn/all.ics" in ledger.lines()
    assert b"SOURCE" not in octets
    assert octets.endswith(ledger.feed()[-len("END:VCALENDAR\r\n") - 200 :])
    with pytest.raises(NotShownError, match="its date is too vague"):
        one_feed.entry_bytes(ledger.db, TWO, known_at=4)
    with pytest.raises(ActivityNotFoundError):
        one_feed.entry_bytes(ledger.db, THREE, known_at=4)
