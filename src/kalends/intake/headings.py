"""Finds a heading that was pasted before a sentence: 【通知】, 会议纪要：, Reminder:."""

from kalends.dates.reader import DateContext, read_prefix
from kalends.domain.errors import KalendsError
from kalends.domain.patterns import Pattern
from kalends.intake import unread_offices
from kalends.intake.naming import Names
from kalends.intake.tags_and_place import SEAM

_HEADING = Pattern(
    r"\s*(?:【[^】0-9]{1,12}】|\[[^\]0-9]{1,12}\]|[^0-9,，。:：#＃@＠\x1f]{2,12}[:：])\s*",
    needs="】]:：",
)


def heading(text: str, names: Names, context: DateContext) -> str:
    """Return the heading before a date or a department at the beginning of a text, or ""."""
    found = _HEADING.match(text)
    if found is None or unread_offices.mentioned(found[0], names.at):
        return ""
    rest = text[found.end() :]
    return found[0] if _begins(rest, names, context) and not _begins(text, names, context) else ""


def _begins(text: str, names: Names, context: DateContext) -> bool:
    """Return whether a text begins with a department or a date, even one that is refused."""
    if names.at(text, 0):
        return True
    try:
        return read_prefix(text.replace(SEAM, " "), context) is not None
    except KalendsError:
        return True
