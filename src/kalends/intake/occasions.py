"""The occasion with which a sentence begins: 教师节前夕，…; 国庆期间（10月1日至8日），…; 因雨，….

It names no day itself. It belongs to what happened, where the sentence tells the day besides.
"""

from kalends.dates.reader import DateContext, Reading, read, read_prefix
from kalends.domain.errors import KalendsError, UnreadableDateError
from kalends.domain.patterns import Pattern
from kalends.intake import sentence_dates, unread_offices
from kalends.intake.naming import Names

_OCCASION = Pattern(
    '\\s*(?:[一-鿿“”"]{2,10}?(?:前夕|期间|之际|前后|假期|长假)(?:(?=\\s*[（(])|[，,]|(?=\\s))'
    '|(?:因|由于|鉴于|受|为|根据|按照|依据|围绕|针对)[一-鿿“”"]{2,20}[，,])',
    needs="夕间际后期假因由鉴受为根按依围针",
)
_NUMBERED = Pattern(
    "[一二三四五六七八九十]+[月日号周]|[周月日][初末底]|旬|季度|半年", needs="月日号周旬季半"
)
_BRACKET = Pattern(r"\s*[（(]([^（()）]{2,24})[）)][，,]?", needs="（(")


def take(text: str, names: Names, context: DateContext) -> tuple[str, Reading | None, str]:
    """Return the occasion with which a text begins, a date in brackets behind it, and the rest.

    十月前后 is no occasion but a date, though a vague one.
    """
    found = _OCCASION.match(text)
    if found is None or unread_offices.mentioned(found[0], names.at) or _NUMBERED.search(found[0]):
        return "", None, text
    rest = text[found.end() :]
    bracket = _BRACKET.match(rest)
    if bracket:
        try:
            return f"{found[0]}，", read(bracket[1], context), rest[bracket.end() :]
        except KalendsError:
            pass  # what stands in brackets is no date
    return found[0], None, rest


def no_date(said: str, occasion: str, text: str, context: DateContext) -> KalendsError:
    """Return what is asked where nothing but an occasion says when, or nothing at all."""
    try:
        if occasion:
            read_prefix(occasion, context)
    except UnreadableDateError as error:
        return sentence_dates.narrowed(error, occasion)
    return sentence_dates.missing(said, text)
