"""Finds dates that are only about a day: 12月6日左右, around 6 December. They are asked about."""

import re

from kalends.dates.reader import DateContext, read_prefix
from kalends.domain.errors import KalendsError, UnreadableDateError, VagueDateError
from kalends.domain.patterns import Pattern
from kalends.domain.value import Value
from kalends.intake.vocabulary.tags_and_place import SEAM

_CLOCKS = {"zh-time", "en-time"}
_CHINESE = Pattern(
    "(?:大约|大概|大致|约莫|(?<![预相邀签条合节公契简])约)(?:在|于)?(?=[0-9一二三四五六七八九十])",
    needs="大约",
)
_ENGLISH = Pattern(
    r"\b(?:(?:some ?time )?around|about|circa|ca?\.|approximately|approx\.?|roughly)\s+"
    r"(?:the )?(?=[0-9]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? [0-9])",
    re.IGNORECASE,
    words=("around", "about", "circa", "c.", "ca.", "approx", "roughly"),
)
_OR_SO = Pattern(r"\s*(?:or so|or thereabouts)\b", re.IGNORECASE)
_ABOUT = {"左右", "前后", "上下"}


class Approximate(Value):
    """Where an approximate date begins and ends in a text, and the word that makes it one."""

    start: int
    end: int
    part: str


def approximate(text: str, context: DateContext) -> Approximate | None:
    """Return the first date of a text that a word makes approximate, or None."""
    for before in (*_CHINESE.finditer(text), *_ENGLISH.finditer(text)):
        if length := _date(text[before.end() :], context):
            return Approximate(
                start=before.start(), end=before.end() + length, part=before[0].strip()
            )
    begins = len(text) - len(text.lstrip())
    length = _date(text[begins:], context) if " or " in text.casefold() else 0
    behind = _OR_SO.match(text, begins + length) if length else None
    return Approximate(start=begins, end=behind.end(), part=behind[0].strip()) if behind else None


def vague(error: UnreadableDateError, rest: str) -> VagueDateError | None:
    """Return the refusal of a day that a word behind it makes approximate, or None."""
    said, part = str(error.fields["text"]), str(error.fields["part"])
    is_behind = part in _ABOUT and f"{said}{part}" in rest
    return VagueDateError(text=f"{said}{part}", part=part) if is_behind else None


def _date(text: str, context: DateContext) -> int:
    try:
        dated = read_prefix(text.replace(SEAM, " "), context)
    except KalendsError:
        return 0
    return 0 if dated is None or dated[0].rule in _CLOCKS else dated[1]
