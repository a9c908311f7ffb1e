"""What the grammars of dates read, the checks of what was left know too."""

import json
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kalends.dates import scanner
from kalends.dates.festivals import festivals
from kalends.dates.reader import DateContext, read, read_prefix
from kalends.dates.vocabulary import ENGLISH
from kalends.domain.errors import KalendsError, TornDateError
from kalends.intake.dates.unread_dates import BESIDE
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
EVERYTHING = ("when", "departments", "title")
PHRASES = json.loads((Path(__file__).parents[1] / "dates/phrases.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def patterns():
    """Return all the expressions with which the grammars move on in a phrase."""
    found = set()
    taken = scanner.Scanner.take

    def take(self, pattern, first=""):
        found.add(pattern)
        return taken(self, pattern, first)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanner.Scanner, "take", take)
        for phrase in (row["text"] for row in PHRASES["phrases"]):
            for reads in (read, read_prefix):
                try:
                    reads(phrase, HERE)
                except KalendsError:
                    continue
    return found


def grown(pattern, begun, whole):
    """Return the words that may have begun where a pattern ends; `whole` takes those that ended.

    What an expression only looks at is no part of it.
    """
    for kind, value in pattern:
        name = str(kind)
        if name == "LITERAL" and re.match("[a-z]", chr(value)):
            begun = {word + chr(value) for word in begun}
        elif name == "BRANCH":
            begun = {word for branch in value[1] for word in grown(branch, begun, whole)}
        elif name == "SUBPATTERN":
            begun = grown(value[-1], begun, whole)
        elif name == "MAX_REPEAT":
            repeated = grown(value[-1], begun, whole)
            is_optional = value[0] == 0 and repeated != {""}
            begun = begun | repeated if is_optional else repeated
        else:
            codes = value if name == "IN" else [(kind, value)]
            whole |= begun | {chr(code) for kind, code in codes if str(kind) == "LITERAL"}
            begun = {""}
    return begun


def read_words(patterns):
    words = set()
    for pattern in patterns:
        words |= grown(re._parser.parse(pattern), {""}, words)
    return words


def test_every_word_that_is_read_is_known_to_the_checks(patterns):
    words = {word for word in read_words(patterns) if re.fullmatch("[a-z]{2,}", word)}
    names = {word for name in festivals() for word in re.findall("[a-z]+", name)}

    assert len(words) > 80
    assert " ".join(sorted(words - names - ENGLISH)) == ""


def test_every_character_that_is_read_is_known_to_the_checks(patterns):
    characters = {char for char in read_words(patterns) if "\u4e00" <= char <= "\u9fff"}

    assert len(characters) > 80
    assert "".join(sorted(characters - BESIDE)) == ""


PLACES = registered({"a": ("团市委", "Youth League"), "b": ("市教育局", "Police")})


@pytest.mark.parametrize(
    "joining",
    [
        *(
            "、",
            "/",
            "+",
            "·",
            "和",
            "与",
            "及",
            "以及",
            "联合",
            "会同",
            "共同",
            "携手",
            " ",
            "，",
        ),
        *("主办，", "协办，", "配合，"),
    ],
)
def test_a_date_is_found_torn_by_all_that_joins_departments(joining):
    names = f"团市委{joining}市教育局"

    found = read_sentence(f"7月14日{names}走访", roster=PLACES, context=HERE, wanted=EVERYTHING)
    assert {part.code for part in found.departments} == {"a", "b"}

    with pytest.raises(TornDateError):
        read_sentence(f"7.1 {names} 4走访", roster=PLACES, context=HERE, wanted=EVERYTHING)


@pytest.mark.parametrize(
    "joining", [" and ", " and the ", " & ", " with ", ", ", " together with "]
)
def test_a_date_is_found_torn_by_all_that_joins_names_in_english(joining):
    names = f"Youth League{joining}Police"

    found = read_sentence(
        f"July 14 {names}: visit", roster=PLACES, context=HERE, wanted=EVERYTHING
    )
    assert {part.code for part in found.departments} == {"a", "b"}

    with pytest.raises(TornDateError):
        read_sentence(
            f"July 1 {names} 4 July visit", roster=PLACES, context=HERE, wanted=EVERYTHING
        )
