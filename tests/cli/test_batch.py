"""Many at once: all of a file or none of it, and never twice."""

import io
import json
import sys
from pathlib import Path

import pytest

from kalends.cli.commands import batch

GOOD = [
    {"when": "7月14日上午", "title": "推进会", "departments": ["团市委"], "tags": ["推进会"]},
    {
        "when": "7月23日—24日", "title": "调研", "place": "白城市", "headcount": 12,
        "departments": ["市教育局", {"name": "团市委", "role": "participant"}],
        "description": "第一行\n第二行", "links": ["https://example.org/1"],
        "source": {"document": "ab" * 32, "quote": "调研", "span": [3, 5]},
    },
    {"when": "8月14日", "title": "动员会", "departments": ["我市"]},
    {"when": "8月15日", "title": "已开的会", "departments": ["我市"], "planned": False},
]  # fmt: skip
BAD = [
    ('{"when": "2月30日", "title": "会", "departments": ["团市委"]}', "impossible-date"),
    ('{"when": "7月14日", "title": "会", "departments": ["某局"]}', "department-not-found"),
    ('{"when": "7月14日", "title": "", "departments": ["团市委"]}', "empty-text"),
    ('{"when": "7月14日", "title": "会", "departments": []}', "empty-text"),
    ('{"when": "7月14日", "title": "会", "departments": ["团市委"], "who": 1}', "bad-format"),
    ('{"when": "7月14日", "title": "会"', "bad-format"),
    ('{"when": "7月14日", "title": "a\\u0007b", "departments": ["团市委"]}', "bad-character"),
    ('{"when": "7月14日", "title": 5, "departments": ["团市委"]}', "bad-format"),
    ("[1]", "bad-format"),
    (
        '{"when": "7月14日", "title": "会", "title": "议", "departments": ["团市委"]}',
        "repeated-key",
    ),
    (
        '{"when": "7月14日", "title": "会", "departments": [{"name": "团市委", "name": "我市"}]}',
        "repeated-key",
    ),
    ('{"when": "7月14日", "title": "会", "departments": null}', "bad-format"),
]


def written(path, *lines):
    texts = [
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
    ]
    path.write_text("".join(f"{line}\n" for line in texts), "utf-8")
    return path


@pytest.fixture
def many(tmp_path):
    return tmp_path / "many.jsonl"


def agenda(kalends):
    return kalends("--json", "agenda", "--all").document["activities"]


def test_every_line_is_recorded(workspace, many):
    said = workspace("add", "--from", written(many, *GOOD))

    assert (said.code, said.out) == (0, "4 recorded, 0 were there already; position 8.\n")
    found = {activity["title"]: activity for activity in agenda(workspace)}
    assert found["推进会"]["when"]["part"] == "morning"
    assert [
        (department["code"], department["role"]) for department in found["调研"]["departments"]
    ] == [
        ("jyj", "lead"),
        ("tsw", "participant"),
    ]
    assert found["调研"]["source"]["span"] == [3, 5]
    assert found["动员会"]["status"] == "planned"
    assert found["已开的会"]["status"] == "recorded"


def test_the_same_file_again_records_nothing(workspace, many):
    written(many, *GOOD)
    workspace("add", "--from", many)

    said = workspace("add", "--from", many)

    assert (said.code, said.out) == (0, "0 recorded, 4 were there already; position 8.\n")


@pytest.mark.parametrize(("line", "slug"), BAD)
def test_one_bad_line_is_named_and_nothing_is_recorded(workspace, many, line, slug):
    written(many, GOOD[0], "", line, GOOD[1])

    said = workspace("--json", "add", "--from", many)

    assert said.code == {
        "impossible-date": 4,
        "department-not-found": 3,
        "bad-format": 2,
        "repeated-key": 2,
    }.get(slug, 6)
    assert said.document["error"]["code"] == "bad-line"
    assert said.document["error"]["message"].startswith("Line 3: ")
    assert agenda(workspace) == []


@pytest.mark.parametrize("listed", [1, 100])
def test_every_bad_line_is_listed_so_that_all_can_be_corrected(
    workspace, many, monkeypatch, listed
):
    monkeypatch.setattr(batch, "_LISTED", listed)
    written(many, GOOD[0], BAD[0][0], GOOD[1], BAD[1][0])

    said = workspace("add", "--from", many)

    lines = said.err.splitlines()
    assert lines[0].startswith("Line 2: ")
    assert lines[1].startswith("Line 4: " if listed > 1 else "… and 1 more.")
    assert lines[2:] == [
        "Lines that cannot be recorded: 2.",
        "→ Correct them. Nothing was recorded; --keep-going records the other lines.",
    ]
    assert said.code == workspace("--json", "add", "--from", many).code == 4
    assert agenda(workspace) == []


def test_what_can_be_recorded_is_with_keep_going_and_the_rest_is_listed(workspace, many):
    written(many, GOOD[0], BAD[0][0], GOOD[1], BAD[1][0])

    said = workspace("add", "--from", many, "--keep-going")

    assert said.code == 9
    assert said.out == "2 recorded, 0 were there already; position 6.\n"
    first, second, *_ = said.err.splitlines()
    assert first.startswith("Line 2: ")
    assert second.startswith("Line 4: ")
    assert "Lines that were not recorded: 2." in said.err


