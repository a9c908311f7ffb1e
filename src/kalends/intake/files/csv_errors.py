"""What is wrong with a CSV file, in words that help its writer to correct it."""

import csv

from kalends.domain.errors import FormatError
from kalends.words import Message

ZERO_BYTE = Message("a line contains a zero byte")
_KNOWN = {
    "unexpected end of data": Message("a quotation mark is opened and never closed"),
    "expected after": Message("something stands right behind a closing quotation mark"),
    "line contains NUL": ZERO_BYTE,
    "larger than field limit": Message("a cell is too long, or a quotation mark is not closed"),
}


def csv_error(error: csv.Error) -> FormatError:
    """Return what the `csv` module says as an error of ours; what is not known stays as it is."""
    said = str(error)
    detail = next((ours for theirs, ours in _KNOWN.items() if theirs in said), said)
    return FormatError(detail=detail)
