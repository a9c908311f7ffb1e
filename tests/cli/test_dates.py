"""`kalends when`: what a phrase is read as."""

import io
import json
import sys

import pytest


def test_a_phrase_is_said_back_with_its_weekday(workspace):
    assert workspace("when", "7月14日上午").out == "Tue 2020-07-14 morning  (zh-month-day)\n"


def test_a_phrase_may_be_several_words(workspace):
    said = workspace("--json", "when", "--today", "2020-07-20", "next", "Friday")

    assert said.document["when"]["first_day"] == "2020-07-31"
    assert said.document["rule"]


def test_a_time_of_today_may_be_given(workspace):
    said = workspace("--json", "when", "--today", "2020-07-20 10:00", "3天前")

    assert said.document["when"]["first_day"] == "2020-07-17"


@pytest.mark.parametrize("today", ["2020-02-30", "today", "2020-07-20 25:00"])
def test_a_today_that_is_none_is_refused(workspace, today):
    assert workspace("when", "--today", today, "昨天").code == 4


def test_outside_a_workspace_phrases_are_read_too(kalends):
    assert kalends("when", "--lang", "en", "2020-07-14").out == "Tue 2020-07-14  (iso-day)\n"


def test_one_phrase_a_line_is_read_from_standard_input(workspace, monkeypatch):
    raw = "7月14日\n近日\n\nJuly 14\r\n\ud800\n".encode("utf-8", "surrogatepass")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    said = workspace("--json", "when", "-")

    documents = [json.loads(line) for line in said.out.splitlines()]
    assert said.code == 4
    assert [one["ok"] for one in documents] == [True, False, False, True, False]
    assert documents[1]["error"]["code"] == "vague-date"
    assert (documents[2]["phrase"], documents[2]["error"]["code"]) == ("", "unreadable-date")
    assert documents[3]["phrase"] == "July 14"


def test_what_is_not_understood_is_named_on_its_line(workspace, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("7月14日\n近日\n".encode())))

    said = workspace("when", "-")

    first, second = said.out.splitlines()
    assert first == "7月14日\tTue 2020-07-14"
    assert second.startswith("近日\t× ")


def test_a_blank_line_is_answered_in_its_place(workspace, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\n  \n7月14日\n".encode())))

    said = workspace("when", "-")

    assert said.code == 4
    assert [line.split("\t")[1][:1] for line in said.out.splitlines()] == ["×", "×", "T"]


def test_today_may_be_a_moment_of_another_zone(workspace):
    said = workspace("--json", "when", "--today", "2020-07-20T23:30:00Z", "今天")
    assert said.document["when"]["first_day"] == "2020-07-21"
    assert workspace("when", "--today", "foo", "今天").code == 4


def test_a_time_that_comes_twice_is_the_first_and_that_is_told(kalends, tmp_path):
    there = str(tmp_path / "york")
    kalends("init", there, "--title", "Clean streets", "--timezone", "America/New_York")
    kalends("-C", there, "dept", "add", "Parks")

    twice = kalends("-C", there, "add", "2020-11-01 01:30 Parks clean-up")
    never = kalends("-C", there, "add", "2020-03-08 02:30 Parks clean-up")

    assert "2020-11-01 01:30 comes twice" in twice.err
    assert (never.code, "2020-03-08 02:30 does not exist" in never.err) == (4, True)
