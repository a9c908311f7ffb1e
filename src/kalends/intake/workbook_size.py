"""Refuses a workbook that would take all memory, before it is read.

A workbook is packed: a megabyte can hold a gigabyte, and a single value in its last cell makes a
table of 17 thousand million cells.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - named like the class that it is

from kalends.domain.errors import NotTableError
from kalends.words import Message

_HELD = re.compile(r"xl/(?:worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
# The place of a row or a cell: `r="AB12"`.
_PLACE = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]*)(\d+)")
_MOST_BYTES, _MOST_CELLS = 128 << 20, 4_000_000
_CHUNK, _OVERLAP = 1 << 20, 64
_LARGE = NotTableError(
    kind=Message("a workbook with too many cells"),
    cure=Message("Save the rows of the activities alone, as .csv or in a workbook of their own."),
)


def is_workbook(document: bytes) -> bool:
    """Return whether a file is a workbook that is small enough to be read.

    Raises `NotTableError` if it is too large.
    """
    try:
        with ZipFile(BytesIO(document)) as packed:
            held = [entry for entry in packed.infolist() if _HELD.fullmatch(entry.filename)]
            if sum(entry.file_size for entry in held) > _MOST_BYTES:
                raise _LARGE
            for entry in held:
                _check(packed, entry)
    except (BadZipFile, NotImplementedError, RuntimeError, ZlibError, EOFError, ValueError):
        return False
    return bool(held)


def _check(packed: ZipFile, entry: ZipInfo) -> None:
    """Raise if a sheet reaches too far to the right and downwards."""
    rows = columns = 1
    for chunk in _chunks(packed, entry):
        for letters, number in set(_PLACE.findall(chunk)):
            rows, columns = max(rows, int(number)), max(columns, _column(letters))
        if rows * columns > _MOST_CELLS:
            raise _LARGE


def _chunks(packed: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """Yield the pieces of a file, each with the end of the one before."""
    end = b""
    with packed.open(entry) as file:
        while chunk := file.read(_CHUNK):
            yield end + chunk
            end = chunk[-_OVERLAP:]


def _column(letters: bytes) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
