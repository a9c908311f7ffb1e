"""The same command line over a server: it prints what it prints in the folder."""

import random
import re

import pytest

from cli.both import a_server, both_of  # noqa: F401 - fixtures
from docs.transcript import read
from kalends.cli.app import kalends as program


def test_an_activity_s_life_is_said_the_same(both):
    made = both("--json", "add", "7月14日上午 团市委 召开推进会 #推进会 @会议室").document
    plan = both("--json", "add", "8月14日 市教育局 座谈会").document["activity"]["id"]
    held = made["activity"]["id"]
    assert ("POST", "/api/v1/commands") in both.server.asked
    for arguments in (
        ["move", plan, "--to", "8月15日下午", "--reason", "冲突"],
        ["cancel", plan, "--reason", "下雨"],
        ["reinstate", plan, "--reason", "晴了"],
        ["held", plan],
        ["held", plan],  # nothing to do
        ["-n", "correct", held, "--title", "召开工作推进会", "--reason", "漏字"],
        ["correct", held, "--title", "召开工作推进会", "--clear", "place", "--reason", "漏字"],
        ["correct", held, "--dept", "市教育局", "--dept", "团市委", "--reason", "主办"],
        ["undo"],
        ["--json", "undo", "--reason", "再来"],
        ["withhold", held, "--reason", "内部"],
        ["release", held],
        ["retract", held, "--reason", "重复"],
        ["undo"],  # refused
        ["retract", held, "--reason", "again"],  # refused
        ["show", held],
        ["--json", "show", held],
        ["--lang", "zh", "show", plan],
    ):
        both(*arguments)


def test_webhooks_and_digests_are_kept_there_and_said_the_same(both):
    both("add", "7月14日上午", "团市委", "召开推进会")
    for kind, url in (
        ("webhook", "https://93.184.215.14/hook"),
        ("digest", "wecombot://key-123456"),
    ):
        both.here(kind, "new", url, "--note", "the map", "--dept", "团市委", "--tag", "推进会")
        both.there(kind, "new", url, "--note", "the map", "--dept", "团市委", "--tag", "推进会")
        near, far = (
            ask("--json", kind, "ls").document[f"{kind}s"][0] for ask in (both.here, both.there)
        )
        assert far == both.here_far("--json", kind, "ls").document[f"{kind}s"][0]
        assert _unmarked(far) == _unmarked(near)
        for words in (["ls"], ["pause", "MARK"], ["ls"], ["resume", "MARK", "--from", "0"],
                      ["--json", "resume", "MARK"], ["ls"], ["revoke", "MARK"], ["ls"],
                      ["revoke", "MARK"], ["new", "ftp://x/"], ["new"]):  # fmt: skip
            said = []
            for ask, mark in ((both.here, near["mark"]), (both.there, far["mark"])):
                answer = ask(kind, *(mark if word == "MARK" else word for word in words))
                texts = (
                    re.sub(r"\d{4}-\d\d-\d\dT[0-9:]+Z", "TIME", text.replace(mark, "MARK"))
                    for text in (answer.out, answer.err)
                )
                said.append((answer.code, *texts))
            assert said[0] == said[1], words


def _unmarked(shape):
    return {key: value for key, value in shape.items() if key not in {"mark", "made"}}


