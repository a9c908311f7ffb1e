"""Refuses a file of text that would take all memory, before its rows are read."""

from kalends.domain.errors import LongFileError

# As many as of a workbook; a line of a text may hold many more separators than a table has.
_MOST_ROWS, _MOST_SEPARATORS, _MOST_BYTES = 250_000, 4_000_000, 128 << 20
_ROW_ENDS, _SEPARATORS = (b"\n", b"\r"), (b",", b";", b"\t")


def check_size(document: bytes) -> None:
    """Raise `LongFileError` for more rows, cells or text than a program should hold."""
    if (
        len(document) > _MOST_BYTES
        or max(map(document.count, _ROW_ENDS)) > _MOST_ROWS
        or max(map(document.count, _SEPARATORS)) > _MOST_SEPARATORS
    ):
        raise LongFileError(rows=_MOST_ROWS)
