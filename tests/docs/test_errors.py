"""docs/reference/errors.md and the program name the same errors, in the same words."""

import importlib
import pkgutil
import re

import pytest

import kalends
from docs.transcript import read
from kalends.cli.failure import CLOSED_PIPE, INTERRUPTED
from kalends.cli.hints import HINTS
from kalends.domain.errors import KalendsError, LineError
from kalends.presentation.error_answers import (
    ANSWERS,
    FAULT,
    exit_code,
    hint_of,
)
from kalends.presentation.http_statuses import HTTP_STATUSES, http_status

# An extra; its errors stand in `domain`, as all do.
OPTIONAL = {"psycopg", "psycopg_pool"}
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
            try:
                importlib.import_module(module.name)
            except ModuleNotFoundError as missing:
                if (missing.name or "").partition(".")[0] not in OPTIONAL:
                    raise
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
    table = PAGE.split("## Exit codes")[1].split("## HTTP statuses")[0]
    written = {int(match) for match in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}

    assert written == {
        0,
        FAULT[0],
        *(code for code, _ in ANSWERS.values()),
        INTERRUPTED,
        CLOSED_PIPE,
    }


_HTTP_ROW = re.compile(r"^\| (\d+) \| (\d{3}) \| (.*?) ?\|$", re.MULTILINE)


def _statuses_documented():
    """Return the status of each exit code, and the statuses of single errors by their codes."""
    table = PAGE.split("## HTTP statuses")[1].split("## Every error")[0]
    rows = _HTTP_ROW.findall(table)
    own = {
        code: int(status)
        for *_, differ in rows
        for status, codes in re.findall(r"(\d{3}): ([^;]*)", differ)
        for code in re.findall(r"`([a-z-]+)`", codes)
    }
    return {int(exit_): int(status) for exit_, status, _ in rows}, own


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_is_answered_over_http_as_documented(code):
    of_exit, own = _statuses_documented()
    error = ERRORS[code].__new__(ERRORS[code])
    if isinstance(error, LineError):
        for cause in ERRORS.values():
            if not issubclass(cause, LineError):
                error.cause = cause.__new__(cause)
                assert http_status(error) == http_status(error.cause)
        return

    assert http_status(error) == own.get(code, of_exit[exit_code(error)])


@pytest.mark.parametrize("code", ERRORS)
def test_every_error_belongs_to_a_family_and_only_the_servers_own_are_5xx(code):
    error = ERRORS[code].__new__(ERRORS[code])
    if isinstance(error, LineError):
        return
    if WRITTEN[code][0] == str(FAULT[0]):
        assert code in {"fault", "page-fault"}
        assert (exit_code(error), http_status(error)) == FAULT
        return

    assert 2 <= exit_code(error) <= 10
    own = [HTTP_STATUSES[kind] for kind in HTTP_STATUSES if isinstance(error, kind)]
    lacks = 503 in own
    assert (http_status(error) >= 500) == (exit_code(error) in {8, 10} or lacks)
