"""Reads the cells of a table of activities, whatever file it comes from, into rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from kalends.domain.errors import (
    EmptyCellError,
    FormatError,
    KalendsError,
    NoSuchStatusError,
    NotFromFileError,
)
from kalends.intake.files.date_cells import date_phrase
from kalends.intake.files.lists_in_cells import departments_in, links_in, tags_in
from kalends.intake.files.rows import NamedDepartment, NumberedRow, Row
from kalends.intake.files.table_headings import Headings, headings
from kalends.intake.headcount_cell import headcount_of
from kalends.intake.roles import split_role
from kalends.words import Message

_STATUSES = {
    "planned": True, "计划": True, "计划中": True, "未开展": True,
    "held": False, "recorded": False, "done": False, "已开展": False, "已记录": False,
    "已完成": False, "完成": False, "已举办": False,
}  # fmt: skip
_NOT_FROM_FILE = {"cancelled", "已取消", "retracted", "已撤销"}
# A row of totals has one of these words, and none of these fields.
_TOTALS = {"合计", "总计", "小计", "共计", "total", "totals", "sum"}
_NEEDED = ("when", "clock", "first", "last", "begins", "ends", "title", "departments")
# Other blanks may be part of a text.
_BLANKS = " \t\r\n\u3000\u00a0"
_NAMELESS = Message("a column without a heading")


class TableRow(NamedTuple):
    """A row of a table: its number, its cells as text, and the original cells.

    `error` is an error that was found before reading the cells.
    """

    number: int
    cells: Sequence[str]
    original: Sequence[object]
    error: KalendsError | None = None


class Table:
    """The rows of a table; empty rows, numbered or not, and rows of totals are skipped."""

    def __init__(self, digest: str, rows: Sequence[TableRow]) -> None:
        """Take all rows, including the headings; raises what `headings` raises."""
        self.digest = digest
        self._headings: Headings = headings([row.cells for row in rows])
        self._rows = [
            row
            for row in rows[self._headings.row + 1 :]
            if row.error is not None or self._says_something(row)
        ]
        self._head = rows[self._headings.row]

    @property
    def unread(self) -> list[str]:
        """Return the unknown headings of columns that are not empty."""
        return [
            heading or _NAMELESS
            for place, heading in self._headings.unread.items()
            if any(row.cells[place : place + 1] and row.cells[place].strip() for row in self._rows)
        ]

    def __len__(self) -> int:
        """Return the number of rows that are not empty."""
        return len(self._rows)

    def __iter__(self) -> Iterator[NumberedRow]:
        """Yield each row with its number."""
        for row in self._rows:
            read = self._row(row)
            words = self._cell(row, "headcount")
            is_kept = isinstance(read, Row) and words and read.headcount is None
            yield NumberedRow(row.number, read, words if is_kept else None)

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

    def _says_something(self, row: TableRow) -> bool:
        """Return whether a row holds more than its own number, or than totals."""
        said = {"".join(cell.split()).casefold() for cell in row.cells}
        needed = {"".join(self._cell(row, field).split()).casefold() for field in _NEEDED}
        if not said.isdisjoint(_TOTALS) and needed <= {"", *_TOTALS}:
            return False
        passed_over = self._headings.passed_over
        return any(cell.strip() for n, cell in enumerate(row.cells) if n not in passed_over)

    def _row(self, row: TableRow) -> Row | KalendsError:
        if row.error is not None:
            return row.error
        beyond = row.cells[len(self._head.cells) :]
        if any(cell.strip() for cell in beyond):
            return FormatError(detail=Message("the line has more cells than the headings"))

        try:
            return _read(partial(self._cell, row), self._headcount_heading)
        except KalendsError as error:
            return error

    def _cell(self, row: TableRow, field: str) -> str:
        """Return the text of a row under the heading of a field; "" where there is none."""
        place = self._headings.columns.get(field)
        if place is None or place >= len(row.cells):
            return ""
        return row.cells[place].strip(_BLANKS)

    @property
    def _headcount_heading(self) -> str:
        return self._cell(self._head, "headcount")


def _read(cell: Callable[[str], str], headcount_heading: str) -> Row:
    """Return what the cells of a row say.

    A headcount that is no exact number is kept in the description, behind its heading.
    """
    for field in ("title", "departments"):
        if not cell(field):
            raise EmptyCellError(name=Message(field))
    if cell("withheld"):
        raise NotFromFileError(name=Message("withheld"))
    description, people = cell("description"), cell("headcount")
    headcount = headcount_of(people) if people else None
    if people and headcount is None:
        said = f"{headcount_heading}{'：' if headcount_heading[-1] > '~' else ': '}{people}"
        description = f"{description}\n{said}" if description else said
    return Row(
        when=date_phrase(cell),
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
        description=description or None,
        headcount=headcount,
        links=links_in(cell("links")),
        planned=_planned(cell("status")),
    )


def _department(text: str) -> str | NamedDepartment:
    name, role = split_role(text)
    return name if role is None else NamedDepartment(name, role)


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
