"""How an activity, a date or a table looks on a terminal."""

import os
import sys
from collections.abc import Sequence

import click

from kalends.cli.call import Call
from kalends.cli.help import cells
from kalends.domain.details import Details
from kalends.domain.errors import N_
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.words.dates import say_when

ROLES = {"lead": N_("lead"), "joint": N_("joint"), "participant": N_("participant")}
_GAP = "  "


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


def departments(details: Details, roster: Roster) -> str:
    """Return the departments by the names of that day, the leading one first."""
    day = details.when.first_day
    return "、".join(roster.departments[one.code].name_on(day) for one in details.departments)


def one_line(call: Call, details: Details, roster: Roster) -> str:
    """Return everything that was read of an activity, in one line."""
    parts = [when(call, details.when), departments(details, roster), details.title]
    parts += [f"#{tag}" for tag in details.tags]
    if details.place is not None:
        parts.append(f"@{details.place}")
    return _GAP.join(parts)


def table(rows: Sequence[Sequence[str]]) -> None:
    """Write rows in columns, without rules; on a terminal the last column is cut to its width."""
    if not rows:
        return
    widths = [max(cells(row[n]) for row in rows) for n in range(len(rows[0]))]
    limit = os.get_terminal_size().columns if sys.stdout.isatty() else None
    for row in rows:
        padded = [text + " " * (widths[n] - cells(text)) for n, text in enumerate(row[:-1])]
        line = _GAP.join([*padded, row[-1]]).rstrip()
        click.echo(line if limit is None else shortened(line, limit))


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
