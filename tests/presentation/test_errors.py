"""An error says what to do in words; the door adds what to type."""

import ast
import re
from pathlib import Path

import pytest

import kalends
from kalends.cli.hints import HINTS
from kalends.domain import errors
from kalends.domain.errors import (
    ActivityNotFoundError,
    CannotUndoError,
    LineError,
    NoDateError,
    UsageError,
)
from kalends.presentation.error_answers import hint_of, in_words
from kalends.words import Message, words

ROOT = Path(kalends.__file__).parent
TYPED = re.compile(
    r"(?<![.\w])kalends [a-z]|(?<![\w-])--[a-z]|(?<![\w-])-[A-Z]\b"
    r"|`(?:git|cp|mv|rm|chmod|pip|kalends)\b"
)
# These speak of the program to whoever holds a file that it wrote, wherever that is.
OF_A_FILE = {"audit/pack_page.py", "audit/verifier/verify.py"}
BY_CODE = {
    kind.code: kind
    for kind in (getattr(errors, name) for name in dir(errors))
    if isinstance(kind, type) and issubclass(kind, errors.KalendsError)
}
ENGLISH, CHINESE = words("en"), words("zh")


def marked(path):
    """Return the texts in a module that are marked, and those that errors are raised with."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        name = getattr(getattr(node, "func", None), "id", "")
        if isinstance(node, ast.Call) and (name in {"N_", "Message"} or name.endswith("Error")):
            yield from (
                text.value
                for value in (*node.args, *(keyword.value for keyword in node.keywords))
                for text in ast.walk(value)
                if isinstance(text, ast.Constant) and isinstance(text.value, str)
            )


@pytest.mark.campaign
def test_no_text_outside_the_command_line_names_a_command_or_an_option():
    texts = {
        f"{name}: {text}"
        for path in ROOT.rglob("*.py")
        if (name := path.relative_to(ROOT).as_posix()) not in OF_A_FILE
        and not name.startswith("cli/")
        for text in marked(path)
        if TYPED.search(text)
    }
    assert texts == set()


@pytest.mark.campaign
def test_every_hint_of_the_command_line_belongs_to_an_error_or_to_a_text():
    texts = {text for path in ROOT.rglob("*.py") for text in marked(path)}

    assert [key for key in HINTS if key not in BY_CODE and key not in texts] == []


@pytest.mark.parametrize("key", HINTS)
def test_a_hint_of_the_command_line_names_what_to_type(key):
    assert TYPED.search(HINTS[key])


@pytest.mark.parametrize("code", [key for key in HINTS if key in BY_CODE])
def test_such_an_error_says_by_itself_what_to_do_and_has_every_field_of_the_hint(code):
    kind = BY_CODE[code]
    own = set(re.findall(r"{(\w+)}", kind.hint + kind.message))

    assert kind.hint != HINTS[code]
    assert set(re.findall(r"{(\w+)}", HINTS[code])) <= own


def test_without_a_door_nothing_is_to_be_typed():
    error = ActivityNotFoundError(name="zzzz")

    assert in_words(ENGLISH, error)["hint"] == "The agenda and a search show ids."
    assert in_words(CHINESE, error)["hint"] == "日程和搜索结果会显示编号。"
    assert "`kalends agenda`" in in_words(ENGLISH, error, HINTS)["hint"]
    assert "`kalends agenda`" in in_words(CHINESE, error, HINTS)["hint"]


def test_a_kind_without_a_hint_of_its_own_has_that_of_its_family():
    inherits = type("Inherits", (UsageError,), {"code": "inherits"})
    assert hint_of(inherits, HINTS) == HINTS["usage"]
    owns = type("Owns", (UsageError,), {"code": "owns", "hint": "Do this."})
    assert hint_of(owns, HINTS) == "Do this."


def test_an_error_that_brings_its_own_hint_keeps_it():
    error = UsageError(detail="x")
    error.hint = "kalends add --help"

    assert in_words(ENGLISH, error, HINTS)["hint"] == "kalends add --help"


def test_a_line_says_what_its_own_error_says_in_the_language_and_by_the_door():
    error = LineError(NoDateError(text="团市委 走访"), line=3)

    said = in_words(CHINESE, error, HINTS)
    assert said["message"].startswith("第 3 行")
    assert "--when" in said["hint"]
    assert "--keep-going" in said["hint"]
    bare = in_words(ENGLISH, error)
    assert bare["hint"] == (
        "Begin with the date, like 2020-07-14 or July 14 3pm. Nothing was recorded."
    )


def test_a_cure_that_differs_from_case_to_case_is_completed_too():
    cure = Message("If it did take place, record it again.")
    error = CannotUndoError(
        what="x", position=3, detail=Message("a retraction is final"), cure=cure
    )

    assert in_words(ENGLISH, error)["hint"] == "If it did take place, record it again."
    assert "`kalends add`" in in_words(ENGLISH, error, HINTS)["hint"]
