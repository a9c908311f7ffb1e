"""How an activity, a date or a table looks on a terminal."""

import shutil
import sys
from collections.abc import Iterable, Sequence

import click

from kalends.cli.call import Call
from kalends.cli.help import cells
from kalends.domain.details import Details
from kalends.domain.errors import N_
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.words.dates import say_when
from kalends.words.visible import visible

ROLES = {"lead": N_("lead"), "joint": N_("joint"), "participant": N_("participant")}
_GAP = "  "
_MORE = " +"
# So many cells at least are needed for departments and title beside the rest.
_LEAST = 36


def when(call: Call, value: When) -> str:
    """Return a date as it is said back: day, weekday, part or hours."""
    return say_when(
        call.words,
        value.first_day,
        value.last_day,
        precision=value.precision,
        part=value.part,
        starts=value.starts,
        ends=value.ends,
    )


def joined(call: Call, names: Iterable[str]) -> str:
    """Return names as a language lists them."""
    return call.say(N_(", ")).join(names)


def departments(call: Call, details: Details, roster: Roster) -> str:
    """Return the departments by the names of that day, the leading one first."""
    day = details.when.first_day
    return joined(call, (roster.departments[one.code].name_on(day) for one in details.departments))


def lead(details: Details, roster: Roster) -> str:
    """Return the leading department by its name of that day, and ` +3` for three others."""
    first, *others = details.departments
    name = roster.departments[first.code].name_on(details.when.first_day)
    return f"{name}{_MORE}{len(others)}" if others else name


def one_line(call: Call, details: Details, roster: Roster) -> str:
    """Return everything that was read of an activity, in one line."""
    parts = [when(call, details.when), departments(call, details, roster), details.title]
    parts += [f"#{tag}" for tag in details.tags]
    if details.place is not None:
        parts.append(f"@{details.place}")
    return _GAP.join(parts)


def width() -> int | None:
    """Return how many cells a line of the terminal has, None where data goes elsewhere.

    `COLUMNS` is believed first, as other programs do; a terminal that says 0 has 80.
    """
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def table(rows: Sequence[Sequence[str]]) -> None:
    """Write rows in columns, without rules; on a terminal the last column is cut to its width."""
    for line in aligned(rows, width()):
        click.echo(line)


def aligned(rows: Sequence[Sequence[str]], limit: int | None) -> list[str]:
    """Return rows in columns; a line of more than `limit` cells is cut."""
    if not rows:
        return []
    rows = [[visible(text) for text in row] for row in rows]
    widths = [max(cells(row[n]) for row in rows) for n in range(len(rows[0]))]
    padded = (
        [padded_to(text, widths[n]) for n, text in enumerate(row[:-1])] + [row[-1]] for row in rows
    )
    lines = (_GAP.join(one).rstrip() for one in padded)
    return [line if limit is None else shortened(line, limit) for line in lines]


def listed(rows: Sequence[Sequence[str]], limit: int | None) -> list[str]:
    """Return the rows of activities: the last two columns are the departments and the title.

    What the others leave of `limit` goes to the title first: it is what a reader looks for. Where
    they leave too little, each activity takes two lines.
    """
    if not rows or limit is None:
        return aligned(rows, limit)
    taken = sum(max(cells(row[n]) for row in rows) + 2 for n in range(len(rows[0]) - 2))
    if limit - taken < _LEAST:
        heads = aligned([row[:-2] for row in rows], limit)
        tails = [shortened("    " + _GAP.join(row[-2:]), limit) for row in rows]
        return [line for pair in zip(heads, tails, strict=True) for line in pair]
    most = (limit - taken) // 3
    return aligned([[*row[:-2], _name(row[-2], most), row[-1]] for row in rows], limit)


def _name(text: str, width: int) -> str:
    """Return a department's name cut to so many cells; how many others there are stays."""
    name, sign, others = text.partition(_MORE)
    return shortened(name, width - cells(sign + others)) + sign + others


def padded_to(text: str, width: int) -> str:
    """Return the text filled up to so many cells."""
    return text + " " * (width - cells(text))


def shortened(text: str, width: int) -> str:
    """Return the text cut to so many cells, with an ellipsis where something was cut."""
    if cells(text) <= width:
        return text
    kept, taken = "", 0
    for one in text:
        taken += cells(one)
        if taken > width - 2:
            break
        kept += one
    return kept + "…"
