"""Reads the headcount at the end of a sentence."""

import re
import unicodedata

from kalends.domain.patterns import Pattern
from kalends.intake.tags_and_place import tidy

# 1,200 is one number; in 社区1，200人 nobody can tell, so a mark between two digits begins none.
_COUNT = r"(\d{1,3}(?:[,，]\d{3})+|\d{1,7})(?![\d,，])"
_APART = r"(?<!\d)[\s，,；;]+"
_MARKED = r"(?<!\d)\s*[，,；;]\s*"
_ABOUT = "共约|约|近|超过|超|逾|不少于|大约"
_ABOUT_ENGLISH = "about|around|some|nearly|over|almost|more than|up to|at least"
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
# The number alone would say more, or less, than these: the words are kept as well.
_MORE_SAID = (
    rf"{_APART}(?:{_ABOUT})?{_COUNT}[余多]?{_PERSONS}(?:参加|参与)",
    rf"{_APART}(?:{_ABOUT}|{_TOTAL})?{_COUNT}[余多]?[名位][一-鿿]{{1,8}}?(?:参加|参与)",
    rf"{_MARKED}(?:(?:{_ABOUT_ENGLISH}) )?{_COUNT} people {_ATTENDED}",
    rf"{_MARKED}{_COUNT} [a-z]+ {_ATTENDED}",
)
# Each of these holds one of these words; they are looked for first, as the patterns of these many
# alternatives take long to compile.
_WORDS = ("人", "参", "到", "出席", "people", "part", "attend")
_LAST = frozenset("人次加与场会)）estd")  # the last characters of all these
_PLAIN = Pattern(f"(?:{'|'.join(_EXACT)})$", re.IGNORECASE)
_SAYING_MORE = Pattern(f"(?:{'|'.join(_MORE_SAID)})$", re.IGNORECASE)


def take_headcount(title: str) -> tuple[str, int | None, str | None]:
    """Return a title without the headcount at its end, the count, and the words worth keeping.

    约200人参加 is 200, and its words stay: the number alone would say more than was said. What
    does not say that they took part and is not exact (约30人, 三十多人), and what holds no number
    of its own (近百人参加, 120至150人参加), stays in the title.
    """
    if title[-1:].casefold() not in _LAST and not title[-1:].isdigit():
        return title, None, None
    if not any(word in title.casefold() for word in _WORDS):
        return title, None, None
    for pattern in (_PLAIN, _SAYING_MORE):
        counted = pattern.search(title)
        if counted and title[: counted.start()].strip():
            count = next(number for number in counted.groups() if number)
            words = None if pattern is _PLAIN else counted[0].strip(" ,，；;")
            digits = unicodedata.normalize("NFKC", count).replace(",", "")
            return tidy(title[: counted.start()]), int(digits), words
    return title, None, None
