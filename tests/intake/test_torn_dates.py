"""A date that stands in pieces is asked about; a damaged one is never read as another.

KALENDS_DAMAGED=100000 pytest tests/intake/test_torn_dates.py tries that many damaged sentences.
"""

import os
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kalends.dates.reader import DateContext, read
from kalends.domain.campaign_settings import Period
from kalends.domain.errors import KalendsError, TornDateError, UnclearError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")),
    zone="Asia/Shanghai",
    period=Period(first_day=date(2020, 6, 1), last_day=date(2020, 12, 31)),
)
EVERYTHING = ("when", "departments", "title")
NAMES = {
    "lys": ("辽源市", "我市"),
    "tsw": ("共青团辽源市委员会", "团市委", "Youth League"),
    "jyj": ("辽源市教育局", "市教育局", "Education Bureau"),
    "pol": ("Police",),
}


@pytest.fixture(scope="module")
def roster():
    return registered(NAMES)


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("1 Police 4 July morning visit", "1 … 4 July morning"),
        ("7.1市教育局 4走访", "7.1 … 4"),
        ("2020-07-1 市教育局 4走访", "2020-07-1 … 4"),
        ("2020-07- 市教育局 14走访", "2020-07- … 14"),
        ("2020-07-1 由市教育局、团市委承办 4走访", "2020-07-1 … 4"),
        ("6月 市教育局 底检查", "6月 … 底"),
        ("next Fri Police day morning visit", "next Fri … day morning"),
        ("7/1_4 团市委 走访", "7/1_4"),
        ("2020-07-1l4, Police visit", "2020-07-1l4"),
        ("July 23/-24 Police visit", "July 23/-24"),
        ("14 Ju,ly 2020 Police visit", "14 Ju,ly 2020"),
        ("7月14日下午3~点半 团市委 走访", "7月14日下午3~点半"),
        ("7月14日上午9.点 团市委 走访", "7月14日上午9.点"),
        ("7月14日下午第三点 团市委 走访", "7月14日下午第三点"),
        ("July 14 at 3lpm Police visit", "July 14 at 3lpm"),
        ("July 14 2p日m Police visit", "July 14 2p日m"),
        ("Tu esday, July 14 Police visit", "Tu esday, July 14"),
        ("6月上月上旬 市教育局 走访敬老院", "6月上月上旬"),
        ("Julyy 2020 Police visit", "Julyy 2020"),
        ("2020 #创城 -07-14 Police visit", "2020 … -07-14"),
        ("Tues底day, July 14 Police visit", "Tues底day, July 14"),
        ("1.4 July Police visit", "4 July"),
        ("July5 14 Police visit", "July5 14"),
        ("2日020年 市教育局 走访", "2日020年"),
        ("06日月上旬 市教育局 走访", "06日月上旬"),
        ("2020 -07-14 Police visit", "2020 -07-14"),
        ("July 23.24 Police visit", "July 23.24"),
        ("next Monday at 9 Police visit", "next Monday at 9"),
        ("July 14;15 Police visit", "July 14 … ;15"),
        ("7月14日14:30分3 团市委 走访", "7月14日14:30 … 分3"),
        ("团市委 7月14号午下 走访", "7月14号午下"),
        ("团市委 7月14日 上 走访", "7月14日 上"),
        ("July 14 2三m Police visit", "July 14 … 2三m"),
        ("July 14 e三ening Police visit", "July 14 … e三ening"),
        ("2020年第三季 团市委 走访", "2020年第三季"),
        ("July 14 nono Police visit", "July 14 nono"),
        ("Jqly 2020 Police visit", "Jqly … 2020"),
        ("31 4 July Police visit", "31 … 4 July"),
        ("23 t 24 July Police visit", "t … 24 July"),
        ("23to 24 July Police visit", "23to 24 July"),
        ("14 uly 2020 Police visit", "uly … 2020"),
        ("next Fridayext Friday 2pm Police visit", "next Fridayext Friday 2pm"),
        ("Police next Fr Friday at 3pm visit", "next Fr Friday at 3pm"),
        ("July 14 mornng Police visit", "July 14 … mornng"),
        ("in two days mays morning Police visit", "in two days mays morning"),
        ("July 14 2pmpm Police visit", "July 14 2pmpm"),
        ("7/14 2p/m/ Police visit", "7/14 2p/m"),
        ("团市委 7月14日下午3半 走访", "7月14日下午3半"),
        ("团市委 2020年714日 走访", "2020年714日"),
        ("团市委 6月上 走访", "6月上"),
        ("July 14 at 3p Police visit", "July 14 at 3p"),
        ("July 14 at noo三 Police visit", "July 14 … noo三"),
        ("Police visit at noo三 July 14", "noo三 … July 14"),
        ("1 - #创城 4 July Police visit", "1 - … 4 July"),
        ("7月23日- @广场 24日 团市委 走访", "7月23日- … 24日"),
        ("July 14 Police morning visit", "July 14 … morning"),
    ],
)
def test_a_date_in_pieces_is_asked_about(roster, sentence, part):
    with pytest.raises(TornDateError) as refused:
        read_sentence(sentence, roster=roster, context=HERE, wanted=EVERYTHING)

    assert refused.value.fields["part"] == part


@pytest.mark.parametrize(
    "sentence",
    [
        "下 团市委 周三14:30走访",
        "3天 团市委 前走访",
        "ne Police xt Friday visit",
        "下午3~点半 团市委 走访",
        "Tu esday, July 14 14:30: Police visit",
    ],
)
def test_pieces_of_which_none_can_be_read_alone_are_asked_about_too(roster, sentence):
    with pytest.raises(UnclearError):
        read_sentence(sentence, roster=roster, context=HERE, wanted=EVERYTHING)


