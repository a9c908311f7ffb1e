"""A date that is only about a day is asked about, and the question says why."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kalends.dates.reader import DateContext
from kalends.domain.campaign_settings import Period
from kalends.domain.errors import VagueDateError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")),
    zone="Asia/Shanghai",
    period=Period(first_day=date(2020, 6, 1), last_day=date(2020, 12, 31)),
)
ROSTER = registered({"ls": ("龙山区",), "lib": ("Library",)})


def read(sentence):
    wanted = ("when", "departments", "title")
    return read_sentence(sentence, roster=ROSTER, context=HERE, wanted=wanted)


@pytest.mark.parametrize("word", ["around", "About", "circa", "approximately", "roughly"])
@pytest.mark.parametrize("sentence", ["{} 6 December Library fair", "Library fair {} December 6"])
def test_a_word_before_an_english_date_is_named(sentence, word):
    with pytest.raises(VagueDateError) as asked:
        read(sentence.format(word))
    assert asked.value.fields["part"] == word


@pytest.mark.parametrize(
    ("sentence", "said", "part"),
    [
        ("12月6日左右 龙山区 检查", "12月6日左右", "左右"),
        ("12月6日前后 龙山区 检查", "12月6日前后", "前后"),
        ("大约12月6日 龙山区 检查", "大约12月6日", "大约"),
        ("龙山区 约12月6日 检查", "约12月6日", "约"),
        ("6 December or so Library fair", "6 December or so", "or so"),
    ],
)
def test_the_question_shows_the_date_and_the_word(sentence, said, part):
    with pytest.raises(VagueDateError) as asked:
        read(sentence)
    assert asked.value.fields == {"text": said, "part": part}


@pytest.mark.parametrize(
    "sentence", ["6 December Library talk about 20 trees", "12月6日 龙山区 走访约12户"]
)
def test_a_number_of_something_is_no_date(sentence):
    assert read(sentence).when.when.first_day == date(2020, 12, 6)