def test_lists_and_views_say_the_same(both):
    both("add", "7月14日上午", "团市委", "召开推进会", "#推进会", "@会议室")
    plan = both("--json", "add", "8月14日 市教育局 座谈会").document["activity"]["id"]
    both("move", plan, "--to", "8月15日", "--reason", "冲突")
    for arguments in (
        ["agenda", "--all"],
        ["--known-at", "5", "agenda", "--all"],
        ["--known-at", "99", "agenda"],
        ["--lang", "zh", "agenda", "--all", "--dept", "团市委"],
        ["agenda", "--all", "--csv"],
        ["history", "我市"],
        ["--json", "history", "团市委"],
        ["history", "没有"],
        ["search", "推进会"],
        ["log"],
        ["--json", "log", "--dept", "团市委"],
        ["late", "--days", "0"],
        ["diff", "5", "7"],
        ["report"],
        ["--json", "report", "--from", "7月1日", "--to", "7月31日"],
        ["dept", "ls"],
        ["dept", "show", "团市委"],
        ["campaign", "show"],
        ["feed", "ls"],
        ["feed", "show", "all"],
        ["feed", "explain", plan],
        ["when", "下周三下午三点半"],
        ["when", "--today", "2020-01-01", "明天"],
        ["when", "没有日子"],
        ["show", "zzzz"],
        ["agenda", "--colour"],
        ["agnda"],
    ):
        both(*arguments)


