"""Tables of activities, of events and of a report: as CSV, or as the sheets of a workbook."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, tzinfo
from itertools import chain
from typing import NamedTuple

from kalends.domain.errors import N_
from kalends.domain.events import Entry
from kalends.domain.roster import Roster
from kalends.presentation.csv_text import csv_lines
from kalends.presentation.report_shapes import REPORT_COLUMNS, report_rows
from kalends.presentation.sheets import (
    ACTIVITY_COLUMNS,
    LOG_COLUMNS,
    Cell,
    Column,
    SheetRow,
    activity_row,
    event_row,
)
from kalends.presentation.workbook import Sheet, department_sheets
from kalends.views.activities import Revision
from kalends.views.report import PeriodReport
from kalends.words import Words


class Table(NamedTuple):
    """Columns and rows; the roster has the departments whose codes are in the rows."""

    columns: Sequence[Column]
    rows: Iterable[SheetRow]
    roster: Roster


def activity_table(
    words: Words,
    zone: tzinfo,
    found: Iterable[tuple[Revision, Sequence[Cell]]],
    roster: Roster,
    more: Sequence[Column] = (),
) -> Table:
    """Return activities, one on each row; each brings the cells of the columns in `more`."""
    rows = (activity_row(words, zone, revision, roster, *cells) for revision, cells in found)
    return Table((*ACTIVITY_COLUMNS, *more), rows, roster)


def event_table(words: Words, zone: tzinfo, found: Iterable[tuple[Entry, str]]) -> Table:
    """Return events, one on each row; each comes with what it is about."""
    return Table(LOG_COLUMNS, (event_row(words, zone, *each) for each in found), Roster())


def report_table(words: Words, report: PeriodReport) -> Table:
    """Return the figures of a report."""
    return Table(REPORT_COLUMNS, report_rows(words, report), Roster())


def as_csv(words: Words, table: Table) -> Iterator[str]:
    """Yield a table as lines of CSV, with its headings."""
    headings = [words.say(column.heading) for column in table.columns]
    return csv_lines(chain([headings], (row.cells for row in table.rows)))


def as_sheets(words: Words, table: Table) -> list[Sheet]:
    """Return a sheet with all rows, and then one for each department."""
    names = {department.code: department.short_on(date.max) for department in table.roster.listed}
    return department_sheets(words.say(N_("All")), table.columns, table.rows, names)


def report_sheets(words: Words, report: PeriodReport, activities: Table) -> list[Sheet]:
    """Return a sheet with the figures of a report, and then those of its activities."""
    columns, rows, _ = report_table(words, report)
    figures = Sheet(words.say(N_("Report")), columns, [row.cells for row in rows])
    return [figures, *as_sheets(words, activities)]
