"""Decodes a table of activities from a CSV file, as spreadsheets save it."""

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping
from io import StringIO

from kalends.domain.errors import NotLinesError, NotTableError, NotUtf8Error, NumberDateError
from kalends.intake.csv_errors import csv_error
from kalends.intake.date_cells import DAYS, HOURS
from kalends.intake.day_numbers import hour_of, is_day, is_hour, readings_of
from kalends.intake.file_kind import check_readable, check_table, encoding_of
from kalends.intake.formula_guard import unguarded
from kalends.intake.table import Table, TableRow
from kalends.intake.table_headings import has_headings, headings

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",;\t"
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?|0?\.\d{2,}", re.ASCII)


class CsvTable(Table):
    """The rows of a CSV file: UTF-8 or UTF-16, separated by commas, semicolons or tabs.

    A file in GBK, as Excel saves it in China, is recognised by its headings.
    """

    def __init__(self, document: bytes) -> None:
        """Decode the whole file; raises `NotUtf8Error` and what `Table` raises."""
        text = _decoded(document)
        self.delimiter = delimiter_of(text)
        rows = list(_rows(text, self.delimiter))
        if not has_headings([row.cells for row in rows]):
            check_table(text)
        columns = headings([row.cells for row in rows]).columns
        super().__init__(
            hashlib.sha256(document).hexdigest(), [_dated(row, columns) for row in rows]
        )


def delimiter_of(text: str) -> str:
    """Return the separator of a table, judged by its first lines."""
    head = "".join(text.splitlines(keepends=True)[:10])
    return max(_DELIMITERS, key=head.count)


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


def _decoded(document: bytes) -> str:
    if document.startswith(_UTF16):
        try:
            return document.decode("utf-16")
        except UnicodeDecodeError:
            raise NotUtf8Error(encoding="UTF-16") from None
    try:
        check_readable(document)
        return document.decode("utf-8-sig")
    except NotLinesError as error:
        raise NotTableError(**error.fields) from None
    except UnicodeDecodeError:
        pass
    try:
        text = document.decode("gb18030")
        if has_headings([row.cells for row in _rows(text, delimiter_of(text))]):
            return text
    except UnicodeDecodeError:
        pass
    raise NotUtf8Error(encoding=encoding_of(document))


def _rows(text: str, delimiter: str) -> Iterator[TableRow]:
    """Yield each row with the number of its first line; stop at a broken one."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield TableRow(number, [], [], csv_error(error))
            return
        if row is None:
            return
        cells = [unguarded(cell) for cell in row]
        yield TableRow(number, cells, cells)
        number = reader.line_num + 1
