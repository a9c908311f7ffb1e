"""Reads the headcount at the end of a sentence.

Only an exact number is a headcount. What is about a number (约200人, about 200 people) is kept in
words, as it is in tables (`headcount_cell`).
"""

import re
import unicodedata

from kalends.domain.errors import FieldTypeError
from kalends.domain.patterns import Pattern
from kalends.intake.headcount_cell import (
    ABOUT,
    ATTENDING,
    COUNTED,
    PERSONS_ENGLISH,
    WIDE,
    headcount_of,
)
from kalends.intake.tags_and_place import tidy

# 1,200 is one number; in 社区1，200人 nobody can tell, so a mark between two digits begins none.
_COUNT = r"(\d{1,3}(?:[,，]\d{3})+|\d{1,7})(?![\d,，])"
_APART = r"(?<!\d)[\s，,；;]+"
_MARKED = r"(?<!\d)\s*[，,；;]\s*"
_TOTAL = "共计|共有|共|合计|总计"
_PERSONS = "[名位]?人次?"
_ATTENDED = "(?:attended|took part|participated)"
_EXACT = (
    rf"{_APART}(?:{_TOTAL})? ?{_COUNT}{_PERSONS}(?:参加|参与|到场|到会)",
    rf"{_APART}(?:{_TOTAL}) ?{_COUNT}{_PERSONS}",
    rf"{_MARKED}{_COUNT}{_PERSONS}",
    rf"{_APART}(?:参加|参与|参会|到会|出席)(?:人数)?[:：]? ?{_COUNT}人?",
    rf"\s*[（(](?:{_TOTAL})? ?{_COUNT}{_PERSONS}(?:参加|参与)?[）)]",
    rf"\s*\({_COUNT} (?:people|participants|attendees)\)",
    rf"{_MARKED}{_COUNT} (?:people|participants|attendees)(?: {_ATTENDED})?",
    rf"{_APART}(?:with |attended by ){_COUNT} (?:people|participants|attendees)",
    rf"(?<=\s)[-–—]\s+{_COUNT} (?:people|participants|attendees)",
)
# The number alone would say less than these: the words are kept as well.
_MORE_SAID = (
    rf"{_APART}(?:{_TOTAL})?{_COUNT}[名位][一-鿿]{{1,8}}?(?:参加|参与)",
    rf"{_MARKED}{_COUNT} {PERSONS_ENGLISH} {_ATTENDED}",
)
_ROUGHLY = (
    rf"{_MARKED}({COUNTED})",
    rf"\s*[（(]({COUNTED}|{ATTENDING})[）)]",
    rf"{_APART}({ATTENDING})",
    rf"{_APART}((?:with|attended by) {COUNTED})",
)
# Each of these holds one of these words; they are looked for first, as the patterns of these many
# alternatives take long to compile.
_WORDS = ("人", "参", "到", "出席", "people", "person", "part", "attend")
_LAST = frozenset("人次加与场会席右下上内多余几来到)）estdn+")  # the last characters of all these
_PLAIN = Pattern(f"(?:{'|'.join(_EXACT)})$", re.IGNORECASE)
_SAYING_MORE = Pattern(f"(?:{'|'.join(_MORE_SAID)})$", re.IGNORECASE)
_ABOUT_A_NUMBER = Pattern(f"(?:{'|'.join(_ROUGHLY)})$", re.IGNORECASE)
# Before a number these make a rough one of it, or the last of two: 约 200人, 20 - 30人.
_ROUGH = Pattern(rf"(?:{ABOUT}|[-–—~～至到或、0-9]|\b(?:to|or|and))\s*$", re.IGNORECASE)


def take_headcount(title: str) -> tuple[str, int | None, str | None]:
    """Return a title without the headcount at its end, the count, and the words worth keeping.

    约200人参加 is no count, and its words are kept. What stands behind no mark and does not say
    that they took part (社区200多人) stays in the title.
    """
    if title[-1:].casefold() not in _LAST and not title[-1:].isdigit():
        return title, None, None
    if not any(word in title.casefold() for word in _WORDS):
        return title, None, None
    for pattern in (_PLAIN, _SAYING_MORE):
        counted = pattern.search(title)
        before = title[: counted.start()].strip() if counted else ""
        if counted and before and not _ROUGH.search(before):
            count = next(number for number in counted.groups() if number)
            words = None if pattern is _PLAIN else counted[0].strip(" ,，；;")
            digits = unicodedata.normalize("NFKC", count).replace(",", "")
            return tidy(before), int(digits), words
    said = _ABOUT_A_NUMBER.search(title.translate(WIDE))
    before = title[: said.start()].strip() if said else ""
    if said is None or not before or _ROUGH.search(before):
        return title, None, None
    words = next(
        title[slice(*said.span(n))].strip() for n in range(1, len(_ROUGHLY) + 1) if said[n]
    )
    count = _exactly(words)
    return tidy(before), count, words if count is None else None


def _exactly(words: str) -> int | None:
    """Return the number that words are, None where they are about one: 三十人, not 三十多人."""
    try:
        return headcount_of(words)
    except FieldTypeError:
        return None
