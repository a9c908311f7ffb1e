"""The tables of a report on a terminal: figures in columns, with bars."""

from collections.abc import Iterator, Sequence

from kalends.application.queries.period_report import Figures
from kalends.cli.terminal.cells import cells, wrapped
from kalends.cli.terminal.printing import padded_to, shortened
from kalends.domain.errors import N_
from kalends.presentation.report_shapes import FIGURES
from kalends.presentation.report_text import ReportTable
from kalends.words import Words
from kalends.words.visible import visible

_BAR = "■"
_GAP = "  "
_LONGEST, _SHORTEST = 20, 5
# The width if no terminal reports one.
_WIDTH = 100


def table_lines(words: Words, table: ReportTable, width: int | None) -> Iterator[str]:
    """Yield the lines of a table: in columns if they fit, else figures with labels."""
    headings = [words.say(name) for name in {**FIGURES, "activities": N_("all")}.values()]
    names = [visible(name) for name, _ in table.rows]
    figures = [row for _, row in table.rows]
    taken = sum(max(cells(heading), 3) + len(_GAP) for heading in headings)
    room = (width or _WIDTH) - taken - _SHORTEST - len(_GAP)
    wanted = max([cells(table.title), *map(cells, names)])
    if room >= min(wanted, 12):
        yield from _columns(headings, [table.title, *names], figures, min(wanted, room), width)
    else:
        yield from _stacked(words, headings, table.title, names, figures, width or _WIDTH)


def _columns(
    headings: Sequence[str],
    names: Sequence[str],
    figures: Sequence[Figures],
    room: int,
    width: int | None,
) -> Iterator[str]:
    first, *others = (padded_to(shortened(name, room), room) for name in names)
    widths = [max(cells(heading), 3) for heading in headings]
    heads = (f"{' ' * (n - cells(head))}{head}" for head, n in zip(headings, widths, strict=True))
    yield _GAP.join([first, *heads]).rstrip()
    left = (width or _WIDTH) - room - sum(n + len(_GAP) for n in widths) - len(_GAP)
    for name, row in zip(others, figures, strict=True):
        numbers = (f"{number or '·':>{n}}" for number, n in zip(row, widths, strict=True))
        yield _GAP.join([name, *numbers, _bar(row, figures, min(left, _LONGEST))]).rstrip()


def _stacked(
    words: Words,
    headings: Sequence[str],
    title: str,
    names: Sequence[str],
    figures: Sequence[Figures],
    width: int,
) -> Iterator[str]:
    yield title
    longest = max([*map(cells, names), 1])
    room = min(longest, max(width - 6 - _SHORTEST - 2 * len(_GAP), 8))
    for name, row in zip(names, figures, strict=True):
        head = padded_to(shortened(name, room), room)
        bar = _bar(row, figures, max(width - room - 6 - 2 * len(_GAP), _SHORTEST))
        yield f"{head}{_GAP}{row.activities or '·':>4}{_GAP}{bar}".rstrip()
        parts = (
            f"{heading} {number}"
            for heading, number in zip(headings[1:], row[1:], strict=True)
            if number
        )
        if said := words.say(N_(", ")).join(parts):
            yield from (f"    {line}" for line in wrapped(said, width - 4))


def _bar(row: Figures, every: Sequence[Figures], longest: int) -> str:
    """Return a row's bar, in proportion to the longest; a row with a figure has a mark."""
    most = max(figures.activities for figures in every)
    if not row.activities:
        return ""
    return _BAR * max(round(row.activities / most * min(longest, _LONGEST)), 1)
