"""What click says for us is said in both languages."""

import ast
from functools import cache
from pathlib import Path

import click
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.cli import click_messages


@cache
def click_s_own():
    """Return every sentence that click hands to gettext."""
    found = set()
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


@pytest.mark.parametrize(
    "sentence", [*click_messages.SENTENCES, *(s for p in click_messages.PLURALS for s in p)]
)
def test_each_is_still_click_s(sentence):
    assert sentence in click_s_own()


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (["nonsense"], "No such command 'nonsense'.", "没有命令"),
        (["show"], "Missing argument 'ID'.", "缺少参数"),
        (["show", "a", "b"], "Got unexpected extra argument (b)", "多余的参数"),
        (["late", "--days", "x"], "Invalid value for '--days'", "的值无效"),
        (["add", "--nonsense"], "No such option '--nonsense'.", "没有选项"),
    ],
)
def test_a_wrong_call_is_told_in_the_caller_s_language(kalends, arguments, english, chinese):
    assert english in kalends("--lang", "en", *arguments).err
    assert chinese in kalends("--lang", "zh", *arguments).err


def test_choices_that_click_lists_one_on_a_line_are_on_one(kalends):
    said = kalends("--lang", "en", "token", "new", "--actor", "li")
    first = "Wrong usage: Missing option '--role'. Choose from: clerk, office, auditor"
    assert said.err.splitlines()[0] == first


def test_help_is_in_the_caller_s_language(kalends):
    chinese = kalends("--help", "--lang", "zh").out
    assert chinese.startswith("用法： kalends")
    assert "\n命令：\n" in chinese
    assert kalends("--help", "--lang", "en").out.startswith("Usage: kalends")


def test_words_to_be_replaced_are_in_the_caller_s_language(kalends):
    assert kalends("show", "--help", "--lang", "zh").out.startswith(
        "用法： kalends show [选项] 编号"
    )
    assert "--reason 文字" in kalends("cancel", "--help", "--lang", "zh").out
    assert kalends("dept", "--help", "--lang", "zh").out.startswith(
        "用法： kalends dept [选项] [命令]"
    )
    assert kalends("show", "--help", "--lang", "en").out.startswith(
        "Usage: kalends show [OPTIONS] ID"
    )


@for_all(st.text(st.characters(exclude_characters="\n\t\r")))
def test_what_click_quotes_is_shown_as_it_was_typed(text):
    assert click_messages.as_typed(f"No such option {text!r}.")[16:-2] == text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "arguments",
    [["a\x1b[31m"], ["agenda", "--x\x1b[31m"], ["add", "--headcount", "\x1b[31m"], ["publish", "\x1b[31m"], ["show", "--lang", "\x1b[31m"], ["completion", "\x1b[31m"]],
)  # fmt: skip
def test_control_characters_of_wrong_usage_are_escaped_as_everywhere(kalends, arguments, language):
    said = kalends("--lang", language, *arguments)
    assert said.code == 2
    assert "\\u001b[31m" in said.err
    assert "\\x1b" not in said.err
    assert "\x1b" not in said.err


@pytest.mark.parametrize("command", [[], ["add"], ["dept"], ["dept", "add"], ["audit", "verify"]])
def test_h_asks_for_help_everywhere(kalends, command):
    short, whole = kalends(*command, "-h"), kalends(*command, "--help")
    assert (short.code, short.out) == (0, whole.out)
    assert "-h, --help" in short.out
