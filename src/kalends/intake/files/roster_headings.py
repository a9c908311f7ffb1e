"""The known headings of a roster in a table, in both languages, and the field of each."""

from collections.abc import Sequence
from typing import NamedTuple

from kalends.domain.errors import MissingFieldError, NotRosterError, RepeatedKeyError
from kalends.intake.files.table_headings import folded
from kalends.words import Message

_HEADINGS = {
    "name": (
        "name", "full name", "department", "department name", "unit", "unit name",
        "organisation", "organization", "名称", "全称", "部门", "部门名称", "部门全称", "单位",
        "单位名称", "单位全称", "机构", "机构名称", "责任单位", "成员单位", "参加单位",
    ),
    "code": ("code", "代码"),
    "aliases": (
        "aliases", "alias", "other names", "also known as", "别名", "别称", "又称", "其他名称",
    ),
    "parent": (
        "parent", "parent department", "belongs to", "上级", "上级单位", "上级部门", "主管单位",
        "主管部门", "隶属", "隶属单位", "所属单位", "所属部门",
    ),
    "short": ("short", "short name", "abbreviation", "简称", "单位简称", "部门简称"),
    "on": ("on", "since", "valid from", "起始日期"),
}  # fmt: skip
# Columns that number the rows, and say nothing about a department.
_PASSED_OVER = ("no", "no.", "#", "序号", "编号")
_FIELDS = {folded(name): field for field, names in _HEADINGS.items() for name in names}
_NUMBERED = frozenset(map(folded, _PASSED_OVER))
_KNOWN = _FIELDS.keys() | {"", *_NUMBERED}
# The row of headings is among the first so many rows: a title may be above it.
_ROWS = 10


class RosterHeadings(NamedTuple):
    """The row of the headings, counted from 0; the column of each field; the unknown headings.

    `passed_over` are the columns that number the rows.
    """

    row: int
    columns: dict[str, int]
    unread: dict[int, str]
    passed_over: frozenset[int] = frozenset()


def has_name(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a row among the first has the heading of the departments' names."""
    return _row(rows, {"name"}) is not None


def roster_headings(rows: Sequence[Sequence[str]]) -> RosterHeadings:
    """Return the headings of a roster.

    Raises `NotRosterError` if there are none, `MissingFieldError` if that of the names is missing,
    `RepeatedKeyError` if a field has two.
    """
    place = _row(rows, {"name"})
    if place is None:
        if _row(rows, set(_FIELDS.values())) is None:
            raise NotRosterError(kind=Message("a table without a heading for names"))
        raise MissingFieldError(name=Message("name"))
    columns: dict[str, int] = {}
    unread: dict[int, str] = {}
    for number, cell in enumerate(rows[place]):
        field = _FIELDS.get(folded(cell))
        if field in columns:
            raise RepeatedKeyError(name=cell.strip())
        if field is not None:
            columns[field] = number
        elif folded(cell) not in _KNOWN:
            unread[number] = cell.strip()
    passed_over = (n for n, cell in enumerate(rows[place]) if folded(cell) in _NUMBERED)
    return RosterHeadings(place, columns, unread, frozenset(passed_over))


def _row(rows: Sequence[Sequence[str]], fields: set[str]) -> int | None:
    """Return the first row with a heading of one of these fields."""
    for place, row in enumerate(rows[:_ROWS]):
        if not fields.isdisjoint(_FIELDS.get(folded(cell), "") for cell in row):
            return place
    return None
