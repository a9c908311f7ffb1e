"""Decodes a roster from a table or JSON Lines, one department on each line."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from kalends.domain.errors import (
    N_,
    FieldTypeError,
    FormatError,
    KalendsError,
    MissingFieldError,
    NotJsonError,
    NotRosterError,
    NotTableError,
    UnknownFieldError,
)
from kalends.intake.files.csv_rows import csv_rows, decoded, delimiter_of
from kalends.intake.files.file_size import check_size
from kalends.intake.files.json_errors import format_error_of
from kalends.intake.files.json_lines import check_keys
from kalends.intake.files.roster_headings import RosterHeadings, has_name, roster_headings
from kalends.intake.files.table import TableRow
from kalends.words import Message

SEPARATORS = re.compile("[,，、;；]")  # no department's name contains one
_WORKBOOK = b"PK\x03\x04"
# These hints speak of files of activities.
_ELSEWHERE = (NotJsonError, MissingFieldError, UnknownFieldError, FieldTypeError)
_SEE = N_("See docs/how-to/departments.md for what a line of a roster holds.")


class RosterLine(msgspec.Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """A department as a line describes it; `on` is a date phrase."""

    name: str
    code: str | None = None
    aliases: tuple[str, ...] | None = None
    parent: str | None = None
    short: str | None = None
    on: str | None = None


Numbered = tuple[int, RosterLine | KalendsError]


class RosterFile(NamedTuple):
    """A decoded file: its lines, and the unknown headings of columns that are not empty."""

    lines: Sequence[Numbered]
    unread: Sequence[str] = ()


def roster_file(document: bytes) -> RosterFile:
    """Return the departments in a file with their line numbers, or the error there.

    A table is a workbook (.xlsx) or CSV. Raises `NotUtf8Error`, `NotRosterError` for a file of
    another kind, and `NoOfficeError`.
    """
    try:
        found = _decoded(document)
    except NotTableError as error:
        raise NotRosterError(kind=error.fields["kind"]) from None
    return found._replace(lines=[(number, _of_roster(line)) for number, line in found.lines])


def roster_text(lines: Iterable[tuple[int, RosterLine]]) -> str:
    """Return departments as JSON Lines, each at the number of its line."""
    found: list[str] = []
    for number, line in lines:
        found += [""] * (number - 1 - len(found))
        found.append(msgspec.json.encode(line).decode())
    return "\n".join(found)


def _decoded(document: bytes) -> RosterFile:
    if document.startswith(_WORKBOOK):
        from kalends.intake.files.xlsx_rows import sheets  # noqa: PLC0415 - only for workbooks

        every = list(sheets(document).values())
        named = (rows for rows in every if has_name([row.cells for row in rows]))
        return _table(next(named, every[0]))
    check_size(document)
    text = decoded(document, has_name)
    if text.lstrip()[:1] == "{":
        return RosterFile(list(_json_lines(text)))
    return _table(list(csv_rows(text, delimiter_of(text))))


def _of_roster(line: RosterLine | KalendsError) -> RosterLine | KalendsError:
    """Return a line; an error that says where activities are explained points to rosters."""
    if isinstance(line, _ELSEWHERE):
        line.hint = _SEE  # type: ignore[misc]  # a hint of this error alone
    return line


def _json_lines(text: str) -> Iterator[Numbered]:
    decode = msgspec.json.Decoder(RosterLine).decode
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                fields = decode(line)
                json.loads(line, object_pairs_hook=check_keys)  # msgspec would keep the last
            except msgspec.DecodeError as error:
                yield number, format_error_of(error, line.encode())
            except KalendsError as error:
                yield number, error
            else:
                yield number, fields


def _table(every: Sequence[TableRow]) -> RosterFile:
    """Return the rows below the headings; what is wrong with those stands at the first row."""
    rows = [row for row in every if row.error or any(cell.strip() for cell in row.cells)]
    if not rows:
        return RosterFile([])
    try:
        found = roster_headings([row.cells for row in rows])
    except KalendsError as error:
        broken = next((row for row in rows if row.error), None)
        if broken is None and isinstance(error, NotRosterError):
            raise
        place = rows[0] if broken is None else broken
        return RosterFile([(place.number, place.error or error)])
    below = [row for row in rows[found.row + 1 :] if row.error or _says_something(found, row)]
    unread = [
        heading
        for place, heading in found.unread.items()
        if any("".join(row.cells[place : place + 1]).strip() for row in below)
    ]
    width = len(rows[found.row].cells)
    return RosterFile([(row.number, _line(found, row, width)) for row in below], unread)


def _says_something(found: RosterHeadings, row: TableRow) -> bool:
    """Return whether a row holds more than its own number."""
    return any(cell.strip() for n, cell in enumerate(row.cells) if n not in found.passed_over)


def _line(found: RosterHeadings, row: TableRow, width: int) -> RosterLine | KalendsError:
    if row.error:
        return row.error
    if any(cell.strip() for cell in row.cells[width:]):
        return FormatError(detail=Message("the line has more cells than the headings"))
    cells = {
        field: "".join(row.cells[place : place + 1]).strip()
        for field, place in found.columns.items()
    }
    fields: dict[str, Any] = {field: text for field, text in cells.items() if text}
    if "name" not in fields:
        return MissingFieldError(name=Message("name"))
    shorts = _names(fields.pop("short", ""))
    aliases = _names(fields.pop("aliases", "")) + shorts[1:]
    return RosterLine(
        **fields,
        short=shorts[0] if shorts else None,
        aliases=tuple(aliases) if aliases else None,
    )


def _names(text: str) -> list[str]:
    """Return the names in a cell that may hold several."""
    return [name.strip() for name in SEPARATORS.split(text) if name.strip()]
