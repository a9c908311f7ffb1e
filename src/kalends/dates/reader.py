"""Reads a whole date phrase, or the date at the beginning of a text, into a `When`."""

import unicodedata
from collections.abc import Callable
from datetime import timedelta

from kalends.dates.date_resolution import DateContext, Found, Reading
from kalends.dates.folding import normalise, seen
from kalends.dates.numerals import TwoNumbersError
from kalends.dates.scanner import Scanner, nowhere
from kalends.domain.errors import ImpossibleDateError, UnreadableDateError
from kalends.domain.patterns import DIGITS
from kalends.domain.when import When, checked, shown

__all__ = ["DateContext", "Reading", "read", "read_prefix"]

_LONGEST = 200
_FIRST_YEAR, _LAST_YEAR = 1900, 2099


def read(phrase: str, context: DateContext) -> Reading:
    """Return what a whole phrase says.

    Raises `UnreadableDateError`, naming the part not understood; `ImpossibleDateError`,
    `WrongWeekdayError` and `VagueDateError`, which are kinds of it; `SpanError` for a range that
    runs backwards.
    """
    text = "".join(phrase[place] for place in seen(phrase))
    text = _stripped(text)
    _refuse_unfit(text)
    try:
        found = _read(text, context)
        return _reading(found, text, context)
    except TwoNumbersError as error:
        raise UnreadableDateError(text=text, part=str(error)) from None
    except (OverflowError, ValueError):
        raise ImpossibleDateError(text=text, part=text) from None


def read_prefix(
    text: str, context: DateContext, *, named: Callable[[int], bool] = nowhere
) -> tuple[Reading, int] | None:
    """Return the longest date with which a text begins, and how many of its characters that is.

    What may be the beginning of a name (周日, 国庆节, Friday) is a date where a word ends behind
    it, or where `named` tells that the name of somebody known begins there.

    None if it begins with none. Raises `UnreadableDateError` and its kinds, and `SpanError`, when
    it begins with a date that cannot be (2月30日, a wrong weekday) or that goes on to say
    something else (7月31日前, 7月23日、26日).
    """
    places = seen(text)[:_LONGEST]
    head = "".join(text[place] for place in places)
    places.append(len(text))

    def begins(at: int) -> bool:
        return named(places[at])

    try:
        found = _read_head(head, normalise(head), context, begins)
        if found is None:
            return None
        reading = _reading(found[0], _stripped(head[: found[1]]), context)
        return reading, places[found[1]] if found[1] < len(head) else places[found[1] - 1] + 1
    except TwoNumbersError as error:
        said = head[: head.find(str(error)) + len(str(error))]
        raise UnreadableDateError(text=said, part=str(error)) from None
    except (OverflowError, ValueError):
        raise ImpossibleDateError(text=head, part=head) from None


def _read(text: str, context: DateContext) -> Found:
    scan = Scanner(text, normalise(text), whole=True)
    found = _chinese(scan, context)
    if found is not None and scan.at == len(text):
        return found
    left = scan.words(scan.at if found else 0, len(text))
    if not _has_chinese(scan.text):
        from kalends.dates.english import english  # noqa: PLC0415 - a Chinese clerk needs none of it

        other = Scanner(text, scan.text, whole=True)
        found = english(other, context)
        if found is not None and other.at == len(text):
            return found
        rest = other.words(other.at if found else 0, len(text))
        left = min(left, rest, key=len)
        found = _natural(text, scan.text, context)
        if found is not None:
            return found
    raise UnreadableDateError(text=text, part=left)


def _natural(text: str, normal: str, context: DateContext) -> Found | None:
    from kalends.dates.natural import natural  # noqa: PLC0415 - for what nothing else reads

    return natural(Scanner(text, normal, whole=True), context)


def _read_head(
    head: str, text: str, context: DateContext, named: Callable[[int], bool]
) -> tuple[Found, int] | None:
    """Return the longer of what the two grammars read; without a Latin letter one will do."""
    is_latin = any("a" <= character <= "z" for character in text)
    best = _iso_before_word(head, text, context, named) if is_latin else None
    if best is not None:
        return best
    scan = Scanner(head, text, whole=False, named=named)
    refused = None
    try:
        found = _chinese(scan, context)
    except UnreadableDateError as error:  # 24/07/2020, 9 a.m. goes on as English
        if not is_latin:
            raise
        found, refused = None, error
    best = None if found is None else (found, scan.at)
    if is_latin:
        from kalends.dates.english import english  # noqa: PLC0415 - a Chinese clerk needs none of it

        scan = Scanner(head, text, whole=False, named=named)
        found = english(scan, context)
        if found is not None and (best is None or scan.at > best[1]):
            best = found, scan.at
    if refused is not None and (best is None or best[0].hours.starts is None):
        raise refused
    return best


def _iso_before_word(
    head: str, text: str, context: DateContext, named: Callable[[int], bool]
) -> tuple[Found, int] | None:
    """Return the ISO day with which a text begins if a Latin word follows: both read it alike."""
    if text[:4].strip(DIGITS) or text[4:5] != "-":
        return None
    from kalends.dates.english import english  # noqa: PLC0415 - a Chinese clerk needs none of it

    scan = Scanner(head, text, whole=False, named=named)
    found = english(scan, context)
    is_before_word = "a" <= text[scan.at :].lstrip(" ")[:1] <= "z"
    return (found, scan.at) if found and is_before_word and found.rule == "iso-day" else None


def _chinese(scan: Scanner, context: DateContext) -> Found | None:
    """Return what the Chinese grammar reads; of what begins with a Latin letter only Q1."""
    first = scan.text.lstrip(" ")[:1]
    if "a" <= first <= "z" and first != "q":
        return None
    from kalends.dates.chinese import chinese  # noqa: PLC0415 - an English clerk needs none of it

    return chinese(scan, context)


def _stripped(text: str) -> str:
    """Return a text without blanks at its ends; controls stay, to be refused."""
    blanks = len(normalise(text)) - len(normalise(text).lstrip(" "))
    return text[blanks : len(normalise(text).rstrip(" "))]


def _has_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _refuse_unfit(text: str) -> None:
    """Refuse what no record may hold: nothing, too much, controls, halves of characters."""
    if not text or len(text) > _LONGEST:
        raise UnreadableDateError(text=text[:_LONGEST], part=text[:_LONGEST])
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cs"}:
            raise UnreadableDateError(text=text, part=character)


def _reading(found: Found, text: str, context: DateContext) -> Reading:
    hours = found.hours
    for year in (found.span[0].year, found.span[1].year):
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise UnreadableDateError(text=text, part=f"{year:04}")
    when = When(
        first_day=found.span[0],
        last_day=found.span[1] + timedelta(days=hours.next_day),
        precision=found.precision,
        zone=context.zone,
        text=text,
        part=hours.part if hours.starts is None else None,
        starts=hours.starts,
        ends=hours.ends,
    )
    assert context.now.tzinfo is not None
    return Reading(when=shown(checked(when), context.now.tzinfo), rule=found.rule)
