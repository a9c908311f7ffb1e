"""Writes the rows that were not recorded to a file like the original, with the reasons."""

import csv
from collections.abc import Mapping
from datetime import date, datetime
from io import StringIO
from typing import cast

from kalends.domain.errors import N_
from kalends.intake.files.csv_table import CsvTable
from kalends.intake.files.formula_guard import guarded
from kalends.intake.files.sentence_lines import SentenceLines
from kalends.intake.files.table import Table
from kalends.presentation.csv_text import BOM
from kalends.presentation.sheets import Cell, Column
from kalends.words import Words

_WIDTH = 16


def rejected_rows(
    words: Words, table: Table | SentenceLines, reasons: Mapping[int, str], *, created: datetime
) -> bytes:
    """Return the bytes of a file with the headings, these rows, and a column of reasons.

    `reasons` maps row numbers to reasons. CSV keeps its separator and is always UTF-8. Sentences
    have no column: their lines come back as they are.
    """
    if isinstance(table, SentenceLines):
        return "".join(f"{line}\n" for line in table.rejected(reasons)).encode()
    head, *rows = table.rejected(reasons, words.say(N_("reason")))
    if isinstance(table, CsvTable):
        buffer = StringIO()
        writer = csv.writer(buffer, delimiter=table.delimiter)
        for row in (head, *rows):
            writer.writerow([guarded(str(cell)) for cell in row])
        return (BOM + buffer.getvalue()).encode()
    from kalends.presentation.workbook import Sheet, workbook  # noqa: PLC0415 - only for workbooks

    columns = [Column(str(cell), _WIDTH) for cell in head]
    cells = [[_cell(cell) for cell in row] for row in rows]
    return workbook(words, [Sheet(words.say(N_("Rejected")), columns, cells)], created=created)


def _cell(value: object) -> Cell:
    """Return a cell of a workbook in a form that can be written."""
    is_plain = isinstance(value, str | int | float | date) and not isinstance(value, bool)
    return cast("Cell", value) if is_plain else str(value)
