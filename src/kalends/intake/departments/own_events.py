"""Reads the department whose event a sentence in English is about: the Police open day starts.

    [ sentence "that" ] [ "the" ] { adjective } Department [ "'s" ] { word } event happening

It is read where one department is named and nobody else can be the one who does it.
"""

import re

from kalends.domain.patterns import Pattern
from kalends.intake.departments.participants import Participants
from kalends.intake.vocabulary import unread_offices
from kalends.intake.vocabulary.event_words import EVENTS, HAPPENING
from kalends.intake.vocabulary.tags_and_place import SEAM

_ADJECTIVES = (
    "annual|yearly|monthly|weekly|first|second|third|fourth|fifth|last|next|big|great|new|traditional|"
    "spring|summer|autumn|winter|free|public|local|regular|usual|popular|famous|[0-9]+(?:st|nd|rd|th)"
)
_BEFORE = Pattern(
    rf"(?:^|\bthat |[,:;.!?{SEAM}])\s*(?:(?:the|this year['’]s|our|an?) )?"
    rf"(?:(?:{_ADJECTIVES}) )*$",
    re.IGNORECASE,
)
_BEHIND = Pattern(
    rf"(?:['’]s)?(?= (?:[a-z][\w-]* ){{0,3}}?(?:{EVENTS})s?\s+"
    rf"(?:{HAPPENING}|(?:is|are|was|were|will be)(?:\s*{SEAM}| on\b))(?![\w-]))"
)


def read_own_event(text: str, participants: Participants) -> str:
    """Read the department whose event takes place; return the text without its name."""
    named = unread_offices.mentioned(text, participants.names.at)
    if named is None or not text[named[0]].isascii():
        return text
    start, end = named
    behind = _BEHIND.match(text, end)
    others = unread_offices.mentioned(text[end:], participants.names.at)
    if behind is None or others or not _BEFORE.search(text[:start]):
        return text
    department = participants.names.at(text, start)
    assert department is not None
    participants.add(department[0])
    return text[:start] + text[behind.end() :].lstrip(" ")
