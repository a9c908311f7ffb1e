"""Colour says what is wrong and what does not count any more; nowhere but on a terminal."""

import pytest

from kalends.cli.lists.tones import GONE, WRONG
from kalends.cli.terminal import printing


@pytest.fixture
def filled(workspace, monkeypatch):
    for words in (
        "8月14日 团市委 召开动员会",
        "8月15日 团市委 召开座谈会",
        "7月18日 团市委 走访 --planned",
    ):
        assert workspace("add", *words.split()).code == 0
    ref = workspace("search", "座谈会", "--json").document["activities"][0]["id"]
    assert workspace("cancel", ref, "--reason", "雨").code == 0
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return workspace


def at_a_terminal(monkeypatch, width=80):
    monkeypatch.setattr(printing, "width", lambda: width)
    monkeypatch.setattr("kalends.cli.lists.tones.width", lambda: width)


@pytest.mark.parametrize(
    "command", [["agenda", "--all"], ["history", "团市委"], ["search", "团市委"]]
)
def test_red_is_what_is_wrong_and_faint_what_does_not_count(filled, monkeypatch, command):
    at_a_terminal(monkeypatch)
    lines = filled(*command).out.splitlines()

    (overdue,) = [line for line in lines if "走访" in line]
    (cancelled,) = [line for line in lines if "座谈会" in line]
    (planned,) = [line for line in lines if "动员会" in line]
    assert overdue.startswith(WRONG)
    assert cancelled.startswith(GONE)
    assert "\x1b" not in planned
    assert overdue.endswith("\x1b[0m")


def test_who_recorded_nothing_is_red_in_a_report(filled, monkeypatch):
    at_a_terminal(monkeypatch)
    lines = filled("report").out.splitlines()

    assert [line for line in lines if line.startswith(WRONG)] == [
        f"{WRONG}Departments without any activity: 1 — 市教育局\x1b[0m"
    ]


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_whoever_wants_no_colour_has_none(filled, monkeypatch, name, value):
    at_a_terminal(monkeypatch)
    monkeypatch.setenv(name, value)
    assert "\x1b" not in filled("agenda", "--all").out


def test_a_pipe_has_none(filled):
    assert "\x1b" not in filled("agenda", "--all").out


@pytest.mark.parametrize("width", [30, 40, 80])
@pytest.mark.parametrize("command", [["log"], ["history", "团市委"], ["agenda", "--all"], []])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_of_a_list_is_broken_by_the_terminal(
    filled, monkeypatch, command, width, language
):
    at_a_terminal(monkeypatch, width)
    monkeypatch.setenv("NO_COLOR", "1")
    out = filled(*command, "--lang", language).out
    assert [line for line in out.splitlines() if printing.cells(line) > width] == []


def test_a_line_that_is_too_long_goes_on_set_in():
    assert printing.fitted("  一二三四五 六七", 30) == ["  一二三四五 六七"]
    assert printing.fitted("  一二三四五 六七", 14) == ["  一二三四", "      五 六七"]
    assert printing.fitted("      一二三 四五", 12) == ["      一二三", "      四五"]
    assert printing.fitted("一" * 99, None) == ["一" * 99]
