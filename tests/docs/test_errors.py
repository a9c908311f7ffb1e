"""docs/reference/errors.md and the program name the same errors, in the same words."""

import importlib
import pkgutil
import re

import pytest

import kalends
from docs.transcript import read
from kalends.cli.failure import INTERRUPTED
from kalends.cli.hints import HINTS
from kalends.domain.errors import KalendsError, LineError
from kalends.presentation.error_answers import ANSWERS, FAULT, hint_of

PAGE = read("docs/reference/errors.md")
_ROW = re.compile(r"^\| `([a-z-]+)` \| (.*?) \| (.*?) \| (.*?) \|$", re.MULTILINE)
WRITTEN = {code: (exit_, message, hint) for code, exit_, message, hint in _ROW.findall(PAGE)}


def _errors(kind):
    yield kind
    for subclass in kind.__subclasses__():
        yield from _errors(subclass)


def _all_errors():
    for module in pkgutil.walk_packages(kalends.__path__, "kalends."):
        if module.name != "kalends.__main__":
            importlib.import_module(module.name)
    return {
        error.code: error
        for error in _errors(KalendsError)
        if error.__module__.startswith("kalends")
    }


ERRORS = _all_errors()


def _exit(error):
    if issubclass(error, LineError):
        return "that of the line's own error"
    answers = (answer for kind, answer in ANSWERS.items() if issubclass(error, kind))
    return str(next(answers, FAULT)[0])


def test_the_errors_documented_are_the_errors_there_are():
    assert set(WRITTEN) == set(ERRORS)


def test_no_two_errors_bear_one_code():
    kinds = set(_errors(KalendsError))

    assert len({kind.code for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_is_documented_with_its_exit_code_and_words(code):
    error = ERRORS[code]

    assert WRITTEN[code] == (_exit(error), error.message, hint_of(error, HINTS))


def test_the_exit_codes_documented_are_the_exit_codes_there_are():
    table = PAGE.split("## Exit codes")[1].split("## Every error")[0]
    written = {int(match) for match in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}

    assert written == {0, FAULT[0], *(code for code, _ in ANSWERS.values()), INTERRUPTED}
