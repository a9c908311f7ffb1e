"""Tables, trees and wrapped lines for a terminal."""

import os
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from kalends.cli.terminal.cells import cells, wrapped
from kalends.words.visible import visible

_GAP = "  "
_USUAL = 80
_MORE = " +"
_BELOW = "    "
# Departments and title need at least so many cells to stand beside the other columns.
_LEAST = 36


def width() -> int | None:
    """Return the terminal's width in cells; None if stdout is not a terminal.

    `COLUMNS` comes first, as in other programs; a terminal that reports 0 counts as 80.
    """
    return columns(sys.stdout) if sys.stdout.isatty() else None


def columns(terminal: TextIO) -> int:
    """Return the width of a terminal in cells: `COLUMNS`, or what it reports, or 80."""
    wanted = os.environ.get("COLUMNS", "")
    if wanted.isdecimal() and int(wanted) > 0:
        return int(wanted)
    try:
        return os.get_terminal_size(terminal.fileno()).columns or _USUAL
    except (OSError, ValueError):
        return _USUAL


def table(rows: Sequence[Sequence[str]]) -> None:
    """Write rows in columns, without rules; on a terminal the last column is cut off."""
    for line in aligned(rows, width()):
        click.echo(line)


def aligned(rows: Sequence[Sequence[str]], limit: int | None) -> list[str]:
    """Return rows in columns; a line longer than `limit` cells is cut off."""
    if not rows:
        return []
    rows = [[visible(text) for text in row] for row in rows]
    widths = [max(cells(row[n]) for row in rows) for n in range(len(rows[0]))]
    padded = (
        [padded_to(text, widths[n]) for n, text in enumerate(row[:-1])] + [row[-1]] for row in rows
    )
    lines = (_GAP.join(row).rstrip() for row in padded)
    return [line if limit is None else shortened(line, limit) for line in lines]


def listed(rows: Sequence[Sequence[str]], limit: int | None) -> list[list[str]]:
    """Return the lines of each activity; the last two columns are the departments and the title.

    The title gets the rest of the `limit` cells: readers look for it, so it is wrapped and never
    cut. If too little is left, the title goes on lines of its own.
    """
    columns = 2 if any(row[-2] for row in rows) else 1
    if columns == 1:
        rows = [[*row[:-2], row[-1]] for row in rows]
    if limit is None:
        return [[line] for line in aligned(rows, None)]
    room = limit - _taken(rows, columns)
    if room < _LEAST:
        return _stacked(rows, limit, columns)
    if columns > 1:
        rows = [[*row[:-2], _name(row[-2], room // 3), row[-1]] for row in rows]
    return _hung(rows, limit)


def tree(rows: Sequence[tuple[str, str, Sequence[str]]], limit: int | None) -> list[str]:
    """Return the lines of departments: code, indented name, other columns.

    If the terminal is too narrow for columns, the name has its own line and the rest follows
    below.
    """
    columns = [[code, name, _GAP.join(text for text in rest if text)] for code, name, rest in rows]
    if limit is None:
        return aligned(columns, None)
    if rows and limit - _taken(columns, 1) >= _LEAST // 2:
        return [line for block in _hung(columns, limit) for line in block]
    found = []
    for code, name, rest in columns:
        indent = name[: len(name) - len(name.lstrip())]
        below = wrapped(_GAP.join(text for text in (code, rest) if text), limit - len(indent) - 4)
        found += [shortened(name, limit), *(f"{indent}{_BELOW}{line}" for line in below)]
    return found


def fields(rows: Sequence[Sequence[str]], limit: int | None) -> list[str]:
    """Return the lines of names and values; a long value is wrapped in its own column."""
    if limit is None:
        return aligned(rows, None)
    return [line for block in _hung(rows, limit) for line in block]


def _hung(rows: Sequence[Sequence[str]], limit: int) -> list[list[str]]:
    """Return the lines of each row; the last column is wrapped within its own width."""
    indent = _taken(rows, 1)
    blocks = []
    for head, row in zip(aligned([row[:-1] for row in rows], None), rows, strict=True):
        first, *rest = wrapped(row[-1], limit - indent)
        below = [f"{' ' * indent}{line}" for line in rest]
        blocks.append([f"{padded_to(head, indent)}{first}".rstrip(), *below])
    return blocks


def _stacked(rows: Sequence[Sequence[str]], limit: int, columns: int) -> list[list[str]]:
    """Return the lines of each row, with the last `columns` columns below the others."""
    room = limit - len(_BELOW)
    heads = [[line] for line in aligned([row[:-columns] for row in rows], None)]
    if any(cells(line) > limit for (line,) in heads):
        heads = [_broken([visible(text) for text in row[:-columns]], limit) for row in rows]
    return [
        [*head, *(f"{_BELOW}{line}" for line in wrapped(_below(row[-columns:]), room))]
        for head, row in zip(heads, rows, strict=True)
    ]


def _broken(texts: Sequence[str], limit: int) -> list[str]:
    """Return the lines of the columns before the title, broken between columns where possible."""
    first, *others = (text.strip() for text in texts)
    lines = [first]
    for text in others:
        longer = f"{lines[-1]}{_GAP}{text}"
        if cells(longer) <= limit:
            lines[-1] = longer
        else:
            lines += [f"{_BELOW}{line}" for line in wrapped(text, limit - len(_BELOW))]
    return lines


def _below(texts: Sequence[str]) -> str:
    """Return the department's name, if any, and the title."""
    *names, title = (text for text in texts if text)
    colon = "：" if names and cells(names[0][0]) > 1 else ": "
    return colon.join([*names, title])


def _taken(rows: Sequence[Sequence[str]], last: int) -> int:
    """Return the width of all columns except the last `last`, gaps included."""
    columns = range(len(rows[0]) - last) if rows else ()
    return sum(max(cells(row[n]) for row in rows) + len(_GAP) for n in columns)


def _name(text: str, width: int) -> str:
    """Return a department's name cut to `width` cells; the number of others (` +3`) stays."""
    name, sign, others = text.partition(_MORE)
    return shortened(name, width - cells(sign + others)) + sign + others


def fitted(text: str, limit: int | None) -> list[str]:
    """Return a line wrapped to `limit` cells; continuation lines are indented."""
    if limit is None or cells(visible(text)) <= limit:
        return [text]
    indent = " " * (len(text) - len(text.lstrip()))
    further = indent + _BELOW if len(indent) + len(_BELOW) <= limit // 2 else indent
    first, *others = wrapped(text.strip(), max(limit - len(further), 1))
    return [indent + first, *(further + line for line in others)]


def padded_to(text: str, width: int) -> str:
    """Return the text padded with spaces to `width` cells."""
    return text + " " * (width - cells(text))


def shortened(text: str, width: int) -> str:
    """Return the text cut to `width` cells, ending in an ellipsis if anything was cut."""
    if cells(text) <= width:
        return text
    kept, taken = "", 0
    for character in text:
        taken += cells(character)
        if taken > width - 2:
            break
        kept += character
    return kept + "…"
