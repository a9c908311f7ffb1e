"""Writes tables as CSV to standard output, or as a workbook (.xlsx) to a file."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from kalends.application import departments
from kalends.application.activity_lists import Revision, agenda
from kalends.application.filter_text import FilterText
from kalends.application.period_report import PeriodReport
from kalends.cli.context import Context
from kalends.cli.output import beneath, exact
from kalends.cli.table_output import TableOutput
from kalends.domain.errors import N_, DiskError
from kalends.domain.events import Entry
from kalends.domain.roster import Roster
from kalends.presentation.csv_text import BOM, csv_lines
from kalends.presentation.report_shapes import REPORT_COLUMNS, report_rows
from kalends.presentation.sheets import (
    ACTIVITY_COLUMNS,
    LATE_COLUMNS,
    LOG_COLUMNS,
    REASON,
    Cell,
    Column,
    SheetRow,
    activity_row,
    event_row,
)
from kalends.presentation.workbook import Sheet, department_sheets, workbook
from kalends.words import os_error_message

__all__ = [
    "LATE_COLUMNS",
    "REASON",
    "write_activities",
    "write_csv",
    "write_events",
    "write_report",
    "write_table",
    "write_workbook",
]

# Output is written in pieces of about so many characters.
_TOGETHER = 1 << 16


def write_activities(
    context: Context,
    table: TableOutput,
    found: Iterable[tuple[Revision, Sequence[Cell]]],
    roster: Roster,
    *more: Column,
) -> None:
    """Write activities, one on each row; each brings the cells of the `more` columns."""
    rows = (
        activity_row(context.words, context.zone, revision, roster, *cells)
        for revision, cells in found
    )
    write_table(context, table, (*ACTIVITY_COLUMNS, *more), rows, roster)


def write_events(context: Context, table: TableOutput, found: Iterable[Entry]) -> None:
    """Write events, one on each row."""
    rows = (event_row(context.words, context.zone, entry) for entry in found)
    write_table(context, table, LOG_COLUMNS, rows, Roster())


def write_report(
    context: Context, path: Path, report: PeriodReport, filter_text: FilterText
) -> None:
    """Write a report as a workbook: figures, then activities on a sheet for each department."""
    known_at = report.known_at
    roster = departments.roster(context.workspace, known_at=known_at)
    found = agenda(context.workspace, filter_text, known_at=known_at, whole=True)
    rows = (activity_row(context.words, context.zone, revision, roster) for revision in found)
    figures = [row.cells for row in report_rows(context.words, report)]
    sheets = [
        Sheet(context.say(N_("Report")), REPORT_COLUMNS, figures),
        *department_sheets(context.say(N_("All")), ACTIVITY_COLUMNS, rows, _names(roster)),
    ]
    write_workbook(context, path, sheets)


def _names(roster: Roster) -> dict[str, str]:
    return {department.code: department.short_on(date.max) for department in roster.listed}


def write_table(
    context: Context,
    table: TableOutput,
    columns: Sequence[Column],
    rows: Iterable[SheetRow],
    roster: Roster,
) -> None:
    """Write the rows as `table` asks: as CSV or as a workbook."""
    if table.xlsx is None:
        write_csv([context.say(column.heading) for column in columns], rows)
        return
    sheets = department_sheets(context.say(N_("All")), columns, rows, _names(roster))
    write_workbook(context, table.xlsx, sheets)


def write_workbook(context: Context, path: Path, sheets: Sequence[Sheet]) -> None:
    """Write a workbook, whole or not at all; an existing file is replaced."""
    made = workbook(context.words, sheets, created=context.workspace.now())
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.write_bytes(made)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise DiskError(name=path, detail=os_error_message(error)) from None
    count = len(sheets[0].rows)
    context.talk(
        N_("√ {path}: rows: {count}, sheets: {sheets}"), path=path, count=count, sheets=len(sheets)
    )


def write_csv(headings: Sequence[str], rows: Iterable[SheetRow]) -> None:
    """Write CSV to stdout; a file begins with a BOM, so that spreadsheets read it as UTF-8."""
    pieces = csv_lines(chain([headings], (row.cells for row in rows)))
    for text in _together(chain([BOM] if _goes_into_file() else [], pieces)):
        exact(text.encode())


def _goes_into_file() -> bool:
    """Return whether stdout is a regular file, not a pipe or a terminal."""
    try:
        return stat.S_ISREG(os.fstat(beneath(sys.stdout).fileno()).st_mode)
    except (OSError, ValueError):  # stdout was replaced by an object without a number
        return False


def _together(pieces: Iterable[str]) -> Iterator[str]:
    kept: list[str] = []
    length = 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length > _TOGETHER:
            yield "".join(kept)
            kept, length = [], 0
    yield "".join(kept)
