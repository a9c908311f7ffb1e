"""Departments in a sentence: every one is read with its part, or asked for; none is lost."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain import roster as rosters
from kalends.domain import roster_decider
from kalends.domain.commands import RegisterDepartment
from kalends.domain.errors import HalfReadDepartmentError, NoDepartmentError, UnclearError
from kalends.domain.roster import Roster
from kalends.intake.sentence import read_sentence
from specification import STAMP

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
NAMES = {
    "liaoyuan": (("辽源市", "我市"), None),
    "tsw": (("共青团辽源市委员会", "团市委", "Youth League"), "liaoyuan"),
    "jyj": (("辽源市教育局", "市教育局", "Education Bureau"), "liaoyuan"),
    "cgj": (("辽源市城市管理行政执法局", "城管执法局", "Urban Management"), "liaoyuan"),
    "ls": (("龙山区", "Longshan District"), "liaoyuan"),
    "nk": (("南康街道",), "ls"),
    "wmb": (("辽源市精神文明建设办公室", "市文明办", "创城办"), "liaoyuan"),
    "gaj": (("辽源市公安局", "市公安局", "Police"), "liaoyuan"),
}
EVERYTHING = ("when", "departments", "title")


def _roster(*, parents):
    made = Roster()
    for code, ((name, *aliases), parent) in NAMES.items():
        command = RegisterDepartment(
            code=code, name=name, aliases=tuple(aliases), parent=parent if parents else None
        )
        for event in roster_decider.decide(made, command, stamp=STAMP):
            made = rosters.evolve(made, event)
    return made


WITH_PARENTS, WITHOUT = _roster(parents=True), _roster(parents=False)


def said(sentence, roster=WITH_PARENTS):
    found = read_sentence(sentence, roster=roster, context=HERE, wanted=EVERYTHING)
    return {participation.code: participation.role for participation in found.departments}, found


@pytest.mark.parametrize(
    ("sentence", "roles", "title"),
    [
        (
            "7月14日，全市大检查由团市委、市教育局联合开展",
            {"tsw": "lead", "jyj": "joint"},
            "全市大检查开展",
        ),
        (
            "7月14日，由团市委主办，市教育局承办，城管执法局协办的培训班开班",
            {"tsw": "lead", "jyj": "joint", "cgj": "participant"},
            "培训班开班",
        ),
        (
            "7月14日团市委主办、市教育局承办培训班",
            {"tsw": "lead", "jyj": "joint"},
            "培训班",
        ),
        (
            "7月14日培训班由团市委主办、市教育局承办",
            {"tsw": "lead", "jyj": "joint"},
            "培训班",
        ),
        ("7月14日团市委组织市教育局开展清扫", {"tsw": "lead", "jyj": "participant"}, "开展清扫"),
        ("7月14日团市委邀请市公安局参加座谈", {"tsw": "lead", "gaj": "participant"}, "座谈"),
        (
            "7月14日 主办单位：市教育局，承办单位：团市委、城管执法局 文艺汇演",
            {"jyj": "lead", "tsw": "joint", "cgj": "joint"},
            "文艺汇演",
        ),
        (
            "7月14日文艺汇演，主办单位：市教育局，协办单位：团市委",
            {"jyj": "lead", "tsw": "participant"},
            "文艺汇演",
        ),
        ("7月14日 团市委座谈，主持：张三", {"tsw": "lead"}, "座谈，主持：张三"),
        ("July 14 Police open day, host: Li Lei", {"gaj": "lead"}, "open day, host: Li Lei"),
        ("7月14日会议由市教育局召开", {"jyj": "lead"}, "会议召开"),
        ("7月14日培训由市教育局负责", {"jyj": "lead"}, "培训"),
        (
            "7月14日由团市委牵头、市教育局配合开展清扫",
            {"tsw": "lead", "jyj": "participant"},
            "开展清扫",
        ),
        (
            "7月14日团市委在市教育局的支持下开展义诊",
            {"tsw": "lead", "jyj": "participant"},
            "开展义诊",
        ),
        ("7月14日 团市委慰问市公安局", {"tsw": "lead"}, "慰问市公安局"),
        ("7月14日 团市委打扫街道", {"tsw": "lead"}, "打扫街道"),
        (
            "July 14 Police drill, supported by the Education Bureau",
            {"gaj": "lead", "jyj": "participant"},
            "drill",
        ),
        (
            "Oct 22nd - Police drill with the Education Bureau",
            {"gaj": "lead", "jyj": "joint"},
            "drill",
        ),
        (
            "July 17 Youth League held a fair with the Police and the Education Bureau",
            {"tsw": "lead", "gaj": "joint", "jyj": "joint"},
            "held a fair",
        ),
        (
            "July 14 fair hosted by the Police, run by tsw, with support from the Education Bureau",
            {"gaj": "lead", "tsw": "joint", "jyj": "participant"},
            "fair",
        ),
        (
            "July 14 the Police, with help from the Youth League, ran a drill",
            {"gaj": "lead", "tsw": "participant"},
            "ran a drill",
        ),
        (
            "Organizer: Police; Partner: Youth League. July 14 road safety day",
            {"gaj": "lead", "tsw": "joint"},
            "road safety day",
        ),
        ("7月14日市教育局（团市委）开展检查", {"jyj": "lead", "tsw": "joint"}, "开展检查"),
        ("7月14日市教育局·团市委开展检查", {"jyj": "lead", "tsw": "joint"}, "开展检查"),
        ("7月14日市教育局+团市委开展检查", {"jyj": "lead", "tsw": "joint"}, "开展检查"),
        ("11月24日 我市龙山区南康街道开展全城大扫除", {"nk": "lead"}, "开展全城大扫除"),
        ("7月14日市文明办（创城办）召开会议", {"wmb": "lead"}, "召开会议"),
        ("7月14日团市委等部门开展检查", {"tsw": "lead"}, "开展检查"),
        (
            "7月23日团市委组织龙山区、市教育局参加垃圾分类培训",
            {"tsw": "lead", "ls": "participant", "jyj": "participant"},
            "垃圾分类培训",
        ),
        (
            "7月14日团市委牵头，市教育局、市公安局配合开展检查",
            {"tsw": "lead", "jyj": "participant", "gaj": "participant"},
            "开展检查",
        ),
        ("7月14日团市委走访市教育局", {"tsw": "lead"}, "走访市教育局"),
        ("7月14日团市委走访市教育局、龙山区", {"tsw": "lead"}, "走访市教育局、龙山区"),
        ("7月14日团市委开展“市教育局杯”比赛", {"tsw": "lead"}, "开展“市教育局杯”比赛"),
        (
            "On Friday 27 November the Education Bureau held a meeting with parents",
            {"jyj": "lead"},
            "held a meeting with parents",
        ),
        ("Nov 5, the Police visited schools", {"gaj": "lead"}, "visited schools"),
        (
            "July 14 the Youth League and the Police held a fair",
            {"tsw": "lead", "gaj": "joint"},
            "held a fair",
        ),
        (
            "July 14 the Police together with Urban Management cleared the market",
            {"gaj": "lead", "cgj": "joint"},
            "cleared the market",
        ),
        ("Career fair hosted by the Youth League on July 16", {"tsw": "lead"}, "Career fair"),
        (
            "16 July - Traffic quiz, organised by the Police with the Education Bureau",
            {"gaj": "lead", "jyj": "joint"},
            "Traffic quiz",
        ),
    ],
)
@pytest.mark.parametrize("roster", [WITH_PARENTS, WITHOUT], ids=["parents", "flat"])
def test_every_department_is_read_with_its_part(sentence, roles, title, roster):
    got, found = said(sentence, roster)
    assert (got, found.title) == (roles, title)


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("7月14日 市教育局第三中学举行升旗仪式", "市教育局第三中学"),
        ("7月14日 市教育局第三中学升旗", "市教育局第三中学"),
        ("7月14日，全市推进会召开，市教育局作经验交流", "市教育局"),
        ("7月14日，幸福村，市教育局走访", "市教育局"),
        ("July 14 opening Police and Longshan District officials", "Police"),
        ("Praised Education Bureau, July 14", "Education Bureau"),
        ("July 14 Police Academy opened", "Police Academy"),
        ("July 14 Police drill, praised by the Education Bureau", "Education Bureau"),
        ("July 14 Police escorted Education Bureau staff", "Education Bureau"),
        ("July 14 Police met the Sports Committee", "Sports Committee"),
        ("July 14 joint drill of the Police and the Youth League", "Police"),
        ("7月14日 团市委组织市卫健委义诊", "市卫健委"),
        ("7月14日 团市委得到市教育局的支持", "市教育局"),
        ("7月14日 培训由市教育局讲解", "市教育局"),
        ("7月14日 团市委开展义诊，探望市公安局老民警", "市公安局"),
        ("7月14日 团市委开展义诊，市卫健委现场指导", "市卫健委"),
        ("7月14日 团市委举办讲座，市水务集团支持", "市水务集团"),
        ("7月14日 团市委举办讲座，由市园林处全力配合", "市园林处"),
        ("July 14 Police drill, supported by the Water Company", "Water Company"),
        ("July 14 Police fair sponsored by Green School", "Green School"),
        ("三部门7月14日开会", "三部门"),
        ("7月14日 三部门开会", "三部门"),
        ("7月14日 团市委 第三中学升旗", "第三中学"),
        ("7月14日 市公安局交警支队开展整治", "市公安局交警支队"),
        ("7月14日 市教育局召开会议，市卫健委参加", "市卫健委"),
        ("7月14日 市教育局召开会议，市卫健委和团市委参加", "市卫健委"),
        ("7月14日 市教育局召开会议，团市委、市卫健委现场指导", "市卫健委"),
        ("7月14日 市教育局（创建办）召开会议", "创建办"),
        ("7月14日 团市委召开会议，各成员单位参加", "各成员单位"),
        ("7月14日 团市委 幸福村开展大扫除", "幸福村"),
        ("7月14日 南康街道幸福村大扫除", "南康街道幸福村"),
        ("南康街道幸福村7月14日大扫除", "南康街道幸福村"),
        ("7月14日 团市委授课，物业公司负责保洁", "物业公司"),
        ("7月14日 团市委召开会议 市公安局", "市公安局"),
        ("7月14日 团市委召开会议，市教育局", "市教育局"),
        ("7月15日 市第三医院开展义诊 团市委", "市第三医院"),
        ("7月14日 团市委走访，某某公司协办", "某某公司"),
        ("24 July the Police of Longshan District opened a door", "of"),
    ],
)
def test_what_may_be_an_office_and_was_not_read_is_named(sentence, part):
    with pytest.raises((HalfReadDepartmentError, NoDepartmentError)) as refused:
        said(sentence)
    fields = refused.value.fields
    assert fields.get("part", fields["text"]) == part


@pytest.mark.parametrize(
    ("sentence", "codes", "title"),
    [
        ("7月14日 团市委书记李明走访社区", {"tsw"}, "团市委书记李明走访社区"),
        ("July 17 Education Bureau's staff read to children", {"jyj"}, "staff read to children"),
        ("The Police’s open house is on July 14", {"gaj"}, "open house"),
        ("7月14日，由市公安局、市教育局联合举办的邻里节开幕", {"gaj", "jyj"}, "邻里节开幕"),
        ("7月14日，由市公安局、市教育局联合主办的邻里节开幕", {"gaj", "jyj"}, "邻里节开幕"),
        ("7月14日 市公安局警营站开放日", {"gaj"}, "警营站开放日"),
        ("7月14日，市公安局完成全市加油站检查", {"gaj"}, "完成全市加油站检查"),
        ("The Police run a tour on July 14 starting at 8am", {"gaj"}, "run a tour"),
        ("July 14, 10:00: Police briefing", {"gaj"}, "briefing"),
        ("7月14日，龙山区分管副区长带队检查改造", {"ls"}, "分管副区长带队检查改造"),
        ("7月14日 “安全周”启动仪式 市公安局 市教育局", {"gaj", "jyj"}, "“安全周”启动仪式"),
        ("July 14 ceremony, Police, Education Bureau", {"gaj", "jyj"}, "ceremony"),
        ("Q3 review, Education Bureau, July 14", {"jyj"}, "Q3 review"),
        ("市教育局第三季度测评会 7月14日", {"jyj"}, "第三季度测评会"),
        ("2020年市教育局工作会议7月14日召开", {"jyj"}, "工作会议召开"),
        ("7月14日晚饭后，市公安局夜巡", {"gaj"}, "晚饭后，夜巡"),
        ("7月14日国际环境日，市公安局联合南康街道宣传", {"gaj", "nk"}, "国际环境日，宣传"),
        ("7月14日早高峰，市公安局护学", {"gaj"}, "早高峰，护学"),
        ("7月14日，龙山区组织收看全国表彰大会", {"ls"}, "组织收看全国表彰大会"),
        ("教师节前夕，市教育局7月14日走访", {"jyj"}, "教师节前夕，走访"),
        ("国庆期间（7月1日至8日），城管执法局巡查", {"cgj"}, "国庆期间，巡查"),
        ("暑假期间，团市委7月9日开展夏令营", {"tsw"}, "暑假期间，开展夏令营"),
        (
            "July 14 Youth League and volunteers clean up",
            {"tsw"},
            "Youth League and volunteers clean up",
        ),
        (
            "Youth League, with the Police's support, opened a room on July 14",
            {"tsw", "gaj"},
            "opened a room",
        ),
        ("市教育局的家长课堂7月14日开讲", {"jyj"}, "家长课堂开讲"),
        ("7月14日 市教育局、团市委的志愿者走访社区", {"jyj", "tsw"}, "志愿者走访社区"),
        ("Review meeting, Education Bureau, July 14 10:00", {"jyj"}, "Review meeting"),
        (
            "July 14 Police tidy up Longshan District Park",
            {"gaj"},
            "tidy up Longshan District Park",
        ),
        ("7月14日 市公安局走进第一小学开展演练", {"gaj"}, "走进第一小学开展演练"),
        ("7月14日 市教育局、团市委负责人走访", {"jyj", "tsw"}, "团市委负责人走访"),
        ("7月14日 团市委召开会议，各校校长参加", {"tsw"}, "召开会议，各校校长参加"),
        ("7月14日 团市委组织全市中小学开展教育", {"tsw"}, "组织全市中小学开展教育"),
        ("7月14日 团市委 志愿者开展大扫除", {"tsw"}, "志愿者开展大扫除"),
        ("7月14日 团市委开展义诊，随后召开座谈会", {"tsw"}, "开展义诊，随后召开座谈会"),
        ("7月14日 龙山区智慧社区建设推进会", {"ls"}, "智慧社区建设推进会"),
        (
            "7月14日 团市委召开推进会，区委书记出席并讲话",
            {"tsw"},
            "召开推进会，区委书记出席并讲话",
        ),
        ("July 14 Police drill with volunteers", {"gaj"}, "drill with volunteers"),
        ("July 14 Police met with Mayor Li", {"gaj"}, "met with Mayor Li"),
    ],
)
def test_people_and_events_are_no_departments(sentence, codes, title):
    got, found = said(sentence)
    assert (set(got), found.title) == (codes, title)


# No character of an office's name, a verb, people, an event or a word that says how.
UNKNOWN = st.text("红阳星海云泉松竹梅兰青峰雁鸿鹏", min_size=3, max_size=6)
UNKNOWN_LATIN = st.from_regex("[A-Z][a-z]{3,8} [A-Z][a-z]{3,8}", fullmatch=True)
TAKING = (
    "7月14日 团市委 {}开展大扫除",
    "7月14日 团市委开展清扫，{}配合",
    "7月14日 团市委开展清扫，{}积极参与",
    "7月14日 团市委开展清扫，{}、市教育局参加",
    "7月14日 团市委开展清扫，市教育局和{}协办",
    "7月14日 团市委开展清扫，由{}提供支持",
    "7月14日 团市委联合{}开展清扫",
    "7月14日 团市委组织{}开展清扫",
    "7月14日 团市委邀请{}参加清扫",
)
TAKING_LATIN = (
    "July 14 Police drill with {}",
    "July 14 Police drill with the {}",
    "July 14 Police fair supported by the {}",
    "July 14 Police fair organised by {}",
    "July 14 Police fair with help from {}",
    "July 14 Police fair in partnership with {}",
    "July 14 Police and {} hold a fair",
)


@for_all(
    st.one_of(
        st.builds(str.format, st.sampled_from(TAKING), UNKNOWN),
        st.builds(str.format, st.sampled_from(TAKING_LATIN), UNKNOWN_LATIN),
    )
)
def test_whoever_stands_where_somebody_takes_part_is_asked_about(sentence):
    with pytest.raises(UnclearError):
        said(sentence)


def test_a_place_behind_a_blank_is_one_word_in_chinese():
    _, found = said("7月14日 团市委 走访，约200人参加 #5G @ 人民大街")
    assert (found.place, found.title, found.headcount) == ("人民大街", "走访", None)


def test_a_place_of_several_words_is_one():
    _, found = said("5 November morning - Police - traffic day @ Main Square")
    assert (found.place, found.title) == ("Main Square", "traffic day")


@pytest.mark.parametrize(
    ("sentence", "count", "kept", "title"),
    [
        ("7月14日团市委走访 约200人参加", None, "约200人参加", "走访"),
        ("7月14日团市委走访，200余人参加", None, "200余人参加", "走访"),
        ("7月14日团市委走访，200人参加", 200, None, "走访"),
        ("7月14日团市委走访，300名师生参加", 300, "300名师生参加", "走访"),
        ("7月14日团市委走访，参加人数200", 200, None, "走访"),
        ("7月14日团市委走访，近百人参加", None, "近百人参加", "走访"),
        ("7月14日团市委走访，120至150人参加", None, "120至150人参加", "走访"),
        ("July 14 Police talk, about 200 people attended", None, "about 200 people attended", "talk"),
        ("July 14 Police held a talk with 40 participants", 40, None, "held a talk"),
        ("July 14 Police patrol with 12 officers", None, None, "patrol with 12 officers"),
    ],
)  # fmt: skip
def test_how_many_took_part_is_counted_and_no_word_is_lost(sentence, count, kept, title):
    _, found = said(sentence)
    assert (found.headcount, found.description, found.title) == (count, kept, title)


def _named(code):
    return st.sampled_from([(code, name) for name in NAMES[code][0]])


OFFICES = ("tsw", "jyj", "cgj", "wmb", "gaj", "ls")
JOINERS = (
    "、",
    "，",
    ",",
    "和",
    "与",
    "及",
    "以及",
    "会同",
    "联合",
    "·",
    "+",
    "/",
    "&",
    " ",
    " and ",
)
PARTS = {
    "主办": "lead", "牵头": "lead", "承办": "joint", "协办": "participant",
    "参加": "participant", "配合": "participant",
}  # fmt: skip
PASTED = ("", " ", "\u200b", "\ufeff", "\u3000", "\u2060", "\u00a0")
TITLES = ("召开推进会", "开展走访", "检查环境卫生", "“小手拉大手”活动开班")


def with_lead(roles):
    """Return parts with one lead: the first that leads, or where none does the first joint one."""
    lead = next(
        (code for role in ("lead", "joint") for code in roles if roles[code] == role), None
    )
    joint = {code: "joint" if role == "lead" else role for code, role in roles.items()}
    return joint | ({} if lead is None else {lead: "lead"})


@st.composite
def sentences(draw):
    codes = draw(st.lists(st.sampled_from(OFFICES), min_size=1, max_size=3, unique=True))
    chosen = [draw(_named(code)) for code in codes]
    pasted = st.sampled_from(PASTED)
    title = draw(st.sampled_from(TITLES))
    if draw(st.booleans()):
        parts = [draw(st.sampled_from([*PARTS])) for _ in chosen]
        separator = draw(st.sampled_from(("，", ",", "、", "；")))
        names = separator.join(
            name + draw(pasted) + part for (_, name), part in zip(chosen, parts, strict=True)
        )
        roles = with_lead(dict(zip(codes, map(PARTS.get, parts), strict=True)))
        body = f"由{names}的{title}" if draw(st.booleans()) else f"{names}，{title}"
    else:
        body = chosen[0][1]
        for _, name in chosen[1:]:
            body += draw(pasted) + draw(st.sampled_from(JOINERS)) + draw(pasted) + name
        body += draw(pasted) + title
        roles = {code: "joint" if n else "lead" for n, code in enumerate(codes)}
    date = "7月14日" + draw(st.sampled_from(("", " ", "，", "上午 ", "下午，")))
    return date + draw(pasted) + body, roles, title


@pytest.mark.campaign
@for_all(sentences(), st.sampled_from((WITH_PARENTS, WITHOUT)))
def test_no_department_is_lost_or_takes_another_part(sentence, roster):
    text, roles, title = sentence
    try:
        got, found = said(text, roster)
    except UnclearError:
        return
    assert (got, found.title) == (roles, title)


@pytest.mark.parametrize("counted", ["两部门", "等两部门", "2个部门", "两家单位"])
def test_a_count_of_departments_goes_with_them(counted):
    _, found = said(f"7月14日 市教育局、团市委{counted}联合印发方案")
    assert found.title == "联合印发方案"
    assert len(found.departments) == 2


@pytest.mark.parametrize(
    "sentence", ["7月17日 团市委 市教育局长讲座", "7月17日 团市委 龙山区旧址参观", "7月17日 团市委 市公安局外墙粉刷"]
)  # fmt: skip
def test_what_only_begins_with_a_name_nothing_joins_takes_no_part(sentence):
    with pytest.raises(HalfReadDepartmentError):
        said(sentence)


@pytest.mark.parametrize(
    ("sentence", "codes", "title"),
    [
        ("July 3 Youth League police day for pupils", ["tsw"], "police day for pupils"),
        ("July 3 tsw gaj visit", ["tsw", "gaj"], "visit"),
        ("7月17日 团市委 市教育局走访", ["tsw", "jyj"], "走访"),
        ("7月17日 团市委 市教育局等单位座谈", ["tsw", "jyj"], "座谈"),
        ("7月17日 团市委 市教育局、市公安局参加 座谈会", ["tsw", "jyj", "gaj"], "参加 座谈会"),
    ],
)
def test_a_name_that_nothing_joins_takes_part_where_it_stands_whole(sentence, codes, title):
    roles, found = said(sentence)
    assert list(roles) == codes
    assert found.title == title


@for_all(
    st.sampled_from(("团市委", "市教育局")),
    st.sampled_from(
        (
            "青年志愿者协会",
            "青年服务中心",
            "培训学校",
            "志愿者服务站",
            "工作专班",
            "研究院",
            "文化联盟",
            "学会",
        )
    ),
    st.sampled_from(("开展活动", "走访社区", "召开会议", " 走访")),
)
def test_a_body_named_after_what_it_does_is_asked_about(office, body, what):
    with pytest.raises(UnclearError):
        read_sentence(
            f"7月28日 {office}{body}{what}", roster=WITH_PARENTS, context=HERE, wanted=EVERYTHING
        )


@pytest.mark.parametrize(
    "title",
    [
        "培训学校老师",
        "工作会议",
        "研究工作",
        "服务企业",
        "志愿者走访",
        "志愿服务站启动",
        "青年座谈会",
        "学习会",
    ],
)
def test_what_an_office_does_is_no_body_of_it(title):
    found = read_sentence(
        f"7月28日 市教育局{title}", roster=WITH_PARENTS, context=HERE, wanted=EVERYTHING
    )
    assert found.title == title
