"""An activity as an entry: the octets that icalendar makes, and what they say."""

from datetime import datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn_activities import SETTINGS, TEXT, drawn_histories
from kalends.domain.campaign import Campaign
from kalends.domain.campaign_settings import Settings
from kalends.domain.department import Department
from kalends.domain.roster import Roster
from kalends.feeds.calendar import calendar, component, dated_when, is_cancelled, span
from kalends.feeds.description import description
from kalends.feeds.wording import WORDINGS

ROSTER = Roster(
    departments={
        f"d{n}": Department(code=f"d{n}", names=((None, f"第{n}局, 处;室"),)) for n in range(4)
    }
)


def by_icalendar(name, title, settings, histories):
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//Kalends//Kalends//{settings.language.upper()}")
    made.add("calscale", "GREGORIAN")
    # RFC 7986, 5.1: a TEXT. icalendar, left to itself, would not escape it.
    made["NAME"] = made["X-WR-CALNAME"] = icalendar.vText(title)
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    if settings.site:
        address = f"{settings.site.rstrip('/')}/{name}.ics"
        made.add("source", address, parameters={"VALUE": "URI"})
    made.add("x-published-ttl", "PT1H")
    made.add("x-wr-timezone", settings.zone)
    for history in histories:
        made.add_component(_event(history, settings))
    return made.to_ical()


def _event(history, settings):
    last, event = history[-1], icalendar.Event()
    details, cancelled = last.details, is_cancelled(last)
    start, end = span(dated_when(history))
    prefix = {"zh": "【已取消】", "en": "[Cancelled] "}[settings.language]
    event.add("summary", (prefix if cancelled else "") + details.title)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("dtstamp", last.at)
    event.add("uid", f"activity-{last.id}@{settings.uid_domain}")
    event.add("sequence", last.version - 1)
    if details.tags:
        event.add("categories", list(details.tags))
    event.add("created", history[0].at)
    event.add("description", description(history, ROSTER, settings))
    event.add("last-modified", last.at)
    if details.place:
        event.add("location", details.place)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    timed = isinstance(start, datetime) and not cancelled
    event.add("transp", "OPAQUE" if timed else "TRANSPARENT")
    if details.links and details.links[0].isascii() and details.links[0].startswith("https://x"):
        event.add("url", details.links[0])
    return event


@pytest.mark.campaign
@given(SETTINGS, st.lists(drawn_histories(), max_size=2), TEXT)
def test_the_octets_are_those_of_icalendar(settings, histories, title):
    histories = [history for history in histories if dated_when(history) is not None]
    campaign = Campaign(id="c", settings=settings)
    ours = calendar(
        "d0", title, campaign, [component(history, campaign, ROSTER) for history in histories]
    )
    assert ours == by_icalendar("d0", title, settings, histories)
    assert icalendar.Calendar.from_ical(ours).to_ical() == ours


@pytest.mark.campaign
@given(drawn_histories().filter(lambda history: dated_when(history) is not None))
def test_what_was_recorded_is_read_back(history):
    campaign = Campaign(
        id="c", settings=Settings(title="t", zone="UTC", language="zh", uid_domain="x")
    )
    event = icalendar.Event.from_ical(component(history, campaign, ROSTER))
    details = history[-1].details
    assert str(event["SUMMARY"]).removeprefix("【已取消】") == details.title.removeprefix(
        "【已取消】"
    )
    assert event.get("LOCATION") == details.place
    assert details.description is None or details.description in str(event["DESCRIPTION"])
    start, end = event.decoded("DTSTART"), event.decoded("DTEND")
    assert type(start) is type(end)
    assert start < end