@pytest.mark.campaign
def test_with_keep_going_every_thousand_lines_are_a_transaction(workspace, many, monkeypatch):
    from kalends.service import Service

    sizes = []
    real = Service.record_all
    monkeypatch.setattr(
        Service,
        "record_all",
        lambda self, drafts, **how: sizes.append(len(drafts)) or real(self, drafts, **how),
    )
    written(many, *(dict(GOOD[0], title=f"第{n}次") for n in range(2_500)))

    assert workspace("add", "--from", many, "--keep-going").code == 0
    assert sizes == [1000, 1000, 500]


def test_the_rest_is_listed_for_programs_too(workspace, many):
    written(many, GOOD[0], BAD[0][0])

    said = workspace("--json", "add", "--from", many, "--keep-going")

    assert said.code == 9
    assert said.document["ok"] is False
    assert said.document["recorded"] == 1
    assert [failure["line"] for failure in said.document["failed"]] == [2]


def test_a_dry_run_tells_and_records_nothing(workspace, many):
    said = workspace("add", "-n", "--from", written(many, *GOOD))

    assert said.out.splitlines() == [
        "Line 1: Would be recorded: Tue 2020-07-14 morning  共青团辽源市委员会  推进会  #推进会",
        "Line 2: Would be planned: Thu 2020-07-23 — Fri 2020-07-24  辽源市教育局, 共青团辽源市委员会  调研  @白城市",
        "Line 3: Would be planned: Fri 2020-08-14  辽源市  动员会",
        "Line 4: Would be recorded: Sat 2020-08-15  辽源市  已开的会",
        "4 would be recorded, 0 are there already.",
    ]
    assert agenda(workspace) == []


def test_a_dry_run_gives_programs_the_event_of_each_line(workspace, many):
    written(many, GOOD[0], BAD[0][0], GOOD[1])
    said = workspace("add", "-n", "--json", "--keep-going", "--from", many)

    events = said.document["events"]
    assert [(event["line"], event["topic"]) for event in events] == [
        (1, "activity.recorded"), (3, "activity.planned"),
    ]  # fmt: skip
    assert events[0]["state"]["details"]["title"] == "推进会"
    assert "events" not in workspace("add", "--json", "--keep-going", "--from", many).document


def test_standard_input_is_read_with_a_dash(workspace, monkeypatch):
    raw = (json.dumps(GOOD[0], ensure_ascii=False) + "\r\n").encode("utf-8-sig")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    assert workspace("add", "--from", "-").out.startswith("1 recorded")


def test_a_line_that_is_no_utf8_is_named(workspace, many):
    many.write_bytes(json.dumps(GOOD[0], ensure_ascii=False).encode("gbk") + b"\n")

    said = workspace("--json", "add", "--from", many)

    assert said.code == 2
    assert said.document["error"]["message"].startswith("Line 1: ")


def test_an_empty_file_is_nothing_to_do(workspace, many):
    many.write_bytes(b"\n\n")

    assert (
        workspace("add", "--from", many).out == "0 recorded, 0 were there already; position 4.\n"
    )


def test_options_for_one_activity_do_not_go_with_a_file(workspace, many):
    assert workspace("add", "--from", written(many, *GOOD), "--title", "x").code == 2


def test_null_is_as_good_as_not_given(workspace, many):
    names = ("place", "tags", "description", "headcount", "links", "planned", "source")
    line = {"when": "7月14日", "title": "会", "departments": [{"name": "团市委", "role": None}]}

    assert workspace("add", "--from", written(many, line | dict.fromkeys(names))).code == 0
    (found,) = agenda(workspace)
    assert (found["tags"], found["links"], found["place"]) == ([], [], None)


def test_lines_left_out_are_listed_in_order_and_with_what_they_are_like(recorded):
    kalends, activity = recorded
    good = {"when": "2020-07-15", "title": "走访", "departments": ["tsw"]}
    like = {"when": "2020-07-14", "title": "召开推进会", "departments": ["tsw"]}
    lines = [good, {**good, "title": ""}, like, {**good, "when": "近日"}]
    path = Path("many.jsonl")
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")

    shown = kalends("--json", "--dry-run", "add", "--from", path, "--keep-going")
    said = kalends("add", "--from", path, "--keep-going")

    failed = shown.document["failed"]
    assert [failure["line"] for failure in failed] == [2, 3, 4]
    assert [failure["error"].get("id") for failure in failed] == [None, activity, None]
    assert [line[:7] for line in said.err.splitlines()[:3]] == ["Line 2:", "Line 3:", "Line 4:"]


def test_what_it_is_like_is_named_whole(recorded):
    kalends, activity = recorded
    path = Path("many.jsonl")
    like = {"when": "2020-07-14", "title": "召开推进会", "departments": ["tsw"]}
    path.write_text(json.dumps(like), "utf-8")

    refused = kalends("--json", "add", "7月14日上午 团市委 召开推进会")
    line = kalends("--json", "add", "--from", path)

    assert (refused.code, refused.document["error"]["id"]) == (4, activity)
    assert (line.code, line.document["error"]["code"]) == (4, "bad-line")
    assert line.document["error"]["id"] == activity


def test_keep_going_alone_is_refused(workspace):
    assert workspace("add", "7月14日 团市委 会", "--keep-going").code == 2
