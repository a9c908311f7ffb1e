"""`Scanner`: what a pattern is said to begin with is what every match begins with."""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from re import _parser
from zoneinfo import ZoneInfo

import pytest

from kalends.dates.reader import DateContext, read, read_prefix
from kalends.dates.scanner import Scanner
from kalends.domain.errors import KalendsError
from pattern_proofs import begins

SHANGHAI = "Asia/Shanghai"
MONDAY = DateContext(now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo(SHANGHAI)), zone=SHANGHAI)
PHRASES = json.loads(Path(__file__).with_name("phrases.json").read_text("utf-8"))["phrases"]
MORE = (
    "Friday, July, 14th 2020", "morning of July 14 from 9 to 11:30 am", "the week of 19 October",
    "July 14 0900-1030", "July 14 (morning)", "Wed Oct 26 15:50:06 2016", "first half of July",
    "last Friday of the month", "in 3 weeks", "second quarter", "July 14 and 15 (Tue)", "Q2 2020",
)  # fmt: skip


@pytest.fixture(scope="module")
def asked():
    """Every pattern that is looked for in many phrases, with the characters it begins with."""
    found: set[tuple[str, str]] = set()
    real = Scanner.peek

    def peek(scan, pattern, first=""):
        found.add((pattern, first))
        return real(scan, pattern, first)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Scanner, "peek", peek)
        for phrase in (*(phrase["text"] for phrase in PHRASES), *MORE):
            for reading in (read, read_prefix):
                with suppress(KalendsError):
                    reading(phrase, MONDAY)
    return sorted(found)


def test_every_match_begins_with_one_of_the_characters_that_are_named(asked):
    named = [(pattern, first) for pattern, first in asked if first]

    assert len(named) > 100
    for pattern, first in named:
        assert begins(_parser.parse(pattern), frozenset(first), behind_blanks=True), pattern


def test_the_proof_skips_blanks_and_nothing_else():
    for source in (" ?b", "(?: b)", "(?:a| )b", "(?= ?b)", "[ a]b", " *"):
        assert not begins(_parser.parse(source), frozenset("a"), behind_blanks=True), source
    for source in (" ?a", "(?: a)", "(?:a|(?: a))b", "a?(?= ?a)", " {2}a?ab"):
        assert begins(_parser.parse(source), frozenset("a"), behind_blanks=True), source
