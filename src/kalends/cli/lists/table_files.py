"""Writes tables as CSV to standard output, or as a workbook (.xlsx) to a file."""

import os
import stat
import sys
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from kalends.application.given_files import write_whole
from kalends.cli.context import Context
from kalends.cli.options.tables import TableOutput
from kalends.cli.terminal.output import beneath, exact, together
from kalends.domain.errors import N_
from kalends.presentation.csv_text import BOM
from kalends.presentation.tables import Table, as_csv, as_sheets
from kalends.presentation.workbook import Sheet, workbook


def write_table(context: Context, output: TableOutput, table: Table) -> None:
    """Write a table as `output` asks: as CSV or as a workbook."""
    if output.xlsx is None:
        _write_csv(as_csv(context.words, table))
    else:
        write_workbook(context, output.xlsx, as_sheets(context.words, table))


def write_workbook(context: Context, path: Path, sheets: Sequence[Sheet]) -> None:
    """Write a workbook, whole or not at all; an existing file is replaced."""
    write_whole(path, workbook(context.words, sheets, created=context.workspace.now()))
    count = len(sheets[0].rows)
    context.talk(
        N_("√ {path}: rows: {count}, sheets: {sheets}"), path=path, count=count, sheets=len(sheets)
    )


def _write_csv(lines: Iterable[str]) -> None:
    """Write CSV to stdout; a file begins with a BOM, so that spreadsheets read it as UTF-8."""
    for text in together(chain([BOM] if _goes_into_file() else [], lines)):
        exact(text.encode())


def _goes_into_file() -> bool:
    """Return whether stdout is a regular file, not a pipe or a terminal."""
    try:
        return stat.S_ISREG(os.fstat(beneath(sys.stdout).fileno()).st_mode)
    except (OSError, ValueError):  # stdout was replaced by an object without a number
        return False
