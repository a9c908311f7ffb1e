"""`Pattern`: what it says it needs is what every match holds, proved from the expression itself."""

import importlib
import pkgutil
import re
import sys
from re import _parser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kalends
import kalends.application
import kalends.audit
import kalends.domain
import kalends.intake
from kalends.domain.patterns import Pattern, small
from kalends.intake.departments import english_groups
from pattern_proofs import (
    begins,
    holds_a_word,
    holds_digits,
    is_anchored,
    is_divided_in_many_ways,
    is_needed,
    never_begins,
)

# Without regard to case i, k and s have more than two writings: the dotless i, the Kelvin sign, ſ.
_TWO_WRITINGS = "abcdefghjlmnopqrtuvwxyzABCDEFGHJLMNOPQRTUVWXYZ"


def all_patterns() -> dict[str, Pattern]:
    """Return every pattern of the rooms that have some, those in tuples too, by its name."""
    found: dict[str, Pattern] = {}
    for room in (kalends.domain, kalends.intake, kalends.application, kalends.audit):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                for n, item in enumerate(value if isinstance(value, tuple) else (value,)):
                    if isinstance(item, Pattern):
                        found[f"{module.name}.{name}[{n}]"] = item
    return found


EVERY = all_patterns()
PATTERNS = {name: pattern for name, pattern in EVERY.items() if pattern.needs}
WORDED = {name: pattern for name, pattern in EVERY.items() if pattern.words}
FIRSTS = {name: pattern for name, pattern in EVERY.items() if pattern.first}
IN_A_ROW = {name: pattern for name, pattern in EVERY.items() if pattern.digits}
NEVER_FIRST = {name: pattern for name, pattern in EVERY.items() if pattern.never_first}


def compiled_at_once():
    """Return the expressions in the modules that are no `Pattern`, by their names."""
    return {
        f"{module}.{name}[{n}]": item
        for module, loaded in list(sys.modules.items())
        if module.partition(".")[0] == "kalends"
        for name, value in vars(loaded).items()
        for n, item in enumerate(value if isinstance(value, tuple) else (value,))
        if isinstance(item, re.Pattern)
    }


def loaded():
    """Load every module of the program."""
    for module in pkgutil.walk_packages(kalends.__path__, "kalends."):
        if not module.name.endswith(("__main__", ".verify")):
            importlib.import_module(module.name)


def test_no_row_of_the_same_sign_is_divided_in_all_ways():
    loaded()
    sources = {name: (pattern.source, pattern._flags) for name, pattern in EVERY.items()}
    sources |= {name: (each.pattern, each.flags) for name, each in compiled_at_once().items()}

    divided = [
        name
        for name, (source, flags) in sources.items()
        if isinstance(source, str) and is_divided_in_many_ways(_parser.parse(source, flags))
    ]

    assert divided == []
    assert len(sources) > 500


@pytest.mark.parametrize("source", ["(a+)+b", "(?:a+|b)*c", "(?:x?[0-9]+)*y", r"(?:\*+\s*)+!"])
def test_what_is_divided_in_all_ways_is_found(source):
    assert is_divided_in_many_ways(_parser.parse(source))


@pytest.mark.parametrize(
    "source", ["(?:a++|b)*c", "(?:x[0-9]+)*y", "(?:a|b)+", "a+b*", "(?:a+b?c)+"]
)
def test_what_is_divided_in_one_way_alone_is_not(source):
    assert not is_divided_in_many_ways(_parser.parse(source))


@pytest.mark.parametrize("name", WORDED)
def test_every_match_holds_one_of_the_words_of_a_pattern(name):
    pattern = WORDED[name]
    ends = pattern.then or {""}

    words = [word + end for word in pattern.words for end in ends]
    assert holds_a_word(_parser.parse(pattern.source), words)
    assert not pattern.also or holds_a_word(_parser.parse(pattern.source), pattern.also)
    if pattern.compiled.flags & re.IGNORECASE:
        assert [small(word) for word in pattern.words] == list(pattern.words)


@pytest.mark.parametrize("name", IN_A_ROW)
def test_every_match_holds_as_many_digits_in_a_row_as_a_pattern_says(name):
    pattern = IN_A_ROW[name]

    assert holds_digits(_parser.parse(pattern.source), pattern.digits)


def test_what_is_said_about_words_has_words():
    assert all(pattern.words for pattern in EVERY.values() if pattern.then or pattern.also)


@pytest.mark.campaign
def test_a_small_letter_is_every_letter_that_is_alike_without_regard_to_case():
    for letter in "abcdefghijklmnopqrstuvwxyz":
        alike = re.compile(letter, re.IGNORECASE)
        every = [chr(point) for point in range(sys.maxunicode) if alike.match(chr(point))]
        assert {small(character) for character in every} == {letter}


@pytest.mark.parametrize("name", NEVER_FIRST)
def test_no_match_begins_with_a_character_with_which_none_of_a_pattern_does(name):
    pattern = NEVER_FIRST[name]

    assert never_begins(_parser.parse(pattern.source), pattern.never_first)


def test_every_english_opener_holds_one_of_its_words():
    assert holds_a_word(_parser.parse(english_groups.OPENER.source), english_groups.WORDS)


