"""Writes tables as a workbook (.xlsx), each on a sheet.

Dates and times are real ones, texts never become formulas, headings stay in sight.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from kalends.domain.errors import NoOfficeError
from kalends.domain.errors.base import needs_extra
from kalends.presentation.error_answers import shortened
from kalends.presentation.sheets import Cell, Column, SheetRow
from kalends.words import Words
from kalends.words.visible import visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LONGEST_NAME = 31
# The longest text in a cell; of ours, only very many links exceed it.
_LONGEST = 32_767
# Spreadsheet programs refuse these characters in a sheet's name, and this name.
_UNFIT, _RESERVED = re.compile(r"[\[\]:*?/\\]"), {"history", ""}
_LONG, _MOST_OPEN = 20_000, 100
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Sheet(NamedTuple):
    """A sheet: name, columns, rows; `other_name` is for a name that is taken or not allowed."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    other_name: str = ""


def department_sheets(
    name: str, columns: Sequence[Column], rows: Iterable[SheetRow], names: Mapping[str, str]
) -> list[Sheet]:
    """Return a sheet with all rows, and then one for each department.

    `names` maps the departments' codes to their names, in the order of the sheets.
    """
    every = list(rows)
    sheets = [Sheet(name, columns, [row.cells for row in every])]
    of_department: dict[str, list[Sequence[Cell]]] = {}
    for row in every:
        for code in row.codes:
            of_department.setdefault(code, []).append(row.cells)
    sheets += [
        Sheet(names[code], columns, of_department[code], code)
        for code in names
        if code in of_department
    ]
    return sheets


def workbook(words: Words, sheets: Sequence[Sheet], *, created: datetime) -> bytes:
    """Return the bytes of a workbook; raise `NoOfficeError` if XlsxWriter is missing."""
    with needs_extra(NoOfficeError):
        from xlsxwriter import Workbook  # noqa: PLC0415 - only for workbooks
    # With few rows it is faster in memory. Otherwise each sheet has a temporary file that is open.
    is_long = sum(len(sheet.rows) for sheet in sheets) > _LONG and len(sheets) <= _MOST_OPEN
    where = "constant_memory" if is_long else "in_memory"
    with BytesIO() as file:
        book = Workbook(file, {**_OPTIONS, where: True})
        book.set_properties({"created": created.replace(tzinfo=None)})
        _Writer(book, words).write(sheets)
        book.close()
        return file.getvalue()


class _Writer:
    def __init__(self, book: "Workbook", words: Words) -> None:
        self._book, self._words = book, words
        self._bold = book.add_format({"bold": True})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})
        self._taken: set[str] = set()

    def write(self, sheets: Sequence[Sheet]) -> None:
        for table in sheets:
            sheet = self._book.add_worksheet(self._fit(table))
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
            for number, column in enumerate(table.columns):
                sheet.set_column(number, number, column.width)
                sheet.write_string(0, number, self._words.say(column.heading), self._bold)
            for number, cells in enumerate(table.rows, 1):
                self._put(sheet, number, cells)

    def _fit(self, sheet: Sheet) -> str:
        """Return a name that is allowed, and that no other sheet has."""
        fit = _UNFIT.sub("", sheet.name)[:_LONGEST_NAME].strip("' ")
        if fit.casefold() in self._taken | _RESERVED:
            longest = _LONGEST_NAME - len(sheet.other_name) - 1
            fit = f"{fit[: max(longest, 0)]} {sheet.other_name}"[-_LONGEST_NAME:].strip("' ")
        self._taken.add(fit.casefold())
        return fit

    def _put(self, sheet: "Worksheet", number: int, cells: Sequence[Cell]) -> None:
        for place, cell in enumerate(cells):
            match cell:
                case datetime():
                    sheet.write_datetime(number, place, cell, self._moment)
                case date():
                    moment = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - a cell has no zone
                    sheet.write_datetime(number, place, moment, self._day)
                case int() | float():
                    sheet.write_number(number, place, cell)
                case str() if cell:
                    said = shortened(visible(cell, but="\n\t"), _LONGEST)
                    sheet.write_string(number, place, said, self._wrapped)
                case _:
                    pass
