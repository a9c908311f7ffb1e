"""The filters mean the same in every command that lists activities."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest

from cli.conftest import made_once
from kalends.application.queries import event_list
from kalends.cli.terminal import printing
from kalends.cli.terminal.cells import cells

LISTS = [["agenda", "--all"], ["search", "会"], ["late", "--days", "0"], ["history", "我市"]]


@pytest.fixture(scope="session")
def _filled(template, tmp_path_factory):
    recorded = (
        ("li", "7月14日上午 团市委 召开推进会 #推进会 @会议室"),
        ("wang", "7月15日 市教育局 召开家长会 #家校 @向阳小学"),
        ("li", "7月16日 我市 召开总结会"),
        ("li", "8月14日 团市委 召开动员会"),
        ("li", "7月17日 团市委 召开误录会"),
    )
    steps = [["-C", "w", "add", words, "--actor", actor] for actor, words in recorded]
    return made_once(tmp_path_factory.mktemp("filled"), steps, template)


@pytest.fixture
def filled(kalends, machine, tmp_path, monkeypatch, config_home, _filled):
    _filled.copy_to(tmp_path / "w", config_home, machine)
    monkeypatch.chdir(tmp_path / "w")
    return kalends


def found(kalends, *command):
    said = kalends(*command, "--json")
    assert said.code == 0, said
    return {activity["title"] for activity in said.document["activities"]}


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        (["--dept", "团市委"], {"召开推进会", "召开误录会"}),
        (["--dept", "我市", "--to", "7月15日"], {"召开推进会", "召开家长会"}),
        (["--dept", "市教育局", "--dept", "tsw", "--to", "7月15日"], {"召开推进会", "召开家长会"}),
        (["--tag", "推进会"], {"召开推进会"}),
        (["--tag", "#推进会", "--tag", "家校"], {"召开推进会", "召开家长会"}),
        (["--place", "会议"], {"召开推进会"}),
        (["--place", "@向阳小学"], {"召开家长会"}),
        (["--from", "7月16日", "--to", "7月16日"], {"召开总结会"}),
        (["--status", "recorded", "--from", "7月17日"], {"召开误录会"}),
        (["--by", "wang"], {"召开家长会"}),
        (["--by", "wang", "--dept", "团市委"], set()),
        (["--dept", "团市委", "--tag", "没有"], set()),
    ],
)
@pytest.mark.parametrize("command", LISTS, ids=lambda command: command[0])
def test_what_happened_is_found_by_every_list(filled, command, asked, titles):
    assert found(filled, *command, *asked) == titles | (
        {"召开动员会"} if asked == ["--dept", "团市委"] and command[0] != "late" else set()
    )


def test_an_activity_that_somebody_changed_is_theirs_too(filled):
    ref = filled("search", "总结会", "--json").document["activities"][0]["id"]
    assert filled("correct", ref, "--place", "礼堂", "--reason", "补", "--actor", "zhao").code == 0

    for by in ("li", "zhao"):
        assert "召开总结会" in found(filled, "agenda", "--all", "--by", by)
    events = filled("log", "--json", "--by", "zhao").document["events"]
    assert [event["topic"] for event in events] == ["activity.corrected"]


def test_held_is_whatever_took_place_in_lists_and_in_reports_alike(filled):
    assert filled("add", "7月18日 团市委 召开晨会", "--planned").code == 0
    ref = filled("search", "晨会", "--json").document["activities"][0]["id"]
    assert filled("held", ref).code == 0

    july = ("--from", "7月", "--to", "7月")
    listed = found(filled, "agenda", "--status", "held", *july)
    assert "召开晨会" in listed
    assert "召开推进会" in listed  # recorded at once
    assert "召开晨会" not in found(filled, "agenda", "--status", "recorded", *july)
    total = filled("report", "7月", "--json").document["total"]
    assert total["held"] == len(listed)
    asked = filled("report", "7月", "--status", "held", "--json").document["total"]
    assert (asked["activities"], asked["held"]) == (len(listed), len(listed))


def test_a_difference_takes_the_same_filters(filled):
    before = filled("agenda", "--all", "--json").document["known_at"]
    ref = filled("search", "推进会", "--json").document["activities"][0]["id"]
    assert (
        filled("correct", ref, "--dept", "市教育局", "--reason", "误", "--actor", "zhao").code == 0
    )
    assert filled("add", "7月20日 团市委 召开例会", "--actor", "li").code == 0

    since = ("diff", before)
    assert found(filled, *since, "--dept", "市教育局") == {"召开推进会"}
    assert found(filled, *since, "--dept", "团市委") == {"召开推进会", "召开例会"}
    assert found(filled, *since, "--by", "li") == {"召开例会"}
    assert found(filled, *since, "--tag", "推进会") == {"召开推进会"}
    assert found(filled, *since, "--from", "7月20日", "--to", "7月20日") == {"召开例会"}
    assert found(filled, *since, "--status", "planned") == set()
    assert "changed: 1;" in filled(*since, "--by", "zhao").out

    said = filled(*since, "--csv").out.splitlines()
    assert said[0].endswith(",change,reason")
    assert [row.split(",")[2] for row in said[1:]] == ["召开推进会", "召开例会"]
    assert said[1].endswith(",changed,误")
    assert said[2].endswith(",added,")
    Path("changes.csv").write_text(filled("diff", "0", "--tag", "家校", "--csv").out, "utf-8")
    assert filled("add", "--from", "changes.csv", "-n", "--allow-duplicates").err == ""


def test_what_was_retracted_is_listed_when_it_is_asked_for(filled):
    ref = filled("search", "误录会", "--json").document["activities"][0]["id"]
    assert filled("retract", ref, "--reason", "误录").code == 0

    assert "召开误录会" not in found(filled, "agenda", "--all")
    assert found(filled, "agenda", "--all", "--status", "retracted") == {"召开误录会"}


def test_a_filter_looks_at_what_was_known_then(filled):
    ref = filled("search", "推进会", "--json").document["activities"][0]["id"]
    before = filled("agenda", "--all", "--json").document["known_at"]
    assert filled("correct", ref, "--dept", "市教育局", "--reason", "误").code == 0

    assert "召开推进会" not in found(filled, "agenda", "--all", "--dept", "tsw")
    assert "召开推进会" in found(filled, "agenda", "--all", "--dept", "tsw", "--known-at", before)


def test_the_log_shows_the_events_of_what_is_found_and_of_the_department(filled):
    def topics(*asked):
        return [event["topic"] for event in filled("log", "--json", *asked).document["events"]]

    assert topics("--dept", "市教育局") == ["department.registered", "activity.recorded"]
    assert topics("--dept", "市教育局", "--tag", "家校") == ["activity.recorded"]
    assert topics("--status", "planned") == ["activity.planned"]
    assert topics("--by", "wang") == ["activity.recorded"]
    assert "召开家长会" in filled("log", "--by", "wang").out
    assert topics("--by", "nobody") == []


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        (["--dept", "某局"], 3, "No department is called “某局”"),
        (["--from", "近日"], 4, "近日"),
        (["--from", "7月16日", "--to", "7月14日"], 6, "2020-07-16 → 2020-07-14"),
        (["--place", ""], 6, "The place is empty."),
        (["--tag", "#"], 6, "The tag is empty."),
        (["--status", "done"], 2, "planned"),
    ],
)
@pytest.mark.parametrize(
    "command", [*LISTS, ["log"], ["diff", "0"]], ids=lambda command: command[0]
)
def test_a_filter_that_makes_no_sense_is_refused(filled, command, asked, code, words):
    said = filled(*command, *asked)
    assert (said.code, said.out) == (code, "")
    assert words in said.err


@pytest.fixture
def changed(filled):
    """Return the workspace once an activity was planned, moved, corrected, held and retracted."""
    assert filled("add", "--planned", "8月20日 市教育局 家长开放日").code == 0
    ref = filled("search", "家长开放日", "--json").document["activities"][0]["ref"]
    for command in (
        ["move", ref, "--to", "8月21日", "--reason", "下雨"],
        ["correct", ref, "--title", "家长课堂", "--reason", "名称"],
        ["held", ref],
        ["retract", ref, "--reason", "未办"],
    ):
        assert filled(*command).code == 0
    return filled


TITLES = ["家长开放日", "家长开放日", "家长课堂", "家长课堂", "家长课堂"]


@pytest.mark.parametrize("remembered", [1, 10_000])
def test_each_event_of_an_activity_is_listed_with_the_title_of_that_time(
    changed, monkeypatch, remembered
):
    monkeypatch.setattr(event_list, "_REMEMBERED", remembered)
    lines = changed("log").out.splitlines()
    assert all(title in line for title, line in zip(TITLES, lines[-5:], strict=True))
    table = csv.DictReader(io.StringIO(changed("log", "--csv").out.removeprefix("\ufeff")))
    assert [row["what"] for row in table][-5:] == TITLES


@pytest.mark.parametrize("width", [40, 80])
def test_on_a_terminal_the_log_stands_in_columns_and_titles_have_their_room(
    changed, monkeypatch, width
):
    monkeypatch.setattr(printing, "width", lambda: width)
    said = changed("log").out
    assert all(cells(line) <= width for line in said.splitlines()), said
    assert "activity." not in said
    assert [line.strip() for line in said.splitlines() if "家长" in line][-4:] == [
        "家长开放日 — reason: 下雨",
        "家长课堂 — reason: 名称",
        "家长课堂",
        "家长课堂 — reason: 未办",
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "No activities on these days; --all lists every activity.\n"),
        (["--tag", "无"], "No activities on these days; --all lists every activity.\n"),
        (["--all", "--tag", "无"], "No activity is like this.\n"),
        (["--from", "2030-01-01"], "No activity is like this.\n"),
    ],
)
def test_all_is_offered_only_where_it_lists_more(filled, machine, options, said):
    machine.now += timedelta(days=3_000)
    assert filled("agenda", *options).err == said


@pytest.mark.parametrize(
    ("chinese", "status"),
    [("计划", "planned"), ("已开展", "held"), ("已取消", "cancelled"), ("已撤销", "retracted")],
)
def test_a_status_may_be_called_as_lists_call_it(filled, chinese, status):
    command = ["agenda", "--all", "--status"]
    assert found(filled, *command, chinese) == found(filled, *command, status)
    refused = filled("agenda", "--status", "开展")
    assert refused.code == 2
    assert "'开展' is not one of 'planned', 'held'" in refused.err


@pytest.mark.parametrize("words", [[""], ["", " "], ["\u3000"]])
def test_a_search_for_nothing_is_no_search(filled, words):
    said = filled("search", *words)
    assert (said.code, said.out) == (2, "")
    assert "give a word to look for" in said.err
