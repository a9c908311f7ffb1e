"""Decodes a roster from CSV or JSON Lines, one department on each line."""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import msgspec

from kalends.domain.errors import (
    N_,
    FieldTypeError,
    FormatError,
    KalendsError,
    MissingFieldError,
    NotJsonError,
    NotLinesError,
    NotRosterError,
    RepeatedKeyError,
    UnknownFieldError,
)
from kalends.intake.csv_errors import csv_error
from kalends.intake.file_kind import check_readable
from kalends.intake.json_errors import format_error_of
from kalends.intake.json_lines import check_keys
from kalends.words import Message

SEPARATORS = re.compile("[,，、;；]")  # no department's name contains one
_BOM = b"\xef\xbb\xbf"
_DELIMITERS = ",;\t"
_HEADINGS = {
    "name": "name", "名称": "name", "部门": "name", "单位": "name",
    "code": "code", "代码": "code",
    "aliases": "aliases", "alias": "aliases", "别名": "aliases",
    "parent": "parent", "上级": "parent",
    "short": "short", "简称": "short",
    "on": "on", "since": "on", "起始日期": "on",
}  # fmt: skip
# These hints speak of files of activities.
_ELSEWHERE = (NotJsonError, MissingFieldError, UnknownFieldError, FieldTypeError)
_SEE = N_("See docs/how-to/departments.md for what a line of a roster holds.")


class RosterLine(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A department as a line describes it; `on` is a date phrase."""

    name: str
    code: str | None = None
    aliases: tuple[str, ...] | None = None
    parent: str | None = None
    short: str | None = None
    on: str | None = None


Numbered = tuple[int, RosterLine | KalendsError]


def roster_lines(document: bytes) -> Iterator[Numbered]:
    """Yield the departments in a file with their line numbers, or the error there.

    Raises `NotUtf8Error` or `NotRosterError` for a file of another kind.
    """
    document = document.removeprefix(_BOM)
    try:
        check_readable(document)
    except NotLinesError as error:
        raise NotRosterError(kind=error.fields["kind"]) from None
    try:
        text = document.decode()
    except UnicodeDecodeError as error:
        raise format_error_of(error) from None
    lines = _json_lines(text) if text.lstrip()[:1] == "{" else _table(text)
    return ((number, _of_roster(line)) for number, line in lines)


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
                yield number, format_error_of(error)
            except KalendsError as error:
                yield number, error
            else:
                yield number, fields


def _table(text: str) -> Iterator[Numbered]:
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=head.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] | None = None
    number = 1
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield number, csv_error(error)
            return
        if row is None:
            return
        if any(cell.strip() for cell in row):
            try:
                if columns is None:
                    columns = _columns(row)
                else:
                    yield number, _line(columns, row)
            except KalendsError as error:
                yield number, error
                if columns is None:
                    return  # nothing can be read without headings
        number = rows.line_num + 1


def _columns(row: list[str]) -> list[str]:
    """Return the fields that the headings name."""
    columns: list[str] = []
    for cell in row:
        field = _HEADINGS.get(cell.strip().casefold())
        if field is None:
            if not columns:
                raise NotRosterError(kind=Message("a file without headings"))
            raise UnknownFieldError(name=cell.strip())
        if field in columns:
            raise RepeatedKeyError(name=cell.strip())
        columns.append(field)
    if "name" not in columns:
        raise MissingFieldError(name="name")
    return columns


def _line(columns: list[str], row: list[str]) -> RosterLine:
    if any(cell.strip() for cell in row[len(columns) :]):
        raise FormatError(detail=Message("the line has more cells than the headings"))
    fields: dict[str, Any] = {
        field: cell.strip() for field, cell in zip(columns, row, strict=False) if cell.strip()
    }
    if "name" not in fields:
        raise MissingFieldError(name="name")
    if "aliases" in fields:
        found = (alias.strip() for alias in SEPARATORS.split(fields["aliases"]))
        fields["aliases"] = tuple(alias for alias in found if alias)
    return RosterLine(**fields)
