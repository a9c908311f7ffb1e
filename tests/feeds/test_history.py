"""A scripted history, step by step: what subscribers are given, octet for octet.

With `KALENDS_GOLDEN=1` in the environment the files are written instead of compared.
"""

import os
from pathlib import Path

import icalendar
import pytest

from kalends.domain.commands import (
    CancelActivity,
    HoldActivity,
    ReinstateActivity,
    ReleaseActivity,
    RenameDepartment,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.details import Participation

GOLDEN = Path(__file__).parent / "golden"
ONE, TWO, THREE = "a1b2c3d4e5f6", "b1b2c3d4e5f6", "c1b2c3d4e5f6"
STEPS = (
    "01-recorded", "02-moved", "03-moved-again", "04-cancelled", "05-reinstated", "06-held",
    "07-corrected", "08-retimed", "09-retracted", "10-withheld", "11-released", "12-coarse",
)  # fmt: skip
SETTINGS = {
    "zh": {"language": "zh"},
    "en": {"language": "en", "title": "A Civilised City", "site": "https://feeds.example.org"},
}
SETTINGS |= {
    f"format-2-{name}": {**settings, "feed_format": 2} for name, settings in SETTINGS.items()
}


def tell(ledger, step):
    when = ledger.when
    match step:
        case "01-recorded":
            departments = tuple(
                Participation(code=code, role=role)
                for code, role in (("tsw", "lead"), ("cgj", "joint"), ("wlj", "participant"))
            )
            ledger.register("cgj", "城管局")
            ledger.register("wlj", "文旅局")
            ledger.plan(
                ONE, "创城工作推进会; 第一次, 上午", when(part="morning"),
                place="市政府 3 号会议室", tags=("推进会", "创城"), headcount=120,
                description="请带材料：\n1. 方案\n2. 名单", links=("https://x.cn/a?b=c",),
            )  # fmt: skip
            ledger.correct(ONE, "漏记单位", departments=departments)
            ledger.record(TWO, "志愿服务", when("2020-07-23", "2020-07-24"))
            ledger.record(THREE, "环境整治月", when(precision="month"))
        case "02-moved":
            time = when("2020-07-16", starts="14:30", ends="16:00", text="7月16日14:30")
            ledger.move(ONE, time, "与市委会议冲突")
        case "03-moved-again":
            ledger.move(ONE, when("2020-07-17", starts="09:00"), "主持人出差")
        case "04-cancelled":
            ledger.change(ONE, CancelActivity(reason="暴雨"))
        case "05-reinstated":
            ledger.change(ONE, ReinstateActivity(reason="天晴"))
        case "06-held":
            ledger.roster(RenameDepartment(code="tsw", name="共青团辽源市委"))
            ledger.change(ONE, HoldActivity())
        case _:
            tell_corrections(ledger, step)


def tell_corrections(ledger, step):
    when = ledger.when
    match step:
        case "07-corrected":
            ledger.correct(ONE, "标题有误", title="创城工作推进会", clear=frozenset({"headcount"}))
        case "08-retimed":
            ledger.correct(TWO, "日期有误", when=when("2020-07-25"))
        case "09-retracted":
            ledger.change(ONE, RetractActivity(reason="重复记录"))
        case "10-withheld":
            ledger.change(TWO, WithholdActivity(reason="未公开"))
        case "11-released":
            ledger.change(TWO, ReleaseActivity())
        case "12-coarse":
            ledger.correct(TWO, "具体日期无据", when=when("2020-07-01", precision="month"))


@pytest.fixture(scope="module", params=sorted(SETTINGS))
def golden_feeds(request):
    """Return format and language, and the feed after each step."""
    ledger_type = request.getfixturevalue("ledger_type")
    ledger = ledger_type(**SETTINGS[request.param])
    found = {}
    for step in STEPS:
        tell(ledger, step)
        found[step] = ledger.feed()
    ledger.close()
    return request.param, found


@pytest.mark.parametrize("step", STEPS)
def test_every_step_gives_the_golden_octets(golden_feeds, step):
    language, found = golden_feeds
    golden = GOLDEN / f"{language}-{step}.ics"
    if os.environ.get("KALENDS_GOLDEN"):
        golden.write_bytes(found[step])
    assert found[step] == golden.read_bytes()


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_what_icalendar_would_write(golden_feeds, step):
    octets = golden_feeds[1][step]
    assert icalendar.Calendar.from_ical(octets).to_ical() == octets


def test_whatever_a_subscriber_sees_change_raises_the_sequence(golden_feeds):
    before = {}
    for octets in golden_feeds[1].values():
        for event in icalendar.Calendar.from_ical(octets).events:
            uid, sequence = str(event["UID"]), event["SEQUENCE"]
            body = event.to_ical()
            known, shown = before.get(uid, (-1, b""))
            assert body == shown or sequence > known
            assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt >= event["CREATED"].dt
            before[uid] = (sequence, body)


def test_the_header_holds_what_readers_need_and_nothing_that_breaks_them(golden_feeds):
    language, found = golden_feeds
    for octets in found.values():
        lines = octets.decode().split("\r\n")
        assert lines[-1] == ""
        assert "" not in lines[:-1]
        head = lines[: lines.index("BEGIN:VEVENT")]
        assert [line.split(":")[0] for line in head if not line.startswith("SOURCE")] == [
            "BEGIN", "VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME",
            "REFRESH-INTERVAL;VALUE=DURATION", "X-PUBLISHED-TTL", "X-WR-TIMEZONE",
        ]  # fmt: skip
        source = "SOURCE;VALUE=URI:https://feeds.example.org/all.ics"
        assert (source in head) == language.endswith("en")