def test_no_text_breaks_out_of_its_line(ledger):
    ledger.record(
        "a" * 12, "会\\N;DTSTART:1", place="室,1", description="一\nEND:VEVENT\nBEGIN:VALARM"
    )
    lines = ledger.lines()
    assert "SUMMARY:会\\\\N\\;DTSTART:1" in lines
    assert "LOCATION:室\\,1" in lines
    assert [line for line in lines if line.startswith(("BEGIN", "END"))] == [
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("time", "start", "end"),
    [
        ({}, ";VALUE=DATE:20200714", ";VALUE=DATE:20200715"),
        ({"last": "2020-07-16"}, ";VALUE=DATE:20200714", ";VALUE=DATE:20200717"),
        ({"part": "morning"}, ":20200714T003000Z", ":20200714T033000Z"),
        ({"starts": "09:30", "ends": "11:00"}, ":20200714T013000Z", ":20200714T030000Z"),
        ({"starts": "09:30"}, ":20200714T013000Z", ":20200714T023000Z"),
        ({"starts": "23:30"}, ":20200714T153000Z", ":20200714T163000Z"),
        ({"starts": "20:00", "ends": "24:00"}, ":20200714T120000Z", ":20200714T160000Z"),
        (
            {"last": "2020-07-16", "starts": "09:30"},
            ";VALUE=DATE:20200714",
            ";VALUE=DATE:20200717",
        ),
        (
            {"last": "2020-07-16", "part": "morning"},
            ";VALUE=DATE:20200714",
            ";VALUE=DATE:20200717",
        ),
        (
            {"last": "2020-07-16", "starts": "09:30", "ends": "11:00"},
            ":20200714T013000Z",
            ":20200716T030000Z",
        ),
        ({"precision": "week"}, ";VALUE=DATE:20200714", ";VALUE=DATE:20200715"),
    ],
)
def test_times_are_shown_no_more_exactly_than_told(ledger, time, start, end):
    ledger.record("a" * 12, "会", ledger.when(**time))
    lines = ledger.lines()
    assert f"DTSTART{start}" in lines
    assert f"DTEND{end}" in lines
    assert f"TRANSP:{'OPAQUE' if start[0] == ':' else 'TRANSPARENT'}" in lines


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ({"part": "morning"}, "具体时刻未知，仅知为2020年7月14日上午，日历按办公时段显示。"),
        ({"starts": "09:30"}, "结束时间未知，日历按一小时显示。"),
        ({"precision": "ten-days"}, "仅知时间为2020年7月中旬。"),
        ({"precision": "week"}, "仅知时间为2020年7月14日所在的一周。"),
        (
            {"last": "2020-07-16", "starts": "09:30"},
            "仅知时间为2020年7月14日 09:30至2020年7月16日。",
        ),
        (
            {"last": "2020-07-16", "part": "morning"},
            "仅知时间为2020年7月14日至2020年7月16日上午。",
        ),
        ({"precision": "day", "ends": "11:00"}, "仅知时间为2020年7月14日 –11:00。"),
    ],
)
def test_the_description_says_what_is_not_known(ledger, time, said):
    ledger.record("a" * 12, "会", ledger.when(**time))
    assert f"DESCRIPTION:{said}\\n牵头单位：团市委" in ledger.lines()


@pytest.mark.parametrize(
    ("precision", "zh", "en"),
    [
        ("month", "2020年7月", "July 2020"),
        ("quarter", "2020年第三季度", "quarter 3 of 2020"),
        ("half-year", "2020年下半年", "the second half of 2020"),
        ("year", "2020年", "2020"),
        ("period", "2020年7月14日", "14 July 2020"),
        ("ten-days", "2020年7月中旬", "mid-July 2020"),
        ("week", "2020年7月14日所在的一周", "the week of 14 July 2020"),
    ],
)
def test_times_are_said_in_both_languages(ledger, precision, zh, en):
    when = ledger.when(precision=precision)
    assert (WORDINGS["zh"].when(when), WORDINGS["en"].when(when)) == (zh, en)


def test_what_was_never_known_to_the_day_has_no_entry(ledger):
    ledger.record("a" * 12, "会", ledger.when(precision="month"))
    assert "BEGIN:VEVENT" not in ledger.lines()


def test_on_the_last_day_of_all_there_is_no_entry(ledger):
    ledger.record("a" * 12, "会", ledger.when("9999-12-31"))
    assert "BEGIN:VEVENT" not in ledger.lines()
