"""Leaves out the number or sign that a list has before a sentence: 3、…, （三）…, ①…, - …."""

import re

from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.naming import Names

_DIGITS, _NUMERALS = "0123456789", "一二三四五六七八九十"
_COUNT = f"(?:[0-9]{{1,3}}|[{_NUMERALS}]{{1,3}})"
_MARKS = "、.．)）\t|｜ \u3000"
# The number that is surely one of a list, and that which may as well begin a date: 3、14日.
_SURE = Pattern(
    f"(?:(?:序号|编号)[:：]?\\s*[0-9]{{1,3}}(?![0-9月日号])|第{_COUNT}[项条]|[（(]{_COUNT}[)）]|[①-⑳❶-❿]"
    f"|[0-9]{{1,3}}[)）])[\\s:：;；,，、.]*"
)
_COLUMN = Pattern(r"[0-9]{1,3}(?:\t|\s*[|｜]|\s{2,})\s*")
_MAYBE = Pattern(f"{_COUNT}[、.．]\\s*")
_DATE = Pattern(
    r"(?:20[0-9]{2}[年./-])?[0-9]{1,2}月[0-9]{1,2}[日号]|20[0-9]{2}[年./-][0-9]|[0-9]{1,2}/[0-9]"
)
# The number may be its day or its month: 25 | July, 7) July, 12 | 25日.
_OF_DATE = Pattern(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b(?!\.? ?[0-9])"
    r"|[0-9]{1,2}(?:[日号]|\s*[|｜\t])",
    re.IGNORECASE,
)
_COLUMNS = 3
_BOXES = {"x]", "X]", " ]", "✓]", "√]"}
_BULLETS = frozenset("-–—*•·▪●○◦‣")


def without_number(text: str, names: Names) -> str:
    """Return a text without the number of its place in a list, or the sign before it."""
    said = text.lstrip()
    if said[:1] in _BULLETS and said[1:2].isspace():
        text = said = said[1:].lstrip()
    if said[:1] == "[" and said[1:3] in _BOXES:
        text = said = said[3:].lstrip()
    if not _may_be_numbered(said):
        return text
    number = _COLUMN.match(said)
    if number is not None:
        mark = next(mark for mark in ("\t", "|", "｜", "  ") if mark in number[0])
        cells = [cell for cell in said.split(mark) if cell.strip()]
        number = number if len(cells) >= _COLUMNS else None
    else:
        number = _SURE.match(said) or _before_date_or_name(said, names)
    if number is None or _OF_DATE.match(said, number.end()):
        return text
    return said[number.end() :]


def _before_date_or_name(text: str, names: Names) -> re.Match[str] | None:
    """Return a number that may begin a date, if a whole date or a department is behind it."""
    maybe = _MAYBE.match(text)
    is_number = maybe and (_DATE.match(text, maybe.end()) or names.at(text, maybe.end()))
    return maybe if is_number else None


def _may_be_numbered(text: str) -> bool:
    """Return whether a text may begin so: for all others no pattern is compiled."""
    behind = text.lstrip(_DIGITS)
    if len(behind) < len(text):
        return behind[:1] in _MARKS and not (
            "." in behind[:1] and behind[1:2].isdigit() and "月" not in behind[:4]
        )
    if text[:1] in _NUMERALS:
        return text.lstrip(_NUMERALS)[:1] in {"、", ".", "．"}
    return text[:1] in "序编第（(" or "①" <= text[:1] <= "❿"
