"""Writes rows as CSV (RFC 4180), guarded so that no cell becomes a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from kalends.intake.files.formula_guard import guarded
from kalends.presentation.sheets import Cell, plain

# Spreadsheet programs read a file as UTF-8 only if it begins with this.
BOM = "\ufeff"


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield each row as CSV, ending with CR LF; a cell may contain line breaks."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else plain(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
