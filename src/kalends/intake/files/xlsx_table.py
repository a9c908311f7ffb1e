"""Decodes a table of activities from a workbook (.xlsx)."""

import hashlib

from kalends.domain.errors import KalendsError, NoSheetError, NumberDateError
from kalends.intake.files.date_cells import DAYS, HOURS
from kalends.intake.files.day_numbers import day_of, hour_of, is_day, is_hour
from kalends.intake.files.table import Table, TableRow
from kalends.intake.files.table_headings import Headings, has_headings, headings
from kalends.intake.files.xlsx_rows import sheets, text_of


class XlsxTable(Table):
    """The rows of the sheet asked for, or of the first that has headings.

    `others` are further sheets with headings, which were not read.
    """

    def __init__(self, document: bytes, sheet: str | None = None) -> None:
        """Decode the whole file; raises `NoOfficeError`, `NotTableError`, `NoSheetError`."""
        every = sheets(document)
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


def _day(number: float) -> str:
    """Return a number in a date column as a date phrase.

    It is a spreadsheet's day number, 20200714, or 7.14 typed as a number. 7.1 may be 1 July or
    have been 7.10, which raises `NumberDateError`.
    """
    if is_day(number):
        return text_of(day_of(number))
    text = str(int(number)) if number.is_integer() else str(number)
    if number.is_integer() and len(text) == len("20200714"):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    month, _, day = text.partition(".")
    if day in {"1", "2", "3"}:
        raise NumberDateError(text=text, first=f"{month}月{day}日", second=f"{month}月{day}0日")
    return text
