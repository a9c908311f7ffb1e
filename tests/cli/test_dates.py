"""`kalends when`: what a phrase is read as."""

import io
import json
import shutil
import sys
from functools import partial
from pathlib import Path

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
    assert [document["ok"] for document in documents] == [True, False, False, True, False]
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


@pytest.mark.campaign
def test_a_time_that_comes_twice_is_the_first_and_that_is_told(kalends, tmp_path):
    there = str(tmp_path / "york")
    kalends("init", there, "--title", "Clean streets", "--timezone", "America/New_York")
    kalends("-C", there, "dept", "add", "Parks")

    twice = kalends("-C", there, "add", "2020-11-01 01:30 Parks clean-up")
    never = kalends("-C", there, "add", "2020-03-08 02:30 Parks clean-up")

    assert "2020-11-01 01:30 occurs twice" in twice.err
    assert (never.code, "2020-03-08 02:30 does not exist" in never.err) == (4, True)


def test_every_command_that_reads_a_time_says_which_of_two_was_taken(
    kalends, tmp_path, monkeypatch
):
    there = str(tmp_path / "york")
    opening = ("--title", "Clean streets", "--timezone", "America/New_York", "--lang", "en")
    kalends("init", there, *opening)
    york = partial(kalends, "-C", there)
    york("dept", "add", "Parks")
    twice, note = (
        "2020-11-01 01:30",
        (
            "2020-11-01 01:30 occurs twice, because clocks go back (America/New_York): "
            "the first was taken."
        ),
    )

    def check(*arguments, line=""):
        said = york("--json", *arguments)
        assert said.code == 0, said
        assert said.document["notes"] == [f"{line}{note}"]
        assert said.err == f"! {line}{note}\n"
        return said.document

    check("when", twice)
    assert york("when", twice).err == f"! {note}\n"
    assert york("--json", "when", "2020-11-01 03:30").document["notes"] == []
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{twice}\n".encode())))
    check("when", "-")
    check("--dry-run", "add", twice, "Parks clean-up")
    found = check("add", twice, "Parks clean-up")["activity"]["id"]
    assert (
        york("--json", "correct", found, "--place", "Hall", "--reason", "x").document["notes"]
        == []
    )
    york("move", found, "--to", "2020-11-02 09:00", "--reason", "rain")
    check("--dry-run", "move", found, "--to", twice, "--reason", "sun")
    check("move", found, "--to", twice, "--reason", "sun")
    assert york("--json", "move", found, "--to", twice, "--reason", "sun").document["notes"] == []
    york("correct", found, "--when", "2020-11-02 09:00", "--reason", "typo")
    check("correct", found, "--when", twice, "--reason", "right")

    lines = [
        {"when": "2020-11-03", "title": "Walk", "departments": ["Parks"]},
        {"when": twice, "title": "Talk", "departments": ["Parks"]},
        {"when": twice, "title": "Talk", "departments": ["Parks"]},
    ]
    (tmp_path / "many").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    many = ("add", "--skip-duplicates", "--from", tmp_path / "many")
    check("--dry-run", *many, line="Line 2: ")
    check(*many, line="Line 2: ")
    assert york("--json", *many).document["notes"] == []


def spoil_log(name):
    """Return what a log of the current workspace is made into."""

    def no_folder():
        shutil.rmtree("events")

    def no_journal():
        Path("events/journal.jsonl").unlink()

    def no_database():
        Path("events/kalends.db").unlink()

    def broken_database():
        Path("events/kalends.db").write_bytes(b"no database" * 400)

    def broken_both():
        broken_database()
        Path("events/journal.jsonl").write_bytes(b"\xff\x00[" * 999)

    def a_broken_line():
        path = Path("events/journal.jsonl")
        first, rest = path.read_bytes().split(b"\n", 1)
        lost = b'{"stream":"campaign","version":2,"topic":"campaign.revised","state":{}}'
        path.write_bytes(b"\n".join((first, lost, b'{"stream":"campaign",', rest, b"{" * 99)))

    def a_folder():
        Path("events/journal.jsonl").unlink()
        Path("events/journal.jsonl").mkdir()

    return locals()[name]


@pytest.mark.parametrize("how", ["no_database", "broken_database", "no_journal", "a_broken_line"])
def test_a_phrase_is_read_in_the_campaigns_year_and_zone_whatever_became_of_its_log(
    workspace, how
):
    spoil_log(how)()

    said = workspace("--json", "when", "--today", "2031-07-20", "7月14日上午9点")

    assert (said.code, said.err) == (0, "")
    when = said.document["when"]
    assert (when["first_day"], when["zone"]) == ("2020-07-14", "Asia/Shanghai")


@pytest.mark.parametrize("how", ["no_folder", "broken_both", "a_folder"])
def test_a_phrase_is_read_without_settings_and_that_is_said(workspace, how):
    spoil_log(how)()

    said = workspace("when", "7月14日")

    assert said.code == 0
    assert "settings cannot be read" in said.err


def test_reading_a_phrase_opens_and_restores_no_log(workspace):
    Path("events/kalends.db").unlink()

    assert workspace("when", "7月14日").err == ""
    assert not Path("events/kalends.db").exists()


def test_a_revised_campaign_counts_as_it_is_now(workspace):
    assert workspace("campaign", "set", "--timezone", "Europe/Madrid").code == 0
    assert workspace("--json", "when", "7月14日").document["when"]["zone"] == "Europe/Madrid"
