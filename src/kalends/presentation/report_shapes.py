"""A report as JSON, and as rows for spreadsheets."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypedDict, cast

from kalends.domain.department import Department
from kalends.domain.errors import N_
from kalends.presentation.json_types import Day, Number, PeriodShape
from kalends.presentation.sheets import Cell, Column, SheetRow
from kalends.views.report import PeriodReport
from kalends.views.report_figures import Figures
from kalends.words import Words

SUNDAY = timedelta(days=6)
FIGURES = {
    "activities": N_("activities"), "held": N_("held"), "planned": N_("planned"),
    "cancelled": N_("cancelled"), "late": N_("late"), "corrected": N_("corrected"),
}  # fmt: skip
REPORT_COLUMNS = (
    Column(N_("row of"), 12),
    Column(N_("code"), 14),
    Column(N_("department"), 32),
    Column(N_("first day"), 12),
    Column(N_("last day"), 12),
    *(Column(heading, 12) for heading in FIGURES.values()),
)


class FiguresShape(TypedDict):
    """How many activities there are, and what became of them."""

    activities: Number
    held: Number
    planned: Number
    cancelled: Number
    late: Number
    corrected: Number


class NamedShape(TypedDict):
    """A department, by its names."""

    code: str
    name: str
    short: str


class DepartmentFigures(NamedShape, FiguresShape):
    """The figures of a department."""


class WeekFigures(PeriodShape, FiguresShape):
    """The figures of a week."""


_Days = TypedDict("_Days", {"from": Day | None, "to": Day | None})


class ReportShape(_Days):
    """The figures of a period."""

    known_at: Number
    days: Number
    total: FiguresShape
    departments: list[DepartmentFigures]
    weeks: list[WeekFigures]
    undated: FiguresShape
    silent: list[NamedShape]


def report_shape(report: PeriodReport) -> ReportShape:
    """Return the shape of a report, without `ok`."""
    last = report.last or date.max
    return {
        "known_at": report.known_at,
        "from": None if report.first is None else report.first.isoformat(),
        "to": None if report.last is None else report.last.isoformat(),
        "days": report.days,
        "total": _figures(report.total),
        "departments": [
            {**_named(department, last), **_figures(figures)}
            for department, figures in report.departments
        ],
        "weeks": [
            {
                "from": monday.isoformat(),
                "to": (monday + SUNDAY).isoformat(),
                **_figures(figures),
            }
            for monday, figures in report.weeks
        ],
        "undated": _figures(report.undated),
        "silent": [_named(department, last) for department in report.silent],
    }


def report_rows(words: Words, report: PeriodReport) -> Iterator[SheetRow]:
    """Yield the rows of `REPORT_COLUMNS`: the total, the departments, the weeks.

    A department that recorded nothing has a row of zeros.
    """
    last = report.last or date.max
    yield _row(words.say(N_("total")), None, None, report.first, report.last, report.total)
    every = [*report.departments, *((department, Figures()) for department in report.silent)]
    for department, figures in every:
        name = department.name_on(last)
        kind = words.say(N_("department"))
        yield _row(kind, department.code, name, report.first, report.last, figures)
    for monday, figures in report.weeks:
        yield _row(words.say(N_("week")), None, None, monday, monday + SUNDAY, figures)
    if report.undated.activities:
        yield _row(words.say(N_("no exact day")), None, None, None, None, report.undated)


def _row(*cells: Cell | Figures) -> SheetRow:
    *head, figures = cells
    assert isinstance(figures, Figures)
    return SheetRow([*(cell for cell in head if not isinstance(cell, Figures)), *figures])


def _figures(figures: Figures) -> FiguresShape:
    return cast("FiguresShape", figures._asdict())


def _named(department: Department, day: date) -> NamedShape:
    return {
        "code": department.code,
        "name": department.name_on(day),
        "short": department.short_on(day),
    }
