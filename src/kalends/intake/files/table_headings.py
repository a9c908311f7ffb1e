"""The known headings of tables of activities, in both languages, and the field of each."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from kalends.domain.errors import MissingHeadingError, NotTableError, RepeatedKeyError
from kalends.words import Message

# The headings that our lists write, and those that offices use.
_HEADINGS = {
    "when": (
        "date", "when", "dates", "date and time", "日期", "活动日期", "开展日期", "举办日期",
        "召开日期", "起止日期", "活动起止日期", "日期时间",
    ),
    "clock": (
        "time", "hours", "时间", "活动时间", "开展时间", "举办时间", "召开时间", "会议时间",
        "起止时间", "活动起止时间", "时间段", "时段",
    ),
    "first": (
        "first day", "start date", "start day", "begin date", "起始日期", "开始日期",
        "活动开始日期",
    ),
    "last": (
        "last day", "end date", "end day", "结束日期", "终止日期", "截止日期", "活动结束日期",
    ),
    "begins": (
        "start", "starts", "begin", "begins", "start time", "begin time", "start date/time",
        "start date and time", "开始", "开始时间", "起始时间", "活动开始时间",
    ),
    "ends": (
        "end", "ends", "end time", "end date/time", "end date and time", "结束", "结束时间",
        "终止时间", "截止时间", "活动结束时间",
    ),
    "title": (
        "title", "activity", "what", "标题", "活动", "名称", "活动名称", "内容", "活动内容",
        "主题", "活动主题", "事项",
    ),
    "departments": (
        "departments", "department", "dept", "部门", "单位", "责任单位", "责任部门", "牵头单位",
        "主办单位", "承办单位", "开展单位",
    ),
    "joint": ("partners", "联合单位", "配合单位", "协办单位"),
    "participant": ("participants", "参加单位", "参与单位"),
    "place": ("place", "location", "venue", "地点", "活动地点", "场所"),
    "tags": ("tags", "tag", "标签", "类别"),
    "headcount": (
        "headcount", "people", "attendees", "attendance", "number of people",
        "number of attendees", "人数", "人次", "参加人数", "参与人数", "参会人数", "与会人数",
        "出席人数", "到会人数", "到场人数", "参加人次", "参与人次", "活动人数",
    ),
    "description": ("description", "details", "说明", "详情", "简介", "活动简介"),
    "links": ("links", "link", "url", "链接", "网址"),
    "status": ("status", "状态"),
    "withheld": ("withheld", "暂不公开"),
}  # fmt: skip
# Columns of our lists that are not part of an activity.
_PASSED_OVER = (
    "activity id", "id", "no", "no.", "#", "position", "version", "recorded at", "recorded by",
    "recorded on", "days late", "reason", "change", "活动编号", "序号", "编号", "版本", "记录时间",
    "账号", "记录人", "记录日期", "迟录天数", "原因", "变动",
)  # fmt: skip
_NEEDED = {
    "when": Message("date"),
    "title": Message("title"),
    "departments": Message("departments"),
}
_HEADINGS_NEEDED = Message(
    "A table has a row of headings, with at least date, title and departments (日期, 标题, 部门)."
)
_DATED = ("when", "first", "begins")
# The row of headings has at least so many known ones, and is among the first so many rows.
_ENOUGH, _ROWS = 2, 10


def folded(heading: str) -> str:
    """Return a heading folded for comparison, without case, width, blanks and brackets."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(re.sub(r"\(.*?\)|[*:]", "", text).split())


_FIELDS = {folded(name): field for field, names in _HEADINGS.items() for name in names}
_KNOWN = _FIELDS.keys() | set(map(folded, _PASSED_OVER))


class Headings(NamedTuple):
    """The row of the headings, counted from 0, and the columns of each field.

    `columns` maps fields to columns; `unread` maps columns to unknown headings, "" where there
    is none; `passed_over` are the columns of what is no part of an activity, such as its number.
    """

    row: int
    columns: dict[str, int]
    unread: dict[int, str]
    passed_over: frozenset[int] = frozenset()


def has_headings(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether there is a row of headings among the first rows."""
    return _row(rows) is not None


def headings(rows: Sequence[Sequence[str]]) -> Headings:
    """Return the headings of a table, which may have a title in its first rows.

    Raises `NotTableError` if there are none, `MissingHeadingError` if a required one is missing,
    `RepeatedKeyError` if one appears twice.
    """
    place = _row(rows)
    if place is None:
        raise NotTableError(kind=Message("a file without headings"), cure=_HEADINGS_NEEDED)
    columns: dict[str, int] = {}
    unread: dict[int, str] = {}
    passed_over = set()
    for number, cell in enumerate(rows[place]):
        field = _FIELDS.get(folded(cell))
        if field is None:
            if folded(cell) in _KNOWN:
                passed_over.add(number)
            else:
                unread[number] = cell.strip()
        elif field in columns:
            raise RepeatedKeyError(name=cell.strip())
        else:
            columns[field] = number
    _check(columns)
    return Headings(place, columns, unread, frozenset(passed_over))


def _check(columns: dict[str, int]) -> None:
    """Raise if a required column is missing; without another, 时间 is the column of dates."""
    is_dated = not columns.keys().isdisjoint(_DATED)
    if not is_dated and "clock" in columns:
        columns["when"] = columns.pop("clock")
    for field, name in _NEEDED.items():
        if field not in columns and not (field == "when" and is_dated):
            raise MissingHeadingError(name=name)


def _row(rows: Sequence[Sequence[str]]) -> int | None:
    for place, row in enumerate(rows[:_ROWS]):
        known = {folded(cell) for cell in row} & _FIELDS.keys()
        if len({_FIELDS[name] for name in known}) >= _ENOUGH:
            return place
    return None
