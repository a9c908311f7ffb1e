"""Reads the cells of a table of activities, whatever file it comes from, into rows."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kalends.domain.details import Role
from kalends.domain.errors import (
    EmptyCellError,
    FieldTypeError,
    FormatError,
    KalendsError,
    NoSuchStatusError,
    NotFromFileError,
)
from kalends.intake.lists_in_cells import departments_in, links_in, tags_in
from kalends.intake.roles import split_role
from kalends.intake.rows import NamedDepartment, NumberedRow, Row
from kalends.intake.table_headings import Headings, headings
from kalends.words import Message

_STATUSES = {
    "planned": True, "计划": True, "计划中": True, "未开展": True,
    "held": False, "recorded": False, "done": False, "已开展": False, "已记录": False,
    "已完成": False, "完成": False, "已举办": False,
}  # fmt: skip
# The parts of the day, in words that can be read after a date in figures.
_PARTS = {
    "before dawn": "凌晨", "morning": "上午", "noon": "中午", "afternoon": "下午",
    "evening": "晚上",
}  # fmt: skip
_NOT_FROM_FILE = {"cancelled", "已取消", "retracted", "已撤销"}
# Other blanks may be part of a text.
_BLANKS = " \t\r\n\u3000\u00a0"
_HEADCOUNT = re.compile(r"([0-9]+)(?:\.0+)?\s*(?:人|人次)?")


class TableRow(NamedTuple):
    """A row of a table: its number, its cells as text, and the original cells.

    `error` is an error that was found before reading the cells.
    """

    number: int
    cells: Sequence[str]
    original: Sequence[object]
    error: KalendsError | None = None


class Table:
    """The rows of a table; empty rows are skipped."""

    def __init__(self, digest: str, rows: Sequence[TableRow]) -> None:
        """Take all rows, including the headings; raises what `headings` raises."""
        self.digest = digest
        self._headings: Headings = headings([row.cells for row in rows])
        self._rows = [
            row
            for row in rows[self._headings.row + 1 :]
            if row.error is not None or any(cell.strip() for cell in row.cells)
        ]
        self._head = rows[self._headings.row]

    @property
    def unread(self) -> list[str]:
        """Return the unknown headings."""
        return self._headings.unread

    def __len__(self) -> int:
        """Return the number of rows that are not empty."""
        return len(self._rows)

    def __iter__(self) -> Iterator[NumberedRow]:
        """Yield each row with its number."""
        for row in self._rows:
            yield NumberedRow(row.number, self._row(row))

    def rejected(self, reasons: Mapping[int, str], heading: str) -> list[list[object]]:
        """Return the headings and the rows with these numbers, unchanged, each with its reason.

        An existing column of reasons is replaced.
        """
        place = next(
            (n for n, cell in enumerate(self._head.cells) if cell.strip() == heading),
            max(len(row.original) for row in (self._head, *self._rows)),
        )
        found = [_with(self._head.original, place, heading)]
        found += [
            _with(row.original, place, reasons[row.number])
            for row in self._rows
            if row.number in reasons
        ]
        return found

    def _row(self, row: TableRow) -> Row | KalendsError:
        if row.error is not None:
            return row.error
        columns = self._headings.columns
        beyond = row.cells[len(self._head.cells) :]
        if any(cell.strip() for cell in beyond):
            return FormatError(detail=Message("the line has more cells than the headings"))

        def cell(field: str) -> str:
            place = columns.get(field)
            if place is None or place >= len(row.cells):
                return ""
            return row.cells[place].strip(_BLANKS)

        try:
            return _read(cell)
        except KalendsError as error:
            return error


def _read(cell: Callable[[str], str]) -> Row:
    """Return the row that the cells describe."""
    for field in ("title", "departments"):
        if not cell(field):
            raise EmptyCellError(name=Message(field))
    if cell("withheld"):
        raise NotFromFileError(name=cell("withheld"))
    return Row(
        when=_when(cell),
        title=cell("title"),
        departments=[
            *map(_department, departments_in(cell("departments"))),
            *(NamedDepartment(name, "joint") for name in departments_in(cell("joint"))),
            *(
                NamedDepartment(name, "participant")
                for name in departments_in(cell("participant"))
            ),
        ],
        place=cell("place") or None,
        tags=tags_in(cell("tags")),
        description=cell("description") or None,
        headcount=_headcount(cell("headcount")),
        links=links_in(cell("links")),
        planned=_planned(cell("status")),
    )


def _when(cell: Callable[[str], str]) -> str:
    """Return the date phrase: the date with its time, or the first and the last day."""
    clock = cell("clock")
    clock = _PARTS.get(clock.casefold(), clock)
    said = " ".join(part for part in (cell("when"), clock) if part)
    last = cell("last")
    if not said:
        said, last = cell("first"), cell("last")
    elif cell("first"):
        last = ""  # the date column already says everything
    if not said:
        raise EmptyCellError(name=Message("date"))
    return f"{said} — {last}" if last and last != said else said


def _department(text: str) -> str | NamedDepartment:
    name, role = split_role(text)
    return name if role is None else NamedDepartment(name, role)


def _beside(cell: str, role: Role) -> list[str | NamedDepartment]:
    """Return the departments in the column for a role."""
    return [NamedDepartment(name, role) for name in departments_in(cell)]


def _headcount(text: str) -> int | None:
    if not text:
        return None
    found = _HEADCOUNT.fullmatch(text)
    if found is None:
        raise FieldTypeError(
            name=Message("headcount"), expected=Message("a whole number"), found=Message("a text")
        )
    return int(found[1])


def _planned(text: str) -> bool | None:
    word = text.casefold()
    if not word:
        return None
    if word in _NOT_FROM_FILE:
        raise NotFromFileError(name=text)
    if word not in _STATUSES:
        raise NoSuchStatusError(name=text)
    return _STATUSES[word]


def _with(cells: Sequence[object], place: int, text: str) -> list[object]:
    """Return the cells with a text in column `place`; missing cells before it are empty."""
    found = [*cells, *[""] * (place + 1 - len(cells))]
    found[place] = text
    return found
