"""Decodes a table of activities from a CSV file, as spreadsheets save it."""

import csv
import hashlib
from collections.abc import Iterator
from io import StringIO

from kalends.domain.errors import NotUtf8Error
from kalends.intake.csv_errors import csv_error
from kalends.intake.file_kind import encoding_of
from kalends.intake.formula_guard import unguarded
from kalends.intake.table import Table, TableRow
from kalends.intake.table_headings import has_headings

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",;\t"


class CsvTable(Table):
    """The rows of a CSV file: UTF-8 or UTF-16, separated by commas, semicolons or tabs.

    A file in GBK, as Excel saves it in China, is recognised by its headings.
    """

    def __init__(self, document: bytes) -> None:
        """Decode the whole file; raises `NotUtf8Error` and what `Table` raises."""
        text = _decoded(document)
        self.delimiter = delimiter_of(text)
        super().__init__(hashlib.sha256(document).hexdigest(), list(_rows(text, self.delimiter)))


def delimiter_of(text: str) -> str:
    """Return the separator of a table, judged by its first lines."""
    head = "".join(text.splitlines(keepends=True)[:10])
    return max(_DELIMITERS, key=head.count)


def _decoded(document: bytes) -> str:
    if document.startswith(_UTF16):
        try:
            return document.decode("utf-16")
        except UnicodeDecodeError:
            raise NotUtf8Error(encoding="UTF-16") from None
    try:
        return document.decode("utf-8-sig")
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
