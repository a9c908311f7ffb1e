"""Rows as CSV (RFC 4180), for programs and for spreadsheets; no cell becomes a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from kalends.intake.formula_guard import guarded
from kalends.presentation.sheets import Cell, plain

# Spreadsheets take a file for UTF-8 only when this stands before it.
BOM = "\ufeff"


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield each row as a line that ends with CR LF; a cell may go over several lines."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else plain(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
