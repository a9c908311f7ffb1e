"""Joins a clock time with its day before it: September 15 … will host an evening at 6:30 pm."""

import re
from collections.abc import Iterator

from kalends.dates.numerals import NUMERALS
from kalends.dates.reader import DateContext, Reading
from kalends.dates.vocabulary import PART_BEGINS
from kalends.domain.patterns import Pattern
from kalends.intake.dates import bounds, sentence_dates
from kalends.intake.dates.unread_dates import Piece
from kalends.intake.vocabulary.event_words import EVENTS
from kalends.intake.vocabulary.letters import is_chinese
from kalends.intake.vocabulary.tags_and_place import SEAM, tidy
from kalends.intake.vocabulary.taking_part import happened

_REACH = 24  # how many characters before a piece of a clock time may belong to it: from 9 to 11 am
_BEGINS = Pattern(r"(?<![^\s,，、;；:：！!。(（\x1f])(?=[^\s,，、;；:：！!。(（\x1f])")
_AT = Pattern(
    r"(?:^|(?<=[\s,.;:(]))(?:(?:(?:start|begin)(?:s|n?ing)?\s+)?(?:at|from)"
    r"|between|(?:set|scheduled|planned|fixed|booked|due) for"
    r"|(?:start|begin)(?:s|n?ing)?|(?<=[,.;:] )(?:doors )?open(?:s|ing)?(?: times?| hours?)?\s*:?"
    r"|(?:doors|gates|kicks? ?-?offs?|k\.?o\.?|tip-?off|meets?|gather|assemble|arrive|arrival)"
    r"(?: (?:at|is|from|open))*"
    r"|(?:daily|(?:each|every) day|both days)[,:]?(?: from)?"
    r"|(?:start |end )?times?\s*:?|hours\s*:|when\s*:)\s*$",
    re.IGNORECASE,
)
_MEET = Pattern(r"(?:meets?|gather|assemble|arrive)\s*$", re.IGNORECASE)
_WHERE = Pattern(r"\s*(?:at|by|in|on|outside|inside|near|under|behind|opposite)\b")
# Around 9am, by 3pm and the 9am are not when it happens.
_INEXACT = Pattern(
    r"(?:\b(?:around|about|approx\.?|approximately|circa|roughly|by|before|after|until|till?|near|nearly"
    r"|not|or|the|than|expected|half|[0-9] for)|~)\s*$",
    re.IGNORECASE,
)
_NUMBERS = Pattern(r"[0-9]{1,2}\s*(?:[-~–—]|to|till?|until)\s*[0-9]{1,2}$", re.IGNORECASE)
_APART = Pattern(r"(?:^|[,，;；:：(（.!\x1f-])\s*$")  # not ages 9-11
# 会议时间：9点, 定于9点.
_AT_CHINESE = Pattern(
    "(?:(?:具体|活动|会议|集合|集中|开始|开会|举办|培训)?时间(?:为|是|定[于在]|[:：])?|[定拟]?于|(?<!现)在)\\s*$"
)
_LIMIT_CHINESE = Pattern(
    "(?:截至|截止到?|直?到|[延推改调提].{0,4}[到至为]|原定于?|每[天日晚早]?|[从自至]|第|[晚早]于|不|过|约|大概)\\s*$"
)
# 9点前, 7点的火车, 7:00新闻.
_BELONGS = Pattern(
    "\\s*之?(?:[前后起止外许多档的]|内(?!容)|左右|以[前后]|[场班次课列趟届节](?!日)|新闻|联播|航班|火车|高铁|飞机|动车)|分"
)
# A part of the day as a word of its own: 走访，上午，人民广场.
_ALONE_BEFORE, _ALONE_BEHIND = (
    Pattern(r"(?:^|[\s，,。；;（(\x1f])$"),
    Pattern(r"[\s，,。；;）)\x1f]|$"),
)
_IN_CHINESE = frozenset(f"{PART_BEGINS}{NUMERALS}从")
_FOUR_DIGITS = Pattern(r"[0-2][0-9][0-5][0-9](?![0-9:.~-])", first="012")  # start 0900
_QUARTER = 15  # minutes
_EVENT = Pattern(rf"\b(?:{EVENTS})s?$", re.IGNORECASE)
_GOES_ON = Pattern(r"\s+(?!(?:at|in|outside|near)\b)[A-Za-z]")  # the 6:30 pm train
# What may follow a complete time: the end, a mark, or where and with whom.
_WHOLE = Pattern(
    r"\s*(?:$|[,，。;；:：)）\x1f]|[.!！](?:\s|$)|\s[-–—]\s)|\s+(?:at|in|on|with|by|for|near|inside|outside)\s"
    r"|\s*(?=[一-鿿“《@＠])",
    re.IGNORECASE,
)


