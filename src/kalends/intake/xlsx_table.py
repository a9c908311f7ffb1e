"""Decodes a table of activities from a workbook (.xlsx)."""

import hashlib
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from kalends.domain.errors import (
    KalendsError,
    NoOfficeError,
    NoSheetError,
    NumberDateError,
)
from kalends.domain.errors.base import needs_extra
from kalends.intake.date_cells import DAYS, HOURS
from kalends.intake.day_numbers import day_of, hour_of, is_day, is_hour
from kalends.intake.file_kind import not_a_workbook
from kalends.intake.table import Table, TableRow
from kalends.intake.table_headings import Headings, has_headings, headings
from kalends.intake.workbook_size import is_workbook

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


class XlsxTable(Table):
    """The rows of the sheet asked for, or of the first that has headings.

    `others` are further sheets with headings, which were not read.
    """

    def __init__(self, document: bytes, sheet: str | None = None) -> None:
        """Decode the whole file; raises `NoOfficeError`, `NotTableError`, `NoSheetError`."""
        every = _sheets(document)
        found = [name for name, rows in every.items() if has_headings([row.cells for row in rows])]
        if sheet is not None and sheet not in every:
            raise NoSheetError(name=sheet, there=", ".join(every))
        name = sheet or next(iter(found), next(iter(every)))
        rows = every[name]
        self.others = [other for other in found if sheet is None and other != name]
        columns = headings([row.cells for row in rows])
        super().__init__(
            hashlib.sha256(document + name.encode()).hexdigest(),
            [_dated(row, columns) for row in rows],
        )


def _sheets(document: bytes) -> dict[str, list[TableRow]]:
    """Return the rows of each sheet; raises `NoOfficeError` or `NotTableError`."""
    with needs_extra(NoOfficeError):
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only for workbooks
    if not is_workbook(document):
        raise not_a_workbook(document)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(document))
        every = {name: _rows(book, name) for name in book.sheet_names}
    except CalamineError:
        raise not_a_workbook(document) from None
    if not every:
        raise not_a_workbook(document)
    return every


def _rows(book: "CalamineWorkbook", name: str) -> list[TableRow]:
    sheet = book.get_sheet_by_name(name)
    cells = sheet.to_python(skip_empty_area=False)
    # A cell merged down a column has its value only in its first row, but it is meant for each.
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        for row in cells[first + 1 : last + 1]:
            row[column : column + 1] = cells[first][column : column + 1]
    return [
        TableRow(number, [_text(cell) for cell in row], row) for number, row in enumerate(cells, 1)
    ]


def _dated(row: TableRow, columns: Headings) -> TableRow:
    """Return a row with numbers in columns of days and hours turned into such."""
    cells, error = list(row.cells), row.error
    for field in DAYS:
        place = columns.columns.get(field, len(cells))
        number = _number(row, place)
        if number is not None:
            try:
                cells[place] = _day(number)
            except KalendsError as wrong:
                error = wrong
    for field in HOURS:
        place = columns.columns.get(field, len(cells))
        number = _number(row, place)
        if number is not None and is_hour(number):
            cells[place] = hour_of(number)
        elif number is not None and is_day(number):
            cells[place] = _day(number)
    return row._replace(cells=cells, error=error)


def _number(row: TableRow, place: int) -> float | None:
    """Return the number in a cell, None if it is something else."""
    cell = row.original[place] if place < len(row.original) else None
    return float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else None


def _text(cell: object) -> str:
    """Return a cell as text."""
    match cell:
        case datetime():
            moment = cell + timedelta(seconds=30)  # a spreadsheet's times are not exact
            return f"{moment:%Y-%m-%d}" if _is_midnight(moment) else f"{moment:%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case time():
            return f"{cell:%H:%M}"
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def _is_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute) == (0, 0)


def _day(number: float) -> str:
    """Return a number in a date column as a date phrase.

    It is a spreadsheet's day number, 20200714, or 7.14 typed as a number. 7.1 may be 1 July or
    have been 7.10, which raises `NumberDateError`.
    """
    if is_day(number):
        return _text(day_of(number))
    text = str(int(number)) if number.is_integer() else str(number)
    if number.is_integer() and len(text) == len("20200714"):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    month, _, day = text.partition(".")
    if day in {"1", "2", "3"}:
        raise NumberDateError(text=text, first=f"{month}月{day}日", second=f"{month}月{day}0日")
    return text
