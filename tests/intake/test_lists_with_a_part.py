"""Every name of a list that stands with a word for a part has that part, in both languages."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.errors import UnclearError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
ENGLISH = {
    "tsw": "Youth League",
    "jyj": "Education Bureau",
    "ga": "Police",
    "rc": "Red Cross",
    "wf": "Women's Federation",
}
CHINESE = {"tsw": "团市委", "jyj": "市教育局", "ga": "市公安局", "rc": "红十字会", "wf": "市妇联"}
ROSTER = registered({code: (CHINESE[code], ENGLISH[code]) for code in ENGLISH})
HELPED_BY = (
    "backed by", "supported by", "assisted by", "helped by", "joined by", "accompanied by",
    "with help from", "with the support of", "with assistance from", "with volunteers from",
)  # fmt: skip
JOINED_TO = ("with", "together with", "jointly with", "in partnership with", "along with")
HELPING = ("assisting", "supporting", "helping", "taking part", "participating")
HELPED = ("assisted", "supported", "helped", "took part", "joined in")
AFTER_LEAD = (
    "14 July: Youth League, {}, street drill",
    "14 July: Youth League, {}: street drill",
    "14 July: Youth League ({}): street drill",
    "14 July, Youth League {}, street drill",
    "14 July: Youth League street drill, {}",
    "14 July: Youth League street drill {}",
    "14 July: Youth League street drill ({})",
    "street drill, 14 July, Youth League, {}",
    "street drill organised by Youth League, {}, 14 July",
    "14 July: street drill hosted by Youth League and {}",
)
HELPED_CHINESE = ("协办", "配合", "参加", "参与", "协助", "协同")
IN_CHINESE = (
    "7月14日，团市委牵头，{}，开展清查",
    "7月14日 团市委牵头，{}，开展清查",
    "7月14日，团市委主办、{}，开展清查",
    "7月14日，团市委开展清查，{}",
    "团市委牵头，{}，7月14日，开展清查",
    "由团市委主办，{}，7月14日开展清查",
    "7月14日，由团市委主办，{}的清查",
)


def read(sentence):
    return read_sentence(
        sentence, roster=ROSTER, context=HERE, wanted=("when", "departments", "title")
    )


def parts(found):
    return {(part.code, part.role) for part in found.departments}


OTHERS = st.lists(st.sampled_from(sorted(set(ENGLISH) - {"tsw"})), min_size=1, max_size=4,
                  unique=True)  # fmt: skip


def listed(names, comma, last):
    return last.join([comma.join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def expected(codes, role):
    return {("tsw", "lead"), *((code, role) for code in codes)}


LAST = st.sampled_from((" and ", " & ", ", and ", " and the ", ", "))


@for_all(
    OTHERS, LAST, st.sampled_from(HELPED_BY + JOINED_TO + HELPING + HELPED),
    st.sampled_from(AFTER_LEAD),
)  # fmt: skip
def test_in_english(codes, last, words, form):
    names = listed([ENGLISH[code] for code in codes], ", ", last)
    is_behind = words in HELPING + HELPED
    said = f"{names} {words}" if is_behind else f"{words} {names}"
    try:
        found = read(form.format(said))
    except UnclearError:
        # Nobody can tell where such a list begins or ends.
        assert is_behind or last == ", " or form.endswith("and {}")
        return
    assert parts(found) == expected(codes, "joint" if words in JOINED_TO else "participant")
    assert found.title == "street drill"


@for_all(OTHERS, LAST, st.sampled_from(HELPED_BY), st.sampled_from(("14 July: {}", "{}, 14 July")))
def test_before_the_one_who_leads(codes, last, words, form):
    names = listed([ENGLISH[code] for code in codes], ", ", last)
    said = f"{words} {names}, the Youth League cleaned the river"
    try:
        found = read(form.format(said[0].upper() + said[1:]))
    except UnclearError:
        assert last == ", "
        return
    assert parts(found) == expected(codes, "participant")


@for_all(
    OTHERS, st.sampled_from(("、", "，", ",")), st.sampled_from(("、", "和", "与", "及", "以及")),
    st.sampled_from(HELPED_CHINESE), st.sampled_from(IN_CHINESE),
)  # fmt: skip
def test_in_chinese(codes, comma, last, word, form):
    names = listed([CHINESE[code] for code in codes], comma, last)
    try:
        found = read(form.format(f"{names}{word}"))
    except UnclearError:
        assert comma != "、"
        return
    assert parts(found) == expected(codes, "participant")


@pytest.mark.parametrize(
    "sentence",
    [
        "With help from Police, Red Cross, Youth League clean the river, 14 July",
        "14 July: Youth League drill, backed by Police, Rotary and Red Cross",
        "14 July: Youth League drill, not backed by Police, Red Cross or others",
    ],
)
def test_what_nobody_can_tell_is_asked_about(sentence):
    with pytest.raises(UnclearError):
        read(sentence)
