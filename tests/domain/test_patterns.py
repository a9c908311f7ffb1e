"""`Pattern`: what it says it needs is what every match holds, proved from the expression itself."""

import importlib
import pkgutil
import re
from collections.abc import Iterable
from re import _constants as code
from re import _parser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kalends.domain
import kalends.intake
from kalends.domain.patterns import Pattern

# Without regard to case i, k and s have more than two writings: the dotless i, the Kelvin sign, ſ.
_TWO_WRITINGS = "abcdefghjlmnopqrtuvwxyzABCDEFGHJLMNOPQRTUVWXYZ"
_LARGEST = 300  # of a range of characters that is looked through


def all_patterns() -> dict[str, Pattern]:
    """Return every pattern of the rooms that have some, those in tuples too, by its name."""
    found: dict[str, Pattern] = {}
    for room in (kalends.domain, kalends.intake):
        for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                for n, item in enumerate(value if isinstance(value, tuple) else (value,)):
                    if isinstance(item, Pattern):
                        found[f"{module.name}.{name}[{n}]"] = item
    return found


def is_needed(parts: Iterable[tuple[object, object]], needs: frozenset[str]) -> bool:
    """Tell whether whatever these parts of an expression match holds one of the characters."""
    return any(_part_needs(operation, argument, needs) for operation, argument in parts)


def _part_needs(operation, argument, needs):
    if operation is code.LITERAL:
        return chr(argument) in needs
    if operation is code.IN:
        return all(_choice_needs(*choice, needs) for choice in argument)
    if operation is code.BRANCH:
        return all(is_needed(branch, needs) for branch in argument[1])
    if operation is code.SUBPATTERN:
        return is_needed(argument[3], needs)
    if operation in {code.MAX_REPEAT, code.MIN_REPEAT}:
        return argument[0] > 0 and is_needed(argument[2], needs)
    return False


def _choice_needs(operation, argument, needs):
    if operation is code.LITERAL:
        return chr(argument) in needs
    if operation is code.RANGE:
        first, last = argument
        return last - first < _LARGEST and all(chr(n) in needs for n in range(first, last + 1))
    return False


PATTERNS = {name: pattern for name, pattern in all_patterns().items() if pattern.needs}


@pytest.mark.parametrize("name", PATTERNS)
def test_every_match_holds_one_of_the_characters_that_a_pattern_needs(name):
    pattern = PATTERNS[name]

    assert is_needed(_parser.parse(pattern.source), pattern.needs)
    if pattern.compiled.flags & re.IGNORECASE:
        letters = {letter for letter in pattern.needs if letter.lower() != letter.upper()}
        assert all({letter.lower(), letter.upper()} <= pattern.needs for letter in letters)
        assert not letters - set(_TWO_WRITINGS)


def test_letters_that_are_named_without_regard_to_case_have_no_third_writing():
    for letter in _TWO_WRITINGS.lower():
        alike = re.compile(letter, re.IGNORECASE)
        every = {chr(code_point) for code_point in range(0x3000) if alike.match(chr(code_point))}
        assert every == {letter, letter.upper()}


def test_the_proof_refuses_what_is_not_needed():
    for source, needs in {
        "a?b": "a",
        "(?:a|b)c": "a",
        "[a-c]": "ab",
        "(?=a)b": "a",
        "(?<=a)b": "a",
        "a*": "a",
        r"\d": "0123456789",
        "[^a]": "a",
        "(a)?": "a",
        ".": "a",
    }.items():
        assert not is_needed(_parser.parse(source), frozenset(needs)), source


def test_most_patterns_say_what_they_need():
    assert len(PATTERNS) > 60


@given(st.text("ab1日月 .", max_size=8), st.integers(0, 8))
def test_a_pattern_finds_what_the_library_finds(text, start):
    for source, needs in {"[ab]+日": "日", "1?月|日": "月日", "(?<=a)1": "1", "a*": ""}.items():
        pattern, peer = Pattern(source, needs=needs), re.compile(source)

        assert spans([pattern.match(text, start)]) == spans([peer.match(text, start)])
        assert spans([pattern.search(text)]) == spans([peer.search(text)])
        assert spans([pattern.fullmatch(text, start)]) == spans([peer.fullmatch(text, start)])
        assert spans(pattern.finditer(text)) == spans(peer.finditer(text))
        assert pattern.sub("-", text) == peer.sub("-", text)


def spans(matches):
    return [None if match is None else match.span() for match in matches]


def test_nothing_is_compiled_for_a_text_without_what_a_pattern_needs():
    pattern = Pattern("[0-9]日", needs="日")

    assert pattern.search("5月") is None
    assert pattern._compiled is None
    assert pattern.search("5日") is not None
    assert pattern.compiled is pattern.compiled


@pytest.mark.campaign
def test_whatever_a_text_must_not_hold_is_not_printable():
    from kalends.domain.text import _FORBIDDEN

    assert [n for n in range(0x110000) if chr(n).isprintable() and _FORBIDDEN.match(chr(n))] == []
