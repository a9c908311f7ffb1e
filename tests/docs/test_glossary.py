"""docs/glossary.md and the catalogue say the same words for the same things."""

import re

import pytest

from docs.transcript import read
from kalends.words import words

_ROWS = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|", read("docs/glossary.md"), re.MULTILINE)
CHINESE = {word: said for words_, said in _ROWS for word in words_.split(", ")}


@pytest.mark.parametrize(
    "word",
    [
        "planned", "held", "recorded", "cancelled", "retracted", "moved", "corrected",
        "withheld", "released", "lead", "joint", "participant", "office hours", "period", "source",
    ],
)  # fmt: skip
def test_the_program_says_a_word_as_the_glossary_does(word):
    assert words("zh").gettext(word).removeprefix("已") in CHINESE[word].replace("已", "")


def test_the_glossary_is_in_the_order_of_the_english_words():
    order = [word.split(",")[0].casefold() for word, _ in _ROWS if word not in {"English", "---"}]

    assert order == sorted(order)
