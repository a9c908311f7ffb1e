"""Lists of any length: people are shown the first, programs get every one, memory stays flat."""

import json
import tracemalloc
from collections import deque

import pytest

from kalends.cli.lists import listing

_COUNT = 7


@pytest.fixture
def many(workspace, tmp_path):
    """Return a workspace in which lists are shown three at a time."""
    source = tmp_path / "many.jsonl"
    lines = [
        {"when": f"2020-07-{1 + n:02d}", "title": f"走访{n}", "departments": ["团市委"]}
        for n in range(_COUNT)
    ]
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert workspace("add", "--from", source).code == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "MOST", 3)
        yield workspace


@pytest.mark.parametrize(
    "command", [["agenda", "--from", "2020-06-01"], ["late", "--days", "1"], ["diff", "1"]]
)
def test_people_are_shown_the_first_and_are_told_that_there_are_more(many, command):
    said = many(*command)
    assert said.code == 0
    assert said.out.count("走访") == 3
    assert "more than these 3; --all" in said.err
    every = many(command[0], "--all", *([] if command[0] == "agenda" else command[1:]))
    assert (every.out.count("走访"), every.err) == (_COUNT, "")
    assert len(many(*command, "--json").document["activities"]) == _COUNT


@pytest.mark.parametrize("command", [["history", "团市委"], ["search", "走访"]])
def test_what_is_asked_for_by_name_is_listed_whole(many, command):
    said = many(*command)
    assert (said.out.count("走访"), said.err) == (_COUNT, "")
    assert len(many(*command, "--json").document["activities"]) == _COUNT


def test_a_list_that_ends_where_people_are_shown_no_more_has_no_more(many):
    said = many("agenda", "--from", "2020-07-05")
    assert (said.out.count("走访"), said.err) == (3, "")


def test_a_document_written_as_it_is_read_is_the_same(workspace):
    assert workspace("add", "2020-07-14", "团市委", "走访 #a").code == 0
    for command in (["agenda", "--all"], ["diff", "1"], ["log"], ["search", "没有"], []):
        said = workspace(*command, "--json")
        assert said.out == json.dumps(said.document, ensure_ascii=False) + "\n"


@pytest.mark.campaign
def test_memory_does_not_grow_with_a_list(workspace, tmp_path, monkeypatch):
    monkeypatch.setattr(listing, "MOST", 50)
    monkeypatch.setattr("kalends.cli.context._write", deque(maxlen=0).extend)
    monkeypatch.setattr("kalends.views.revision._AT_ONCE", 50)
    monkeypatch.setattr("kalends.views.changes._AT_ONCE", 50)
    peaks, source = [], tmp_path / "many.jsonl"
    for count in (200, 1000):
        lines = [
            {"when": "2020-07-01", "title": f"走访{count}-{n}", "departments": ["团市委"]}
            | {"description": f"{n}" * 300}
            for n in range(count)
        ]
        source.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        assert workspace("add", "--from", source).code == 0
        workspace("agenda")  # the views are caught up
        peaks.append({})
        for command in (["agenda", "--all"], ["diff", "1"], ["late"], ["history", "团市委"]):
            tracemalloc.start()
            assert workspace(*command, "--json").code == 0
            peaks[-1][command[0]] = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
    few, more = peaks
    assert all(more[name] < 1.2 * few[name] + 300_000 for name in few), peaks
