"""A report as text and as Markdown: heading, figures, tables, who recorded nothing."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kalends.domain.errors import N_
from kalends.presentation import texts
from kalends.presentation.report_shapes import FIGURES, SUNDAY
from kalends.views.report import PeriodReport
from kalends.views.report_figures import Figures
from kalends.words import Words

_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|#"})


class ReportTable(NamedTuple):
    """A table of a report: its title, and a name and figures for each row."""

    title: str
    rows: Sequence[tuple[str, Figures]]


def heading(words: Words, report: PeriodReport) -> str:
    """Return the line that names what a report covers."""
    return words.say(
        N_("{name} — {period}, as known at position {position}"),
        name=report.title,
        period=_period(words, report.first, report.last),
        position=report.known_at,
    )


def summary(words: Words, report: PeriodReport) -> str:
    """Return the line with the totals."""
    total = report.total
    return words.say(
        N_(
            "Activities: {activities} (held {held}, planned {planned}, cancelled {cancelled}); "
            "recorded late {late}, corrected {corrected}"
        ),
        **total._asdict(),
    )


def tables(words: Words, report: PeriodReport) -> list[ReportTable]:
    """Return the tables of a report: by department, then by week."""
    last = report.last or date.max
    departments = [
        (department.short_on(last), figures) for department, figures in report.departments
    ]
    weeks = [
        (f"{monday:%m-%d}–{monday + SUNDAY:%m-%d}", figures) for monday, figures in report.weeks
    ]
    years = {monday.year for monday, _ in report.weeks}
    if len(years) > 1:
        weeks = [
            (f"{monday}–{monday + SUNDAY:%m-%d}", figures) for monday, figures in report.weeks
        ]
    if report.undated.activities:
        weeks.append((words.say(N_("no exact day")), report.undated))
    return [
        ReportTable(words.say(N_("By department")), departments),
        ReportTable(words.say(N_("By week")), weeks),
    ]


def silent(words: Words, report: PeriodReport) -> str:
    """Return the line that names the departments that recorded nothing, "" for none."""
    if not report.silent:
        return ""
    last = report.last or date.max
    names = texts.joined(words, (department.short_on(last) for department in report.silent))
    return words.say(
        N_("Departments without any activity: {count} — {names}"),
        count=len(report.silent),
        names=names,
    )


def markdown(words: Words, report: PeriodReport) -> Iterator[str]:
    """Yield the lines of a report in Markdown."""
    yield f"# {_escaped(heading(words, report))}"
    yield ""
    yield _escaped(summary(words, report))
    for table in tables(words, report):
        yield ""
        yield f"## {table.title}"
        yield ""
        headings = [words.say(name) for name in FIGURES.values()]
        yield f"| | {' | '.join(headings)} |"
        yield f"|---|{'---:|' * len(headings)}"
        for name, figures in table.rows:
            yield f"| {_escaped(name)} | {' | '.join(map(str, figures))} |"
    if report.silent:
        yield ""
        title = words.say(N_("Without any activity"))
        yield f"## {title}"
        yield ""
        last = report.last or date.max
        for department in report.silent:
            yield f"- {_escaped(department.name_on(last))}"


def _period(words: Words, first: date | None, last: date | None) -> str:
    """Return a report's period in words."""
    if first is None and last is None:
        return words.say(N_("all days"))
    if last is None:
        return words.say(N_("from {first} on"), first=first)
    if first is None:
        return words.say(N_("up to {last}"), last=last)
    if first == last:
        return str(first)
    return words.say(N_("{first} to {last}"), first=first, last=last)


def _escaped(text: str) -> str:
    """Return a text with Markdown's special characters escaped."""
    return text.translate(_SIGNS)
