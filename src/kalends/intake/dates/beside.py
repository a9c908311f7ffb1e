"""Checks that no piece of a date or clock time is left right before or after a date.

`mending` finds a longer date by reading again. This module finds pieces that no mending makes
whole: a number alone before the day (31 4 July), a word that is almost part of a date (mornng,
Fridayext), a time of day behind debris (moeks morning).
"""

import re
from operator import ne

from kalends.dates.folding import normalise
from kalends.dates.vocabulary import ENGLISH, MIDNIGHT, NAMES_OF_DAYS, NOON, PARTS, any_of
from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.letters import is_chinese, is_latin
from kalends.intake.vocabulary.tags_and_place import SEAM

_LONG, _LONG_ENOUGH_TO_LACK = 6, 4
_WORDS = tuple(word for word in NAMES_OF_DAYS if len(word) >= _LONG)
_SHORTER = tuple(
    word for word in NAMES_OF_DAYS | {"next", "last"} if _LONG_ENOUGH_TO_LACK <= len(word) < _LONG
)
_NEARLY_NOON = {"oon", "noo", "non", "nono", "onon", "nooon", "nnoon", "noonn"}
_LACKING = (
    _NEARLY_NOON
    | {word[:n] + word[n + 1 :] for word in _SHORTER for n in range(len(word))} - ENGLISH
)
_MISTYPED = ("noon", "july", "june", "next")
_REAL_WORDS = {"soon", "moon", "goon", "loon", "boon", "neon", "noun", "jury", "duly", "tune"} | {
    *("dune", "rune", "text", "nest", "newt", "arch", "marc", "nigh", "midway"),
}
_LETTERS = "bcdefghjklmnopqrstuvwxyz"
_ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyz0123456789"
_LAST_WORD = Pattern(f"([a-z0-9]+)[^a-z0-9一-鿿{SEAM}]*$", needs=_ALPHANUMERIC)
_WORD_THERE = "[^a-z0-9]*(?:(?:of|to|at|on|until|from|and) )?([a-z0-9:]+)"
# Of a text whose first letter is not Chinese; no part of a word that Chinese goes on from.
_FIRST_WORD = Pattern(_WORD_THERE, needs=f"{_ALPHANUMERIC}:")
_FIRST_WORD_BEFORE_CHINESE = Pattern(f"{_WORD_THERE}(?![一-鿿])", needs=f"{_ALPHANUMERIC}:")
_HALF_CLOCK = Pattern(
    "[0-9]{1,2}(?:[ap]|[ap]{2,}m?|[ap]mm+)|[0-9]{1,2}[b-z][0-9]{1,2}|[0-9]+:[0-9:]*(?:[ap]m)?",
    needs="0123456789:",
)
# quiz night, movie night: a night after other words is an event
_TIMES = any_of(*(PARTS.keys() - {"night"}), *NOON, MIDNIGHT, "am", "pm")
_DEBRIS = Pattern(
    rf"[^\w{SEAM}]*?(?:[^\s{SEAM}]+\s+){{0,2}}(?:{_TIMES})\W*?(?:{SEAM}|$)"
    rf"|\W*?分?[0-9]{{1,2}}\W*?{SEAM}",
)
# Nov 2 - 8 to 17: the days from 2 to 8, or the hours from 8 to 17?
_TO_ANOTHER = Pattern(
    r"\s*(?:to|till|until|through)\s*[0-9]{1,2}(?=$|[\s,;.])(?! ?[a-z])",
    needs="0123456789",
    words=("to", "till", "until", "through"),
)
# 14 Aug (3): the hour, the third of several, or how many?
_IN_BRACKETS = Pattern(
    r"\s*[（(【\[]\s*(?:[0-9]{1,2}|[一二三四五六七八九十日天]{1,2})\s*[)）】\]]", needs="（(【["
)
_UNITS_ALONE = Pattern(
    "[^\\w]*[0-9一二三四五六七八九十]*[上下午旬点时号日月]+[0-9一二三四五六七八九十]*"
    "(?![^ ,.;:，。])",
    needs="上下午旬点时号日月",
)
# For English, where there is Chinese: its range takes a millisecond to compile.
_MIXED = Pattern("\\W*[a-z0-9:.]*(?:[a-z0-9][一-鿿]|[一-鿿][a-z0-9])[^\\W_]*")


# A date word with a Chinese character in it: noo三, e三ening.
_GROWN_IN = Pattern("[a-z]*[一-鿿]?[a-z]+[一-鿿]?[a-z]*", needs="abcdefghijklmnopqrstuvwxyz")
_NEAR, _PIECE = 30, 3


def broken(before: str, date: str, behind: str) -> tuple[str, str]:
    """Return the broken pieces before and after a date, empty if there are none.

    Names are marked as seams in the texts before and after.
    """
    left, right = normalise(before), normalise(behind)
    for pattern in (
        _TO_ANOTHER,
        _IN_BRACKETS,
        _DEBRIS,
        _UNITS_ALONE,
        *((_MIXED,) if any(map(is_latin, date)) and any(map(is_chinese, right)) else ()),
    ):
        if piece := pattern.match(right):
            return "", behind[: piece.end()].replace(SEAM, " ").strip()
    if any(map(is_latin, date)):
        if piece := _grown_in(left[-_NEAR:]):
            return piece, ""
        if piece := _grown_in(right[:_NEAR]):
            return "", piece
    last = _LAST_WORD.search(left)
    if last and (_is_nearly(last[1]) or _is_alone(last[1], date)):
        return before[last.start() :].strip(), ""
    first = None if _begins_in_chinese(right) else _first_word(right)
    if first and (_is_nearly(first[1]) or _HALF_CLOCK.fullmatch(first[1])):
        return "", behind[slice(*first.span(1))]
    return "", ""


def _begins_in_chinese(text: str) -> bool:
    """Tell whether a text's first letter is Chinese; then it has no first word to look at."""
    first = next((char for char in text if char in _ALPHANUMERIC or is_chinese(char)), "")
    return is_chinese(first)


def _first_word(text: str) -> re.Match[str] | None:
    has_chinese = any(map(is_chinese, text))
    return (_FIRST_WORD_BEFORE_CHINESE if has_chinese else _FIRST_WORD).match(text)


def _grown_in(text: str) -> str:
    """Return the first date word that has a Chinese character in it."""
    if not any(map(is_chinese, text)):
        return ""
    for found in _GROWN_IN.finditer(text):
        read = "".join(" " if is_chinese(char) else char for char in found[0])
        letters = read.split()
        is_piece = any(
            len(run) >= _PIECE and any(run in word for word in NAMES_OF_DAYS) for run in letters
        )
        if is_piece and " " in read:
            return found[0]
    return ""


def _is_alone(word: str, date: str) -> bool:
    """Return whether it is a number right before another one, or a letter that is not a word."""
    return (word.isdigit() and date[:1].isdigit()) or (len(word) == 1 and word in _LETTERS)


def _is_nearly(word: str) -> bool:
    """Return whether a word is a date word except for one letter or an appended ending."""
    if word in _LACKING or any(_differ_in_one(word, known) for known in _MISTYPED):
        return word not in _REAL_WORDS
    return any(
        word != known
        and (
            (word.startswith(known) and word != f"{known}s")
            or not _with_one_less(word).isdisjoint(_with_one_less(known))
        )
        for known in _WORDS
        if abs(len(word) - len(known)) <= 1 or word.startswith(known)
    )


def _differ_in_one(word: str, known: str) -> bool:
    return len(word) == len(known) and sum(map(ne, word, known)) == 1


def _with_one_less(word: str) -> set[str]:
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}
