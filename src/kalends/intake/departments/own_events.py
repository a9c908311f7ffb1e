"""Reads the department whose event a sentence in English is about: the Police open day starts.

    own     = [ "the" ] { adjective } Department [ "'s" ] { word } event happening
    story   = { chatter } [ "the" ] Department [ "'s" ] { word } event
            | { chatter } "saw" [ "the" ] Department doing
            | people "of" [ "the" ] Department did
            | "a visit from" [ "the" ] Department | people "joined" [ "the" ] Department
            | "opening of" [ "the" ] Department | "volunteers for" [ "the" ] Department

It is read where one department is named and nobody else can be the one who does it: chatter names
nobody, and a word that is missing in it makes a question.
"""

import re
from collections.abc import Iterator

from kalends.domain.patterns import Pattern
from kalends.intake.departments.later_english import VERB
from kalends.intake.departments.participants import Participants
from kalends.intake.vocabulary import unknown_departments, unread_offices
from kalends.intake.vocabulary.event_words import BUILDINGS, EVENTS, HAPPENING, PEOPLE
from kalends.intake.vocabulary.naming import Names, in_word
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
_CHATTER = (
    "guys|folks|hey|hi|hello|everyone|all|so|and|just|i|we|us|i['’]ve|we['’]ve|been|went|was|were|had|have|"
    "got|such|a|an|the|our|my|great|good|lovely|nice|fab|fun|brilliant|amazing|wonderful|super|really|"
    "big|huge|turnout|crowd|time|at|to|for|in|out|down|over|back|home|from|today|yesterday|last|this|"
    "thanks|thank|you|thx|ty|cheers|kudos|loved|enjoyed|kids|children|family|don['’]t|forget|about|"
    "please|come|along|very|well|attended|is|it|photos|pictures|pics|videos?|highlights|register|sign|up|"
    "book|now|left|still|only|until|till|days?|weeks?|two|three|four|five|six|seven|ten|"
    "your|seat|spot|reserve|save"
)
_COUNTED = rf"(?:[0-9][0-9,.]* (?:[a-z]+ )?(?:{PEOPLE}|fans) )?"
_STORY = Pattern(rf"{_COUNTED}[\s,.:!'\"(-]*(?:(?:{_CHATTER})\b[\s,.:!–—-]*)*", re.IGNORECASE)
_ITS_EVENT = Pattern(
    r"(?:['’]s?)?(?= (?:(?!(?:is|are|was|were|has|have|had|will|did|at|in|on|vs|v|and|or|with)\b)"
    r"[\w'’-]+ ){0,3}?"
    rf"(?:{EVENTS})s?\b)",
    re.IGNORECASE,
)
_GONE_TO = Pattern(r"\b(?:at|to|enjoyed|loved) (?:the )?$", re.IGNORECASE)
_ITS_OWN = Pattern(rf"['’]s?(?= (?!(?:{BUILDINGS})\b)(?:[a-z][\w'’-]* ){{0,3}}?[a-z])", needs="'’")
_SEEN = Pattern(
    rf"{_STORY.source}(?:saw|seen|spotted|watched|caught) (?:the )?",
    re.IGNORECASE,
)
_IS_DOING = Pattern(r"(?= (?:\w+ly )?[a-z]{2,}ing\b)")
_PERSONS = (
    "lady|ladies|man|men|woman|women|guys?|team|crew|lot|firefighters?|helpers?|volunteers?|staff|"
    "members?|officers?|officials?|workers?|employees|cadres?|doctors?|nurses?|teachers?|experts?|"
    "trainers?|gardeners?|librarians?|lifeguards?|colleagues|representatives?|delegates?|"
    "leaders?|heads?|inspectors?|instructors?|medics?|paramedics?|rangers?"
)
_PEOPLE_OF = Pattern(
    r"^[\s,.:;–—-]*(?:a total of )?"
    r"(?:(?:the|some|several|all|two|three|[0-9]+|[a-z]+(?:ty|een|ix|en)) )?"
    rf"(?:[a-z-]+ ){{0,2}}(?:{_PERSONS}) (?:of|from) (?:the )?$",
    re.IGNORECASE,
)
# Not what they said or were acts, and whom they helped, who may lead.
_NO_DEED = (
    "(?:on|in|at|with|to|also|too|there|said|says?|saying|acts|tells?|complain|ask|want|think|thought|hear|report|announc"
    "|claim|confirm|believ|hop|wish|demand|request|deni|warn|help|assist|support|join|attend|watch|observ"
    "|lend|lent|met|meet|heard|has|have|had|was|were|is|are|be|did|does|do)"
)
_DID = Pattern(
    rf"(?= (?:(?:then|both|all|will|(?:is|are|were|was)(?= [a-z]+ing)) )*+"
    rf"(?!{_NO_DEED}){VERB.source[:-1]}(?![\w-]))"
)
_GIVEN = Pattern(
    rf"\b(?:got|had|gets?|receives?|received|welcomed|enjoyed) an? (?:[a-z]+ ){{0,2}}(?:{EVENTS})"
    rf" (?:from|by) (?:the )?$|\b(?:{PEOPLE}) (?:joined|came along with) (?:the )?$"
    r"|^\W*(?:the |a |an )?(?:(?!joint )[a-z-]+ ){0,2}"
    r"(?:opening|launch|launching|inauguration|anniversary|ceremony|meeting|concert|party"
    r"|prize-giving|awards?|finals?|kick-?off|rehearsal|premiere|screening|presentation)"
    r" of (?:the )?$"
    r"|\b(?:volunteers|helpers) (?:(?:needed|wanted|sought|required) )?for (?:the )?$",
    re.IGNORECASE,
)
# Who did something before that leads: talk by Rotary. Every school got a visit from the Police.
_EARLIER = Pattern(r"(?<!wanted)(?<!needed)[.;:!?,]\s|\b(?:and|with|by)\b", re.IGNORECASE)
_AND = Pattern(r"\s*(?:[&+/]|,?\s*(?:and|with|plus)\b)")
_STATION = Pattern(rf"\s(?:{BUILDINGS})\b", re.IGNORECASE)
_NEGATED = Pattern(r"\b(?:not|never|no|nobody|none|without|n['’]t)\b|n['’]t\b", re.IGNORECASE)
_DATED = Pattern(r"[0-9]|day\b|to(?:day|night|morrow)|morning|last|this", re.IGNORECASE)
_SHORTEST = 4


