"""Decodes the rows of a CSV file, as spreadsheets save it, whatever the table is about."""

import csv
from collections.abc import Callable, Iterator, Sequence
from io import StringIO

from kalends.domain.errors import FormatError, NotLinesError, NotTableError, NotUtf8Error
from kalends.intake.files.csv_errors import ZERO_BYTE, csv_error
from kalends.intake.files.file_kind import check_readable
from kalends.intake.files.table import TableRow
from kalends.words.encodings import encoding_of

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",;\t"
Rows = Sequence[Sequence[str]]


def decoded(document: bytes, is_table: Callable[[Rows], bool]) -> str:
    """Return the text of a file in UTF-8 or UTF-16.

    A file in GBK, as Excel saves it in China, is recognised by its headings: `is_table` says
    whether rows have them. Raises `NotUtf8Error` and `NotTableError`.
    """
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
        if is_table([row.cells for row in csv_rows(text, delimiter_of(text))]):
            return text
    except UnicodeDecodeError:
        pass
    raise NotUtf8Error(encoding=encoding_of(document))


def delimiter_of(text: str) -> str:
    """Return the separator of a table, judged by its first lines."""
    head = "".join(text.splitlines(keepends=True)[:10])
    return max(_DELIMITERS, key=head.count)


def csv_rows(text: str, delimiter: str) -> Iterator[TableRow]:
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
        zero = FormatError(detail=ZERO_BYTE) if any("\0" in cell for cell in row) else None
        yield TableRow(number, row, row, zero)
        number = reader.line_num + 1
