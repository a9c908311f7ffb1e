"""The words of feed format 1, in both languages: frozen, because published bytes need them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from kalends.domain.campaign_settings import Language
from kalends.domain.details import Role
from kalends.domain.when import Part, Precision, When


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a calendar says in one language; the fields in braces are filled by the renderer."""

    cancelled_title: str
    all_title: str
    feed_title: str
    cancelled: str
    retracted: str
    reinstated: str
    moved: str
    corrected: str
    retimed: str
    coarse: str
    hour_unknown: str
    end_unknown: str
    only_known: str
    roles: Mapping[Role, str]
    between_names: str
    headcount: str
    link: str
    day: Callable[[date], str]
    month: Callable[[date], str]
    ten_days: Callable[[date], str]
    week: Callable[[date], str]
    quarter: Callable[[date], str]
    half_year: Callable[[date], str]
    year: Callable[[date], str]
    parts: Mapping[Part, str]
    before_part: str
    before_clock: str
    span: str

    def when(self, when: When) -> str:
        """Return a time in words, no more exactly than it was given."""
        name = self._named(when)
        first, last = name(when.first_day), name(when.last_day)
        starts, ends = when.starts, when.ends
        if first == last:
            clock = f"{starts or ''}–{ends}" if ends else starts
            said = first + (self.before_clock + clock if clock else "")
        else:
            first += self.before_clock + starts if starts else ""
            last += self.before_clock + ends if ends else ""
            said = self.span.format(first=first, last=last)
        if when.part is not None and starts is None:
            said += self.before_part + self.parts[when.part]
        return said

    def _named(self, when: When) -> Callable[[date], str]:
        names: dict[Precision, Callable[[date], str]] = {
            "ten-days": self.ten_days,
            "week": self.week,
            "month": self.month,
            "quarter": self.quarter,
            "half-year": self.half_year,
            "year": self.year,
        }
        return names.get(when.precision, self.day)


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_HALVES = ("first", "second")


def _month(day: date) -> str:
    return _MONTHS[day.month - 1]


def _third(day: date) -> int:
    return min((day.day - 1) // 10, 2)


def _english_day(day: date) -> str:
    return f"{day.day} {_month(day)} {day.year}"


def _chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


WORDINGS: Mapping[Language, Wording] = {
    "zh": Wording(
        cancelled_title="【已取消】{title}",
        all_title="{title}（全部）",
        feed_title="{title} · {name}",
        cancelled="已取消：{reason}",
        retracted="已撤销（本不应记录）：{reason}",
        reinstated="恢复举行：{reason}",
        moved="已改期，原定{old}：{reason}",
        corrected="已更正：{reason}",
        retimed="已更正，原记时间为{old}：{reason}",
        coarse="现仅知时间为{when}；此条留在原记日期上，标为取消。",
        hour_unknown="具体时刻未知，仅知为{when}，日历按办公时段显示。",
        end_unknown="结束时间未知，日历按一小时显示。",
        only_known="仅知时间为{when}。",
        roles={"lead": "牵头单位：", "joint": "联合单位：", "participant": "参加单位："},
        between_names="、",
        headcount="人数：{count}",
        link="链接：{link}",
        day=_chinese_day,
        month=lambda day: f"{day.year}年{day.month}月",
        ten_days=lambda day: f"{day.year}年{day.month}月{'上中下'[_third(day)]}旬",
        week=lambda day: f"{_chinese_day(day)}所在的一周",
        quarter=lambda day: f"{day.year}年第{'一二三四'[(day.month - 1) // 3]}季度",
        half_year=lambda day: f"{day.year}年{'上下'[(day.month - 1) // 6]}半年",
        year=lambda day: f"{day.year}年",
        parts={
            "night": "凌晨",
            "morning": "上午",
            "noon": "中午",
            "afternoon": "下午",
            "evening": "晚上",
        },
        before_part="",
        before_clock=" ",
        span="{first}至{last}",
    ),
    "en": Wording(
        cancelled_title="[Cancelled] {title}",
        all_title="{title} (complete)",
        feed_title="{title} · {name}",
        cancelled="Cancelled: {reason}",
        retracted="Retracted (it should never have been recorded): {reason}",
        reinstated="Takes place after all: {reason}",
        moved="Moved, it was planned for {old}: {reason}",
        corrected="Corrected: {reason}",
        retimed="Corrected, the time on record was {old}: {reason}",
        coarse="Only this is known of its time now: {when}. "
        "This entry stays where it was, as cancelled.",
        hour_unknown="The hour is not known, only this: {when}. "
        "The calendar shows it over office hours.",
        end_unknown="The end is not known. The calendar shows one hour.",
        only_known="Only this is known of its time: {when}.",
        roles={"lead": "Lead: ", "joint": "Jointly with: ", "participant": "Taking part: "},
        between_names=", ",
        headcount="Headcount: {count}",
        link="Link: {link}",
        day=_english_day,
        month=lambda day: f"{_month(day)} {day.year}",
        ten_days=lambda day: f"{('early ', 'mid-', 'late ')[_third(day)]}{_month(day)} {day.year}",
        week=lambda day: f"the week of {_english_day(day)}",
        quarter=lambda day: f"quarter {(day.month - 1) // 3 + 1} of {day.year}",
        half_year=lambda day: (
            f"the {('first', 'second')[(day.month - 1) // 6]} half of {day.year}"
        ),
        year=lambda day: f"{day.year}",
        parts={
            "night": "night",
            "morning": "morning",
            "noon": "noon",
            "afternoon": "afternoon",
            "evening": "evening",
        },
        before_part=", ",
        before_clock=", ",
        span="{first} – {last}",
    ),
}
