"""Finds torn dates: dates that would be longer if the text beside them were mended.

A name, a tag, marks or a stray character in the middle of a date leave a shorter date that is
read without a word: 7.1市教育局 4走访, July 14 at 3lpm. So what stands beside the date is mended
in turn (`mending`), and the text is read again. Where a longer date appears, the date is asked
about. What is a quantity (4个社区, 4 schools) completes no date.
"""

import re
from collections.abc import Callable
from itertools import chain

from kalends.dates.folding import normalise
from kalends.dates.reader import DateContext, Reading, read_prefix
from kalends.dates.scanner import nowhere
from kalends.dates.vocabulary import DATES_HOLD, OF_A_NOUN
from kalends.domain.errors import KalendsError
from kalends.domain.patterns import Pattern
from kalends.domain.value import Value, replace
from kalends.intake.dates import mending
from kalends.intake.dates.beside import broken
from kalends.intake.dates.each_day import EACH_DAY
from kalends.intake.dates.mending import Mended
from kalends.intake.vocabulary.letters import (
    Letter,
    is_latin,
    located,
    read_as,
    sewn_with,
    text_of,
    without_names,
)
from kalends.intake.vocabulary.naming import Names
from kalends.intake.vocabulary.tags_and_place import SEAM

_LONGEST = 200
_MEASURES = (
    "[万亿倍米吨件家户名人个次份元斤克升亩平岁张条间座栋楼幢层级班届版折度℃%‰寸码台辆把只支株棵本篇场"
    "处位类项批组队轮套片块村县镇乡街道路巷里对进后代院校所场+＋·周星]|公里|公斤|小时|工作日|立方"
)
_COUNTED = Pattern(
    f"[a-z]| ?(?:{_MEASURES}|[a-z]+s(?![a-z])|(?:people|children|men|women)(?![a-z]))|[.%][0-9]"
)
_OTHER_WORD = Pattern("底[商线数盘价栋]|末班|初[一二三中级]|整", needs="底末初整")
_NUMBER_AT_END = Pattern("[0-9一二三四五六七八九十两]$")
_DANGLING = frozenset(":/\\_|：／")
_APART = Pattern(r"\s*([-./~:])\s*", needs="-./~:")
# 早高峰护学 is what happened, no morning; 全天 says no more than the day.
_CHINESE_NOUN = Pattern(
    "[早晚](?:高峰|市|餐|饭|读|操|会|课|自习|班|间课)|[午夜](?:餐|饭|休|市)|下午茶|[全整]天|全日",
    needs="早晚午夜全整",
)
_QUOTED = Pattern(f'[ ,，:：{SEAM}]*[“"《「『‘]([^”"》」』’]+)[”"》」』’]', needs='“"《「『‘')
_OF_A_NOUN = Pattern(
    rf"[^\w{SEAM},]*([{SEAM},]?)\W*?{OF_A_NOUN}",
    words=("night", "evening", "afternoon", "arvo", "lunchtime"),
)
# Room 4, 14 July: the number has a name of its own.
_NUMBERED = Pattern(
    r"(?<!\w)(?:room|block|gate|class|hall|building|unit|floor|grade|year|court|lane|line|bus|route|zone"
    r"|ward|station|no\.?) [0-9]{1,3}[a-z]?\s*[,;:–—-]?\s*$",
    re.IGNORECASE,
    needs="0123456789",
)
_HALF_ALONE = Pattern(r"[ ,][ap]\.?m?$")
_REACH = 24  # how many characters before the date may belong to it


class Torn(Value):
    """The pieces of a torn date as typed, and those beside the date that was read."""

    pieces: tuple[str, ...]
    beside: tuple[str, ...]


def torn(text: str, read: Reading, names: Names, context: DateContext) -> Torn | None:
    """Return the pieces of a longer date that can be read if the text is mended, or None.

    `read` is the date that was read. None where it does not stand in the text.
    """
    spans = located(text, read.when.text)
    if not spans:
        return None
    first, last = spans[0][0], spans[-1][1]
    said = text[first:last]
    letters = without_names(text, spans, names)
    inside = {place for span in spans for place in range(*span)}
    at = [n for n, letter in enumerate(letters) if letter.place in inside]
    date = letters[at[0] : at[-1] + 1]
    before, behind = letters[: at[0]][-_REACH:], letters[at[-1] + 1 :][:_LONGEST]
    if numbered := _NUMBERED.search(text_of(before)):
        before = before[: numbered.start()]
    of_a_noun = _OF_A_NOUN.match(read_as(behind))
    is_days = read.when.precision == "days"
    is_noun = _CHINESE_NOUN.match(text_of(behind).lstrip(f" {SEAM},，;；"))
    is_each_day = is_days and EACH_DAY.match(text_of(behind).lstrip(f" {SEAM}"))
    quoted = _QUOTED.match(text_of(behind))
    is_quoted = quoted is not None and not DATES_HOLD.issuperset(quoted[1])
    if is_each_day or is_quoted or is_noun or (of_a_noun and (of_a_noun[1] or is_days)):
        behind = []  # the title: no date goes on there
    if _is_read_otherwise(date, read, context) or _is_through_tag(said, read, context):
        return _torn_pieces(text, date, letters, set())
    for mended in chain(
        mending.behind(date, behind),
        mending.before(date, before, behind),
        mending.overlapping(date, behind),
    ):
        found = _longer(mended, inside, context)
        if found:
            return _torn_pieces(text, found, letters, inside)
    left, right = broken(text_of(before), said, text_of(behind))
    beside = tuple(piece for piece in (left, right) if piece)
    whole = (left, read.when.text, right)
    return Torn(pieces=tuple(piece for piece in whole if piece), beside=beside) if beside else None


