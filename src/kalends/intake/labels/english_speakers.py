"""Leaves out chatter and the number of a list, and puts the name of those who say we for it.

lol library quiz        12. Parks - hedge cutting        We (the Police) visited two schools
"""

import re
from collections.abc import Callable

from kalends.dates.vocabulary import MONTHS, SHORT_MONTHS, any_of
from kalends.domain.patterns import DIGITS, Pattern
from kalends.intake.vocabulary.event_words import PAPERS

Named = Callable[[str, int], tuple[object, int] | None]
_MONTH = any_of(*MONTHS, *SHORT_MONTHS)
# The first words of chatter and of numbers: for any other text no pattern of them is compiled.
_CHAT = (
    "lol|okay|ok|k|so|well|btw|by|right|yes|yep|yeah|oh|wow|cool|also|anyway|psa|nb|n.b|ps|p.s"
    "|hiya|oops|sorry"
)
_CHATTERS = frozenset(_CHAT.split("|"))
_NUMBERS = frozenset(PAPERS.split("|"))
_CHATTER = Pattern(
    r"\s*(?:(?:lol|okay|ok|k|so|well|btw|by the way|right|yes|yep|yeah|oh|wow|cool|also|anyway|psa"
    r"|nb|n\.b\.|ps|p\.s\.|hiya|oops|sorry)\b\s*[,:!.–—-]*\s+)+(?=\S)",
    re.IGNORECASE,
)
# We (the Police) visited, We at Parks planted: the one who speaks.
_WE = Pattern(
    r"(?<![\w'’])we(?: at|,| ?(?=\())\s*(?P<open>\(\s*)?(?:the )?",
    re.IGNORECASE,
    words=("we",),
)
_WE_CLOSES = Pattern(r"[^(),]*?\s*[,)]\s*", needs=",)")
# The number of a list, an item of an agenda; not 12. July, 7. 14.
_NUMBERED = Pattern(
    rf"\s*(?:(?:[a-z]+,? ){{0,2}}(?:{PAPERS})\.?,? (?:(?:no|nr|number)\.? ?|#)?"
    r"[0-9]{1,4}(?:/[0-9]{2,4})?\s*(?:[:.)]|\s[-–—](?=\s))"
    r"|\([0-9]{1,3}\)|[0-9]{1,3}[.)])\s+"
    rf"(?=(?!(?:{_MONTH})\b(?!\.? [0-9]))[a-z]|[0-9]{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})\b"
    r"|[0-9]{4}-[0-9])",
    re.IGNORECASE,
    needs="0123456789",
)


def of_speaker(text: str, named: Named) -> str:
    """Return a text without its number in a list, and with the name of those who say we."""
    first = [word.casefold().strip(",.:!–—-") for word in text.split(maxsplit=3)[:3]]
    if first and first[0] in _CHATTERS and (chatter := _CHATTER.match(text)):
        text = text[chatter.end() :]
    may_be_numbered = _begins_with_number(text) or not _NUMBERS.isdisjoint(first)
    numbered = _NUMBERED.match(text) if may_be_numbered else None
    if numbered and not names_in(numbered[0], named):
        text = text[numbered.end() :]
    we = _WE.search(text)
    name = named(text, we.end()) if we else None
    if we is None or name is None:
        return text
    is_at = we[0].casefold().startswith("we at")
    closes = None if is_at else _WE_CLOSES.match(text, name[1])
    if not (is_at or closes):
        return text
    who = text[we.end() : closes.end() if closes else name[1]].rstrip(" ,)")
    return f"{text[: we.start()]}{who} {text[closes.end() if closes else name[1] :].lstrip()}"


def _begins_with_number(text: str) -> bool:
    return text[:1] == "(" or (text[:1] in DIGITS and text.lstrip(DIGITS)[:1] in {".", ")"})


def names_in(text: str, named: Named) -> bool:
    """Return whether words name a department, by more than a code."""
    return any(named(text, word.start()) for word in re.finditer(r"\b(?:[A-Z]|\w{4})", text))
