"""Whatever the roster and the words around it, no department of a sentence is lost."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain import roster as rosters
from kalends.domain import roster_decider
from kalends.domain.commands import RegisterDepartment
from kalends.domain.errors import UnclearError
from kalends.domain.roster import Roster
from kalends.intake.sentence import read_sentence
from specification import STAMP, registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
CHINESE = (
    "市教育局", "教育局", "市教育局团委", "团市委", "市委", "南康街道", "南康", "龙山区", "龙山区教育局",
    "残联", "和平街道", "与路社区", "市水务集团", "第三中学", "城管执法局", "市卫健委",
)  # fmt: skip
LATIN = (
    "Police", "Police Academy", "Fire Brigade", "Education Bureau", "Education", "Youth League",
    "IT", "Parks and Gardens", "Office of the Mayor", "Longshan",
)  # fmt: skip
# The first are in every list of verbs; the last in none.
DONE = ("开展清扫活动", "召开推进会", "慰问老人", "巡河护水", "烘焙面包", "擂台赛")
DONE_LATIN = ("plant trees", "river clean-up", "visited schools", "quiz night", "bake sale")
LEAD, JOINT, HELP = "lead", "joint", "participant"
TEMPLATES = (
    ("7月14日{0}联合{1}、{2}{x}", (LEAD, JOINT, JOINT), "{x}"),
    ("7月14日 {0}{mark}{1}和{2}{x}", (LEAD, JOINT, JOINT), "{x}"),
    ("7月14日由{0}主办，{1}承办的{x}", (LEAD, JOINT), "{x}"),
    ("7月14日由{0}牵头、{1}配合{x}", (LEAD, HELP), "{x}"),
    ("7月14日{x}，主办单位：{0}，承办单位：{1}、{2}", (LEAD, JOINT, JOINT), "{x}"),
    ("7月14日 主办：{0}；协办：{1}；{x}", (LEAD, HELP), "{x}"),
    ("7月14日{0}组织{1}{x}", (LEAD, HELP), "{x}"),
    ("7月14日{0}邀请{1}参加{x}", (LEAD, HELP), "{x}"),
    ("7月14日，在{1}支持下，{0}{x}", (LEAD, HELP), "{x}"),
    ("7月14日{0}{x}，{1}配合", (LEAD, HELP), "{x}"),
    ("7月14日{0}（{1}）{x}", (LEAD, JOINT), "{x}"),
    ("{0}、{1} 7月14日 {x}", (LEAD, JOINT), "{x}"),
)
LATIN_TEMPLATES = (
    ("July 14 {0} and {1} with {2} {x}", (LEAD, JOINT, JOINT), "{x}"),
    ("July 14 {0}, {1} and the {2}: {x}", (LEAD, JOINT, JOINT), "{x}"),
    ("On July 14 the {0} {mark} {1} {x}", (LEAD, JOINT), "{x}"),
    (
        "July 14 {x} hosted by {0}, organized by {1}, with support from the {2}",
        (LEAD, JOINT, HELP),
        "{x}",
    ),
    ("July 14 {0} {x} with the {1} and {2}", (LEAD, JOINT, JOINT), "{x}"),
    ("July 14 {0}, with help from {1}, {x}", (LEAD, HELP), "{x}"),
    ("With support from {1}, {0} {x} on July 14", (LEAD, HELP), "{x}"),
    ("Organizer: {0}; Partners: {1}, {2}. July 14 {x}", (LEAD, JOINT, JOINT), "{x}"),
    ("July 14 - {0} {x} in partnership with {1}", (LEAD, JOINT), "{x}"),
)


@st.composite
def sentences(draw):
    """A roster, a sentence, and the parts and the title that it says."""
    is_latin = draw(st.booleans())
    templates, pool, done = (
        (LATIN_TEMPLATES, LATIN, DONE_LATIN) if is_latin else (TEMPLATES, CHINESE, DONE)
    )
    template, parts, title = draw(st.sampled_from(templates))
    called = draw(st.lists(st.sampled_from(pool), min_size=3, max_size=6, unique=True))
    # Some names are aliases: the name itself is one that no sentence holds.
    is_alias = draw(st.lists(st.booleans(), min_size=6, max_size=6))
    made = Roster()
    for n, (name, alias) in enumerate(zip(called, is_alias, strict=False)):
        command = RegisterDepartment(
            code=f"x{n}",
            name=f"{name}（Zz{n}）" if alias else name,
            aliases=(name,) if alias else (),
        )
        for event in roster_decider.decide(made, command, stamp=STAMP):
            made = rosters.evolve(made, event)
    x = draw(st.sampled_from(done))
    mark = draw(st.sampled_from(("and", "&", "/", "+") if is_latin else tuple("、·+/&")))
    return made, template.format(*called, x=x, mark=mark), parts, title.format(x=x)


@pytest.mark.campaign
@settings(max_examples=400)
@given(sentences())
def test_a_sentence_is_read_exactly_or_asked_about(case):
    roster, sentence, parts, title = case
    try:
        found = read_sentence(
            sentence, roster=roster, context=HERE, wanted=("when", "departments", "title")
        )
    except UnclearError:
        return

    said = {part.code: part.role for part in found.departments}
    assert (said, found.title) == ({f"x{n}": role for n, role in enumerate(parts)}, title)


PLAIN = (("市教育局", "团市委", "城管执法局"), ("Police", "Fire Brigade", "Youth League"))


def test_where_no_name_is_part_of_another_every_form_is_read():
    for templates, names, x in (
        (TEMPLATES, PLAIN[0], "开展清扫活动"),
        (LATIN_TEMPLATES, PLAIN[1], "plant trees"),
    ):
        made = Roster()
        for n, name in enumerate(names):
            command = RegisterDepartment(code=f"x{n}", name=name)
            for event in roster_decider.decide(made, command, stamp=STAMP):
                made = rosters.evolve(made, event)
        for template, parts, title in templates:
            sentence = template.format(*names, x=x, mark="&")
            found = read_sentence(
                sentence, roster=made, context=HERE, wanted=("when", "departments", "title")
            )

            said = [
                (part.code, part.role)
                for part in sorted(found.departments, key=lambda part: part.code)
            ]
            assert said == [(f"x{n}", role) for n, role in enumerate(parts)], sentence
            assert found.title == title.format(x=x), sentence


BETWEEN = "的了和与及、，在到由对向并同协办开展召活动会议慰问走访巡河训练义诊帮助感谢接送带护请替陪商谈共建讲解负责指导下组织邀请参加配合联合 ；（）主承：支持"
BETWEEN_LATIN = (
    "with", "by", "and", "the", "of", "to", "for", ",", "in", "at", "from", "on", "held", "met",
    "visited", "helped", "joint", "drill", "open", "meeting", "children", "under", "supported",
)  # fmt: skip


@settings(max_examples=300)
@given(
    st.lists(st.text(BETWEEN, max_size=5), min_size=3, max_size=3),
    st.lists(st.lists(st.sampled_from(BETWEEN_LATIN), max_size=3), min_size=3, max_size=3),
    st.booleans(),
)
def test_among_any_words_no_department_is_lost(chinese, latin, is_latin):
    names = PLAIN[is_latin]
    between = [f" {' '.join(words)} " for words in latin] if is_latin else chinese
    parts = zip(names, between, strict=True)
    sentence = ("July 14 " if is_latin else "7月14日") + "".join(
        name + words for name, words in parts
    )
    made = Roster()
    for n, name in enumerate(names):
        command = RegisterDepartment(code=f"x{n}", name=name)
        for event in roster_decider.decide(made, command, stamp=STAMP):
            made = rosters.evolve(made, event)
    try:
        found = read_sentence(
            sentence, roster=made, context=HERE, wanted=("when", "departments", "title")
        )
    except UnclearError:
        return

    said = {part.code for part in found.departments}
    for n, name in enumerate(names):
        # In the title a department stands only where somebody else did something to it.
        assert f"x{n}" in said or (n > 0 and name in found.title)


@given(
    st.sampled_from(("牵头", "主办", "承办", "负责")),
    st.sampled_from(("8月12日", "8月20日至25日", "八月十二日", "2020年8月12日", "明天", "周五")),
    st.sampled_from(("", "，")),
)
def test_a_date_may_stand_right_behind_the_part(part, day, mark):
    found = read_sentence(
        f"团市委{part}{mark}{day}启动仪式",
        roster=registered({"tsw": ("团市委",)}),
        context=HERE,
        wanted=("when", "departments", "title"),
    )
    assert found.when is not None
    assert (found.title, [part.code for part in found.departments]) == ("启动仪式", ["tsw"])
