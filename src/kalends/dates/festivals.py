"""The names and days of festivals, Chinese and English, and China's official holidays."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, partial

from kalends.dates import moon
from kalends.dates.date_resolution import Span, nth_weekday

Day = Callable[[int], date]

_SOLAR = {
    (1, 1): "元旦 元旦节 new_year's_day new_year_day",
    (2, 14): "情人节",
    (3, 5): "学雷锋纪念日 学雷锋日 雷锋日 雷锋纪念日",
    (3, 8): "三八 三八节 妇女节 国际妇女节 国际劳动妇女节 international_women's_day women's_day",
    (3, 12): "植树节 arbor_day",
    (3, 15): "消费者权益日 国际消费者权益日 三一五",
    (3, 22): "世界水日",
    (4, 15): "全民国家安全教育日 国家安全教育日",
    (4, 22): "世界地球日 earth_day",
    (4, 23): "世界读书日",
    (4, 24): "中国航天日",
    (5, 1): "劳动节 国际劳动节 五一 五一节 may_day labour_day international_workers'_day",
    (5, 4): "五四 五四节 青年节 中国青年节",
    (5, 12): "护士节 国际护士节 防灾减灾日 全国防灾减灾日",
    (5, 15): "国际家庭日",
    (5, 19): "中国旅游日",
    (5, 31): "世界无烟日",
    (6, 1): "六一 六一节 儿童节 国际儿童节 children's_day",
    (6, 5): "世界环境日 环境日",
    (6, 6): "全国爱眼日 爱眼日",
    (6, 25): "全国土地日",
    (6, 26): "国际禁毒日",
    (7, 1): "七一 建党节 建党日 建党纪念日 党的生日",
    (8, 1): "八一 八一节 建军节 建军日 army_day",
    (8, 8): "全民健身日",
    (8, 19): "中国医师节",
    (9, 3): "抗战胜利纪念日 抗日战争胜利纪念日 中国人民抗日战争胜利纪念日",
    (9, 10): "教师节 teachers'_day",
    (9, 30): "烈士纪念日",
    (10, 1): "国庆 国庆节 十一 national_day",
    (11, 8): "记者节",
    (11, 9): "消防日 全国消防日 消防宣传日 全国消防宣传日",
    (11, 11): "双十一",
    (12, 1): "世界艾滋病日",
    (12, 2): "全国交通安全日",
    (12, 4): "宪法日 国家宪法日",
    (12, 5): "国际志愿者日 世界志愿者日",
    (12, 12): "双十二",
    (12, 13): "公祭日 国家公祭日 南京大屠杀死难者国家公祭日",
    (12, 24): "平安夜 christmas_eve",
    (12, 25): "圣诞 圣诞节 christmas christmas_day",
    (12, 31): "跨年夜 new_year's_eve",
}
_LUNAR = {
    (1, 1): "春节 农历新年 spring_festival chinese_new_year lunar_new_year",
    (1, 15): "元宵 元宵节 lantern_festival",
    (2, 2): "龙抬头",
    (5, 5): "端午 端午节 dragon_boat_festival",
    (7, 7): "七夕 七夕节",
    (7, 15): "中元节",
    (8, 15): "中秋 中秋节 mid-autumn_festival",
    (9, 9): "重阳 重阳节 double_ninth_festival",
    (12, 8): "腊八 腊八节",
    (12, 23): "小年",  # as in the north; the south keeps it a day later
}
_EVE = "除夕 除夕夜 大年夜 年三十 大年三十 chinese_new_year's_eve"
OF_WINTER = ("除夕", "腊八", "小年")  # in January or February of the next year
_TERMS = {
    "清明": "清明 清明节 qingming qingming_festival tomb_sweeping_day tomb_sweeping_festival",
    "立春": "立春",
    "春分": "春分",
    "立夏": "立夏",
    "夏至": "夏至",
    "立秋": "立秋",
    "秋分": "秋分 农民丰收节 中国农民丰收节",
    "立冬": "立冬",
    "冬至": "冬至",
    # Not 雨水, 小雪 and 大雪, which are weather as well.
    **{
        term: term
        for term in (
            *(
                "小寒",
                "大寒",
                "惊蛰",
                "谷雨",
                "小满",
                "芒种",
                "小暑",
                "大暑",
                "处暑",
                "白露",
                "寒露",
                "霜降",
            ),
        )
    },
}
_SUNDAY = 6
_SUNDAYS = {
    (5, 2): "母亲节",
    (5, 3): "助残日 全国助残日",
    (6, 3): "父亲节",
}

# As announced by the General Office of the State Council; no rule foretells them.
_HOLIDAYS = {
    "元旦": "2020:0101-0101 2021:0101-0103 2022:0101-0103 2025:0101-0101",
    "春节": "2019:0204-0210 2020:0124-0202 2021:0211-0217 2022:0131-0206 2023:0121-0127 "
    "2024:0210-0217 2025:0128-0204",
    "清明": "2019:0405-0407 2020:0404-0406 2021:0403-0405 2022:0403-0405 2023:0405-0405 "
    "2024:0404-0406 2025:0404-0406",
    "劳动节": "2019:0501-0504 2020:0501-0505 2021:0501-0505 2022:0430-0504 2023:0429-0503 "
    "2024:0501-0505 2025:0501-0505",
    "端午": "2019:0607-0609 2020:0625-0627 2021:0612-0614 2022:0603-0605 2023:0622-0624 "
    "2024:0608-0610 2025:0531-0602",
    "中秋": "2019:0913-0915 2020:1001-1008 2021:0919-0921 2022:0910-0912 2023:0929-1006 "
    "2024:0915-0917 2025:1001-1008",
    "国庆": "2019:1001-1007 2020:1001-1008 2021:1001-1007 2022:1001-1007 2023:0929-1006 "
    "2024:1001-1007 2025:1001-1008",
}


@cache
def festivals() -> dict[str, tuple[str, Day]]:
    """Return for each name its festival's first name, and the day it falls on in a year.

    The days raise what `moon.lunar_in` raises.
    """
    found: dict[str, tuple[str, Day]] = {}

    def add(names: str, day: Day) -> None:
        first, *_ = names.split()
        for name in names.split():
            found[name.replace("_", " ")] = first, day

    for (month, day), names in _SOLAR.items():
        add(names, partial(_solar, month=month, day=day))
    for (month, day), names in _LUNAR.items():
        add(names, partial(moon.lunar_in, month=month, day=day))
    for term, names in _TERMS.items():
        add(names, partial(moon.term_in, term=term))
    for (month, count), names in _SUNDAYS.items():
        add(names, partial(nth_weekday, month=month, weekday=_SUNDAY, count=count))
    add(_EVE, _eve)
    return found


def holiday(name: str, year: int) -> Span:
    """Return the days off around a festival, by its first name; `LookupError` if not announced."""
    announced = dict(holiday.split(":") for holiday in _HOLIDAYS[name].split())
    first, last = announced[str(year)].split("-")
    return date.fromisoformat(f"{year}{first}"), date.fromisoformat(f"{year}{last}")


def _solar(year: int, *, month: int, day: int) -> date:
    return date(year, month, day)


def _eve(year: int) -> date:
    return moon.lunar_in(year, month=1, day=1) - timedelta(days=1)
