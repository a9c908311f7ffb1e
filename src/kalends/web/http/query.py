"""Reads the query of an address: filters, a moment, search words."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from kalends.application.queries.filter_text import FilterText
from kalends.domain.errors import BadAddressError
from kalends.domain.value import Value
from kalends.feeds.chosen import CANCELLED, Cancelled
from kalends.words import Message

# The words that filter; `known_at` and `cancelled` stand beside them.
LISTS = ("dept", "tag", "place", "status")
# So many values of a word are read, and so many characters of an address.
_MOST_VALUES, _MOST_CHARACTERS = 50, 4_000
_NUMBER = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Query(Value):
    """What an address asks for, as it was written; unknown words are left out."""

    words: FilterText = FilterText()
    known_at: str | None = None
    cancelled: Cancelled = "mark"
    search: str = ""
    after: int = 0
    before: int | None = None
    skip: int = 0

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return the words that every link on the page keeps."""
        found = [(name, each) for name in LISTS for each in getattr(self.words, name)]
        found += [("from", self.words.first or ""), ("to", self.words.last or "")]
        found.append(("cancelled", "" if self.cancelled == "mark" else self.cancelled))
        return [*((name, each) for name, each in found if each), *self.moment]

    @property
    def moment(self) -> list[tuple[str, str]]:
        """Return the word that says which moment is asked for; none for now."""
        return [] if self.known_at is None else [("known_at", self.known_at)]

    @property
    def known_day(self) -> str | None:
        """Return the moment that is asked for if it is written as a field for dates writes it."""
        is_day = self.known_at is not None and _DAY.fullmatch(self.known_at)
        return self.known_at if is_day else None

    @property
    def is_plain(self) -> bool:
        """Return whether nothing was asked for but the page as it is."""
        return self == Query()


def decoded(query: bytes) -> str:
    """Return the query of an address as text; raise `BadAddressError` if it cannot be read."""
    try:
        return query.decode()
    except UnicodeDecodeError:
        raise BadAddressError(detail=query[:80].decode("latin-1")) from None


def read_query(text: str) -> Query:
    """Return what an address asks for; raises `BadAddressError`."""
    if len(text) > _MOST_CHARACTERS:
        raise BadAddressError(detail=Message("it is too long"))
    try:
        pairs = parse_qsl(text, errors="strict", max_num_fields=_MOST_VALUES)
    except ValueError:
        raise BadAddressError(detail=text[:80]) from None
    given: dict[str, list[str]] = {}
    for name, each in pairs:
        given.setdefault(name, []).append(each)
    return Query(
        words=FilterText(
            **{name: tuple(_apart(given.get(name, ()))) for name in LISTS},
            first=_last(given, "from"),
            last=_last(given, "to"),
        ),
        known_at=_last(given, "known_at"),
        cancelled=_cancelled(_last(given, "cancelled")),
        search=" ".join(given.get("q", ())),
        after=_number(given, "after") or 0,
        before=_number(given, "before"),
        skip=_number(given, "skip") or 0,
    )


def written(pairs: Iterable[tuple[str, str]]) -> str:
    """Return words as the query of an address, with its question mark; empty for none."""
    text = urlencode(list(pairs), safe=",")
    return f"?{text}" if text else ""


def _apart(values: Iterable[str]) -> Iterable[str]:
    """Return the values of a word, which may stand between commas."""
    parts = (part.strip() for each in values for part in each.replace("，", ",").split(","))
    return (part for part in parts if part)


def _last(given: dict[str, list[str]], name: str) -> str | None:
    return given.get(name, [""])[-1].strip() or None


def _number(given: dict[str, list[str]], name: str) -> int | None:
    text = _last(given, name)
    if text is None:
        return None
    if not _NUMBER.fullmatch(text):
        raise BadAddressError(detail=f"{name}={text[:80]}")
    return int(text)


def _cancelled(text: str | None) -> Cancelled:
    for each in CANCELLED:
        if each == (text or "mark"):
            return each
    raise BadAddressError(detail=f"cancelled={text}")
