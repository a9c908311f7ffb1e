"""Mends the text beside a date in every way that may give a longer date.

    run     = { mark | blank | department with its joining words | tag | place }
    mended  = one run left out, or one mark of it kept
            | one stray character left out, or read as the digit that it looks like (l, I, O)
            | two characters swapped (午下), one doubled piece left out (2p2pm)
            | one character put in or typed otherwise, right behind the date (点半, 2m, 2qm)
            | a blank put into a word (23to)

Nothing is tried unless a date can go on there at all.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from kalends.dates.vocabulary import CHINESE, DATES_HOLD, ENGLISH, PARTS, any_of
from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.event_names import ends_event
from kalends.intake.vocabulary.letters import SEAMS, Letter, is_latin, read_as, sewn_with, text_of
from kalends.intake.vocabulary.naming import in_word
from kalends.intake.vocabulary.tags_and_place import SEAM

_REACH = 14  # characters beside the date that may belong to it
_DOUBLED = 10
_DIGITS = "0123456789"
# A word of one letter would be found in any word; quiz night on July 14 is no night of July.
_GROWN = any_of(*(word for word in ENGLISH - PARTS.keys() if len(word) > 1), "a")
_BEGINS = Pattern(f"(?:q?[0-9]|[{''.join(sorted(CHINESE))}今明昨本去每大从]|{_GROWN}|[\\W_])+")
_NO_MARK = frozenset(f",，.。、;；:：{SEAM}")
_WORD = Pattern("[a-z0-9]+|[^a-z0-9]")
_SHORT = {2, 3, 4}
_GLUED = Pattern("[a-z]([0-9]+)$|([年月日号点时])$", needs=f"{_DIGITS}年月日号点时")
_RUN = Pattern(r"[\W_]+")
_PIECES = "一二三四五六七八九十廿年月日号点时分半刻初末底上中下旬午早晚前后第季:apm"
_IN_PIECES, _ENDS = frozenset(f"{_DIGITS}{_PIECES}至到~-"), f" ,.;:{SEAM}"
# A class of so many characters takes half a millisecond to compile: these are looked for by hand.
_OF_PIECES = frozenset(f"{_DIGITS}{_PIECES}")
_WITH_DASH, _WITH_POINT = _OF_PIECES | {"-"}, _OF_PIECES | {"."}
_MISTYPED = frozenset("bcdefghijklnoqrstuvwxyzB曰目用占")
_LONGEST, _HALF = 10, 6  # of a piece, and of what stands beside a wrong character
_LOST = "上午点月日年旬度七1270:apm "
_ALIKE = {"l": "1", "i": "1", "|": "1", "o": "0"}


class Mended(NamedTuple):
    """Letters mended, the place among them where they were, and what was done there."""

    letters: list[Letter]
    place: int
    way: Literal["run left out", "stray left out", "lost put in"]


def behind(date: list[Letter], text: list[Letter]) -> Iterator[Mended]:
    """Yield a date with what stands behind it, mended in each way by which it may go on."""
    name = max(text_of(text).find(SEAM), 0)
    if text_of(text[:name]).strip():
        yield Mended(date + text[:name], len(date), "run left out")  # as it ends there: at 9
    rest = sewn_with(text[_REACH:], " ")
    tried: set[tuple[str, str]] = set()
    for letters, cut, way in _mended(text[:_REACH], after=read_as(date)):
        read = read_as(letters)
        is_glued = is_latin(read[:1]) and is_latin(date[-1].char)
        if (read, way) not in tried and _run_end(read, is_glued=is_glued) > min(
            cut, len(read) - 1
        ):
            tried.add((read, way))
            yield Mended(date + letters + rest, len(date) + cut, way)


def before(date: list[Letter], text: list[Letter], behind: list[Letter]) -> Iterator[Mended]:
    """Yield a date with what stands before it, mended in each way by which it may begin sooner."""
    rest = date + sewn_with(behind, " ")
    for letters, cut, way in _mended(text, ahead=read_as(date)):
        read = read_as(letters)
        for start in range(min(cut + (way == "stray left out"), len(read))):
            is_word = read[start].isalnum() and not in_word(read, start)
            if ends_event(read[:start], read[start:].split(" ")[0]):
                continue  # film night @Lotus Park, Aug 8
            if is_word and _BEGINS.fullmatch(read[start:]):
                yield Mended(letters[start:] + rest, 0, "run left out")


def overlapping(date: list[Letter], text: list[Letter]) -> Iterator[Mended]:
    """Yield what goes on from a piece of a date: the last (1.4 July) or the first (July5 14)."""
    read = read_as(date)
    if _goes_on(read_as(text)) and SEAM not in text_of(text[:3]):
        if glued := _GLUED.search(read):
            first = date[: glued.start(glued.lastindex or 0)]
            yield Mended(first + sewn_with(text, " "), len(first), "run left out")
        for start in range(1, len(date)):
            if read[start].isalnum() and not in_word(read, start):
                yield Mended(
                    date[start:] + sewn_with(text, " "), len(date) - start, "stray left out"
                )


def _goes_on(read: str) -> bool:
    """Return whether a date can go on with this, behind marks and blanks."""
    return any(char.isalnum() for char in read[: _run_end(read, is_glued=False)])


def _has_mark(run: str) -> bool:
    """Return whether there is a mark in a run of characters, beside those of a sentence."""
    return any(char not in _NO_MARK and not (char.isspace() or char.isalnum()) for char in run)


def _run_end(read: str, *, is_glued: bool) -> int:
    """Return how far a text holds what dates are made of; `is_glued`: from within a word on."""
    for word in _WORD.finditer(read):
        first = word[0][0]
        is_known = first in DATES_HOLD or not first.isalnum() or word[0] in ENGLISH
        if not is_known and not (is_glued and word.start() == 0):
            return word.start()
    return len(read)


def _mended(letters: list[Letter], after: str = "", ahead: str = "") -> Iterator[Mended]:
    """Yield letters mended in each way: those that come `after` a date, or have one `ahead`."""
    found = SEAMS.search(read_as(letters))
    for blank in ("", " ") if found else ("",):
        sewn = sewn_with(letters, blank)
        if found:
            yield Mended(sewn, found.start(), "run left out")
        for run in _RUN.finditer(read_as(sewn)):
            start, end = run.span()
            marks = ["", " ", *run[0], *("-" if _has_mark(run[0]) or run[0] == "." else "")]
            for kept in ([Letter(char, -1) for char in mark] for mark in marks):
                yield Mended(sewn[:start] + kept + sewn[end:], start, "run left out")
    sewn = sewn_with(letters, " ")
    yield from _without_strays(sewn, is_behind=bool(after))
    yield from _without_doubled(sewn, after, ahead)
    if after:
        yield from _with_lost(letters)
    yield from _with_blank(sewn)


def _without_strays(letters: list[Letter], *, is_behind: bool) -> Iterator[Mended]:
    """Yield letters with one of them left out, swapped with the next, or read as a digit."""
    read = read_as(letters)
    for n, char in ((n, char) for n, char in enumerate(read) if char.isalnum()):
        if not (is_behind and _is_short_word(read, n)):
            yield Mended(letters[:n] + letters[n + 1 :], n, "stray left out")
        if in_word(read, n) and in_word(read, n + 1):
            yield Mended([*letters[:n], Letter(" ", -1), *letters[n + 1 :]], n, "lost put in")
        if n:
            swapped = [*letters[: n - 1], letters[n], letters[n - 1], *letters[n + 1 :]]
            yield Mended(swapped, n, "lost put in")
        if char in _ALIKE:
            alike = Letter(_ALIKE[char], letters[n].place)
            yield Mended([*letters[:n], alike, *letters[n + 1 :]], n, "stray left out")


def _without_doubled(letters: list[Letter], after: str, ahead: str) -> Iterator[Mended]:
    """Yield letters without a doubled piece, of which half may stand before or behind them."""
    read = read_as(letters)
    whole = after + read + ahead
    for n in range(len(read)):
        at = len(after) + n
        for length in range(2, min(_DOUBLED, len(read) - n) + 1):
            piece = whole[at : at + length]
            if piece == whole[max(at - length, 0) : at] or whole.startswith(piece, at + length):
                yield Mended(letters[:n] + letters[n + length :], n, "stray left out")


def _with_lost(letters: list[Letter]) -> Iterator[Mended]:
    """Yield letters with a character put into the first piece of them, if it stands apart.

    Or in the place of one that dates do not have. A name ends the piece: behind it begins a title.
    """
    read = read_as(letters)
    if not _may_be_piece(read):
        return
    if piece := _piece(read):
        for n in range(piece[0], piece[1] + 1):
            for char in _LOST:
                mended = [*letters[:n], Letter(char, -1), *letters[n:]]
                yield Mended(mended, n, "lost put in")
    if (wrong := _mistyped(read)) is not None:
        for char in _LOST:
            mended = [*letters[:wrong], Letter(char, -1), *letters[wrong + 1 :]]
            yield Mended(mended, wrong, "lost put in")


def _piece(read: str) -> tuple[int, int] | None:
    """Return where the first piece of a date is in a text, if it stands apart."""
    start = _openings(read)[0]
    if read[start : start + 1] not in _OF_PIECES:
        return None
    end = _run(read, start, _WITH_DASH, _LONGEST)
    return next(((start, n) for n in range(end, start, -1) if _ends(read, n)), None)


def _mistyped(read: str) -> int | None:
    """Return where the character is that does not belong in the first piece of a date."""
    for start in _openings(read):
        n = _run(read, start, _WITH_POINT, _HALF)
        if read[n : n + 1] in _MISTYPED:
            end = _run(read, n + 1, _WITH_POINT, _HALF)
            if any(_ends(read, at) for at in range(n + 1, end + 1)):
                return n
    return None


def _openings(read: str) -> list[int]:
    """Return where a piece may begin: behind at, 至 or a dash, or before it."""
    start = _run(read, 0, frozenset(" ,"), 2)
    if read.startswith("at ", start):
        return [start + 3, start]
    if read[start : start + 1] in set("至到~"):
        return [_run(read, start + 1, frozenset(" "), 1), start]
    return [start]


def _run(read: str, start: int, of: frozenset[str], most: int) -> int:
    """Return where a run of at most so many of these characters ends."""
    end = start
    while end < start + most and read[end : end + 1] in of:
        end += 1
    return end


def _ends(read: str, end: int) -> bool:
    return end == len(read) or read[end] in _ENDS


def _may_be_piece(read: str) -> bool:
    """Return whether a text may begin with a piece of a date in which one character is wrong.

    Its expressions take a while to compile, and a title hardly ever begins so.
    """
    strange = 0
    for char in read.lstrip(" ,"):
        if char in _ENDS:
            break
        strange += char not in _IN_PIECES
        if strange > 1:
            return False
    return True


def _with_blank(letters: list[Letter]) -> Iterator[Mended]:
    """Yield letters with a blank put into each of their words: 23to, Julymorning."""
    read = read_as(letters)
    for n in range(1, len(read)):
        if in_word(read, n):
            yield Mended([*letters[:n], Letter(" ", -1), *letters[n:]], n, "lost put in")


def _is_short_word(read: str, n: int) -> bool:
    """Return whether a letter stands in a short word of letters: and is no “nd”, sung no “sun”."""
    word = next(found for found in _WORD.finditer(read) if found.end() > n)
    return word.start() <= n and word[0].isalpha() and word[0].isascii() and len(word[0]) in _SHORT
