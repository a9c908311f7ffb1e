"""Of the marks around what is taken out of a sentence, no two are left side by side."""

import re

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.intake.titles.headcount import take_headcount
from kalends.intake.vocabulary.persons import PERSONS, PERSONS_CHINESE
from kalends.intake.vocabulary.tags_and_place import SEAM, tidy

MARKS = st.sampled_from((" - ", " – ", ", ", "; ", " ", "，", "、", ",", " / "))
PIECES = st.sampled_from((SEAM, "street drill", "flu shots", "清查活动", "talk"))
DOUBLED = re.compile(r"[-–—/,，;；、]\s*[-–—/,，;；、]")


@for_all(st.lists(st.tuples(PIECES, MARKS), min_size=2, max_size=7))
def test_no_separator_is_doubled(pieces):
    text = "".join(piece + mark for piece, mark in pieces)
    if SEAM not in text:
        return
    tidied = tidy(text)
    assert not DOUBLED.search(tidied)
    assert re.findall(r"\w+", tidied) == re.findall(r"\w+", text.replace(SEAM, " "))


@for_all(
    st.integers(1, 99_999), st.sampled_from(PERSONS), st.sampled_from((", ", "; ", ". ", " - "))
)
def test_a_number_of_people_in_a_clause_of_its_own_is_the_headcount(number, people, mark):
    title, count, _ = take_headcount(f"street drill{mark}{number} {people}")
    assert (title, count) == ("street drill", number)


@for_all(
    st.integers(1, 99_999), st.sampled_from(PERSONS_CHINESE), st.sampled_from("，,；。"),
    st.sampled_from(("", "服务", "出动", "组织")), st.sampled_from(("人", "名", "人次")),
)  # fmt: skip
def test_people_before_their_number(number, people, mark, doing, unit):
    words = f"{doing}{people}{number}{unit}"
    assert take_headcount(f"清查活动{mark}{words}") == ("清查活动", number, words)


@pytest.mark.parametrize(
    "title",
    ["talk, 75 seats", "planting, 300 roses", "trip, 3 buses", "talk for 40 seniors",
     "讲座，赠书200册", "讲座，传单300份", "慰问老人90名", "talk at No. 40 people"],
)  # fmt: skip
def test_a_number_of_things_stays_in_the_title(title):
    assert take_headcount(title) == (title, None, None)
