"""Writes rows as CSV (RFC 4180): no cell becomes a formula, and nothing in it is hidden."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from kalends.intake.files.formula_guard import guarded
from kalends.presentation.sheets import Cell, plain
from kalends.words.visible import visible

# Spreadsheet programs read a file as UTF-8 only if it begins with this.
BOM = "\ufeff"


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield each row as CSV, ending with CR LF; a cell may contain line breaks."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([_shown(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _shown(cell: Cell) -> object:
    return guarded(visible(cell, but="\n\t")) if isinstance(cell, str) else plain(cell)
