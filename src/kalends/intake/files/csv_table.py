"""Decodes a table of activities from a CSV file, as spreadsheets save it."""

import hashlib
import re
from collections.abc import Mapping

from kalends.domain.errors import NumberDateError
from kalends.intake.files.csv_rows import csv_rows, decoded, delimiter_of
from kalends.intake.files.date_cells import DAYS, HOURS
from kalends.intake.files.day_numbers import hour_of, is_day, is_hour, readings_of
from kalends.intake.files.file_kind import check_table
from kalends.intake.files.formula_guard import unguarded
from kalends.intake.files.table import Table, TableRow
from kalends.intake.files.table_headings import has_headings, headings

_NUMBER = re.compile(r"\d{5}(?:\.\d+)?|0?\.\d{2,}", re.ASCII)


class CsvTable(Table):
    """The rows of a CSV file: UTF-8 or UTF-16, separated by commas, semicolons or tabs.

    A file in GBK, as Excel saves it in China, is recognised by its headings.
    """

    def __init__(self, document: bytes) -> None:
        """Decode the whole file; raises `NotUtf8Error` and what `Table` raises."""
        text = decoded(document, has_headings)
        self.delimiter = delimiter_of(text)
        rows = [_unguarded(row) for row in csv_rows(text, self.delimiter)]
        if not has_headings([row.cells for row in rows]):
            check_table(text)
        columns = headings([row.cells for row in rows]).columns
        super().__init__(
            hashlib.sha256(document).hexdigest(), [_dated(row, columns) for row in rows]
        )


def _dated(row: TableRow, columns: Mapping[str, int]) -> TableRow:
    """Return a row whose days and hours may be a spreadsheet's numbers, saved as they are stored.

    A fraction of a day is an hour. A number of days is one of two days: which, only the workbook
    knew.
    """
    cells, error = list(row.cells), row.error
    for field in (*DAYS, *HOURS):
        place = columns.get(field, len(cells))
        text = cells[place].strip() if place < len(cells) else ""
        if not _NUMBER.fullmatch(text):
            continue
        number = float(text)
        if is_day(number):
            first, second = readings_of(number)
            error = error or NumberDateError(text=text, first=first, second=second)
        elif field in HOURS and is_hour(number):
            cells[place] = hour_of(number)
    return row._replace(cells=cells, error=error)


def _unguarded(row: TableRow) -> TableRow:
    """Return a row without the guards that keep its cells from being formulas."""
    cells = [unguarded(cell) for cell in row.cells]
    return row._replace(cells=cells, original=cells)
