"""A search that finds nothing offers words that look like it."""

import time

import pytest

from kalends.application.queries.near_words import near_words

TEXTS = [
    "志愿服务",
    "推进会",
    "共青团辽源市委员会",
    "团市委",
    "召开创城工作推进会",
    "clean-up day",
    "Ｒeading",
]


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("志愿者服务", "志愿服务"),
        ("推进大会", "推进会"),
        ("cleanup", "clean-up day"),
        ("READING CLUB", "Ｒeading"),
        ("共青团市委", "团市委"),
        ("创城推进", "召开创城工作推进会"),
    ],
)
def test_the_nearest_comes_first(words, nearest):
    assert near_words(words, TEXTS)[0] == nearest


@pytest.mark.parametrize("words", ["", "   ", "xyz", "\u200b"])
def test_nothing_alike_is_nothing(words):
    assert near_words(words, TEXTS) == []


@pytest.mark.campaign
def test_no_words_are_too_many():
    texts = [f"第{number}次志愿服务活动" for number in range(2_000)]
    begun = time.process_time()
    assert near_words(" ".join(f"志愿{number}" for number in range(2_000)), texts)
    near_words("志愿" * 2_000, texts)
    assert time.process_time() - begun < 2