@pytest.mark.parametrize("wanted", [(), ("departments",), ("title",)])
def test_a_date_that_was_given_besides_is_not_looked_for(roster, wanted):
    found = read_sentence("7.1市教育局 4走访", roster=roster, context=HERE, wanted=wanted)

    assert found.title == "4走访"


class Answers:
    """Answers the date."""

    def __init__(self, phrase):
        self.phrase, self.asked = phrase, []

    def date(self, error):
        self.asked.append(error.code)
        return read(self.phrase, HERE)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("7.1市教育局 4走访", "走访"),
        ("July 14 at 3lpm Police visit", "visit"),
        ("July 14 2p Police m visit", "visit"),
        ("1 Police 4 July visit", "visit"),
    ],
)
def test_an_answer_takes_the_place_of_all_pieces(roster, sentence, title):
    who = Answers("7月14日下午")

    found = read_sentence(sentence, roster=roster, context=HERE, prompter=who, wanted=EVERYTHING)

    assert who.asked == ["torn-date"]
    assert (found.when.when.text, found.title) == ("7月14日下午", title)


EXAMPLES = int(os.environ.get("KALENDS_DAMAGED", "1000"))
CHINESE, CHINESE_HOURS, ENGLISH, ENGLISH_HOURS = (
    words.replace("\n", "").split("|")
    for words in (
        """7月14日|7月14号|七月十四日|2020年7月14日|7.14|7/14|07-14|2020-07-14|2020/7/14|20200714|
7月23日—24日|7月23日至8月2日|2020-07-23至2020-07-24|6月上旬|6月底|今年6月|上半年|一季度|今天|昨天|
后天|下周三|上周五|本月15日|下个月10号|3天前|两周后|端午节|国庆节|7月|2020年|农历七月初七|
7月14日（周二）|周二|11月中旬|7月初""",
        """||上午|下午|晚上|上午9点|下午3点半|14:30|9:30-11:00|下午三点|早上8点半至11点|9时|14点30分|晚7点""",
        """July 14|14 July|14 July 2020|July 14, 2020|Jul 14|the 14th of July|July 14th|July 23-24|
23 to 24 July|next Friday|in two weeks|yesterday|2020-07-14|7/14|July 2020|Tuesday, July 14|
3 days ago|next week|late July""",
        """|| 2pm| 9:30 AM| 14:30| morning| at 3pm| 9:30-11:00""",
    )
)
MARKS = list(" .,:;/-_~、，：；。·—'\"()\u3000\u00a0\u200b\u202f\ufeff|+*")
STRAYS = list("lIOo0123456789amps第日月年号点时半初底a")
TITLES = {True: ["走访敬老院", "召开推进会", "检查卫生"], False: ["visit", "clean-up drive"]}
DEPARTMENTS = {True: ["团市委", "市教育局"], False: ["Youth League", "Police"]}


class Damaged(NamedTuple):
    """A sentence, the date meant, and what stands in the date's place once names are out."""

    sentence: str
    meant: str
    phrase: str


@st.composite
def damaged(draw):
    """Draw a sentence with a date that was damaged at one place."""
    is_chinese = draw(st.booleans())
    dates, hours = (CHINESE, CHINESE_HOURS) if is_chinese else (ENGLISH, ENGLISH_HOURS)
    date = draw(st.sampled_from(dates)) + draw(st.sampled_from(hours))
    name = draw(st.sampled_from(DEPARTMENTS[is_chinese]))
    title = draw(st.sampled_from(TITLES[is_chinese]))
    gap = draw(st.sampled_from(["", " "])) if is_chinese else " "
    place = draw(st.integers(0, len(date)))
    left, right = date[:place], date[place:]
    kind = draw(st.sampled_from(["name", "tag", "place", "mark", "stray", "lost", "doubled"]))
    if kind == "name":
        return Damaged(f"{left}{gap}{name}{gap}{right} {title}", date, date)
    if kind in {"tag", "place"}:
        mark = {"tag": "#创城", "place": "@广场"}[kind]
        return Damaged(f"{left}{gap}{mark} {right} {name} {title}", date, date)
    if kind in {"mark", "stray"}:
        phrase = left + draw(st.sampled_from(MARKS if kind == "mark" else STRAYS)) + right
    elif kind == "lost":
        phrase = left[:-1] + right
    else:
        length = draw(st.integers(1, 3))
        phrase = left + left[-length:] + right
    begins = draw(st.booleans())
    head = f"{phrase}{gap}{name}" if begins else f"{name}{gap}{phrase}"
    return Damaged(f"{head} {title}", date, phrase)


def said(phrase):
    """Return the days and times of a whole phrase, or None where it is not read."""
    try:
        return days(read(phrase.strip(), HERE).when)
    except KalendsError:
        return None


def days(when):
    """Return what a date says without how it was written."""
    return when.first_day, when.last_day, when.precision, when.part, when.starts, when.ends


def fault(roster, damage):
    """Return another date that would be recorded, or None."""
    meant = said(damage.meant)
    if meant is None:
        return None
    try:
        found = days(
            read_sentence(
                damage.sentence, roster=roster, context=HERE, wanted=EVERYTHING
            ).when.when
        )
    except KalendsError:
        return None
    return None if found in {meant, said(damage.phrase)} else found


@pytest.mark.campaign
@settings(max_examples=EXAMPLES)
@given(damaged())
def test_a_damaged_date_is_never_read_as_another_one(roster, damage):
    assert fault(roster, damage) is None, damage
