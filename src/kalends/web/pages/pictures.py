"""Figures as pictures, drawn on the server: each an SVG file of its own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from kalends.domain.errors import N_, PageNotFoundError
from kalends.views.report import PeriodReport
from kalends.views.report_figures import Figures
from kalends.web.pages.files import WebFile
from kalends.web.pages.page_reader import LANGUAGES, Reader
from kalends.web.pages.rendering import render

# So many departments, those with most, are in a picture; the table has all.
_MOST = 15
# The fields of `Figures`, by the class that colours them, with their words.
_STATES = {"held": N_("held"), "planned": N_("planned"), "cancelled": N_("cancelled")}
_LATE, _CORRECTED = {"late": N_("late")}, {"corrected": N_("corrected")}
# A character of Chinese is as wide as its letters are high; others are about half of that.
_LETTER = 12
# Labels that need more room stand above their bars: a picture is as wide as a phone.
_MOST_ROOM = 110


class _Bar(NamedTuple):
    """A label with its figures."""

    label: str
    figures: Figures


def picture(reader: Reader, name: str, language: str) -> WebFile:
    """Return a picture of the figures in a language; raises `PageNotFoundError`."""
    draw = _PICTURES.get(name)
    if draw is None or language not in LANGUAGES:
        raise PageNotFoundError(name=name)
    reader = reader.speaking(language)
    return WebFile(draw(reader, reader.record.report(reader.wanted)), "image/svg+xml")


def _weeks(reader: Reader, report: PeriodReport) -> bytes:
    bars = [_Bar(_span(monday), figures) for monday, figures in report.weeks]
    return _drawn(reader, N_("Activities by week"), bars, _STATES)


def _departments(reader: Reader, report: PeriodReport) -> bytes:
    return _drawn(reader, N_("Activities by department"), _most(report, "activities"), _STATES)


def _late(reader: Reader, report: PeriodReport) -> bytes:
    return _drawn(reader, N_("Recorded late, by department"), _most(report, "late"), _LATE)


def _corrections(reader: Reader, report: PeriodReport) -> bytes:
    bars = _most(report, "corrected")
    return _drawn(reader, N_("Corrected, by department"), bars, _CORRECTED)


_PICTURES: Mapping[str, Callable[[Reader, PeriodReport], bytes]] = {
    "weeks": _weeks,
    "departments": _departments,
    "late": _late,
    "corrections": _corrections,
}


def worth_drawing(report: PeriodReport) -> list[str]:
    """Return the names of the pictures that have anything to show."""
    shown = {
        "weeks": report.weeks,
        "departments": report.departments,
        "late": report.total.late,
        "corrections": report.total.corrected,
    }
    return [name for name, anything in shown.items() if anything]


def _most(report: PeriodReport, figure: str) -> list[_Bar]:
    """Return the departments with most of a figure, those with none left out."""
    day = report.last or date.max
    found = [
        _Bar(department.short_on(day), figures)
        for department, figures in report.departments
        if getattr(figures, figure)
    ]
    return sorted(found, key=lambda bar: -getattr(bar.figures, figure))[:_MOST]


def _span(monday: date) -> str:
    sunday = monday + timedelta(days=6)
    return f"{monday:%m-%d}–{sunday:%m-%d}"


def _drawn(reader: Reader, title: str, bars: Sequence[_Bar], parts: Mapping[str, str]) -> bytes:
    """Return bars, one below the other, each in its parts, with its number at the end."""
    say = reader.words.gettext
    room = max([4 * _LETTER, *(_width(bar.label) for bar in bars)]) + 10
    longest = max([1, *(_total(bar, parts) for bar in bars)])
    return render(
        "bars.svg",
        {
            "lang": LANGUAGES[reader.language],
            "title": say(title),
            "parts": [(name, say(word)) for name, word in parts.items()],
            "nothing": say(N_("Nothing to show.")),
            "room": room,
            "is_above": room > _MOST_ROOM,
            "bars": [_placed(bar, parts, longest) for bar in bars],
        },
    )


def _placed(bar: _Bar, parts: Mapping[str, str], longest: int) -> dict[str, Any]:
    """Return a bar with where each of its parts begins and how long it is, in thousandths."""
    pieces, begins = [], 0.0
    for name in parts:
        length = 1_000 * getattr(bar.figures, name) / longest
        if length:
            pieces.append({"name": name, "x": round(begins, 1), "width": round(length, 1)})
        begins += length
    return {
        "label": bar.label,
        "total": _total(bar, parts),
        "pieces": pieces,
        "end": round(begins, 1),
    }


def _total(bar: _Bar, parts: Iterable[str]) -> int:
    return sum(getattr(bar.figures, name) for name in parts)


def _width(label: str) -> int:
    """Return about how wide a label is."""
    return sum(_LETTER if character > "\u2e7f" else _LETTER * 6 // 10 for character in label)
