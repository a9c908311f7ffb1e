"""Reads how many took part from the end of a title that may say so (`headcount`)."""

import re
import string
import unicodedata

from kalends.domain.patterns import Pattern
from kalends.intake.headcount_cell import ABOUT, ROUGHLY, WIDE, exact_count
from kalends.intake.vocabulary.persons import PERSONS, PERSONS_CHINESE
from kalends.intake.vocabulary.tags_and_place import tidy

# 1,200 is one number; in 社区1，200人 nobody can tell, so a mark between two digits begins none.
_COUNT = r"(\d{1,3}(?:[,，]\d{3})+|\d{1,7})(?![\d,，])"
_APART = r"(?<!\d)[\s,，;；。]+"
_MARKED = r"(?<!\d)\s*(?:[,，;；。]|(?<!\bno)\.(?=\s))\s*"
_TOTAL = "一共有?|总共有?|共计|共有|共|合计|总计|计"
_PERSONS = "[名位个]?人次?"
_PERSONS_ENGLISH = f"(?:{'|'.join(PERSONS)})"
_SOME = f"{_PERSONS_ENGLISH}(?: and {_PERSONS_ENGLISH})?"
_SOME_CHINESE = f"(?:{'|'.join(PERSONS_CHINESE)}){{1,2}}"
_CAME = "(?:参加|参与|参会|参训|受训|参赛|到会|到场|出席|来|去)了?"
_DONE = (
    "(?:服务|出动|组织|吸引|惠及|接待|发动|动员|培训|受益|覆盖|投入|招募|带动"
    "|接诊|义诊|体检|接种|检测)了?"
)
_DONE_TO = (
    "慰问|表彰|抓获|查处|处罚|拘留|查获|救出|救助|资助|帮扶|录用|招聘|教育|走访|检查|劝返|转移"
)
_SAID_BEFORE = f"(?:{_DONE}|{_CAME})(?:{_SOME_CHINESE})?"
_PLAIN_PERSONS = "(?:people|persons|ppl|pax|participants|attendees)"
_ATTENDED = "(?:attended|took part|participated)"
_EXACT = (
    rf"{_APART}(?:{_TOTAL})? ?{_COUNT}{_PERSONS}(?:参加|参与|到场|到会)",
    rf"{_APART}(?:{_TOTAL}) ?{_COUNT}{_PERSONS}",
    rf"{_MARKED}{_COUNT}{_PERSONS}",
    # Behind a blank, but not who something was done to: 慰问 12人.
    rf"(?<=[一-鿿）)])(?<!{_DONE_TO})\s+{_COUNT}人",
    rf"{_APART}(?:参加|参与|参会|到会|出席)(?:人数)?[:：]? ?{_COUNT}人?",
    rf"{_APART}人数[:：为]? ?{_COUNT}人?",
    rf"{_APART}{_CAME}(?:人数[:：]?)? ?{_COUNT}{_PERSONS}",
    rf"\s*[（(](?:{_TOTAL})? ?{_COUNT}{_PERSONS}(?:参加|参与)?[）)]",
    rf"\s*\({_COUNT} {_PLAIN_PERSONS}\)",
    rf"{_MARKED}{_COUNT} {_PLAIN_PERSONS}(?: {_ATTENDED})?",
    rf"{_MARKED}{_COUNT} (?:{_PLAIN_PERSONS} )?(?:present|in attendance|came|{_ATTENDED})",
    rf"{_APART}(?:with |attended by ){_COUNT} {_PLAIN_PERSONS}",
    rf"{_APART}(?:headcount|attendance)[:：]? ?{_COUNT}",
    rf"(?<=\s)[-–—]\s+{_COUNT} {_PLAIN_PERSONS}",
)
# The number alone would say less than these: the words are kept as well.
_MORE_SAID = (
    rf"{_MARKED}(?!每|其中|人均|平均)[一-鿿]{{2,12}}?(?<!每户)(?<!每组)(?<![一二三四五六七八九十百千万几][到至或]){_COUNT}{_PERSONS}(?:参加|参与|参会|参训|到会|到场|出席|听讲|听课|观看)",
    rf"{_APART}(?:{_TOTAL})?{_COUNT}[名位][一-鿿]{{1,8}}?(?:参加|参与)",
    rf"{_MARKED}{_SOME_CHINESE}{_COUNT}(?:{_PERSONS}|[名位])(?:参加|参与)?",
    rf"{_APART}{_SAID_BEFORE} ?{_COUNT}(?:{_PERSONS}|[名位])(?:参加|参与)?",
    rf"(?:{_MARKED}|(?<=\s)[-–—]\s+){_COUNT} {_SOME}(?: {_ATTENDED})?",
    rf"\s*\({_COUNT} {_SOME}\)",
    rf"{_APART}attended by {_COUNT} {_SOME}",
)
_SAID = (
    rf"(?P<mark>{_MARKED}|\s*[（(]|{_APART})(?P<words>(?P<with>(?:with|attended by) )?"
    rf"(?:{_SAID_BEFORE}|{_SOME_CHINESE})?{ROUGHLY} ?"
    r"(?:(?P<people>(?:[名位个]?人(?:次|员)?|people|persons?|participants?|attendees?) ?"
    r"(?:[余多来几+]|左右|上下|以上|以下|以内|不到|or so|or more|plus)?)"
    rf"|[名位][一-鿿]{{1,8}}?|(?P<some>{_SOME}))?"
    "(?P<attended> ?(?:参加|参与|参会|到会|到场|出席|attended|took part|participated))?)[）)]?"
)
_PLAIN = Pattern(f"(?:{'|'.join(_EXACT)})$")
_SAYING_MORE = Pattern(f"(?:{'|'.join(_MORE_SAID)})$")
_ABOUT_A_NUMBER = Pattern(f"{_SAID}$")
# One count of several: 老师30人，学生20人; 30 pupils, 20 teachers.
_ANOTHER = Pattern(
    rf"(?:^|[,，;；、])\s*(?:{_SOME_CHINESE})?{_COUNT}"
    rf"(?:{_PERSONS}|[名位]| {_SOME})(?:[一-鿿]{{1,2}})?$"
)
# Before a number these make a rough one of it, or the last of two: 约 200人, 20 - 30人.
_ROUGH = Pattern(rf"(?:{ABOUT}|[-–—~～至到或、0-9]|\b(?:to|or|and))\s*$")
_ROUGHLY_WITHIN = Pattern(rf"{ABOUT}\s*$")
_AROUND = " ,，;；。.()（）-–—"
_FOLDED = WIDE | str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def read_headcount(title: str) -> tuple[str, int | None, str | None]:
    """Return a title without the headcount at its end, the count, and the words worth keeping."""
    folded = title.translate(_FOLDED)
    for pattern in (_PLAIN, _SAYING_MORE):
        counted = pattern.search(folded)
        before = title[: counted.start()].strip() if counted else ""
        if counted and before and _ANOTHER.search(before.translate(_FOLDED)):
            return title, None, None
        if counted and before and not _is_rough(folded, counted):
            count = next(number for number in counted.groups() if number)
            said = title[slice(*counted.span())].strip(_AROUND)
            digits = unicodedata.normalize("NFKC", count).replace(",", "")
            return tidy(before), int(digits), None if pattern is _PLAIN else said
    said_about = _ABOUT_A_NUMBER.search(folded)
    if said_about is None:
        return title, None, None
    before = folded[: said_about.start()].strip()
    is_apart = said_about["mark"].strip() and (said_about["people"] or said_about["some"])
    is_said = is_apart or said_about["attended"] or (said_about["with"] and said_about["people"])
    if not is_said or not before or _ROUGH.search(before):
        return title, None, None
    words = title[slice(*said_about.span("words"))].strip()
    number = exact_count(words)
    left = title[: said_about.start()]
    if left.translate(_FOLDED).count("(") > left.translate(_FOLDED).count(")"):
        left += ")"  # (幸福敬老院，35人)
    return tidy(left), number, words if number is None else None


def _is_rough(folded: str, counted: re.Match[str]) -> bool:
    """Return whether words before a count, or before its number, make it a rough one."""
    number = next(place for place in range(1, len(counted.groups()) + 1) if counted[place])
    return bool(
        _ROUGH.search(folded[: counted.start()].strip())
        or _ROUGHLY_WITHIN.search(folded[: counted.start(number)])
    )
