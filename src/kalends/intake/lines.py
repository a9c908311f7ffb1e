"""A JSON Lines file of activities: each line a draft, its id made of the file and the line."""

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import lru_cache

import msgspec

from kalends.dates.reader import Context, read
from kalends.domain.activity import is_planned
from kalends.domain.details import Details, Participation, Role, Source, usual_role
from kalends.domain.errors import RepeatedKeyError
from kalends.domain.ids import spelt
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.intake.file_kind import check_kind
from kalends.intake.naming import department
from kalends.intake.wrong import told as told_of

_BOM = b"\xef\xbb\xbf"


class Named(msgspec.Struct, forbid_unknown_fields=True):
    """A department as a line names it."""

    name: str
    role: Role | None = None


class Origin(msgspec.Struct, forbid_unknown_fields=True):
    """Where a line's fact was read."""

    document: str
    quote: str | None = None
    span: tuple[int, int] | None = None


class Line(msgspec.Struct, forbid_unknown_fields=True):
    """One line, as it may be written."""

    when: str
    title: str
    departments: list[str | Named]
    place: str | None = None
    tags: list[str] | None = None
    description: str | None = None
    headcount: int | None = None
    links: list[str] | None = None
    planned: bool | None = None
    source: Origin | None = None


_decode = msgspec.json.Decoder(Line).decode


class Reader:
    """Reads the lines of one document against a roster and a time."""

    def __init__(self, document: bytes, roster: Roster, context: Context) -> None:
        """Take the whole document; its SHA-256 is part of every id.

        Raises `NotUtf8Error` or `NotLinesError` for a file of another kind.
        """
        self.document = document.removeprefix(_BOM)
        check_kind(self.document)
        self.digest = hashlib.sha256(document).hexdigest()
        self._roster = roster
        self._today = context.now.date()
        self._when: Callable[[str], When] = lru_cache(4096)(lambda text: read(text, context).when)
        self._code = lru_cache(4096)(lambda name: department(roster, name).code)

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Yield the lines that hold anything, with their numbers from 1."""
        for number, line in enumerate(self.document.split(b"\n"), 1):
            if line.strip():
                yield number, line

    def details(self, line: bytes) -> tuple[Details, bool]:
        """Return what a line tells, and whether it is planned.

        Raises `FormatError`, or what reading its date and departments raises.
        """
        try:
            told = _decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise told_of(error) from None
        json.loads(line, object_pairs_hook=check_keys)  # msgspec takes the last of two
        when = self._when(told.when)
        origin = told.source
        source = None if origin is None else Source(**msgspec.structs.asdict(origin))
        details = Details(
            title=told.title,
            when=when,
            departments=tuple(
                self._participation(one, usual_role(n)) for n, one in enumerate(told.departments)
            ),
            place=told.place,
            tags=tuple(told.tags or ()),
            description=told.description,
            headcount=told.headcount,
            links=tuple(told.links or ()),
            source=source,
        )
        return details, is_planned(when, self._today, said=told.planned)

    def id(self, number: int, attempt: int = 0) -> str:
        """Return the id of a line's activity, always the same for a file.

        `attempt` counts how often the line was recorded and retracted before.
        """
        again = f":{attempt}" if attempt else ""
        return _derived(f"{self.digest}:{number}:id{again}")

    def _participation(self, told: str | Named, usual: Role) -> Participation:
        if isinstance(told, str):
            return Participation(code=self._code(told), role=usual)
        return Participation(code=self._code(told.name), role=told.role or usual)


def check_keys(pairs: list[tuple[str, object]]) -> None:
    """Raise `RepeatedKeyError` where an object has a key twice."""
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise RepeatedKeyError(name=key)
        seen.add(key)


def _derived(text: str) -> str:
    """Return twelve characters of Crockford's base32, not all digits, made of a text."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    made = spelt(number >> shift for shift in range(0, 60, 5))
    return _derived(text + "'") if made.isdigit() else made
