"""Which date is recorded of a sentence: ordinary ones at once, unclear ones never."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kalends.dates.reader import DateContext
from kalends.domain.campaign_settings import Period
from kalends.domain.errors import UnclearError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")),
    zone="Asia/Shanghai",
    period=Period(first_day=date(2020, 6, 1), last_day=date(2020, 12, 31)),
)
EVERYTHING = ("when", "departments", "title")
NAMES = {
    "tsw": ("共青团辽源市委员会", "团市委", "Youth League"),
    "jyj": ("辽源市教育局", "市教育局", "Education Bureau"),
    "pol": ("Police",),
}


@pytest.fixture(scope="module")
def roster():
    return registered(NAMES)


def recorded(roster, sentence):
    """Return the days, the part of the day and the times that are recorded of a sentence."""
    when = read_sentence(sentence, roster=roster, context=HERE, wanted=EVERYTHING).when.when
    days = dict.fromkeys([when.first_day.isoformat(), when.last_day.isoformat()])
    times = "-".join(time for time in (when.starts, when.ends) if time)
    return " ".join(part for part in ("/".join(days), when.part, times) if part)


# Another zone than the campaign's: the hour is not the one that is written.
ZONES = (
    " UTC",
    " GMT+8",
    " CST",
    " EST",
    "（东京时间）",
    "(UTC)",
    "，当地时间",
    " 北京时间",
    " 东八区",
)


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("2020-07-14 15:42: 团市委 项目启动", "2020-07-14 15:42"),
        ("2020-07-14T15:42: 团市委 项目启动", "2020-07-14 15:42"),
        ("7月14日 团市委 15:42: 项目启动", "2020-07-14 15:42"),
        ("7月\u202f14日 团市委 走访", "2020-07-14"),
        ("八月十五中秋节 团市委 走访", "2020-10-01"),
        ("团市委八月十五开展中秋慰问", "2020-10-01"),
        ("农历八月十五 团市委 走访", "2020-10-01"),
        ("7/8 团市委走访", "2020-07-08"),
        ("7/14 Police visit", "2020-07-14"),
        ("团市委7.14-7.16开展大扫除", "2020-07-14/2020-07-16"),
        ("团市委9.5志愿服务项目路演", "2020-09-05"),
        ("团市委3.15宣传 7月14日", "2020-07-14"),
        ("市教育局9.5折优惠 7月14日", "2020-07-14"),
        ("Police checks, second half of August", "2020-08-16/2020-08-31"),
        ("Road works 10-14 August, Police", "2020-08-10/2020-08-14"),
        ("October 30, 6 p.m. to 9 p.m., Police, fair", "2020-10-30 18:00-21:00"),
        ("Police remembrance, September 23, minute of silence at noon", "2020-09-23 12:00"),
        ("Q3 review meeting, Police, July 14 10:00", "2020-07-14 10:00"),
        ("团市委第三季度测评会 9月30日下午", "2020-09-30 afternoon"),
        ("2020年团市委工作会议8月5日召开", "2020-08-05"),
        ("Police rally, 16 August, start 9:15 at the park", "2020-08-16 09:15"),
        (
            "Police close the road to cars on Sunday, 26 July, from 9 am to 6 pm",
            "2020-07-26 09:00-18:00",
        ),
        ("Early in October Police replaced signs", "2020-10-01/2020-10-10"),
        ("Police workshop (14 Sept, 13:00-15:00, Youth Palace)", "2020-09-14 13:00-15:00"),
        ("市教育局座谈会（7月14日下午，三楼）", "2020-07-14 afternoon"),
        ("7月14日晚饭后，团市委走访", "2020-07-14"),
        ("Police checks, late October, downtown", "2020-10-21/2020-10-31"),
        ("Police drill, week of 19 October", "2020-10-19/2020-10-25"),
        ("Police checked bikes last week", "2020-07-13/2020-07-19"),
        ("since mid-July Police removed posters", "2020-07-11/2020-07-20"),
        ("两周前团市委走访", "2020-07-06/2020-07-12"),
        ("a month ago Police visited", "2020-06-01/2020-06-30"),
        ("On Wednesday the Police meet the press", "2020-07-22"),
        ("7⽉14⽇ 团市委 走访", "2020-07-14"),
        ("2020-07-14 00:00:00 团市委 走访", "2020-07-14"),
        ("2020/7/14 0:00:00 团市委 走访", "2020-07-14"),
        ("7/14/2020 12:00:00 AM 团市委 走访", "2020-07-14"),
        ("14.07.2020 00:00:00 团市委 走访", "2020-07-14"),
        ("2020年7月14日 00:00:00 团市委 走访", "2020-07-14"),
        ("Jul 14, 2020 12:00:00 AM Police visit", "2020-07-14"),
        ("2020年7月14日 0:00 团市委 走访", "2020-07-14 00:00"),
        ("半年前 团市委 走访", "2020-01-01/2020-01-31"),
        ("5年前 团市委 走访", "2015-01-01/2015-12-31"),
        ("6 months ago Police visit", "2020-01-01/2020-01-31"),
        ("从昨天下午两点到四点 团市委 走访", "2020-07-19 14:00-16:00"),
        ("七月最后一个周五 团市委 走访", "2020-07-31"),
        ("十二月月底 团市委 走访", "2020-12-21/2020-12-31"),
        ("1995 - 1997年 团市委 走访", "1995-01-01/1997-12-31"),
        ("July 14 11pm-1am Police visit", "2020-07-14/2020-07-15 23:00-01:00"),
        ("end of month Police visit", "2020-07-21/2020-07-31"),
        ("7月14日上午至15日下午 团市委 走访", "2020-07-14/2020-07-15"),
        ("July 14 9:30\u202fAM Police visit", "2020-07-14 09:30"),
        ("7月14日 3个社区走访 团市委", "2020-07-14"),
        ("7月14日 团市委 3个社区走访", "2020-07-14"),
        ("7月1日 4名志愿者慰问老人 团市委", "2020-07-01"),
        ("7月1日 团市委 4名志愿者慰问老人", "2020-07-01"),
        ("Police visited 14 schools on July 3", "2020-07-03"),
        ("7.1 团市委 4个社区大扫除", "2020-07-01"),
        ("7.1 团市委 走访4个社区", "2020-07-01"),
        ("7月 团市委 5G基站开通", "2020-07-01/2020-07-31"),
        ("7月 团市委 1村1品调研", "2020-07-01/2020-07-31"),
        ("7月14日 团市委 95后青年座谈", "2020-07-14"),
        ("7月14日 团市委 5A级景区检查", "2020-07-14"),
        ("7月14日 团市委 110宣传日", "2020-07-14"),
        ("7月14日 团市委 12345热线宣传", "2020-07-14"),
        ("7月14日 团市委 第2届运动会", "2020-07-14"),
        ("7.2 团市委 第2届运动会", "2020-07-02"),
        ("7月1日 团市委 1对1帮扶", "2020-07-01"),
        ("团市委 7月1日 4场宣讲", "2020-07-01"),
        ("7月 市教育局 2020年度总结", "2020-07-01/2020-07-31"),
        ("7月 市教育局 20所学校检查", "2020-07-01/2020-07-31"),
        ("7月1日 市教育局 30周年庆典", "2020-07-01"),
        ("7月1日 市教育局 2号楼检查", "2020-07-01"),
        ("7月1日 市教育局 3公里健步走", "2020-07-01"),
        ("7/1 市教育局 5万册图书捐赠", "2020-07-01"),
        ("7月14日下午3点 团市委 5个组走访", "2020-07-14 15:00"),
        ("7月14日9点 团市委 50人清雪", "2020-07-14 09:00"),
        ("7月14日上午 团市委 12家小学排查", "2020-07-14 morning"),
        ("今天 团市委 2场比赛", "2020-07-20"),
        ("下周 团市委 4支队伍集训", "2020-07-27/2020-08-02"),
        ("下周三 团市委 3个村走访", "2020-07-29"),
        ("上半年 团市委 6次会议总结", "2020-01-01/2020-06-30"),
        ("一季度 市教育局 4项工作通报", "2020-01-01/2020-03-31"),
        ("6月 团市委 底商环境整治", "2020-06-01/2020-06-30"),
        ("6月 市教育局 初中毕业考试", "2020-06-01/2020-06-30"),
        ("6月 市教育局 中考保障", "2020-06-01/2020-06-30"),
        ("6月 团市委 上门走访", "2020-06-01/2020-06-30"),
        ("6月 团市委 下乡义诊", "2020-06-01/2020-06-30"),
        ("7月14日 团市委 日常巡查", "2020-07-14"),
        ("7月14日 团市委 晚会彩排", "2020-07-14"),
        ("7月14日 团市委 早餐店检查", "2020-07-14"),
        ("7月14日 团市委 一日捐", "2020-07-14"),
        ("7月14日 团市委 三下乡活动", "2020-07-14"),
        ("7月14日 团市委 二中走访", "2020-07-14"),
        ("7月14日 团市委 十佳青年表彰", "2020-07-14"),
        ("7月14日 团市委 五四路整治", "2020-07-14"),
        ("7月14日 团市委 四季度调度会", "2020-07-14"),
        ("7月14日 团市委 周末大讲堂", "2020-07-14"),
        ("7月14日 团市委 月末总结会", "2020-07-14"),
        ("7月14日 团市委 年终考核", "2020-07-14"),
        ("7月14日 团市委 前期筹备会", "2020-07-14"),
        ("7月14日 团市委 时代楷模学习", "2020-07-14"),
        ("7月14日 团市委 分组讨论", "2020-07-14"),
        ("7月14日 团市委 点亮心愿活动", "2020-07-14"),
        ("7月14日，由团市委主办、市教育局承办的3场宣讲", "2020-07-14"),
        ("7月23日—24日 团市委 2个组督查", "2020-07-23/2020-07-24"),
        ("2020-07-14 市教育局 1号文件学习", "2020-07-14"),
        ("2020-07-14 14:30 tsw 2020年度总结", "2020-07-14 14:30"),
        ("2020年7月 团市委 10个小区改造", "2020-07-01/2020-07-31"),
        ("7月14日团市委与市教育局开展2项检查", "2020-07-14"),
        ("7月3日上午9点 团市委、市教育局 8家单位观摩", "2020-07-03 09:00"),
        ("July 14 Police 4 schools visited", "2020-07-14"),
        ("July Police 12 schools visited", "2020-07-01/2020-07-31"),
        ("July 14 Police 10 km run", "2020-07-14"),
        ("July 14 2pm Police 3 teams train", "2020-07-14 14:00"),
        ("July 14 at 3pm Police visit 5 schools", "2020-07-14 15:00"),
        ("July 14 Police and volunteers clean up", "2020-07-14"),
        ("July 14 Police many visitors expected", "2020-07-14"),
        ("July 14 Police march for clean air", "2020-07-14"),
        ("July 14 Police second meeting of the council", "2020-07-14"),
        ("July 14 Police 2nd meeting of the council", "2020-07-14"),
        ("July 14 Police 5G launch", "2020-07-14"),
        ("July 14 Police amateur football", "2020-07-14"),
        ("July 14 Police fair for young people", "2020-07-14"),
        ("July 14 Police mid-term review", "2020-07-14"),
        ("July 14 Police after-school club", "2020-07-14"),
        ("July 14 Police to meet parents", "2020-07-14"),
        ("July 14 Police at Main Square", "2020-07-14"),
        ("Tuesday, July 14 Police traffic day", "2020-07-14"),
        ("July 2020 Police 20 patrols", "2020-07-01/2020-07-31"),
        ("next Friday Police 3 lectures", "2020-07-31"),
        ("The Police cleaned 20 parks on 14 July", "2020-07-14"),
        ("14 July 2020 Police 100 bikes marked", "2020-07-14"),
        ("14 July, Police, 30 officers trained", "2020-07-14"),
        ("yesterday Police 2 shops inspected", "2020-07-19"),
        ("2020-07-14 Police 14 schools visited", "2020-07-14"),
        ("July 14-16 Police 3 courses", "2020-07-14/2020-07-16"),
        ("On Friday 24 July the Education Bureau held a meeting with parents", "2020-07-24"),
        ("July 14 Youth League film night", "2020-07-14"),
        ("Youth League summer camp on July 14", "2020-07-14"),
        ("2020-07-14 团市委 wifi安装", "2020-07-14"),
        ("7月1日9点 团市委 整治六一路早市", "2020-07-01 09:00"),
        ("2020-07-14 市教育局 5个社区走访", "2020-07-14"),
        ("July 14: Police visit", "2020-07-14"),
        ("7月14日：团市委：走访", "2020-07-14"),
    ],
)
def test_a_plain_sentence_is_read_without_a_question(roster, sentence, date):
    assert recorded(roster, sentence) == date


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        *((f"7月14日 10点{zone} 团市委 走访", "half-read-date") for zone in ZONES),
        ("2020-07-14 10:00 UTC 团市委 真录", "half-read-date"),
        ("7月14日10点 团市委 UTC 联谊", "half-read-date"),
        ("July 14 Police visit at four", "half-read-date"),
        ("July 14 Police visit by 3", "half-read-date"),
        ("14 July 10am EST Police call", "half-read-date"),
        ("14 July 10am, local time, Police call", "half-read-date"),
        ("11-25日 团市委 学习会", "unreadable-date"),
        ("11-25号 团市委 学习会", "unreadable-date"),
        ("11—25日 团市委 学习会", "unreadable-date"),
        ("7月.14日 团市委 走访", "torn-date"),
        ("7月/14日 团市委 走访", "torn-date"),
        ("7月第14日 团市委 走访", "half-read-date"),
        ("7月l4日 团市委 走访", "torn-date"),
        ("7月团市委14日走访", "torn-date"),
        ("12月份 每周三 团市委 志愿服务", "half-read-date"),
        ("07年以后 团市委 走访", "unreadable-date"),
        ("07 年以前 团市委 走访", "unreadable-date"),
        ("12-10-11 团市委 走访", "unreadable-date"),
        ("7月-14日 团市委 走访", "unreadable-date"),
        ("Jul-20 Police visit", "unreadable-date"),
        ("二〇〇四年八月十五 团市委 走访", "unreadable-date"),
        ("八月十五 团市委 走访", "two-readings"),
        ("国庆期间，团市委巡查", "unreadable-date"),
        ("团市委 护学队 2020.07.19 6:00-8:00 护学", "two-readings"),
        ("第三季度 团市委 12月30日 走访", "second-date"),
        ("第三季度 团市委 2月30日 走访", "second-date"),
        ("国庆节前夕，团市委走访", "deadline"),
        ("十月前后，团市委走访", "vague-date"),
        ("活动期间，团市委走访", "no-date"),
        ("市教育局2.5平方米展厅揭牌", "no-date"),
        ("市教育局9.5倍增长通报", "no-date"),
        ("团市委7.7纪念活动", "half-read-date"),
        ("国庆期间（试行），团市委走访", "unreadable-date"),
        ("7月14日3点 团市委走访", "two-readings"),
        ("3/4 Police visit", "two-readings"),
        ("7/8 Police visit", "two-readings"),
        ("July 14 at 3 Police visit", "half-read-date"),
        ("next Monday at 9 Police visit", "torn-date"),
        ("11月18日下午和11月19日上午 团市委 走访", "unreadable-date"),
        ("11月24日、26日 团市委 走访", "days-apart"),
    ],
)
def test_no_date_of_an_unclear_sentence_is_recorded(roster, sentence, code):
    with pytest.raises(UnclearError) as refused:
        recorded(roster, sentence)

    assert refused.value.code == code


@pytest.mark.parametrize("address", ["fl@ly.gov.cn", "info@lib.org"])
def test_a_mail_address_is_no_place(roster, address):
    found = read_sentence(
        f"7月14日 团市委 培训，邮箱 {address}", roster=roster, context=HERE, wanted=EVERYTHING
    )
    assert found.place is None
    assert found.title == f"培训，邮箱 {address}"