def read_own_event(text: str, participants: Participants) -> str:
    """Read the department whose event takes place; return the text without its name."""
    named = list(_named(text, participants.names))
    if len(named) != 1 or not text[named[0][0]].isascii():
        return text
    start, end = named[0]
    before = text[:start]
    rest = _rest(text, before, end)
    is_kept = rest is None and _is_theirs(text, before, end)
    if rest is None and not is_kept:
        return text
    department = participants.names.at(text, start)
    assert department is not None
    participants.add(department[0])
    if rest is None:
        participants.settled.append(text[start:end])  # the title would make no sense without
        return text
    return rest


def _rest(text: str, before: str, end: int) -> str | None:
    """Return the title of a text in which a department that ends there acts, or None."""
    behind = _BEHIND.match(text, end)
    if behind and _BEFORE.search(before):
        return before + text[behind.end() :].lstrip(" ")
    if _NEGATED.search(before) or unknown_departments.unknown_part(text, end):
        return None
    if _STATION.match(text, end):
        return None
    event = _ITS_EVENT.match(text, end) or (_GONE_TO.search(before) and _ITS_OWN.match(text, end))
    acts = event if event and _STORY.fullmatch(before) else None
    acts = acts or (_IS_DOING.match(text, end) if _SEEN.fullmatch(before) else None)
    if not acts:
        return None
    kept = before if _DATED.search(before) else ""
    return kept + text[acts.end() :].lstrip(" ")


def _is_theirs(text: str, before: str, end: int) -> bool:
    """Return whether people of a department do something, or it gives what others get."""
    if _NEGATED.search(before) or unknown_departments.unknown_part(text, end):
        return False
    if _AND.match(text, end):
        return False  # and Rotary
    if _PEOPLE_OF.search(before) and _DID.match(text, end):
        return True
    return _GIVEN.search(before) is not None and _EARLIER.search(before) is None


def _named(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """Yield where departments are named, in small letters too, but no places after them."""
    place = 0
    while place < len(text):
        here = None if in_word(text, place) else names.at(text, place)
        if here and here[1] - place >= _SHORTEST:
            if not unread_offices.PLACE_NAME.match(text, here[1]) or not place:
                yield place, here[1]
            place = here[1]
        else:
            place += 1
