"""What undo says: what was undone, and what stands now."""

import json
from pathlib import Path

import pytest


def undone(kalends, *arguments):
    said = kalends("undo", *arguments)
    assert said.code == 0, said
    return said.out.splitlines()


@pytest.mark.parametrize(
    ("acts", "stands"),
    [
        ([["held"]], "It is planned again."),
        ([["move", "--to", "8月20日"]], "It is planned for that time again."),
        ([["cancel"]], "It is planned again."),
        ([["cancel"], ["reinstate"]], "It is cancelled again."),
        ([["correct", "--title", "大会"]], "It is as before the correction."),
        ([["withhold"]], "It is public again."),
        ([["withhold"], ["release"]], "It is withheld again."),
    ],
)
def test_what_stands_now_is_said(planned, acts, stands):
    kalends, target = planned
    before = None
    for command, *options in acts:
        before = kalends("--json", "show", target).document["activity"]
        reason = [] if command == "held" else ["--reason", "因故"]
        assert kalends(command, target, *options, *reason).code == 0
    lines = undone(kalends)
    assert lines[1].startswith(f"  {target[:4]}  Fri 2020-08-14  ")
    assert lines[2] == f"  {stands}"
    now = kalends("--json", "show", target).document["activity"]
    for field in ("status", "withheld", "title", "when"):
        assert now[field] == before[field]


def test_an_import_is_undone_whole_and_can_be_recorded_again(workspace):
    lines = [
        {"when": "7月14日", "title": f"第{n}次走访", "departments": ["团市委"]} for n in range(12)
    ]
    path = Path("many.jsonl")
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert workspace("add", "--from", path).code == 0

    lines = undone(workspace)

    assert lines[0] == "√ undone: recorded, 12 events from position 5 to 16"
    assert lines[1].endswith("  共青团辽源市委员会  第0次走访")
    assert lines[-2:] == [
        "  … and 2 more.",
        "  They are retracted, and that is final. `kalends add --from FILE --again` records the same lines anew.",
    ]
    assert workspace("--json", "agenda", "--all").document["activities"] == []
    again = workspace("add", "--from", path)
    assert again.out.startswith("0 recorded, 0 were there already")
    assert "lines 1-12" in again.err
    assert workspace("add", "--from", path, "--again").out.startswith("12 recorded")


def test_acts_on_the_roster_are_undone(workspace):
    workspace("dept", "rename", "jyj", "市教委", "--reason", "改名")
    workspace("dept", "merge", "jyj", "tsw")
    workspace("dept", "add", "--code", "ls", "龙山区")
    assert undone(workspace, "-n")[0] == "Would be undone: department registered, position 7"
    assert undone(workspace)[1] == "  龙山区 (ls) is not on the roster any more."
    assert undone(workspace) == [
        "√ undone: department merged, position 6",
        "  市教委 (jyj) is as before: `kalends dept show jyj`.",
    ]
    assert undone(workspace, "-n")[1].startswith("  辽源市教育局 (jyj) is as before")
    assert undone(workspace)[1].startswith("  辽源市教育局 (jyj) is as before")
    assert workspace("dept", "add", "--code", "ls", "龙山区").code == 0
    assert workspace("publish").code == workspace("audit", "replay").code == 0
    assert workspace("audit", "verify").code == 0


def test_settings_are_set_back_and_said(workspace):
    workspace("campaign", "set", "--title", "新名", "--site", "https://example.org/feeds")
    lines = undone(workspace)
    assert lines[0] == "√ undone: settings changed, position 5"
    assert sorted(lines[1:]) == [
        "  site: – again, not https://example.org/feeds",
        "  title: 创城 again, not 新名",
    ]
    workspace("campaign", "set", "--to", "2021-06-30")
    assert undone(workspace)[1] == (
        "  period: 2020-06-01 2020-12-31 again, not 2020-06-01 2021-06-30"
    )


def test_programs_are_told_what_was_undone_and_what_stands(planned):
    kalends, target = planned
    kalends("cancel", target, "--reason", "雨")
    tried = kalends("--json", "undo", "-n").document
    assert set(tried) == {"ok", "undone", "events", "dry_run"}
    document = kalends("--json", "undo").document
    assert [event["topic"] for event in document["undone"]] == ["activity.cancelled"]
    assert [event["topic"] for event in document["events"]] == ["activity.reinstated"]
    assert document["activity"]["status"] == "planned"
    assert document["activities"] == [document["activity"]]
    assert document["position"] == 7
    kalends("dept", "short", "tsw", "团委")
    document = kalends("--json", "undo").document
    assert [department["short"] for department in document["departments"]] == ["团市委"]
    assert "activity" not in document