@pytest.mark.parametrize("name", FIRSTS)
def test_every_match_begins_with_one_of_the_first_characters_of_a_pattern(name):
    pattern = FIRSTS[name]

    assert not pattern.compiled.flags & re.IGNORECASE
    assert begins(_parser.parse(pattern.source), pattern.first)
    assert pattern.source[0] != "^" or is_anchored(_parser.parse(pattern.source))


def test_the_proofs_refuse_words_and_beginnings_that_may_be_missing():
    for source, words in {
        "ab?c": ["ab"],
        "(?:ab|c)d": ["ab"],
        "a(?:b)?": ["ab"],
        "(?:ab)*": ["ab"],
        "a.b": ["ab"],
        "a(?!b)": ["ab"],
        "(?<=a)b": ["ab"],
        "a[bc]": ["ab"],
        "a(?: b)*c": [" b"],
        "a|ab": ["ab"],
        "a(?=b)bc": ["bb"],
    }.items():
        assert not holds_a_word(_parser.parse(source), words), source
    for source, words in {
        "x*ab?c": ["ac", "abc"],
        "(?:ab|cd)+": ["ab", "cd"],
        "[0-9]+(?:am|pm)": ["am", "pm"],
        "(?:[0-9]+ab|ac.*)": ["ab", "ac"],
        "(?:[0-9]+ab|ac.*)+": ["ab", "ac"],
        "a(?= )": ["a "],
    }.items():
        assert holds_a_word(_parser.parse(source), words), source
    for source in ("a?b", "[ab]c", "(?:a|b)", "a*b", ".a", "a?"):
        assert not begins(_parser.parse(source), frozenset("a")), source
    assert begins(_parser.parse("(?!x)(?:a?b|ab)"), frozenset("ab"))
    for source in ("a?1b", "[0-9]c", "(?:a|[^b])", "b*2", ".1", "a?", r"\w", "b|1", "[^a]"):
        assert not never_begins(_parser.parse(source), frozenset("0123456789")), source
    for source in (r"\s*a", "(?:a?b|[^0-9])1", "[^0-9a]1", "(?!1)b+1", "[a-c]?[d-f]"):
        assert never_begins(_parser.parse(source), frozenset("0123456789")), source
    assert not is_anchored(_parser.parse("^a|b"))
    for source in (
        "[0-9]a[0-9]",
        "[0-9]?[0-9]",
        "[0-9]{1,2}",
        "(?:[0-9][0-9]|1)",
        "(?:11)?",
        "1|22",
    ):
        assert not holds_digits(_parser.parse(source), 2), source
    for source in ("(?:[01][0-9]|2[0-3])", "a1[0-9]b", "(?:19|20)[0-9]{2}", ".*(?:x11|22)"):
        assert holds_digits(_parser.parse(source), 2), source


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
        "(?!a)b": "a",
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


@given(st.text("ab1 .", max_size=8), st.integers(0, 6))
def test_a_pattern_with_words_or_a_beginning_finds_what_the_library_finds(text, start):
    for source, named in {
        "1?(?:ab|b1)": {"words": ("ab", "b1")},
        "^(?:ab?|1)": {"first": "a1"},
        "^ab|^1": {"first": "a1", "words": ("ab", "1")},
        "ab[1.]": {"words": ("ab",), "then": "1."},
        "[ab]b (?:1|a)": {"words": ("b ",), "then": "1a", "also": ("ab", "bb")},
        "1[1.]?11?": {"digits": 1},
        "a11|111": {"digits": 2},
    }.items():
        pattern, peer = Pattern(source, **named), re.compile(source)

        assert spans([pattern.match(text, start)]) == spans([peer.match(text, start)])
        assert spans([pattern.search(text)]) == spans([peer.search(text)])
        assert spans([pattern.fullmatch(text, start)]) == spans([peer.fullmatch(text, start)])
        assert spans(pattern.finditer(text)) == spans(peer.finditer(text))
    assert spans([Pattern("ab", first="a").search("1ab")]) == [(1, 3)]


def spans(matches):
    return [None if match is None else match.span() for match in matches]


def test_nothing_is_compiled_for_a_text_without_what_a_pattern_needs():
    pattern = Pattern("[0-9]日", needs="日")

    assert pattern.search("5月") is None
    assert pattern._compiled is None
    assert pattern.search("5日") is not None
    assert pattern.compiled is pattern.compiled


def test_nothing_is_compiled_for_a_text_without_what_stands_behind_a_word_or_beside_it():
    for source, named, text in (
        ("at [0-9]+", {"words": ("at ",), "then": "0123456789"}, "at at noon 12"),
        ("at .* to", {"words": ("at ",), "also": ("to",)}, "at noon"),
        ("[0-9]{4}", {"digits": 4}, "07-14 123"),
    ):
        pattern = Pattern(source, **named)

        assert pattern.search(text) is None
        assert pattern._compiled is None
        assert pattern.search("at noon at 2020 to") is not None


@pytest.mark.campaign
def test_whatever_a_text_must_not_hold_is_not_printable():
    from kalends.domain.text import _FORBIDDEN

    assert [n for n in range(0x110000) if chr(n).isprintable() and _FORBIDDEN.match(chr(n))] == []
