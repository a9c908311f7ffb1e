"""How far a place goes on behind its mark: @Main Square, north side; @三楼 会议室 东侧.

    place = quoted | first { name } { [ "," ] part of a place }

Quotation marks say it for sure. Without them a place goes on with what can be nothing else: in
English the names up to one of a place (Main Square), then its sides, floors and rooms; in Chinese
words that end like those. A department, a date or what happened ends it.
"""

import re
from collections.abc import Callable

from kalends.dates.vocabulary import HOURS_IN_WORDS, any_of
from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.event_words import DONE, EVENTS
from kalends.intake.vocabulary.unknown_departments import DOING

_KINDS = (
    "Square|Hall|Park|Street|Road|Avenue|Lane|Cent(?:er|re)|Library|Station|School|Building|Room|"
    "Floor|Market|Plaza|Gardens?|Museum|Stadium|Theatre|Theater|Palace|Club|College|University|"
    "Hotel|Mall|Gate|House|Court|Bridge|Lake|Hill|River|Village|Church|Gym|Arena|Field|Campus|"
    "Playground|Hospital|Site|Office"
)
_WORD = r"[A-Z][\w'’.-]*"
_NAMED = Pattern(rf"(?: {_WORD})*? (?:{_KINDS})\b")
# @Bus station, @town hall, @Main bus station: at the end, or before another mark.
_PLAIN = Pattern(
    rf"(?: (?!(?:on|for|with|about|and|to|by|in|at|from)\b)[a-z][\w'’-]*)? (?i:{_KINDS})"
    r"(?=\s*(?:[#＃@＠,，。.;；]|$))"
)
_SIDES = (
    "north|south|east|west|north-?east|north-?west|south-?east|south-?west|main|front|back|rear|"
    r"left|right|side|upper|lower|ground|top|first|second|third|fourth|fifth|\d{1,2}(?:st|nd|rd|th)"
)
_PARTS = "side|gate|entrance|floor|wing|corner|hall|door|exit|end|room|lobby|stand|steps|court|lot"
_ENGLISH = Pattern(
    rf"\s*[,，]?\s*(?:the )?(?:(?:{_SIDES})[ -])+(?:{_PARTS})\b"
    r"|\s*[,，]?\s*(?:room|hall|floor|gate|building|block|platform) (?:\d+[a-z]?|[a-z])\b",
    re.IGNORECASE,
)
_CHINESE = Pattern(
    f"[ \\u3000,，]+((?!{DOING})(?:(?!{DOING})[一-鿿0-9A-Za-z-]){{0,7}}?"
    "(?:室|厅|楼|层|侧|门|门口|馆|座|广场|操场|停车场|球场|区域|大堂|礼堂|食堂|旁|[内外]|北边|南边|东边|西边))"
    "(?=$|[\\s#＃@＠,，。;；])",
    needs="室厅楼层侧门口馆座场域堂旁内外边",
)


_WORDS = Pattern(r"[\w'’.&/-]+(?: [\w'’.&/-]+){1,6}(?=\s*(?:$|[#＃,;]))")
# What happened, or what says more of it than where.
_NO_PLACE = Pattern(
    rf" (?:{EVENTS}|for|with|by|about|and|to|from|before|after|then|or|until|till|w/|led|[a-z]+ing"
    rf"|[a-z]+ed|{DONE})\b|(?<!\bNo\.)(?<!\bNo) [0-9]+(?:[:.][0-9]{{2}})? ?[a-z]"
    # Nor a time: @Library at noon, @Library 9-11.
    rf"| (?:at|noon|midday|midnight|half past|quarter (?:past|to)|{any_of(*HOURS_IN_WORDS)})\b"
    r"| (?:[0-9]{1,2}(?:[-–~.:h]|$)|(?:0[0-9]|1[0-9]|2[0-3])[0-5][05](?![0-9]))"
    r"|(?:^| )(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|mar|apr|jun|jul|aug|sep|oct"
    r"|nov|dec)[a-z]*\.?(?: [0-9]|$)",
    re.IGNORECASE,
)


def whole_rest(text: str, start: int, end: int, named: Callable[[str, int], object]) -> int:
    """Return where a place ends that is all of the rest of a text, or 0: @Fulton Street lot.

    Up to `end` it may be the name of a department: @City Library foyer.
    """
    found = _WORDS.match(text, start)
    if found is None or not found[0].isascii() or _NO_PLACE.search(f"{found[0]}"):
        return 0
    later = (start + blank.end() for blank in re.finditer(" ", found[0]))
    return 0 if any(named(text, place) for place in later if place > end) else found.end()


def end_of(text: str, start: int, end: int, named: Callable[[int], bool]) -> int:
    """Return where the place ends that was read from `start` to `end` without quotation marks.

    `named` tells where the name of a department begins.
    """
    if text[start:end].isascii():
        found = _NAMED.match(text, end) or _PLAIN.match(text, end)
        words = re.finditer(_WORD, found[0]) if found else ()
        if found and not any(named(end + word.start()) for word in words):
            end = found.end()
    while True:
        found = _ENGLISH.match(text, end) or _CHINESE.match(text, end)
        if found is None or named(end + len(found[0]) - len(found[0].lstrip(" \u3000,，"))):
            return end
        end = found.end()
