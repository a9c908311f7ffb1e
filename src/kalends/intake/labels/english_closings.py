"""Leaves out how a letter ends: Kind regards, Dana; and lets those who sign it stand for we.

closing   = mark valediction [ signature ]
signature = ("," | line) name { line name }
"""

import re

from kalends.dates.vocabulary import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS, any_of
from kalends.domain.patterns import Pattern
from kalends.intake.labels.english_speakers import Named, names_in

_LEFT = (
    r"(?:(?:kind |best |warm |kindest |warmest |many )*regards"
    r"|(?:many |with )?thanks(?: again| in advance| all| everyone)?|thx|cheers"
    r"|(?<=[.!?] )(?:(?:with |all )?(?:the |my )?(?:best|kind|warm)(?: wishes)?"
    r"|thank you(?: all| very much)?"
    r"|ta|rgds|br|(?:yours )?(?:sincerely|faithfully|truly|warmly)(?: yours)?|yours|take care"
    r"|(?:we )?(?:hope to |look forward to )?see(?:ing)? you (?:there|then|soon)))"
)
_NAME = r"(?-i:[A-Z0-9+(][^\s,;]*(?: [A-Z0-9&+(][^\s,;]*| (?:of|the|for|and)){0,4})"
_CLOSING = Pattern(
    rf"(?P<mark>[.!?)]|(?<=[a-z0-9]))\s+{_LEFT}"
    rf"\s*(?:(?:[,.!–—-]+\s|\s)\s*(?P<who>{_NAME}(?:\s*[,;\n]\s*{_NAME}){{0,3}}))?[,.!–—-]*\s*$",
    re.IGNORECASE,
)
_DAYS = Pattern(
    rf"\b(?:{any_of(*MONTHS, *SHORT_MONTHS, *WEEKDAYS, *SHORT_WEEKDAYS)})(?![a-z'’-])"
    r"|\b(?:cancel|postpon|not\b)",
    re.IGNORECASE,
)
_WE = Pattern(
    r"(?:^\W*|[.!?:,]\s+|\n\s*|[0-9]\s+|\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|[a-z]*day|morning|afternoon|evening|noon|[ap]m|tomorrow|week|month)\s+)"
    r"(we)(?=(?:['’](?:ll|re|ve))?\s)",
    re.IGNORECASE,
)
_SHORT = {"'ll": "will", "'re": "are", "'ve": "have"}


def without_closing(text: str, named: Named) -> str:
    """Return a text without the greeting at its end, and with the name of those who sign as we.

    A signature of a department stays where nobody says we, or somebody else is named, too: who
    only signs may have no part.
    """
    closing = _CLOSING.search(text)
    if closing is None:
        return text
    said = text[: closing.start()] + closing["mark"].strip(" ")
    who = closing["who"] or ""
    if _DAYS.search(who):
        return text
    if not names_in(who, named):
        return said
    we = _WE.search(said)
    if we is None or names_in(said, named):
        return text
    places = (word.start() for word in re.finditer(r"\b\w", who))
    name = next(who[place : found[1]] for place in places if (found := named(who, place)))
    verb = said[we.end(1) : we.end(1) + 3].replace("’", "'")
    if verb in _SHORT:
        return f"{said[: we.start(1)]}{name} {_SHORT[verb]}{said[we.end(1) + 3 :]}"
    return f"{said[: we.start(1)]}{name}{said[we.end(1) :]}"
