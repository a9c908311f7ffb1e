"""The report of a period: how much was recorded, by whom and when, and who recorded nothing."""

from dataclasses import dataclass
from datetime import date, timedelta

from kalends.domain.department import Department
from kalends.domain.roster import Roster
from kalends.views import roster_view
from kalends.views.activity_filter import ActivityFilter
from kalends.views.database import Views
from kalends.views.report_figures import Figures, ReportFigures, report_figures

_WEEK = timedelta(days=7)
# Weeks without anything are listed too, unless a report is of more weeks than these.
_MOST_WEEKS = 54


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodReport:
    """The figures of the activities that fall between two days; None leaves that side open.

    `departments` are those with any activity, the one with most first; `weeks` begin on these
    Mondays. `silent` are departments that take part in nothing, and whose children take part in
    nothing.
    """

    title: str
    first: date | None
    last: date | None
    known_at: int
    days: int
    total: Figures
    departments: list[tuple[Department, Figures]]
    weeks: list[tuple[date, Figures]]
    undated: Figures
    silent: list[Department]


def report(
    db: Views, wanted: ActivityFilter, *, known_at: int, days: int, today: date
) -> PeriodReport:
    """Return the report of what a filter finds, as known at a position.

    What was recorded more than `days` days after its last day is late. A department is silent
    only if it was there on one of the days asked for; `today` stands for a bound that was not
    given.
    """
    found = report_figures(db, wanted, known_at=known_at, days=days)
    roster = roster_view.roster(db, known_at=known_at)
    opened = roster_view.campaign(db, known_at=known_at)
    order = {code: place for place, code in enumerate(roster.departments)}
    departments = sorted(
        found.departments.items(), key=lambda item: (-item[1].activities, order[item[0]])
    )
    return PeriodReport(
        title="" if opened is None else opened.settings.title,
        first=wanted.first,
        last=wanted.last,
        known_at=known_at,
        days=days,
        total=found.total,
        departments=[(roster.departments[code], figures) for code, figures in departments],
        weeks=_whole(found.weeks, wanted),
        undated=found.undated,
        silent=_silent(found, roster, wanted, today),
    )


def _whole(weeks: dict[date, Figures], wanted: ActivityFilter) -> list[tuple[date, Figures]]:
    """Return the weeks in order, with those between in which nothing was."""
    mondays = [*weeks, *(_monday(day) for day in (wanted.first, wanted.last) if day is not None)]
    if not mondays:
        return []
    first, last = min(mondays), max(mondays)
    count = (last - first) // _WEEK + 1
    if count > _MOST_WEEKS:
        return sorted(weeks.items())
    every = (first + number * _WEEK for number in range(count))
    return [(monday, weeks.get(monday, Figures())) for monday in every]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _is_there(department: Department, first: date, last: date) -> bool:
    """Return whether a department acts on any of these days."""
    begins = first if department.since is None else max(first, department.since)
    ends = [pause.until for pause in department.pauses if first <= pause.until]
    days = (begins, last, *ends)
    return any(begins <= day <= last and department.acts_on(day) for day in days)


def _silent(
    found: ReportFigures, roster: Roster, wanted: ActivityFilter, today: date
) -> list[Department]:
    """Return the departments that take part in nothing on the days asked for.

    None where only some activities were asked for: of a tag, a place, a status or a handle.
    """
    if wanted.tags or wanted.places or wanted.statuses or wanted.by:
        return []
    return [
        department
        for department in roster.listed
        if (not wanted.codes or department.code in wanted.codes)
        and _is_there(department, wanted.first or today, wanted.last or today)
        and found.departments.keys().isdisjoint(roster.within(department.code))
    ]