@pytest.mark.campaign
def test_the_roster_and_the_settings_are_changed_the_same(both, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("name,alias,parent\n龙山区,龙山,\n北寿街道,,龙山区\n", "utf-8")
    for arguments in (
        ["dept", "add", "西安区", "--alias", "西安", "--parent", "我市"],
        ["--json", "dept", "add", "市总工会", "--code", "zgh"],
        ["dept", "alias", "zgh", "工会"],
        ["dept", "alias", "zgh", "工会"],
        ["dept", "alias", "zgh", "工会", "--remove"],
        ["dept", "short", "zgh", "总工会"],
        ["dept", "rename", "zgh", "市总工会二", "--on", "2020-08-01", "--reason", "改名"],
        ["dept", "move", "zgh", "--parent", "我市"],
        ["dept", "merge", "zgh", "团市委", "--on", "2020-09-01"],
        ["dept", "close", "jyj", "--on", "2020-10-01", "--reason", "撤并"],
        ["dept", "reopen", "jyj", "--on", "2020-11-01"],
        ["dept", "add", "--from", roster],
        ["--json", "dept", "add", "--from", roster],
        ["undo"],
        ["undo"],
        ["campaign", "set", "--title", "创建文明城市", "--reason", "全名"],
        ["--json", "-n", "campaign", "set", "--title", "别的"],
        ["campaign", "set", "--timezone", "Mars/Base"],
        ["dept", "ls"],
        ["campaign", "show"],
    ):
        both(*arguments)


@pytest.mark.campaign
def test_files_are_recorded_the_same(both, tmp_path):
    rows = tmp_path / "rows.csv"
    rows.write_text(
        "date,department,title\n2020-07-01,团市委,一\n2020-07-02,没有,二\n2020-07-03,市教育局,三\n",
        "utf-8",
    )
    good = tmp_path / "good.jsonl"
    good.write_text(
        '{"when": "7月5日", "title": "四", "departments": ["团市委"]}\n'
        '{"when": "7月6日上午9点", "title": "五", "departments": ["市教育局", "团市委"]}\n',
        "utf-8",
    )
    text = tmp_path / "lines.txt"
    text.write_text("7月8日 团市委 六\n7月9日 团市委 七\n", "utf-8")
    for arguments in (
        ["add", "--from", rows],
        ["-n", "add", "--from", good],
        ["add", "--from", good],
        ["--json", "add", "--from", good],
        ["add", "--from", text],
        ["agenda", "--all"],
        ["undo"],
        ["add", "--from", text],
        ["add", "--from", text, "--again"],
    ):
        both(*arguments)


def test_refusals_are_said_the_same(both):
    both("add", "7月14日 团市委 推进会")
    for arguments in (
        ["add", "7月14日 团市委 推进会"],  # it is on record
        ["--json", "add", "7月14日 团市委 推进会"],
        ["add", "--allow-duplicates", "7月14日 团市委 推进会"],
        ["add", "明天推进会"],
        ["--lang", "zh", "add", "7月14日 没有的部门 推进会"],
        ["add"],
        ["add", "--planned", "--held", "7月14日 团市委 推进会"],
        ["held", "zzzz"],
        ["undo", "--actor", "li"],
    ):
        both(*arguments)


def test_what_needs_the_folder_says_so(both):
    for arguments in (["init", "x", "--title", "t"], ["token", "ls"], ["audit", "replay"]):
        said = both.there(*arguments)
        assert (said.code, said.out) == (2, ""), arguments
        assert "works in the folder of the campaign" in said.err
        assert said.err.endswith("→ Run it there, without --server and without KALENDS_SERVER.\n")


def test_the_reference_names_what_needs_the_folder():
    """Each command that works only in the folder, or the group whose commands all do."""
    page = read("docs/reference/server.md")
    (sentence,) = re.findall(r"(?s)`folder-only`, exit 2\): (.*?)\.\n- ", page)
    written = set(re.findall(r"`([a-z -]+)`", sentence))
    assert written == set(_in_folder(program, ()))


def _in_folder(group, path):
    names = group.list_commands(None)
    found = []
    for name in names:
        command = group.get_command(None, name)
        if hasattr(command, "list_commands"):
            found.append((name, list(_in_folder(command, (*path, name))), command))
        elif command.in_folder:
            yield " ".join((*path, name))
    for name, inner, command in found:
        whole = len(inner) == len(command.list_commands(None))
        yield from [" ".join((*path, name))] if whole else inner


def test_alone_it_says_where_the_feeds_stand(both):
    both.there("add", "8月1日 团市委 座谈会")
    said = both.there()
    assert said.out.endswith("The feeds stand at position 0; publish where you may write.\n")
    near = both.here("--json").document
    far = both.there("--json").document
    assert near.keys() == far.keys()


def _anything(dice, ids):
    """Return some command, sensible or not."""
    target = dice.choice(ids) if ids and dice.random() < 0.9 else "zzzz"
    name = dice.choice(["团市委", "市教育局", "我市", "jyj", "没有"])
    day = dice.choice(
        ["7月14日上午", "8月14日", "明天", "下周三下午三点", "2020年6月", "没有日子"]
    )
    words = dice.choice([["座谈会"], ["推进会", "#推进会", "@会议室"], ["走访", "50人参加"]])
    reason = ["--reason", dice.choice(["因故", "", "下雨"])]
    return dice.choice(
        [
            ["add", day, name, *words],
            ["--json", "add", day, name, *words, "--allow-duplicates"],
            ["-n", "add", day, name, *words],
            ["held", target],
            ["move", target, "--to", day, *reason],
            ["cancel", target, *reason],
            ["reinstate", target, *reason],
            ["correct", target, "--title", words[0], "--dept", name, *reason],
            ["--json", "correct", target, "--when", day, "--clear", "place", *reason],
            ["withhold", target, *reason],
            ["release", target],
            ["retract", target, *reason],
            ["undo"],
            ["--json", "undo"],
            ["dept", "rename", name, "新名", *dice.choice([[], ["--on", "2020-08-01"]])],
            ["dept", "alias", name, dice.choice(["教育", "团", "共青团"])],
            ["dept", "close", name, "--on", "2020-12-01"],
            ["dept", "reopen", name],
            ["campaign", "set", "--title", dice.choice(["创城", "文明城市"])],
            ["log"],
            ["agenda", "--all"],
            ["history", name],
        ]
    )


@pytest.mark.campaign
@pytest.mark.parametrize("seed", [1])
def test_whatever_is_done_is_said_the_same(both, seed):
    dice, ids = random.Random(seed), []
    for _ in range(40):
        said = both(*_anything(dice, ids))
        ids += [found for found in re.findall(r'"ref": "(\w+)"', said.out) if found not in ids]
    whole = both.here("--json", "log").document, both.there("--json", "log").document
    assert [each["position"] for each in whole[0]["events"]] == [
        each["position"] for each in whole[1]["events"]
    ]
    assert len(whole[0]["events"]) > 5
