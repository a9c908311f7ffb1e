"""Every refusal says what happened and what to do about it."""

import ast
import pickle
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import kalends
from kalends.domain import errors
from kalends.domain.errors import KalendsError, NoWebError
from kalends.domain.errors.base import needs_extra

SOURCES = sorted(Path(kalends.__file__).parent.rglob("*.py"))


def tree(root: type[KalendsError]) -> Iterator[type[KalendsError]]:
    yield root
    for kind in root.__subclasses__():
        yield from tree(kind)


EVERY_NAME = dir(errors)  # which loads every module
ERRORS = [kind for kind in tree(KalendsError) if kind.__module__.startswith(errors.__name__)]
# These make their facts from an error of their own.
COMPOSED = {kind.__name__ for kind in ERRORS if kind.__init__ is not KalendsError.__init__}


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("kind", [kind for kind in ERRORS if kind.__name__ not in COMPOSED])
def test_an_error_says_what_happened_and_what_to_do(kind):
    filled = {name: f"<{name}>" for name in fields(kind.message) | fields(kind.hint)}
    error = kind(**filled)
    assert str(error) == kind.message.format(**filled)
    assert error.fields == filled
    assert all(f"<{name}>" in str(error) for name in fields(kind.message))
    assert all(f"<{name}>" in kind.hint.format(**filled) for name in fields(kind.hint))


@pytest.mark.parametrize("kind", [kind for kind in ERRORS if kind.__name__ in COMPOSED])
def test_an_error_of_a_line_says_what_its_cause_says(kind):
    error = kind(KalendsError(detail="this"), line=7)
    assert str(error) == "Line 7: Something went wrong: this"
    assert error.fields["cure"] == KalendsError.hint
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (type(again), str(again), str(again.cause)) == (kind, str(error), str(error.cause))


def test_no_two_errors_bear_one_code():
    codes = [kind.code for kind in ERRORS]
    assert sorted(set(codes)) == sorted(codes)


def test_every_error_has_words_of_its_own():
    assert all("code" in vars(kind) and "message" in vars(kind) for kind in ERRORS)


def test_messages_and_cures_are_sentences():
    for kind in ERRORS:
        for words in (kind.message, kind.hint):
            assert words[0] in "“`{" or words[0].isupper(), words
            assert words[-1] in ".?}", words


@pytest.mark.campaign
def test_whoever_raises_an_error_gives_all_its_fields():
    for source in SOURCES:
        check_what_is_raised_in(source)


def check_what_is_raised_in(source):
    nodes = list(ast.walk(ast.parse(source.read_text("utf-8"))))
    imported = {
        name.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module == errors.__name__
        for name in node.names
    }
    wanted = {
        kind.__name__: fields(kind.message) | fields(kind.hint)
        for kind in ERRORS
        if kind.__name__ in imported - COMPOSED
    }
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            given = {keyword.arg for keyword in node.keywords}
            if node.func.id in wanted and None not in given:
                assert wanted[node.func.id] <= given, (
                    f"{source}:{node.lineno}: {ast.unparse(node)}"
                )


@pytest.mark.parametrize(
    ("missing", "raised"),
    [("uvicorn", NoWebError), ("kalends.web", ImportError), (None, ImportError)],
)
def test_only_a_missing_library_is_an_extra_that_is_missing(missing, raised):
    with pytest.raises(raised), needs_extra(NoWebError):
        raise ImportError(name=missing)


def test_an_error_that_there_is_not_is_no_attribute():
    with pytest.raises(AttributeError, match="NoSuchError"):
        _ = errors.NoSuchError
