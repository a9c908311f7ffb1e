"""The rows of a file of activities, decoded: what stands in each and where; nothing is looked up.

A decoder (`json_lines`) knows a format and no campaign; `resolver` knows the campaign and no
format.
"""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple, Protocol

import msgspec

from kalends.domain.details import Role
from kalends.domain.errors import KalendsError
from kalends.domain.ids import base32


class NamedDepartment(msgspec.Struct, forbid_unknown_fields=True):
    """A department as a row names it."""

    name: str
    role: Role | None = None


class Origin(msgspec.Struct, forbid_unknown_fields=True):
    """Where a row's activity was read."""

    document: str
    quote: str | None = None
    span: tuple[int, int] | None = None


class Row(msgspec.Struct, forbid_unknown_fields=True):
    """An activity as it was written: dates are phrases, departments are names."""

    when: str
    title: str
    departments: list[str | NamedDepartment]
    place: str | None = None
    tags: list[str] | None = None
    description: str | None = None
    headcount: int | None = None
    links: list[str] | None = None
    planned: bool | None = None
    source: Origin | None = None


class SentenceRow(NamedTuple):
    """An activity in one sentence."""

    text: str


class NumberedRow(NamedTuple):
    """A row with its place in the file, counted from 1 as people do, or what is wrong there."""

    number: int
    row: Row | SentenceRow | KalendsError


class RowFile(Protocol):
    """A decoded file. It yields its rows in order, as they are decoded."""

    digest: str
    """The SHA-256 of the whole file, in hexadecimal digits."""

    def __len__(self) -> int:
        """Return how many rows it has, the wrong ones too."""

    def __iter__(self) -> Iterator[NumberedRow]:
        """Yield the rows."""


def row_id(digest: str, number: int, attempt: int = 0) -> str:
    """Return the id of a row's activity, always the same for a file.

    `attempt` counts how often the row was recorded and retracted before.
    """
    again = f":{attempt}" if attempt else ""
    return _derived(f"{digest}:{number}:id{again}")


def _derived(text: str) -> str:
    """Return twelve characters of Crockford's base32, not all digits, made of a text."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    made = base32(number >> shift for shift in range(0, 60, 5))
    return _derived(text + "'") if made.isdigit() else made
