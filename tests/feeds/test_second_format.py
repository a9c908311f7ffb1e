"""Feed format 2: what subscribers get, told step by step and for every history."""

import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed_histories import HISTORIES, lived
from kalends.domain.commands import (
    AbbreviateDepartment,
    AliasDepartment,
    CancelActivity,
    ReleaseActivity,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.details import Participation
from kalends.domain.errors import NotShownError
from kalends.feeds import feed as one_feed
from kalends.feeds import selection
from kalends.feeds.calendar import address
from kalends.feeds.feed import entry_bytes
from kalends.feeds.formats import grown
from kalends.feeds.selection import feeds, find

ONE, TWO, THREE = "aaaa11112222", "bbbb11112222", "cccc11112222"


@pytest.fixture
def ledger(new_ledger):
    return new_ledger(feed_format=2)


def summaries(ledger, name="all", known_at=None):
    lines = ledger.lines(name, known_at)
    return [line[8:].replace("\\,", ",") for line in lines if line.startswith("SUMMARY:")]


def value(ledger, key, name="all", known_at=None):
    lines = ledger.lines(name, known_at)
    return next(line.partition(":")[2] for line in lines if line.startswith(key))


# The department before the title.


def test_the_leading_departments_short_name_stands_before_the_title(new_ledger):
    for language, title in (("zh", "团市委：推进会"), ("en", "团市委: 推进会")):
        ledger = new_ledger(feed_format=2, language=language)
        ledger.record(ONE)
        assert summaries(ledger) == summaries(ledger, "tsw") == [title]
        ledger.change(ONE, RetractActivity(reason="误记"))
        ledger.plan(TWO)
        ledger.change(TWO, CancelActivity(reason="下雨"))
        prefix = {"zh": "【已取消】", "en": "[Cancelled] "}[language]
        assert summaries(ledger) == [prefix + title]


def test_the_short_name_is_that_of_the_revision(ledger):
    ledger.register("city", "辽源市人民政府")
    ledger.roster(AliasDepartment(code="city", alias="我市"))
    ledger.record(ONE, "启动", None, "city")
    ledger.roster(AbbreviateDepartment(code="city", short="辽源市"))
    assert summaries(ledger) == ["我市：启动"]
    ledger.correct(ONE, title="动员")
    assert summaries(ledger) == ["辽源市：动员"]


def test_the_first_that_leads_stands_there_and_where_none_leads_the_first_named(ledger):
    ledger.register("cgj", "城管局")
    of = [Participation(code="cgj", role="joint"), Participation(code="tsw", role="lead")]
    ledger.record(ONE)
    ledger.correct(ONE, departments=tuple(of))
    assert summaries(ledger, "cgj") == ["团市委：推进会"]
    ledger.correct(ONE, departments=(of[0], Participation(code="tsw", role="participant")))
    assert summaries(ledger, "tsw") == ["城管局：推进会"]


@pytest.mark.parametrize(
    ("name", "alias", "title", "shown"),
    [
        ("共青团", None, "共青团推进会", "共青团推进会"),
        ("市妇女联合会", "妇联", "妇联：推进会", "妇联：推进会"),
        ("市妇女联合会", "妇联", "市妇女联合会推进会", "市妇女联合会推进会"),
        ("市妇女联合会", "妇联", "妇", "妇联：妇"),
        ("Police", None, "Police visit", "Police visit"),
        ("Police", None, "Policemen on duty", "Police：Policemen on duty"),
        ("Police", None, "Police", "Police"),
        ("Police", None, "Police访问", "Police访问"),
        ("Полиция", None, "Полициянт", "Полиция：Полициянт"),
    ],
)
def test_a_title_that_begins_with_the_name_stays(ledger, name, alias, title, shown):
    ledger.register("own", name)
    if alias:
        ledger.roster(AliasDepartment(code="own", alias=alias))
    ledger.record(ONE, title, None, "own")
    assert summaries(ledger) == [shown]


# Nobody is made busy; no positions; no backslash.


def test_nobody_is_made_busy(ledger):
    ledger.record(ONE, "会", ledger.when(starts="09:00", ends="10:00"))
    ledger.record(TWO, "会", ledger.when(part="morning"))
    assert [line for line in ledger.lines() if line.startswith("TRANSP")] == [
        "TRANSP:TRANSPARENT"
    ] * 2


@pytest.mark.parametrize(
    ("language", "reason", "shown"),
    [
        ("zh", "撤回序号 47 的操作", "已更正：撤回上一操作"),
        ("zh", "position 47 was undone", "已更正：撤回上一操作"),
        ("en", "position 47 was undone", "Corrected: the last change was undone"),
        ("zh", "撤回序号 47 的操作，重记", "已更正：撤回序号 47 的操作，重记"),
    ],
)
def test_no_place_in_the_log_is_shown_to_citizens(new_ledger, language, reason, shown):
    for number, expected in ((2, shown), (1, shown.split("：")[0].split(": ")[0])):
        ledger = new_ledger(feed_format=number, language=language)
        ledger.record(ONE)
        ledger.correct(ONE, reason, title="会")
        line = value(ledger, "DESCRIPTION").split("\\n")[0]
        assert line.replace("\\,", ",").startswith(expected)
        assert ("47" in line) == (number == 1 or shown.endswith(reason))


def test_no_backslash_of_a_text_is_left_to_be_misread(new_ledger):
    ledger = new_ledger(feed_format=2, title="a\\n")
    ledger.record(ONE, "C:\\new, b", place="室\\n1", description="一\n\\n二")
    lines = ledger.lines()
    assert {"NAME:a＼n", "SUMMARY:团市委：C:＼new\\, b", "LOCATION:室＼n1"} <= set(lines)
    assert "DESCRIPTION:一\\n＼n二\\n牵头单位：团市委" in lines


# What was undone at once.


@pytest.mark.parametrize("begin", ["record", "plan"])
def test_what_was_undone_at_once_shows_nowhere(ledger, begin):
    ledger.record(TWO)
    getattr(ledger, begin)(ONE, tags=("甲",))
    ledger.change(ONE, RetractActivity(reason="误记"))
    for feed in feeds(ledger.db, known_at=ledger.position):
        assert ONE.encode() not in ledger.feed(feed.name)
    assert ONE.encode() in ledger.feed("tsw", known_at=ledger.position - 1)
    with pytest.raises(NotShownError, match="undone at once"):
        entry_bytes(ledger.db, ONE, known_at=ledger.position)


def test_what_was_undone_later_or_by_another_or_after_a_change_shows(ledger):
    ledger.record(ONE)
    ledger.correct(ONE, title="会")
    ledger.change(ONE, RetractActivity(reason="误记"))
    ledger.record(TWO)
    ledger.by = "wang"
    ledger.change(TWO, RetractActivity(reason="误记"))
    ledger.record(THREE)
    ledger.wait(timedelta(minutes=14, seconds=1))
    ledger.change(THREE, RetractActivity(reason="误记"))
    assert summaries(ledger) == ["【已取消】团市委：会", *["【已取消】团市委：推进会"] * 2]


def test_fifteen_minutes_are_at_once(ledger):
    ledger.record(ONE)
    ledger.wait(timedelta(minutes=14))
    ledger.change(ONE, RetractActivity(reason="误记"))
    assert "activity-" not in ledger.feed().decode()


# A feed that is empty again.


def test_a_feed_that_never_held_anything_has_no_entry(ledger):
    ledger.record(ONE, "会", ledger.when(precision="month"))
    assert "BEGIN:VEVENT" not in ledger.lines()
    ledger.change(ONE, WithholdActivity(reason="未公开"))
    assert "BEGIN:VEVENT" not in ledger.lines()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_feed_that_became_empty_says_so(new_ledger, language):
    ledger = new_ledger(feed_format=2, language=language)
    ledger.record(ONE, "会", ledger.when("2020-07-20", "2020-07-22"))
    ledger.change(ONE, WithholdActivity(reason="未公开"))
    lines = ledger.lines("tsw")
    entry = lines[lines.index("BEGIN:VEVENT") : -1]
    title, why = {
        "zh": (
            "【已取消】本日历暂无活动",
            "原列入本日历的活动已全部移出。日历有新活动时，本条自动消失。",
        ),
        "en": (
            "[Cancelled] Nothing in this calendar at present",
            (
                "Everything that stood in this calendar was taken out. "
                "This entry goes away when there is something to show again."
            ),
        ),
    }[language]
    assert entry == [
        "BEGIN:VEVENT", f"SUMMARY:{title}", "DTSTART;VALUE=DATE:20200722",
        "DTEND;VALUE=DATE:20200723", "DTSTAMP:20200301T010300Z", "UID:empty-tsw@x.cn",
        "SEQUENCE:0", "CREATED:20200301T010300Z", f"DESCRIPTION:{why}",
        "LAST-MODIFIED:20200301T010300Z", "STATUS:CANCELLED", "TRANSP:TRANSPARENT", "END:VEVENT",
    ]  # fmt: skip
    octets = ledger.feed("tsw")
    assert icalendar.Calendar.from_ical(octets).to_ical() == octets
    before = ledger.feed("tsw")
    ledger.revise(title="创城", language="zh" if language == "en" else "en")
    after = ledger.feed("tsw")
    begin = b"BEGIN:VEVENT"
    assert before.partition(begin)[2] == after.partition(begin)[2]


def test_it_goes_when_there_is_something_and_comes_back_with_a_higher_sequence(ledger):
    ledger.record(ONE)
    stamps = []
    for times in range(3):
        ledger.change(ONE, WithholdActivity(reason="未公开"))
        assert value(ledger, "SEQUENCE") == f"{times}"
        assert value(ledger, "CREATED") == "20200301T010300Z"
        stamps.append(value(ledger, "DTSTAMP"))
        ledger.change(ONE, ReleaseActivity())
        assert "empty-" not in ledger.feed().decode()
    assert stamps == sorted(set(stamps))


def test_a_tags_feed_that_became_empty_bears_a_plain_uid(ledger):
    ledger.record(ONE, tags=("Ｗ 创城".replace(" ", ""),))
    ledger.correct(ONE, tags=("乙",))
    uid = value(ledger, "UID", "tag-Ｗ创城")
    assert re.fullmatch(r"empty-tag-[0-9a-f]{20}@x\.cn", uid)


# What does not fit.


def test_an_entry_that_does_not_fit_is_left_out_and_the_rest_is_not(ledger, monkeypatch):
    ledger.record(ONE, "会", ledger.when("2020-07-16"), description="长" * 2_000)
    ledger.record(TWO, "会", ledger.when("2020-07-15"))
    ledger.record(THREE, "会", ledger.when("2020-07-14"))
    monkeypatch.setattr(one_feed, "MOST_OCTETS", 2_000)
    assert summaries(ledger) == ["团市委：会"] * 2
    assert ONE not in ledger.feed().decode()
    assert len(summaries(ledger, "full/all")) == 3
    ledger.revise(feed_format=1)
    assert summaries(ledger) == []
    assert len(summaries(ledger, "full/all")) == 3


def test_a_feed_whose_only_entries_were_too_large_never_held_anything(ledger):
    ledger.record(ONE)
    stored = ledger.entries[-1].event
    huge = tuple(f"https://x.cn/{n}/{'a' * 1_900}" for n in range(600))
    ledger.forge(ONE, type(stored), details=ledger.details(links=huge))
    ledger.change(ONE, WithholdActivity(reason="未公开"))
    assert value(ledger, "SEQUENCE") == "0"  # it held the first revision
    ledger.forge(
        TWO, type(stored), details=ledger.details("大", None, "tsw", tags=("甲",), links=huge)
    )
    assert summaries(ledger, "tag-甲") == []
    assert summaries(ledger, "full/tag-甲") == ["团市委：大"]
    ledger.change(TWO, WithholdActivity(reason="未公开"))
    assert "BEGIN:VEVENT" not in ledger.lines("tag-甲")
    assert len(ledger.feed()) < 2_000


# Addresses.


def test_a_long_tag_has_a_file_with_a_short_name(new_ledger):
    site = "https://" + "a" * 90
    ledger = new_ledger(feed_format=2, site=site)
    tags = ("文" * 16, "文" * 17, "a" * 40)
    ledger.record(ONE, tags=tags)
    made = feeds(ledger.db, known_at=ledger.position)
    assert [feed.name for feed in made][-3:] == [
        "tag-" + tags[2], "tag-" + tags[0], find(ledger.db, "tag-" + tags[1], known_at=3).name,
    ]  # fmt: skip
    assert re.fullmatch("tag_[0-9a-f]{20}", made[-1].name)
    assert all(len(address(site, f"full/{feed.name}")) <= 256 for feed in made)
    assert (
        summaries(ledger, "tag-" + tags[1])
        == summaries(ledger, made[-1].name)
        == ["团市委：推进会"]
    )


def test_a_long_tag_of_format_1_keeps_its_address(new_ledger):
    ledger = new_ledger(site="https://x.cn/" + "a" * 50)
    tag = "文" * 40
    ledger.record(ONE, tags=(tag,))
    assert len(value(ledger, "SOURCE", f"tag-{tag}")) > 256
    ledger.revise(feed_format=2)
    assert feeds(ledger.db, known_at=ledger.position)[-1].name == f"tag-{tag}"
    assert not any(line.startswith("SOURCE") for line in ledger.lines(f"tag-{tag}"))
    assert value(ledger, "SOURCE") == "https://x.cn/" + "a" * 50 + "/all.ics"


# A move from one format to the other.


def test_a_campaign_that_moves_shows_at_every_earlier_position_what_it_published(new_ledger):
    ledger = new_ledger()
    ledger.plan(ONE, "会", ledger.when(starts="09:00"), tags=("甲",))
    ledger.record(TWO)
    ledger.change(TWO, RetractActivity(reason="误记"))
    ledger.change(ONE, CancelActivity(reason="下雨"))
    names = ("all", "tsw", "tag-甲")
    published = {
        (name, position): ledger.feed(name, position)
        for name in names
        for position in range(3, ledger.position + 1)
    }
    ledger.revise(feed_format=2)
    moved = ledger.feed()
    assert summaries(ledger) == ["【已取消】团市委：会"]
    assert value(ledger, "SEQUENCE") == "1"
    assert value(ledger, "DTSTAMP") == value(ledger, "LAST-MODIFIED") == "20200301T010600Z"
    assert published == {pair: ledger.feed(*pair) for pair in published}
    ledger.revise(feed_format=1)
    back = ledger.lines()
    assert "SUMMARY:【已取消】会" in back
    assert ledger.feed("all", ledger.position - 1) == moved


def test_a_move_takes_the_short_names_that_were_set_before_it(new_ledger):
    ledger = new_ledger()
    ledger.register("city", "辽源市")
    ledger.roster(AliasDepartment(code="city", alias="我市"))
    ledger.record(ONE, "启动", None, "city")
    ledger.roster(AbbreviateDepartment(code="city", short="辽源市"))
    ledger.revise(feed_format=2)
    assert summaries(ledger) == ["辽源市：启动"]
    octets = entry_bytes(ledger.db, ONE, known_at=ledger.position)
    assert "SUMMARY:辽源市：启动".encode() in octets
    ledger.roster(AbbreviateDepartment(code="city", short="市里"))
    assert summaries(ledger) == ["辽源市：启动"]
    ledger.correct(ONE, title="动员")
    assert summaries(ledger) == ["市里：动员"]


def test_stamps_grow_by_a_second_at_least():
    noon = datetime(2020, 7, 1, 12, tzinfo=UTC)
    second = timedelta(seconds=1)
    assert grown([noon]) == noon
    assert grown([noon, noon, noon]) == noon + 2 * second
    assert grown([noon, noon - 9 * second, noon + 9 * second]) == noon + 9 * second


# Every history.


def events(ledger, name, known_at):
    try:
        octets = ledger.feed(name, known_at)
    except selection.FeedNotFoundError:
        return {}
    found = icalendar.Calendar.from_ical(octets).events
    assert len({str(event["UID"]) for event in found}) == len(found)
    return {str(event["UID"]): event for event in found}


@pytest.mark.campaign
@given(HISTORIES, st.sampled_from((1, 2)))
def test_whatever_changes_in_an_entry_its_stamps_grow(ledger_type, steps, feed_format):
    ledger = lived(ledger_type, steps, feed_format=feed_format)
    known = {}
    moves = {
        entry.position
        for entry in ledger.entries
        if entry.stream == "campaign" and entry.position > 1
    }
    for position in range(1, ledger.position + 1):
        in_second = ledger.format_at(position) == 2
        for uid, event in events(ledger, "all", position).items():
            assert not in_second or event["TRANSP"] == "TRANSPARENT"
            assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt >= event["CREATED"].dt
            body, before = event.to_ical(), known.get(uid)
            if before is not None and before[0] != body and in_second:
                assert event["DTSTAMP"].dt > before[1]
                assert event["SEQUENCE"] > before[2] or (position in moves)
            known[uid] = body, event["DTSTAMP"].dt, event["SEQUENCE"]
    ledger.close()


@pytest.mark.campaign
@given(HISTORIES, st.sampled_from((1, 2)))
def test_an_empty_feed_says_so_if_it_ever_held_anything(ledger_type, steps, feed_format):
    ledger = lived(ledger_type, steps, feed_format=feed_format)
    for feed in feeds(ledger.db, known_at=ledger.position):
        held, emptied, last_day, stamp = False, 0, None, None
        for position in range(1, ledger.position + 1):
            found = events(ledger, feed.name, position)
            activities = [event for uid, event in found.items() if uid.startswith("activity-")]
            if held and not activities:
                emptied += 1
                moment = ledger.entries[position - 1].event.at
                stamp = moment if stamp is None else max(moment, stamp + timedelta(seconds=1))
            held = bool(activities)
            if activities:
                last_day = max(_last_day(event) for event in activities)
            elif emptied and ledger.format_at(position) == 2:
                (event,) = found.values()
                assert str(event["UID"]) == f"empty-{feed.tells_apart}@x.cn"
                assert event["DTSTART"].dt == last_day
                assert event["SEQUENCE"] == emptied - 1
                assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == stamp
                assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
            else:
                assert not found
    ledger.close()


def _last_day(event):
    """Return the last day of what an activity is known to take: days as its zone counts them."""
    end = event["DTEND"].dt
    if isinstance(end, datetime):
        return (end + timedelta(hours=8)).date()
    return end - timedelta(days=1)