def _without_dangling(text: str) -> str:
    """Return a text with blanks for marks on which nothing follows: 14 July/ to 15 July."""
    ends = (*map(str.isspace, text[1:]), True)
    pairs = zip(text, ends, strict=False)
    return "".join(" " if is_end and char in _DANGLING else char for char, is_end in pairs)


def _longer(mended: Mended, inside: set[int], context: DateContext) -> list[Letter]:
    """Return the letters of a date that is longer than the one that was read, or none."""
    text = text_of(mended.letters).replace(SEAM, " ")
    start = next(n for n, letter in enumerate(mended.letters) if letter.place in inside)
    text = text[:start] + _without_dangling(text[start:])

    def named(at: int) -> bool:
        return mended.way == "run left out" and at < len(text) and "\u4e00" <= text[at] <= "\u9fff"

    found = _read(text, context, named)
    if found is None or not _goes_through(mended, text, found[1]):
        return []
    date = mended.letters[: found[1]]
    beside = [
        letter
        for letter in date
        if letter.place not in inside and letter.char.isalnum() and letter.place >= 0
    ]
    if not beside or any(letter.place in inside for letter in mended.letters[found[1] :]):
        return []
    if mended.way != "run left out" and _HALF_ALONE.search(read_as(date)):
        return []  # July 14 at 3 lacks no am
    if date[-1] is not beside[-1]:
        return date
    read = normalise(text)
    from kalends.dates.festivals import festivals  # noqa: PLC0415 - few dates get so far

    if text[found[1] - len(beside) : found[1]] in festivals():
        return []  # 12月4日宪法日: the name of the same day
    is_number = _NUMBER_AT_END.search(read[: found[1]]) and _COUNTED.match(read, found[1])
    return [] if is_number or _OTHER_WORD.match(read, found[1] - 1) else date


def _goes_through(mended: Mended, text: str, end: int) -> bool:
    """Return whether a date that ends there holds what was mended, and ends with a word."""
    place, way = mended.place, mended.way
    is_apart = not text[end : end + 1].isalnum()
    if way == "stray left out" and end == place:
        return is_apart and is_latin(text[place - 1])  # 2pmO, not 5G
    return end > place and (is_apart or way != "lost put in")


def _is_read_otherwise(date: list[Letter], read: Reading, context: DateContext) -> bool:
    """Return whether a date is another one without the tags and blanks inside: 2020 -07-14."""
    sewn = text_of(sewn_with(date, ""))
    joined = _APART.sub(r"\1", sewn)
    meant = replace(read.when, text="")
    return any(
        found[1] == len(text) and replace(found[0].when, text="") != meant
        for text in {sewn, joined} - {text_of(date)}
        if (found := _read(text, context, nowhere))
    )


def _is_through_tag(said: str, read: Reading, context: DateContext) -> bool:
    """Return whether a tag stands within the days, not before the hours: 1 - #tag 4 July."""
    if SEAM not in said:
        return False
    found = _read(said[: said.index(SEAM)], context, nowhere)
    days = read.when.first_day, read.when.last_day
    return found is None or (found[0].when.first_day, found[0].when.last_day) != days


def _read(
    text: str, context: DateContext, named: Callable[[int], bool]
) -> tuple[Reading, int] | None:
    """Return the date with which a text begins; None too where that is refused."""
    try:
        return read_prefix(text, context, named=named)
    except KalendsError:
        return None


def _torn_pieces(text: str, date: list[Letter], letters: list[Letter], inside: set[int]) -> Torn:
    """Return the pieces of a longer date: split where a name stands, and what was not read."""
    seen = {letter.place for letter in letters if letter.char != SEAM}
    pieces: list[list[int]] = []
    for place in sorted(letter.place for letter in date if letter.place >= 0):
        between = range(pieces[-1][-1], place) if pieces else ()
        if pieces and seen.issuperset(between):
            pieces[-1].append(place)
        else:
            pieces.append([place])
    shown = (text[piece[0] : piece[-1] + 1].strip() for piece in pieces)
    beside = ([place for place in piece if place not in inside] for piece in pieces)
    return Torn(
        pieces=tuple(piece for piece in shown if piece),
        beside=tuple(text[piece[0] : piece[-1] + 1].strip() for piece in beside if piece),
    )
