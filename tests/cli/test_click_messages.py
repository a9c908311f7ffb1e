"""What click says for us is said in both languages."""

import ast
from pathlib import Path

import click
import pytest

from kalends.cli import click_messages


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


def test_help_is_in_the_caller_s_language(kalends):
    assert kalends("--help", "--lang", "zh").out.startswith("用法： kalends")
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