def with_clock(
    title: str, piece: Piece, when: Reading | None, context: DateContext
) -> tuple[Reading, str] | None:
    """Return the day joined with the clock time in the title, and the rest of the title.

    None where it is not plain: a date of several days, a time that already was read, a time that
    goes on (9:00前) or belongs to something else (the 6:30 pm train), a second time.
    """
    if when is None or not (when.when.precision == "days" or _is_one_day(when)):
        return None
    for start in _starts(title, piece):
        is_digits = start == piece.start and _FOUR_DIGITS.match(title, start)
        rest = f"{title[start : start + 2]}:{title[start + 2 :]}" if is_digits else title[start:]
        timed = sentence_dates.hours_of(when, rest, context)
        if timed is None:
            continue
        end = start + timed[1] - bool(is_digits)
        is_part = _ALONE_BEFORE.search(title[:start]) and _ALONE_BEHIND.match(title, end)
        if not (timed[0].when.precision == "minute" or is_part or not _is_one_day(when)):
            continue
        if end < piece.end or not _WHOLE.match(title, end):
            continue
        before, behind = title[:start], title[end:]
        at = _AT_CHINESE.search(before) or _AT.search(before)
        is_number = _NUMBERS.fullmatch(title[start:end].rstrip()) and at is None
        is_where = at and _MEET.match(at[0]) and _WHERE.match(behind)  # meet 8.30am at North Gate
        known = before[: at.start()] if at and not is_where else before
        is_limit = (
            _BELONGS.match(behind)
            or _LIMIT_CHINESE.search(known)
            or bounds.bound(title, [(start, end)], is_timed=True)
        )
        if is_limit or _INEXACT.search(before) or (is_number and not _APART.search(before)):
            return None
        is_none = is_digits and (not _is_behind_event(before) or _may_be_year(title, start))
        if at is None and (_GOES_ON.match(behind) or is_none):
            return None
        rest = f"{known}{SEAM}{behind}"
        return None if sentence_dates.left(rest, timed[0]) else (timed[0], _sewn(known, behind))
    return None


def _is_one_day(when: Reading) -> bool:
    return when.when.first_day == when.when.last_day


def _is_behind_event(before: str) -> bool:
    """Return whether what stands before four digits says that they are a time.

    So it is in 部署会 0930, and not in 发放传单 1500 and form 0930.
    """
    if _APART.search(before):
        return True
    is_apart = before != before.rstrip()
    return is_apart and (happened(before.rstrip()) or _EVENT.search(before.rstrip()) is not None)


def _may_be_year(title: str, start: int) -> bool:
    """Return whether four digits may be a year rather than a time: talk, 2020; history (1945)."""
    digits = title[start : start + 4]
    is_year = digits.isascii() and digits[:2] in {"19", "20"}
    return is_year and (
        int(digits[2:]) % _QUARTER != 0 or title[:start].rstrip()[-1:] in {"(", "（"}
    )


def _starts(title: str, piece: Piece) -> Iterator[int]:
    """Yield where the time may begin that a piece is of: behind a mark, or anywhere in Chinese."""
    for start in range(max(piece.start - _REACH, 0), piece.end):
        is_inside = start > 0 and is_chinese(title[start - 1]) and title[start] in _IN_CHINESE
        if is_inside or _BEGINS.match(title, start):
            yield start


def _sewn(before: str, behind: str) -> str:
    """Return what is left; in the middle of Chinese nothing stands where the time stood."""
    is_inside = is_chinese(before[-1:]) and is_chinese(behind[:1])
    return tidy(f"{before}{'' if is_inside else SEAM}{behind}")
