"""What is asked where a date stands in pieces."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kalends.dates.reader import Context, read
from kalends.domain import roster as rosters
from kalends.domain import roster_decider
from kalends.domain.commands import RegisterDepartment
from kalends.domain.errors import TornDateError, UnclearError
from kalends.domain.roster import Roster
from kalends.domain.settings import Period
from kalends.intake.sentence import read_sentence
from specification import STAMP

HERE = Context(
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
    made = Roster()
    for code, (name, *aliases) in NAMES.items():
        command = RegisterDepartment(code=code, name=name, aliases=tuple(aliases))
        for event in roster_decider.decide(made, command, stamp=STAMP):
            made = rosters.evolve(made, event)
    return made


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
    ],
)
def test_a_date_in_pieces_is_asked_about(roster, sentence, part):
    with pytest.raises(TornDateError) as refused:
        read_sentence(sentence, roster=roster, context=HERE, wanted=EVERYTHING)

    assert refused.value.facts["part"] == part


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

    found = read_sentence(sentence, roster=roster, context=HERE, asked=who, wanted=EVERYTHING)

    assert who.asked == ["torn-date"]
    assert (found.when.when.text, found.title) == ("7月14日下午", title)
