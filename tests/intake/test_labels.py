"""Notices and invitations that say what they say behind labels."""

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
        "tsw": ("共青团辽源市委员会", "团市委"),
        "jyj": ("辽源市教育局", "市教育局", "教育局"),
        "po": ("Police Department", "Police"),
        "he": ("Health Department", "Health"),
    }
)
EVERYTHING = ("when", "departments", "title")


def _read(sentence):
    found = read_sentence(sentence, roster=ROSTER, context=HERE, wanted=EVERYTHING)
    when = found.when.when
    return (
        f"{when.first_day:%m-%d} {when.starts}-{when.ends}",
        {part.code: part.role for part in found.departments},
        found.place,
        found.title,
    )


@pytest.mark.parametrize(
    ("sentence", "when", "departments", "place", "title"),
    [
        ("时间：7月25日14：00 地点：图书馆报告厅 主办：团市委 内容：亲子阅读讲座", "07-25 14:00-None", {"tsw": "lead"}, "图书馆报告厅", "亲子阅读讲座"),
        ("活动时间：7月25日上午9点\n活动地点：市政府 二楼会议室\n主办单位：市教育局\n协办单位：团市委\n活动内容：亲子阅读讲座", "07-25 09:00-None", {"jyj": "lead", "tsw": "participant"}, "市政府 二楼会议室", "亲子阅读讲座"),
        ("主题：校园整治协调会；时间：2020/07/26 10:00–11:30；组织单位：市教育局；参加：团市委", "07-26 10:00-11:30", {"jyj": "lead", "tsw": "participant"}, None, "校园整治协调会"),
        ("关于召开推进会的通知：会议时间7月7日9:00，会议地点市政府二楼会议室，主办单位市教育局", "07-07 09:00-None", {"jyj": "lead"}, "市政府二楼会议室", "关于召开推进会的通知"),
        ("关于开展无偿献血志愿活动的通知：时间：7月28日9:00-15:00；地点：市中心血站；主办：市教育局；协办：团市委", "07-28 09:00-15:00", {"jyj": "lead", "tsw": "participant"}, "市中心血站", "关于开展无偿献血志愿活动的通知"),
        ("会议时间：7月30日15:00\n会议地点：市政府四楼\n参会人员：市教育局分管领导\n主持人：团市委书记", "07-30 15:00-None", {"tsw": "lead", "jyj": "participant"}, "市政府四楼", ""),
        ("活动名称：文明交通\n时间：9月7日7:20-8:00\n责任单位：团市委\n配合单位：市教育局", "09-07 07:20-08:00", {"tsw": "lead", "jyj": "participant"}, None, "文明交通"),
        ("团市委召开会议，时间：7月25日9点", "07-25 09:00-None", {"tsw": "lead"}, None, "召开会议"),
        ("When: Saturday 25 July, 10am-noon. Where: Riverside Park. Who: Police. What: tree care workshop", "07-25 10:00-12:00", {"po": "lead"}, "Riverside Park", "tree care workshop"),
        ("When: Saturday 25 July, 10am-noon\nWhere: Town Hall, Room 4\nWho: Police and Health\nWhat: drill", "07-25 10:00-12:00", {"po": "lead", "he": "joint"}, "Town Hall, Room 4", "drill"),
        ("Date: 6 July. Time: 2.30pm. Venue: Town Hall. Organiser: Police. Allotment holders' meeting", "07-06 14:30-None", {"po": "lead"}, "Town Hall", "Allotment holders' meeting"),
        ("When: Saturday 25 July, 10am. What: tree care workshop. Who: Police. @Riverside Park, gate 2", "07-25 10:00-None", {"po": "lead"}, "Riverside Park, gate 2", "tree care workshop"),
    ],
)  # fmt: skip
def test_what_stands_behind_labels_is_read(sentence, when, departments, place, title):
    assert _read(sentence) == (when, departments, place, title)


@pytest.mark.parametrize(
    "sentence",
    [
        "时间：待定 地点：图书馆 主办：团市委 内容：讲座",
        "When: tbc. Where: Town Hall. Who: Police. What: drill",
        "When: 25 July. Where: Town Hall. Who: Rotary. What: drill",
        "时间：7月25日 地点：图书馆 主办：扶轮社 内容：讲座",
        "When: 25 July. Who: Police. What: drill @North Hill. Where: Town Hall",
    ],
)
def test_a_label_with_nothing_known_behind_it_is_asked_about(sentence):
    with pytest.raises(KalendsError):
        _read(sentence)
