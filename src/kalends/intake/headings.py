"""Finds a heading that was pasted before a sentence: 【通知】, 会议纪要：, Reminder:."""

import re

from kalends.dates.reader import DateContext, read_prefix
from kalends.domain.errors import KalendsError
from kalends.domain.patterns import Pattern
from kalends.intake import unread_offices
from kalends.intake.event_words import HEADINGS
from kalends.intake.naming import Names
from kalends.intake.tags_and_place import SEAM

_HEADING = Pattern(
    r"\s*(?:【[^】0-9]{1,12}】|\[[^\]0-9]{1,12}\]|[^0-9,，。:：#＃@＠\x1f]{2,12}(?:[:：]|\s[-–—](?=\s)))\s*",
    needs="】]:：-–—",
)
_GREETING = Pattern(
    r"\s*(?:(?:hi|hello|hey|dear)(?: (?:all|everyone|everybody|team|colleagues|folks|there))?"
    r"|good (?:morning|afternoon|evening)(?: (?:all|everyone|team))?"
    r"|(?:各位(?:领导|同事|老师|同志)?|大家|同志们)(?:早上|上午|下午|晚上)?好?)\s*[,，!！:：。]\s*",
    re.IGNORECASE,
    needs=",，!！:：。",
)
_COLUMN = Pattern(r"(?:^|\s+)\|(?:\s+|$)|\s*｜\s*", needs="|｜")
_THE = Pattern(r"the\s+", re.IGNORECASE)
_WORDS = Pattern(rf"(?:{HEADINGS})\s", re.IGNORECASE)


def without_greeting(text: str) -> str:
    """Return a text without a greeting before it, and with marks for the bars between columns."""
    greeting = _GREETING.match(text)
    return _COLUMN.sub("; ", text[greeting.end() if greeting else 0 :])


def heading(text: str, names: Names, context: DateContext) -> str:
    """Return the heading before a date or a department at the beginning of a text, or ""."""
    found = _HEADING.match(text)
    if found is None or unread_offices.mentioned(found[0], names.at):
        return ""
    if found[0].rstrip()[-1] in "-–—" and not _WORDS.match(found[0].lstrip()):
        return ""  # Rotary - Police
    rest = text[found.end() :]
    return found[0] if _begins(rest, names, context) and not _begins(text, names, context) else ""


def _begins(text: str, names: Names, context: DateContext) -> bool:
    """Return whether a text begins with a department or a date, even one that is refused."""
    article = _THE.match(text)
    if names.at(text, article.end() if article else 0):
        return True
    try:
        return read_prefix(text.replace(SEAM, " "), context) is not None
    except KalendsError:
        return True
