"""What stands in Chinese before what a sentence says: to whom it is, from whom, and where it was."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kalends.dates.reader import DateContext
from kalends.domain.errors import KalendsError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
ROSTER = registered(
    {
        "tsw": ("团市委",),
        "jyj": ("市教育局", "教育局"),
        "ga": ("市公安局", "公安局"),
        "gov": ("市政府",),
        "ls": ("龙山区",),
        "nk": ("南康街道",),
    }
)


def _read(sentence):
    found = read_sentence(
        sentence, roster=ROSTER, context=HERE, wanted=("when", "departments", "title")
    )
    when = found.when.when
    days = "/".join(dict.fromkeys((f"{when.first_day:%m-%d}", f"{when.last_day:%m-%d}")))
    return (
        f"{days} {when.starts or when.part or ''}".strip(),
        {part.code: part.role for part in found.departments},
        found.title,
    )


@pytest.mark.parametrize(
    ("sentence", "when", "departments", "title"),
    [
        ("老张你记一下，下周三上午十点团市委清扫", "07-29 10:00", {"tsw": "lead"}, "清扫"),
        ("小李，帮我登一条：上周四团市委走访了社区", "07-16", {"tsw": "lead"}, "走访了社区"),
        ("王科长您好，7月22日团市委走访", "07-22", {"tsw": "lead"}, "走访"),
        ("@小王 7月18号下午团市委去养老院", "07-18 afternoon", {"tsw": "lead"}, "去养老院"),
        ("请在日程里加一下：7月29号团市委清扫", "07-29", {"tsw": "lead"}, "清扫"),
        ("家长朋友们：7月22日19:30市教育局举办讲座", "07-22 19:30", {"jyj": "lead"}, "举办讲座"),
        ("社区通知：居民朋友们，7月28日团市委义诊", "07-28", {"tsw": "lead"}, "社区通知：义诊"),
        ("志愿者们注意啦！！7月25号早上7点半清理河道！团市委", "07-25 07:30", {"tsw": "lead"}, "清理河道！"),
        ("高考护航！7月7日-8日 市公安局+市教育局 联动", "07-07/07-08", {"ga": "lead", "jyj": "joint"}, "高考护航！联动"),
        ("清洁家园，我们在行动！7月19日上午，团市委清扫", "07-19 morning", {"tsw": "lead"}, "清洁家园，我们在行动！清扫"),
        ("【南康街道】7月18日，组织志愿者清扫", "07-18", {"nk": "lead"}, "组织志愿者清扫"),
        ("我局（市公安局）于7月10日开展检查", "07-10", {"ga": "lead"}, "开展检查"),
        ("本报7月18日讯（记者 王明）7月17日，团市委举办展览", "07-17", {"tsw": "lead"}, "举办展览"),
        ("值班日志 7月19日 夜间 市公安局检查酒驾", "07-19 evening", {"ga": "lead"}, "值班日志：检查酒驾"),
        ("创城日报（7月19日）：南康街道清理小广告", "07-19", {"nk": "lead"}, "创城日报：清理小广告"),
        ("关于团市委开展志愿服务的报告：7月15日，团市委组织志愿者劝导", "07-15", {"tsw": "lead"}, "关于团市委开展志愿服务的报告：组织志愿者劝导"),
        ("7月17日  阴  团市委走访", "07-17", {"tsw": "lead"}, "走访"),
        ("7月17日 晴 33℃ 团市委走访", "07-17", {"tsw": "lead"}, "走访"),
        ("团市委——7月17日——河道清理", "07-17", {"tsw": "lead"}, "河道清理"),
        ("7月17日 星期五 多云转小雨 团市委走访", "07-17", {"tsw": "lead"}, "走访"),
        ("9:30 7月22日 团市委 点位检查", "07-22 09:30", {"tsw": "lead"}, "点位检查"),
        ("9:30-11:00 | 2020-07-22 | 团市委 | 点位检查", "07-22 09:30", {"tsw": "lead"}, "点位检查"),
        ("8月5日、6日两天 团市委培训", "08-05/08-06", {"tsw": "lead"}, "培训"),
        ("7月21日起连续三天，团市委讲座", "07-21/07-23", {"tsw": "lead"}, "讲座"),
        ("市教育局王科长7月23日走访学校", "07-23", {"jyj": "lead"}, "市教育局王科长走访学校"),
        ("7月23日 市教育局张副局长走访学校", "07-23", {"jyj": "lead"}, "市教育局张副局长走访学校"),
        ("7月22日 市教育局组织科长培训", "07-22", {"jyj": "lead"}, "组织科长培训"),
        ("兹有团市委于8月4日开展寻访", "08-04", {"tsw": "lead"}, "开展寻访"),
        ("应市教育局邀请，7月29日市公安局作反诈讲座", "07-29", {"ga": "lead"}, "应市教育局邀请，作反诈讲座"),
        ("第二季度点评会于7月10日召开，团市委主持", "07-10", {"tsw": "lead"}, "第二季度点评会召开"),
        ("台账：2020.07.15/团市委/早市整治/出动人员", "07-15", {"tsw": "lead"}, "早市整治; 出动人员"),
        ("8/3周一早8点 团市委除草", "08-03 08:00", {"tsw": "lead"}, "除草"),
        ("7月21日，农历六月初一，团市委包饺子", "07-21", {"tsw": "lead"}, "包饺子"),
        ("“清风行动”志愿服务7月19日在火车站启动，团市委主办", "07-19", {"tsw": "lead"}, "“清风行动”志愿服务在火车站启动"),
        ("7月22日 团市委亭子维修 工期三天", "07-22/07-24", {"tsw": "lead"}, "亭子维修 工期三天"),
        ("7月22日下午3点团市委来南康街道督查", "07-22 15:00", {"tsw": "lead"}, "来南康街道督查"),
        ("7月22日团市委召开例会。会上，传达了市教育局通知精神", "07-22", {"tsw": "lead"}, "召开例会。会上，传达了市教育局通知精神"),
        ("7月22日 南康街道与团市委合办，读书会", "07-22", {"nk": "lead", "tsw": "joint"}, "读书会"),
        ("7月22日 团市委的清扫请市公安局派人协助", "07-22", {"tsw": "lead", "ga": "participant"}, "清扫"),
    ],
)  # fmt: skip
def test_what_stands_before_it_is_left_out(sentence, when, departments, title):
    assert _read(sentence) == (when, departments, title)


@pytest.mark.parametrize(
    "sentence",
    [
        "【南康街道】7月18日，团市委清扫",
        "本报7月18日讯 团市委举办展览",
        "7月22日 团市委开展行动，请市公安局做好准备",
        "8月5日三天后 团市委培训",
        "龙山区万宝镇书记7月25日走访",
        "7月25日 龙山区白泉镇长带队清扫",
    ],
)
def test_what_may_be_another_day_or_who_may_not_act_is_asked_about(sentence):
    with pytest.raises(KalendsError):
        _read(sentence)


@pytest.mark.parametrize("name", ["市政府", "市教育局", "市公安局"])
@pytest.mark.parametrize(
    "place", ["广场", "门口", "东门", "楼前", "大院", "二楼", "三楼会议室", "停车场", "院内"]
)
@pytest.mark.parametrize("form", ["7月25日 {} 文明劝导", "7月25日上午9点 {}，文明劝导"])
def test_a_place_named_after_a_department_never_leads(name, place, form):
    with pytest.raises(KalendsError):
        _read(form.format(f"{name}{place}"))


@pytest.mark.parametrize("place", ["龙山区人民广场", "南康街道文化广场", "龙山区世纪公园"])
def test_a_place_in_a_district_never_leads(place):
    with pytest.raises(KalendsError):
        _read(f"7月25日 {place} 文艺汇演")


@pytest.mark.parametrize("title", ["广场舞比赛", "清扫人民广场", "在人民广场举办汇演"])
def test_what_a_district_does_at_a_place_is_its_own(title):
    assert _read(f"7月25日 龙山区{title}") == ("07-25", {"ls": "lead"}, title)


@pytest.mark.parametrize(
    ("said", "headcount", "kept"),
    [
        ("约200人参加", None, "约200人参加"),
        ("200人参加", 200, None),
        ("30名志愿者参加", 30, "30名志愿者参加"),
    ],
)
def test_a_headcount_may_stand_before_what_happened(said, headcount, kept):
    for mark in (" ", "，"):
        found = read_sentence(
            f"7月25日 团市委 {said}{mark}文明劝导",
            roster=ROSTER,
            context=HERE,
            wanted=("when", "departments", "title"),
        )
        assert (found.title, found.headcount, found.description) == ("文明劝导", headcount, kept)
