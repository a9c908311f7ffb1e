"""Whether a date was torn: mended, what stands beside it would be read with it.

A name, a tag, marks or a stray character in the middle of a date leave a shorter date that is
read without a word: 7.1市教育局 4走访, July 14 at 3lpm. So what stands beside the date is taken
out in turn, and the text is read again. Where a longer date appears, the date is asked about.

    run     = { mark | blank | department with its joining words | tag | place }
    mended  = one run left out, or one mark of it kept
            | one stray character left out, or read as the digit that it looks like (l, I, O)
            | one doubled piece left out (2p2pm)

What is a quantity (4个社区, 4 schools) completes no date.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from kalends.dates.folding import normalise
from kalends.dates.reader import Context, read_prefix
from kalends.domain.errors import KalendsError
from kalends.intake.marks import SEAM
from kalends.intake.naming import Names

_REACH = 14  # characters beside the date that may belong to it
_DOUBLED = 10
_JOINING = re.compile(
    r"(?:[\s、/&／＆+＋·・,，]|以及|联合|会同|共同|携手|和|与|及|(?:and|with|the)\b)*",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:由|\b(?:by|the))\s*$", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s*(?:等(?:有关|相关)?[0-9一二两三四五六七八九十]*个?(?:部门|单位))?"
    r"(?:牵头|主办|承办|协办|参加|参与|配合|协同|协助)?"
)
_MEASURES = (
    "[万亿倍米吨件家户名人个次份元斤克升亩平岁张条间座栋楼幢层级班届版折度℃%‰寸码台辆把只支株棵本篇场"
    "处位类项批组队轮套片块村县镇乡街道路巷里对进后代院校所场+＋·周星]|公里|公斤|小时|工作日|立方"
)
_COUNTED = re.compile(
    f"[a-z]| ?(?:{_MEASURES}|[a-z]+s(?![a-z])|(?:people|children|men|women)(?![a-z]))|[.%][0-9]"
)
_OTHER_WORD = re.compile("底[商线数盘价栋]|末班|初[一二三中级]")
_NUMBER_AT_END = re.compile("[0-9一二三四五六七八九十两]$")
_GOES_ON = re.compile(
    "(?:st|nd|rd|th)(?![a-z])|[^0-9a-z一-鿿〇]*(?:[0-9一二三四五六七八九十廿卅〇两年月日号点时分半刻周星礼天初末底上中下旬"
    "午早晚前后凌清傍深正夜至到季度]|[ap]\\.?m|at |from |to |until |till |of |on |in |"
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|"
    "morn|after|even|noon|mid|night|ago|later|o'?clock|h[0-9])"
)
_BEGINS = re.compile(
    "(?:[0-9]|[一二三四五六七八九十廿卅〇两年月日号周星期礼拜初末底上中下旬大前后今明昨本去每个至到从]|"
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)"
    "(?:day)?|next|last|this|coming|the|of|on|in|from|a|one|two|three|four|five|six|early|mid|late|"
    r"end|first|second|third|quarter|half|weeks?|days?|months?|year|st|nd|rd|th|[\W_])+"
)
_MARK = re.compile("[^\\s\\w,，.。、;；:：\x1f]|_")
_WORD = re.compile("[a-z0-9]+|[^a-z0-9]")
_SHORT = 4
_RUN = re.compile(r"[\W_]+")
_SEAMS = re.compile(f"\\s*{SEAM}\\s*")
_ALIKE = {"l": "1", "i": "1", "|": "1", "o": "0"}


class Torn(NamedTuple):
    """The pieces of a torn date as they were typed, and those that stand beside what was read."""

    pieces: tuple[str, ...]
    beside: tuple[str, ...]


class _Letter(NamedTuple):
    """A character that is read, and its place in the text; -1 where it stands for a run."""

    char: str
    place: int


class _Mended(NamedTuple):
    """Letters mended, and the place among them where they were.

    `is_run`: a run was taken out, behind which the rest of the sentence may begin at once.
    """

    letters: list[_Letter]
    cut: int
    is_run: bool


def torn(text: str, said: str, names: Names, context: Context) -> Torn | None:
    """Return the pieces of a longer date that is read when the text is mended, or None.

    `said` is the date that was read. None where it does not stand in the text.
    """
    spans = _located(text, said)
    if not spans:
        return None
    letters = _without_names(text, spans, names)
    inside = {place for span in spans for place in range(*span)}
    at = [n for n, letter in enumerate(letters) if letter.place in inside]
    date = letters[at[0] : at[-1] + 1]
    before, behind = letters[: at[0]][-_REACH:], letters[at[-1] + 1 :]
    for mended in chain(_behind(date, behind), _before(date, before, behind)):
        found = _longer(mended, inside, context)
        if found:
            return _torn_pieces(text, found, letters, inside)
    return None


def _located(text: str, said: str) -> list[tuple[int, int]]:
    """Return where the words of a date stand in a text: together, or its hours further on."""
    words = [re.escape(word) for word in said.split()]
    for n in range(len(words), 0, -1):
        first, last = r"\s+".join(words[:n]), r"\s+".join(words[n:])
        found = re.search(f"({first}).*?({last})", text, re.DOTALL)
        if found is not None:
            return [found.span(1)] + ([found.span(2)] if last else [])
    return []


def _without_names(text: str, spans: list[tuple[int, int]], names: Names) -> list[_Letter]:
    """Return the characters of a text, with a seam for each run of names."""
    letters: list[_Letter] = []
    place = 0
    while place < len(text):
        inside = next((span for span in spans if span[0] <= place < span[1]), None)
        end = 0 if inside or _in_word(text, place) else _names_end(text, place, names)
        if end and not any(place <= span[0] < end for span in spans):
            while letters and (by := _BEFORE.search("".join(char for char, _ in letters))):
                del letters[by.start() :]
            letters.append(_Letter(SEAM, place))
            place = end
        else:
            letters.append(_Letter(text[place], place))
            place += 1
    return letters


def _in_word(text: str, place: int) -> bool:
    pair = text[max(place - 1, 0) : place + 1]
    return len(pair) > 1 and pair.isascii() and pair.isalnum()


def _names_end(text: str, place: int, names: Names) -> int:
    """Return where the names end that begin at a place, joined; 0 where none does."""
    end = 0
    named = names.at(text, place)
    while named is not None:
        behind = _BEHIND.match(text, named[1])
        end = behind.end() if behind else named[1]
        joining = _JOINING.match(text, end)
        named = names.at(text, joining.end()) if joining else None
    return end


def _behind(date: list[_Letter], behind: list[_Letter]) -> Iterator[_Mended]:
    """Yield a date with what stands behind it, mended in each way by which it may go on."""
    rest = _sewn(behind[_REACH:], " ")
    for letters, cut, is_run in _mended(behind[:_REACH], after=_read_as(date)):
        read = _read_as(letters)
        if _GOES_ON.match(read) or (_is_latin(read[:1]) and _is_latin(date[-1].char)):
            yield _Mended(date + letters + rest, len(date) + cut, is_run)


def _before(
    date: list[_Letter], before: list[_Letter], behind: list[_Letter]
) -> Iterator[_Mended]:
    """Yield a date with what stands before it, mended in each way by which it may begin sooner."""
    rest = date + _sewn(behind, " ")
    for letters, cut, _ in _mended(before):
        read = _read_as(letters)
        for start in range(cut):
            is_word = read[start].isalnum() and not _in_word(read, start)
            if is_word and _BEGINS.fullmatch(read, start):
                yield _Mended(letters[start:] + rest, 0, is_run=True)


def _mended(letters: list[_Letter], after: str = "") -> Iterator[_Mended]:
    """Yield letters mended in each way. `after` is what stands before them."""
    found = _SEAMS.search(_read_as(letters))
    for blank in ("", " ") if found else ("",):
        sewn = _sewn(letters, blank)
        if found:
            yield _Mended(sewn, found.start(), is_run=True)
        for run in _RUN.finditer(_read_as(sewn)):
            start, end = run.span()
            marks = ["", " ", *run[0], *("-" if _MARK.search(run[0]) else "")]
            for kept in ([_Letter(char, -1) for char in mark] for mark in marks):
                yield _Mended(sewn[:start] + kept + sewn[end:], start, is_run=True)
    yield from _without_strays(_sewn(letters, " "), after)


def _sewn(letters: list[_Letter], blank: str) -> list[_Letter]:
    """Return letters with a blank or nothing for each name and the blanks around it."""
    text = "".join(letter.char for letter in letters)
    sewn: list[_Letter] = []
    place = 0
    for run in _SEAMS.finditer(text):
        sewn += letters[place : run.start()] + [_Letter(char, -1) for char in blank]
        place = run.end()
    return sewn + letters[place:]


def _without_strays(letters: list[_Letter], after: str) -> Iterator[_Mended]:
    """Yield letters with one of them or a doubled piece left out, or read as a digit.

    `after` is what stands before them: a doubled piece may begin there.
    """
    read = _read_as(letters)
    for n, char in enumerate(read):
        if not char.isalnum():
            continue
        if not _is_short_word(read, n):
            yield _Mended(letters[:n] + letters[n + 1 :], n, is_run=False)
        if char in _ALIKE:
            alike = _Letter(_ALIKE[char], letters[n].place)
            yield _Mended([*letters[:n], alike, *letters[n + 1 :]], n, is_run=False)
        whole, at = after + read, len(after) + n
        for length in range(2, min(_DOUBLED, at) + 1):
            if whole[at : at + length] == whole[at - length : at]:
                yield _Mended(letters[:n] + letters[n + length :], n, is_run=False)


def _is_short_word(read: str, n: int) -> bool:
    """Tell whether a letter stands in a short word of letters: and is no “nd”, sung no “sun”."""
    word = next(found for found in _WORD.finditer(read) if found.end() > n)
    return (
        word.start() <= n and _is_latin(read[n]) and word[0].isalpha() and len(word[0]) <= _SHORT
    )


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _longer(mended: _Mended, inside: set[int], context: Context) -> list[_Letter]:
    """Return the letters of a date that is longer than the one that was read, or none."""
    text = "".join(letter.char for letter in mended.letters).replace(SEAM, " ")

    def named(at: int) -> bool:
        return mended.is_run and at < len(text) and "\u4e00" <= text[at] <= "\u9fff"

    try:
        found = read_prefix(text, context, named=named)
    except KalendsError:
        return []
    if found is None or found[1] <= mended.cut:
        return []
    date = mended.letters[: found[1]]
    beside = [letter for letter in date if letter.place not in inside and letter.char.isalnum()]
    if not beside or any(letter.place in inside for letter in mended.letters[found[1] :]):
        return []
    if date[-1] is not beside[-1]:
        return date
    read = normalise(text)
    is_number = _NUMBER_AT_END.search(read[: found[1]]) and _COUNTED.match(read, found[1])
    return [] if is_number or _OTHER_WORD.match(read, found[1] - 1) else date


def _torn_pieces(text: str, date: list[_Letter], letters: list[_Letter], inside: set[int]) -> Torn:
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
        tuple(piece for piece in shown if piece),
        tuple(text[piece[0] : piece[-1] + 1].strip() for piece in beside if piece),
    )


def _read_as(letters: list[_Letter]) -> str:
    return normalise("".join(letter.char for letter in letters))
