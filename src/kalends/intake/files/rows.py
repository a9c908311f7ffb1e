"""The rows of a file of activities: what each row says, before anything is looked up.

A decoder, such as `json_lines`, knows a format but no campaign; `resolver` knows the campaign but
no format.
"""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

import msgspec

from kalends.domain.details import Role
from kalends.domain.errors import KalendsError
from kalends.domain.ids import derived


class NamedDepartment(msgspec.Struct, forbid_unknown_fields=True):
    """A department as a row names it."""

    name: str
    role: Role | None = None


class Origin(msgspec.Struct, forbid_unknown_fields=True):
    """The source of a row's activity."""

    document: str
    quote: str | None = None
    span: tuple[int, int] | None = None


class Row(msgspec.Struct, forbid_unknown_fields=True):
    """An activity as written: dates are phrases, departments are names."""

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
    """An activity written as a sentence."""

    text: str


class NumberedRow(NamedTuple):
    """A row with its number in the file, counted from 1, or the error there.

    `kept_words` is a headcount that is not exact, kept in the description.
    """

    number: int
    row: Row | SentenceRow | KalendsError
    kept_words: str | None = None


class RowFile(Protocol):
    """A decoded file, which yields its rows in order while decoding."""

    digest: str
    """The SHA-256 of the whole file, in hexadecimal digits."""

    def __len__(self) -> int:
        """Return the number of rows, including bad ones."""

    def __iter__(self) -> Iterator[NumberedRow]:
        """Yield the rows."""


def row_id(digest: str, number: int, attempt: int = 0) -> str:
    """Return the id of a row's activity, always the same for the same file.

    `attempt` counts how often the row was recorded and retracted before.
    """
    again = f":{attempt}" if attempt else ""
    return derived(f"{digest}:{number}:id{again}")
