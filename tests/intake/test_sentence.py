"""What a sentence is found to say."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kalends.dates.reader import DateContext, read
from kalends.domain.errors import (
    HalfReadDateError,
    HalfReadDepartmentError,
    ImpossibleDateError,
    KalendsError,
    LongTextError,
    NoDateError,
    NoDepartmentError,
    SecondDateError,
    UnclearError,
)
from kalends.intake.sentence import read_sentence
from kalends.intake.vocabulary.tags_and_place import as_text
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
NAMES = {
    "tsw": ("共青团辽源市委员会", "团市委", "Youth League"),
    "jyj": ("辽源市教育局", "市教育局", "Education Bureau"),
    "ls-jyj": ("龙山区教育局",),
    "ls": ("龙山区",),
    "it": ("IT",),
    "lu": ("与路与社区",),
}


@pytest.fixture(scope="module")
def roster():
    return registered(NAMES)


@pytest.mark.parametrize(
    ("sentence", "date", "departments", "title"),
    [
        ("7月14日上午 团市委 召开推进会", "7月14日上午", ["tsw"], "召开推进会"),
        ("7月14日上午团市委召开推进会", "7月14日上午", ["tsw"], "召开推进会"),
        ("团市委7月14日上午召开推进会", "7月14日上午", ["tsw"], "召开推进会"),
        ("团市委 召开推进会 7月14日上午", "7月14日上午", ["tsw"], "召开推进会"),
        ("7月14日，团市委：召开推进会。", "7月14日", ["tsw"], "召开推进会"),
        ("于7月14日团市委召开推进会", "7月14日", ["tsw"], "召开推进会"),
        ("7月14日团市委联合市教育局开展入团仪式", "7月14日", ["tsw", "jyj"], "开展入团仪式"),
        ("7月14日 团市委、市教育局、龙山区 开会", "7月14日", ["tsw", "jyj", "ls"], "开会"),
        ("7月14日 团市委 市教育局 开会", "7月14日", ["tsw", "jyj"], "开会"),
        ("7月14日 团市委和团市委 开会", "7月14日", ["tsw"], "开会"),
        ("7月14日 龙山区教育局 开会", "7月14日", ["ls-jyj"], "开会"),
        ("7月14日 龙山区 教育局调研", "7月14日", ["ls-jyj"], "调研"),
        ("7月14日 tsw 开会", "7月14日", ["tsw"], "开会"),
        ("7月14日 ＴＳＷ 开会", "7月14日", ["tsw"], "开会"),
        ("7月14日 开会 团市委", "7月14日", ["tsw"], "开会"),
        ("7月23日—24日团市委赴白城市学习", "7月23日—24日", ["tsw"], "赴白城市学习"),
        ("2020-07-14 14:30 tsw 开会", "2020-07-14 14:30", ["tsw"], "开会"),
        (
            "July 14 2pm Youth League promotion meeting",
            "July 14 2pm",
            ["tsw"],
            "promotion meeting",
        ),
        ("July 14, Youth League and Education Bureau meet", "July 14", ["tsw", "jyj"], "meet"),
        ("July 14 ITEMS sale", "July 14", [], "ITEMS sale"),
        ("Youth League meets on 14 July", None, ["tsw"], "meets on"),
        ("7月14日上午团市委12家小学排查", "7月14日上午", ["tsw"], "12家小学排查"),
        ("7月14日 某局 开会", "7月14日", [], "某局 开会"),
        ("团市委 开会", None, ["tsw"], "开会"),
        ("", None, [], ""),
    ],
)
def test_a_sentence_is_read(roster, sentence, date, departments, title):
    found = read_sentence(sentence, roster=roster, context=HERE)

    assert (found.when and found.when.when.text) == date or date is None
    assert [participation.code for participation in found.departments] == departments
    if date is not None or not sentence.startswith("Youth"):
        assert found.title == title


def test_the_first_named_leads_and_the_others_join(roster):
    found = read_sentence("7月14日团市委联合市教育局开会", roster=roster, context=HERE)

    assert [participation.role for participation in found.departments] == ["lead", "joint"]


@pytest.mark.parametrize(
    ("sentence", "tags", "place", "title"),
    [
        ("7月14日 团市委 开会 #推进会 @会议室", ["推进会"], "会议室", "开会"),
        ("7月14日团市委开会#推进会#青年@会议室", ["推进会", "青年"], "会议室", "开会"),
        ("#推进会# 7月14日 团市委 开会", ["推进会"], None, "开会"),
        ('7月14日 团市委 开会 @"第一 会议室"', [], "第一 会议室", "开会"),
        ("7月14日 团市委 @平安广场 开会", [], "平安广场", "开会"),
        ("7月14日 团市委 开会 @ #", [], None, "开会"),
    ],
)
def test_tags_and_the_place_are_taken_out(roster, sentence, tags, place, title):
    found = read_sentence(sentence, roster=roster, context=HERE)

    assert (found.tags, found.place, found.title) == (tags, place, title)


def test_a_date_that_cannot_be_is_not_passed_over(roster):
    with pytest.raises(ImpossibleDateError):
        read_sentence("2月30日 团市委 开会", roster=roster, context=HERE)


EVERYTHING = ("when", "departments", "title")


class Answers:
    """Somebody who answers what is asked, and keeps what it was."""

    def __init__(self, roster, *answers):
        self._roster, self._answers, self.asked = roster, list(answers), []

    def date(self, error):
        self.asked.append(error.code)
        return read(self._answers.pop(0), HERE)

    def department(self, error):
        self.asked.append(error.code)
        return self._roster.departments[self._answers.pop(0)]

    def title(self, error):
        self.asked.append(error.code)
        return self._answers.pop(0)


@pytest.mark.parametrize(
    ("sentence", "tags", "place", "title"),
    [
        ("7月14日团市委检查环境卫生＃环境整治＠阳明小学", ["环境整治"], "阳明小学", "检查环境卫生"),
        ("7月14日 团市委 走访 #志愿服务，@人民广场，20人", ["志愿服务"], "人民广场", "走访"),
        ('July 14 tsw clean-up   @"x"   Park', [], "x", "clean-up Park"),
        ("July 14 tsw briefing on #flu, #covid.", ["flu", "covid"], None, "briefing on"),
        ("July 14 tsw talk, #flu with tea", ["flu"], None, "talk, with tea"),
        ("7月14日 团市委 走访 #a。随后座谈", ["a"], None, "走访。随后座谈"),
        ('7月14日 团市委 开会 ＠"第一 会议室"', [], "第一 会议室", "开会"),
        ("July 14 tsw rehearsal @Main Square", [], "Main Square", "rehearsal"),
        ("July 14 tsw - training - @Teachers College", [], "Teachers College", "training"),
        ("tsw visit @Town Hall July 14", [], "Town Hall", "visit"),
        ("July 14 tsw fair @House of Culture #art", ["art"], "House of Culture", "fair"),
        ("July 14 tsw fair @Palace of Arts, for all", [], "Palace of Arts", "fair, for all"),
        ("July 14 @Hall tsw visit", [], "Hall", "visit"),
        ("July 14 tsw kickoff @Room 301", [], "Room 301", "kickoff"),
        ("July 14 tsw kickoff @Main Hall 2", [], "Main Hall 2", "kickoff"),
        ("团市委将于7月14日开会 #a", ["a"], None, "开会"),
        ('July 14 tsw clinic @ "Town Hall" for all', [], "Town Hall", "clinic for all"),
        ("7月14日 开会（主办：团市委）", [], None, "开会"),
        ("7月14日 开会【主办单位：团市委】", [], None, "开会"),
        ("7月14日 团市委 征文（第一期）启动", [], None, "征文（第一期）启动"),
    ],
)  # fmt: skip
def test_no_hole_is_left_where_a_mark_was(roster, sentence, tags, place, title):
    found = read_sentence(sentence, roster=roster, context=HERE, wanted=EVERYTHING)

    assert (found.tags, found.place, found.title) == (tags, place, title)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("7月14日", "@会议室"), "7月14日 @会议室"),
        (("7月14日", "@Town Hall", "tea"), '7月14日 @"Town Hall" tea'),
        (("7月14日", "＠Town Hall #a b"), '7月14日 @"Town Hall" #a b'),
        (("7月14日", '@Hall "A" x'), '7月14日 @“Hall "A" x”'),
        (("7月14日", '@"Town Hall"'), '7月14日 @"Town Hall"'),
    ],
)
def test_a_word_of_the_command_line_that_begins_with_at_is_one_place(words, text):
    assert as_text(words, whole=False) == text


def test_one_word_alone_is_the_sentence():
    assert as_text(("@会议室 7月14日 团市委 开会",), whole=True) == "@会议室 7月14日 团市委 开会"


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("7月14日，团市委、卫健委走访敬老院", "卫健委"),
        ("7月14日，团市委、公安局、市教育局走访", "公安局"),
        ("7月14日，团市委，卫健委走访", "卫健委"),
        ("7月14日 团市委 和 公安局 检查", "公安局"),
        ("7月14日 团市委联合某小学开展活动", "某小学"),
        ("7月14日 团市委，联合公安局检查", "公安局"),
        ("7月14日 团市委和市委宣传部召开会议", "市委宣传部"),
        ("7月14日 团市委、推进会", "推进会"),
        ("7月14日，团市委牵头，公安局参加，走访", "公安局"),
        ("July 14 Education Bureau and Parks park clean-up", "Parks"),
        ("July 14 Youth League, Police patrol", "Police"),
        ("July 14 Youth League/police briefing", "police"),
        ("July 14 Youth League & Board of Trade meet", "Board of Trade"),
    ],
)
def test_an_unknown_department_behind_a_joiner_is_refused(roster, sentence, part):
    with pytest.raises(NoDepartmentError) as refused:
        read_sentence(sentence, roster=roster, context=HERE)

    assert refused.value.fields["text"] == part


@pytest.mark.parametrize(
    ("sentence", "departments", "title"),
    [
        ("7月14日 团市委 和谐社区创建", ["tsw"], "和谐社区创建"),
        ("7月14日 团市委与市民共建", ["tsw"], "团市委与市民共建"),
        ("7月14日 团市委及时整改", ["tsw"], "及时整改"),
        ("7月14日 团市委会同有关部门检查", ["tsw"], "会同有关部门检查"),
        ("7月14日 团市委联合开展走访", ["tsw"], "联合开展走访"),
        ("7月14日 团市委，组织志愿者走访", ["tsw"], "组织志愿者走访"),
        ("7月14日 团市委，推进会召开", ["tsw"], "推进会召开"),
        ("7月14日 团市委，市教育局走访", ["tsw", "jyj"], "走访"),
        ("7月14日 团市委，市教育局领导来访", ["tsw"], "市教育局领导来访"),
        ("7月14日 团市委：市教育局来访", ["tsw"], "市教育局来访"),
        ("7月14日 团市委，联合市教育局走访", ["tsw", "jyj"], "走访"),
        ("7月14日 团市委与路与社区开会", ["tsw", "lu"], "开会"),
        (
            "July 14 Youth League and volunteers clean up",
            ["tsw"],
            "Youth League and volunteers clean up",
        ),
        ("July 14 Youth League, 3 schools", ["tsw"], "3 schools"),
        ("7月14日团市委，AI技能培训", ["tsw"], "AI技能培训"),
    ],
)
def test_a_joiner_may_as_well_begin_the_title(roster, sentence, departments, title):
    found = read_sentence(sentence, roster=roster, context=HERE, wanted=EVERYTHING)

    assert ([participation.code for participation in found.departments], found.title) == (
        departments,
        title,
    )


@pytest.mark.parametrize(
    ("sentence", "roles", "title"),
    [
        (
            "7月14日上午9点，由团市委牵头，市教育局参加，开展走访",
            {"tsw": "lead", "jyj": "participant"},
            "开展走访",
        ),
        ("7月14日由团市委牵头开展走访", {"tsw": "lead"}, "开展走访"),
        ("7月14日由团市委召开推进会", {"tsw": "lead"}, "召开推进会"),
        ("7月14日团市委牵头联合市教育局开展走访", {"tsw": "lead", "jyj": "joint"}, "开展走访"),
        (
            "7月14日市教育局参加，由团市委主办，龙山区配合，走访",
            {"jyj": "participant", "tsw": "lead", "ls": "participant"},
            "走访",
        ),
        (
            "7月14日团市委联合市教育局、龙山区开展走访",
            {"tsw": "lead", "jyj": "joint", "ls": "joint"},
            "开展走访",
        ),
        (
            "7月14日团市委牵头，市教育局、龙山区参与，走访",
            {"tsw": "lead", "jyj": "participant", "ls": "participant"},
            "走访",
        ),
        ("7月14日团市委、市教育局联合，走访", {"tsw": "lead", "jyj": "joint"}, "走访"),
        ("7月14日团市委参加植树", {"tsw": "lead"}, "参加植树"),
    ],
)
def test_a_part_that_is_told_is_the_department_s_role(roster, sentence, roles, title):
    found = read_sentence(sentence, roster=roster, context=HERE, wanted=EVERYTHING)

    assert {participation.code: participation.role for participation in found.departments} == roles
    assert found.title == title


@pytest.mark.parametrize(
    ("sentence", "said", "title"),
    [
        ("周日团市委走访", "周日", "走访"),
        ("国庆节团市委走访", "国庆节", "走访"),
        ("Tuesday Youth League meeting", "Tuesday", "meeting"),
        ("7月14日团市委上午召开推进会", "7月14日 上午", "召开推进会"),
        ("July 14 Youth League 3pm meeting", "July 14 3pm", "meeting"),
        ("7月14日团市委12家小学排查", "7月14日", "12家小学排查"),
        ("7月14日团市委3点钟开会", "7月14日", None),
        ("July 14, 9:30-11 Youth League briefing", "July 14, 9:30-11", "briefing"),
        ("7月14日上午九时许团市委检查", "7月14日上午九时许", "检查"),
        ("7月14日团市委“7·7”活动", "7月14日", "“7·7”活动"),
        ("7月14日团市委学习“7月1日”讲话", "7月14日", "学习“7月1日”讲话"),
        ("7月14日团市委提出3点要求", "7月14日", "提出3点要求"),
        ("7月14日团市委3·15宣传", "7月14日", "3·15宣传"),
        ("六一小学开展活动 团市委 7月14日", "7月14日", "六一小学开展活动"),
    ],
)
def test_the_whole_date_is_read(roster, sentence, said, title):
    wanted = EVERYTHING if title is not None else ()
    found = read_sentence(sentence, roster=roster, context=HERE, wanted=wanted)

    assert found.when.when.text == said
    assert title in {None, found.title}


@pytest.mark.parametrize(
    ("sentence", "error", "part"),
    [
        ("today Youth League briefing 3pm prompt", HalfReadDateError, "3pm"),
        ("7月14日9:30-11团市委开会", HalfReadDateError, "-11"),
        ("团市委 7月14日 -11 开会", HalfReadDateError, "-11"),
        ("7月14日 团市委 开会 14:30前", HalfReadDateError, "14:30"),
        ("7月14日 团市委开会下午3点后", HalfReadDateError, "下午3点"),
        ("7月14日 团市委开会8点前", HalfReadDateError, "8点"),
        ("7月14日团市委召开会议；7月15日，检查", SecondDateError, "7月15日"),
        ("July 14 Youth League met, July 15 again", SecondDateError, "July 15"),
        ("July 14 Youth League met, 15 July again", SecondDateError, "15 July"),
        ("周日走访团市委", HalfReadDepartmentError, "团市委"),
        ("端午节包粽子 团市委", NoDateError, None),
        ("7月14日 教育局开会", NoDepartmentError, None),
        ("7月14日 开会", NoDepartmentError, None),
    ],
)
def test_no_piece_of_a_date_slides_into_the_title(roster, sentence, error, part):
    with pytest.raises(error) as refused:
        read_sentence(sentence, roster=roster, context=HERE, wanted=EVERYTHING)

    assert refused.value.fields.get("part") == part


@pytest.mark.parametrize(
    ("sentence", "answers", "asked", "said"),
    [
        (
            "7月14日（星期三）上午团市委开展整治",
            ["7月14日上午"],
            ["wrong-weekday"],
            ("7月14日上午", ["tsw"], "开展整治"),
        ),
        (
            "7月31日前完成整改 团市委",
            ["7月31日"],
            ["deadline"],
            ("7月31日", ["tsw"], "完成整改"),
        ),
        ("团市委 开会", ["7月14日"], ["no-date"], ("7月14日", ["tsw"], "开会")),
        (
            "7月14日9:30-11团市委开会",
            ["7月14日9:30-11:00"],
            ["half-read-date"],
            ("7月14日9:30-11:00", ["tsw"], "开会"),
        ),
        (
            "today tsw briefing 3pm prompt",
            ["today 3pm"],
            ["half-read-date"],
            ("today 3pm", ["tsw"], "briefing prompt"),
        ),
        (
            "7月14日团市委开会；7月15日检查",
            ["开会"],
            ["second-date"],
            ("7月14日", ["tsw"], "开会"),
        ),
        ("7月14日教育局开会", ["jyj"], ["near-department"], ("7月14日", ["jyj"], "开会")),
        (
            "7月14日教育局、团市委开会",
            ["jyj"],
            ["near-department"],
            ("7月14日", ["jyj", "tsw"], "开会"),
        ),
        ("7月14日 某某局 开会", ["tsw"], ["no-department"], ("7月14日", ["tsw"], "开会")),
        (
            "7月14日 社区义务劳动",
            ["tsw"],
            ["near-department"],
            ("7月14日", ["tsw"], "社区义务劳动"),
        ),
        (
            "July 14 Education fair",
            ["tsw"],
            ["near-department"],
            ("July 14", ["tsw"], "Education fair"),
        ),
        (
            "7月14日团市委、公安局、龙山区走访",
            ["jyj"],
            ["no-department"],
            ("7月14日", ["tsw", "jyj", "ls"], "走访"),
        ),
    ],
)
def test_an_answer_takes_the_place_of_the_unclear_part_alone(
    roster, sentence, answers, asked, said
):
    who = Answers(roster, *answers)

    found = read_sentence(sentence, roster=roster, context=HERE, prompter=who, wanted=EVERYTHING)

    assert who.asked == asked
    codes = [participation.code for participation in found.departments]
    assert (found.when.when.text, codes, found.title) == said


@pytest.mark.parametrize(
    "character", ["\u200b", "\ufeff", "\u2060", "\u200e", "\u3164", "\ufe0f", "\u00ad"]
)
def test_what_nobody_sees_is_left_out_of_a_sentence_wherever_it_was_pasted(roster, character):
    plain = "7月14日上午 团市委、市教育局 召开推进会 #青年 @会议室"
    for place in range(len(plain) + 1):
        pasted = plain[:place] + character + plain[place:]
        found = read_sentence(pasted, roster=roster, context=HERE, wanted=EVERYTHING)

        assert found.had_unseen
        assert found.when.when.text == "7月14日上午"
        assert [each.code for each in found.departments] == ["tsw", "jyj"]
        assert (found.title, found.tags, found.place) == ("召开推进会", ["青年"], "会议室")


@pytest.mark.parametrize(
    "sentence",
    [
        "11-25日 团市委 学习会",
        "11-25号 团市委 学习会",
        "11—25日 团市委 学习会",
        "7月.14日 团市委 走访",
        "7月/14日 团市委 走访",
        "7月第14日 团市委 走访",
        "7月l4日 团市委 走访",
        "7月-14日 团市委 走访",
        "7月团市委14日走访",
        "12月份 每周三 团市委 志愿服务",
        "7 月 1 4 日 团市委 走访",
        "7月14日团市委检查，15日复查",
        "7月14日上午团市委开会，下午检查",
        "Youth League meeting every Tuesday from July 14",
        "July Youth League 14th visit",
        "7月14日上午9点检查卫生 团市委",
        "市教育局7月14日上午9点检查卫生",
        "7月14日下午3点 团市委 半 走访",
        "下周 团市委 三召开推进会",
        "7月14日 团市委 召开推进会tomorrow",
        "7月2—3日—24日 团市委 走访",
        "Tuesday, Jul Youth League y 14 visit",
        "Youth League briefing 9:30 AM",
        "7月团市委14日召开推进会",
        "7月 团市委 14号召开推进会",
        "7月 团市委 14日志愿服务",
        "7/1 Youth League 4 clean-up",
        "7/1  4/ Youth League visit",
        "July 1 Youth League 4 visit",
        "July 2 Youth League 3-24 clean-up",
        "1O4 July 2020 Youth League visit",
        "Jul 14 2ppm Youth League visit",
        "6月 市教育局 底 检查卫生",
        "7月 团市委 中旬 走访",
        "7月14 团市委 日 走访",
        "July 14 mo Youth League rning clean-up",
        "2020-07-14 mor:ning Youth League visit",
        "下周三下 团市委 午 走访",
        "11月24日上午、下午，团市委分别走访两个社区",
    ],
)
def test_a_piece_that_is_left_of_a_date_is_asked_about(roster, sentence):
    with pytest.raises(KalendsError) as refused:
        read_sentence(sentence, roster=roster, context=HERE, wanted=EVERYTHING)

    assert isinstance(refused.value, UnclearError)
    assert refused.value.code not in {"no-date", "no-department"}


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("2020-07-14 15:42: 团市委 项目启动", "项目启动"),
        ("7月14日 团市委 15:42: 项目启动", "项目启动"),
        ("2020-07-14T15:42: 团市委 项目启动", "项目启动"),
        ("7月\u202f14日 团市委 走访", "走访"),
        ("7\u200b月\u206014日 团市委 走访", "走访"),
        ("7⽉14⽇ 团市委 走访", "走访"),
        ("July 14 9:30\u202fAM Youth League briefing", "briefing"),
        ("7月14日 团市委 提出3点要求", "提出3点要求"),
        ("7月14日 团市委 走访12号楼和五一路", "走访12号楼和五一路"),
        ("7月14日 团市委 三八红旗手座谈", "三八红旗手座谈"),
        ("7月14日 团市委 开通24小时热线", "开通24小时热线"),
        ("7月14日 团市委 一日捐", "一日捐"),
        ("7月14日 团市委 1.5公里健步走", "1.5公里健步走"),
        ("July 14 Youth League 24/7 hotline", "24/7 hotline"),
        ("July 14 Youth League 4 schools visited", "4 schools visited"),
        ("7月14日 团市委 午餐会", "午餐会"),
        ("7月14日 团市委 初中走访", "初中走访"),
        ("July 14 Youth League 2nd meeting of the council", "2nd meeting of the council"),
        ("July 14 Youth League march for clean air", "march for clean air"),
    ],
)
def test_what_only_looks_like_a_date_is_no_question(roster, sentence, title):
    found = read_sentence(sentence, roster=roster, context=HERE, wanted=EVERYTHING)

    assert found.title == title
    assert str(found.when.when.first_day) == "2020-07-14"


@pytest.mark.parametrize(
    "text",
    [
        "7月14日 团市委 " + "（" * 100_000,
        "、".join(["团市委"] * 30_000) + "7月14日 开会",
        "1" * 200_000 + "月14日 团市委 开会",
        "7月14日 团市委 " + "#a" * 50_000,
        "7月14日 团市委 " + "@a " * 50_000,
    ],
)
def test_an_endless_sentence_is_refused_at_once(roster, text):
    with pytest.raises(LongTextError, match="sentence has"):
        read_sentence(text, roster=roster, context=HERE)
