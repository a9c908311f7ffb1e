"""Days that are said twice or with their hours, and who stands for a department."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.campaign_settings import Period
from kalends.domain.errors import KalendsError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")),
    zone="Asia/Shanghai",
    period=Period(first_day=date(2020, 6, 1), last_day=date(2020, 12, 31)),
)
ROSTER = registered(
    {
        "tsw": ("共青团辽源市委员会", "团市委"),
        "jyj": ("辽源市教育局", "市教育局", "教育局"),
        "fl": ("辽源市妇女联合会", "市妇联", "妇联"),
        "ga": ("辽源市公安局", "市公安局", "公安局"),
        "ls": ("龙山区",),
    }
)
WEEKDAYS = "一二三四五六日"
DAY = st.integers(0, 120).map(lambda days: date(2020, 7, 21) + timedelta(days=days))
SPANS = ("8月1日至3日", "8月1日-3日", "8月1日—3日", "8月1日至8月3日", "8.1-8.3", "八月一日到三日")
HOURS = ("9:00-17:00", "上午9点到11点", "早上七点到九点", "下午两点至四点半", "9:00—17:00")


def found_in(sentence):
    wanted = ("when", "departments", "title")
    return read_sentence(sentence, roster=ROSTER, context=HERE, wanted=wanted)


def read(sentence):
    found = found_in(sentence)
    when = found.when.when
    roles = {part.code: part.role for part in found.departments}
    return when.first_day, when.last_day, roles, found.title


@for_all(
    st.sampled_from(SPANS), st.sampled_from(HOURS),
    st.sampled_from(
        (
            *("{0} {1} 市教育局 夏令营", "{0}，{1}，市教育局 夏令营", "{0}每天{1}市教育局夏令营"),
            *("{0}，每天{1}，市教育局 夏令营", "{0} 市教育局 夏令营 {1}", "{0}，市教育局夏令营，每天{1}"),
            *("市教育局{0}{1}夏令营", "{0} 市教育局 夏令营（每天{1}）"),
        )
    ),
)  # fmt: skip
def test_the_hours_of_each_day_are_kept_in_words(span, hours, form):
    sentence = form.format(span, hours)
    found = found_in(sentence)
    said = found.description or ""
    assert read(sentence) == (date(2020, 8, 1), date(2020, 8, 3), {"jyj": "lead"}, "夏令营")
    assert hours[-2:] in said
    assert found.when.when.starts is None


@pytest.mark.parametrize(
    "sentence",
    [
        "8月1日至3日9点 市教育局 夏令营",
        "8月1日至3日上午 市教育局 夏令营",
        "8月1日至3日上午9点市教育局夏令营",
        "8月1日至3日 市教育局 夏令营 9点",
    ],
)
def test_an_hour_that_may_be_of_the_last_day_is_asked_about(sentence):
    with pytest.raises(KalendsError):
        read(sentence)


@for_all(st.sampled_from(SPANS), st.sampled_from(("每天", "每日")))
def test_each_of_several_days_is_no_repetition(span, each):
    title = f"{each}放映一部电影"
    assert read(f"{span}，市教育局{title}")[2:] == ({"jyj": "lead"}, title)


@for_all(
    DAY,
    st.sampled_from(("，也就是", "，即", "（也就是", "，就是")),
    st.integers(0, 6),
    st.booleans(),
)
def test_a_day_may_be_said_twice_if_both_agree(day, that_is, weekday, is_first):
    names = f"{day:%m月%d日}", f"下周{WEEKDAYS[weekday]}"
    said = that_is.join(names if is_first else names[::-1]) + ("）" if "（" in that_is else "，")
    sentence = f"{said}团市委开会"
    if day == date(2020, 7, 27) + timedelta(days=weekday):
        assert read(sentence) == (day, day, {"tsw": "lead"}, "开会")
    else:
        with pytest.raises(KalendsError):
            read(sentence)


@for_all(DAY, st.integers(0, 6), st.sampled_from(("读书营", "儿童影展", "骑行")))
def test_a_weekday_in_the_title_is_the_day_or_asked_about(day, weekday, noun):
    title = f"周{WEEKDAYS[weekday]}{noun}"
    sentence = f"{day:%m月%d日} 市教育局 {title}"
    if day.weekday() == weekday:
        assert read(sentence) == (day, day, {"jyj": "lead"}, title)
    else:
        with pytest.raises(KalendsError):
            read(sentence)


@for_all(DAY, st.sampled_from(("营开营", "影院", "市集", "故事会", "登山")))
def test_a_weekend_before_a_noun_is_part_of_the_title(day, noun):
    assert read(f"{day:%m月%d日} 市教育局 周末{noun}") == (
        day,
        day,
        {"jyj": "lead"},
        f"周末{noun}",
    )


def test_a_weekend_that_is_no_part_of_a_word_is_asked_about():
    with pytest.raises(KalendsError):
        read("7月22日 团市委走访 周末")


@for_all(
    st.sampled_from(("第三季度", "下半年", "2020年", "8月")), st.sampled_from(("8月", "8月下旬", "8月25日", "11月", "6月")),
)  # fmt: skip
def test_a_finer_date_within_a_coarse_one_counts(coarse, fine):
    sentence = f"{coarse} 市教育局 测评 {fine}"
    is_within = fine.startswith("8月") or (coarse, fine) in {
        ("下半年", "11月"),
        ("2020年", "11月"),
        ("2020年", "6月"),
    }
    if is_within and coarse != fine:
        assert read(sentence)[:2] == read(f"{fine} 市教育局 测评")[:2]
    elif coarse != fine:
        with pytest.raises(KalendsError):
            read(sentence)


BODIES = (
    "工会",
    "机关党支部",
    "第二党支部",
    "团委",
    "妇委会",
    "党员志愿服务队",
    "党委",
    "工会主席李明",
)


@for_all(
    st.sampled_from(BODIES), st.sampled_from(("市教育局", "市公安局", "市妇联")),
    st.sampled_from(("组织职工植树", "开展主题党日", "走进社区")),
    st.sampled_from(("8月3日，{0}{1}", "{0}8月3日{1}", "{0}定于8月3日{1}", "8月3日 {0} {1}")),
)  # fmt: skip
def test_a_department_is_recorded_for_its_own_bodies(body, name, doing, form):
    _, _, roles, title = read(form.format(f"{name}{body}", doing))
    assert list(roles.values()) == ["lead"]
    assert title.replace(" ", "").endswith(f"{body}{doing}")


@pytest.mark.parametrize("body", ["工会", "妇联", "团委"])
def test_the_bodies_of_a_place_are_asked_about(body):
    with pytest.raises(KalendsError):
        read(f"8月3日龙山区{body}举办运动会")


NAMES = ("团市委", "市教育局", "市妇联", "市公安局")


@for_all(
    st.permutations(NAMES), st.integers(2, 4), st.sampled_from(("", "{}家", "{}部门", "{}家单位")),
    st.sampled_from(("由{}联合主办的读书节8月3日启动", "8月3日，{}联合主办读书节", "8月3日，{}联合开展清扫")),
)  # fmt: skip
def test_one_leads_however_many_are_counted(names, many, counted, form):
    count = counted.format("二三四"[many - 2] if many > 2 else "两")
    _, _, roles, title = read(form.format("、".join(names[:many]) + count))
    assert list(roles.values()) == ["lead"] + ["joint"] * (many - 1)
    assert count == "" or count not in title


@for_all(
    st.permutations(NAMES),
    st.sampled_from((" ", "、", "，", "和")),
    st.sampled_from(("参加", "配合", "协办")),
)
def test_those_of_a_later_clause_may_stand_apart(names, joiner, part):
    _, _, roles, title = read(f"8月3日，{names[0]}座谈会，{joiner.join(names[1:])}{part}")
    assert (list(roles.values()), title) == (["lead", *["participant"] * 3], "座谈会")


@for_all(st.integers(6, 12), st.sampled_from(("第一个", "第二个", "第三个", "最后一个")))
def test_the_weekends_of_a_month_are_counted_where_they_lie_within_it(month, which):
    sentence = f"{month}月{which}周末 市教育局 露营"
    firsts = [date(2020, month, 1) + timedelta(days=n) for n in range(31)]
    saturdays = [day for day in firsts if day.weekday() == 5 and day.month == month]
    first = saturdays[-1 if which == "最后一个" else "一二三".index(which[1])]
    is_doubted = firsts[0].weekday() == 6 or (first + timedelta(days=1)).month != month
    if is_doubted:
        with pytest.raises(KalendsError):
            read(sentence)
    else:
        assert read(sentence)[:2] == (first, first + timedelta(days=1))


@for_all(st.integers(1, 5), st.integers(6, 9))
def test_the_name_of_a_holiday_beside_its_days_changes_nothing(first, last):
    sentence = f"10月{first}日至{last}日国庆长假，市教育局文艺汇演"
    if last <= 8:
        assert read(sentence)[:2] == (date(2020, 10, first), date(2020, 10, last))
    else:
        with pytest.raises(KalendsError):
            read(sentence)


@for_all(
    st.sampled_from(("经{}批准，", "按照{}统一部署，", "根据{}通知，", "依据{}工作要求，")),
    st.sampled_from(("市公安局", "市教育局", "市安委会")), st.sampled_from(("{0}8月3日，市妇联{1}", "{0}市妇联8月3日{1}")),
)  # fmt: skip
def test_whoever_only_told_or_allowed_it_stays_in_the_title(word, name, form):
    said = word.format(name)
    found = read(form.format(said, "举办家长课堂"))
    assert found[2:] == ({"fl": "lead"}, f"{said}举办家长课堂")


@for_all(
    st.sampled_from(("8月1日建军节", "8月1日", "9月10日教师节", "10月1日国庆节")),
    st.sampled_from(("来临之际", "到来之际", "临近", "前夕", "将至")),
)
def test_a_day_that_only_draws_near_is_asked_about(day, near):
    with pytest.raises(KalendsError):
        read(f"市公安局在{day}{near}走访军属")


@for_all(st.sampled_from(("公安局", "教育局", "妇联")), st.sampled_from(("", "市", "辽源市")))
def test_an_office_of_a_city_is_known_with_and_without_the_city(name, city):
    roster = registered(
        {
            "a": ("辽源市公安局", "公安局"),
            "b": ("辽源市教育局", "教育局"),
            "c": ("辽源市妇女联合会", "妇联"),
            "ly": ("辽源市",),
        }
    )
    wanted = ("when", "departments", "title")
    found = read_sentence(
        f"8月3日{city}{name}开展走访", roster=roster, context=HERE, wanted=wanted
    )
    assert [part.code for part in found.departments] == [
        "abc"[("公安局", "教育局", "妇联").index(name)]
    ]
    assert found.title == "开展走访"


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (
            "12月4日上午10时，国家宪法日主题宣传活动在广场举行，市公安局承办",
            "国家宪法日主题宣传活动在广场举行",
        ),
        ("6月5日世界环境日当天，市教育局发起倡议", "世界环境日，发起倡议"),
        ("7月22日（大暑）市妇联送清凉", "送清凉"),
        ("昨天下午的活动由团市委组织，走访敬老院", "活动，走访敬老院"),
        ("市教育局8月4日、5日组织文明城市实地考察点位培训", "组织文明城市实地考察点位培训"),
        ("活动主题：祭扫；时间：8月31日；主办单位：市妇联、市教育局", "祭扫"),
    ],
)
def test_what_stands_beside_a_day_is_no_second_one(sentence, title):
    found = read(sentence)
    assert found[-1] == title
    assert list(found[2].values()) == ["lead", *["joint"] * (len(found[2]) - 1)]
