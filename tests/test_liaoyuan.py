"""The real campaign at the root of the repository: restored, published again, and checked."""

import json
import shutil
from pathlib import Path

import pytest

from kalends.cli.app import main

ROOT = Path(__file__).parents[1]

# What is told of each dated activity: first day, last day, part, precision, who leads, title.
DATED = [
    ("2020-06-01", "2020-06-30", None, "month", "辽源市", "启动创建全国文明城市"),
    ("2020-06-03", "2020-06-03", None, "day", "辽源市", "动员会议"),
    ("2020-06-04", "2020-06-04", None, "day", "辽源市交通运输局", "专题会议"),
    ("2020-07-08", "2020-07-08", None, "day", "辽源市交通运输局", "促振兴，从扫一室说开去"),
    ("2020-07-14", "2020-07-14", "morning", "part", "共青团辽源市委员会", "推进会"),
    ("2020-07-14", "2020-07-14", "afternoon", "part", "共青团辽源市委员会", "心理健康辅导站"),
    ("2020-07-17", "2020-07-17", "morning", "part", "多寿路小学", "同走一条文明路"),
    ("2020-07-17", "2020-07-17", "afternoon", "part", "共青团辽源市委员会", "主题党日"),
    ("2020-07-23", "2020-07-24", None, "days", "辽源市交通运输局", "白城市"),
    ("2020-07-24", "2020-07-24", None, "day", "龙山区", "诚信龙山新形象"),
    ("2020-07-31", "2020-07-31", None, "day", "西宁街道", "龙山区志愿者在行动"),
]


@pytest.fixture
def clone(tmp_path):
    """Return a clone of the workspace: what is in git, and nothing that is not."""
    for name in (
        "kalends.toml",
        "events/journal.jsonl",
        "events/checkpoint",
        *(str(path.relative_to(ROOT)) for path in (ROOT / "events/checkpoints").glob("*.txt")),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    feeds = tmp_path / "feeds"
    feeds.mkdir()
    for path in (ROOT / "feeds").glob("*.*"):
        shutil.copy(path, feeds)
    return tmp_path


@pytest.fixture
def kalends(clone, capfd):
    def call(*arguments):
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main(["-C", str(clone), "--lang", "en", *arguments])
        assert left.value.code == 0, capfd.readouterr()
        return capfd.readouterr().out

    return call


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_restored_from_the_journal_it_publishes_the_same_bytes(clone, kalends):
    before, journal = contents(clone / "feeds"), (clone / "events/journal.jsonl").read_bytes()
    shutil.rmtree(clone / "feeds")

    kalends("publish")

    assert contents(clone / "feeds") == before
    assert (clone / "events/journal.jsonl").read_bytes() == journal


def test_what_was_published_is_not_written_again(clone, kalends):
    kalends("publish")
    stamps = {path: path.stat().st_mtime_ns for path in (clone / "feeds").iterdir()}

    assert "Nothing to do" in kalends("publish")
    assert {path: path.stat().st_mtime_ns for path in (clone / "feeds").iterdir()} == stamps


def test_every_dated_activity_is_recorded_as_exactly_as_it_was_told(kalends):
    found = json.loads(kalends("--json", "agenda", "--all"))["activities"]
    dated = [
        activity for activity in found if "没有写明日期" not in (activity["description"] or "")
    ]

    rows = [
        (
            activity["when"]["first_day"],
            activity["when"]["last_day"],
            activity["when"]["part"],
            activity["when"]["precision"],
            activity["departments"][0]["name"],
            activity["title"],
        )
        for activity in dated
    ]
    for *expected, words in DATED:
        assert [row for row in rows if list(row[:5]) == expected and words in row[5]], (
            expected,
            words,
        )
    assert len(dated) == len(DATED) + 2  # and two by a period: the half-year, the year so far


def test_a_unit_acts_for_itself_whatever_heading_it_stands_under(kalends):
    found = json.loads(kalends("--json", "search", "法治地摊"))["activities"]
    (justice,) = found
    assert [department["code"] for department in justice["departments"]] == ["xian-sifaju"]

    district = json.loads(kalends("--json", "history", "龙山区"))["activities"]
    assert justice["id"] not in [activity["id"] for activity in district]


def test_the_accident_that_is_only_referred_to_is_no_activity(kalends):
    found = json.loads(kalends("--json", "agenda", "--from", "2020-07-07", "--to", "2020-07-07"))
    days = {
        activity["when"]["first_day"]
        for activity in found["activities"]
        if activity["when"]["precision"] == "day"
    }
    assert days == set()


def test_a_department_s_history_is_found_by_any_of_its_names(kalends):
    first, other = (
        json.loads(kalends("--json", "history", name)) for name in ("团市委", "共青团")
    )

    assert first == other
    assert [activity["title"] for activity in first["activities"]][-1].endswith("主题党日")


@pytest.mark.parametrize("position", [1, 20, 40, 50])
def test_a_feed_is_shown_as_it_was_then(kalends, position):
    shown = kalends("feed", "show", "all", "--known-at", str(position))

    assert shown.startswith("BEGIN:VCALENDAR")
    assert shown == kalends("feed", "show", "all", "--known-at", str(position))


def test_the_record_is_what_was_signed(kalends, clone):
    document = json.loads(kalends("--json", "audit", "verify"))
    lines = (clone / "events/journal.jsonl").read_bytes().count(b"\n")

    assert (document["ok"], document["size"], document["proved"]) == (True, lines, lines)
    assert json.loads(kalends("--json", "audit", "replay", "--deep"))["ok"]
