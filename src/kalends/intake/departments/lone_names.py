"""Finds departments that stand as words of their own, between marks: review, Police, Dec 29."""

import re

from kalends.domain.department import Department
from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary import unknown_departments
from kalends.intake.vocabulary.event_words import DONE, EVENTS, PLACES, THINGS
from kalends.intake.vocabulary.naming import Names
from kalends.intake.vocabulary.tags_and_place import BLANKS, SEAM

_ALONE_BEHIND = Pattern(rf"\s*(?:$|[,，;；{SEAM}]|\.(?!\S))|\s[-–—]\s")
_LIST = Pattern(
    r"\s*(?:[、,，&/＆／+＋·和与及跟]|会同|联合|携手)\s*(?:and )?(?:the )?|\s+(?:and )?(?:the )?",
    re.IGNORECASE,
)
_WORD_AT_END = Pattern(
    r"(?<!\S)(?![ap]m\s)(?:[A-Za-z]{2,}|[aA])\s*$"
)  # Rotary Police visit schools
# The first word of what happened, so that it names nobody: quiz night, annual fair.
_PLAIN = Pattern(
    rf"(?:{EVENTS}|{PLACES}|annual|monthly|weekly|first|second|third|free|public|joint|big|family|"
    r"arvo|early|late|guided|outdoor|indoor|community|safety|safe|health|city|town|summer|autumn|winter|spring)s?(?![\w'’])"
    r"|(?:parents|children|teachers|pupils|women|men|seniors|volunteers|residents|neighbou?rs"
    rf"|families|kids|students|workers|drivers|employees)['’]?s? (?:{EVENTS})(?![\w'’])|q ?& ?a\b"
    rf"|(?:{THINGS})s?[ -](?:{EVENTS}|[a-z]+ing)s?(?![\w'’])|[a-z]{{3,}}-[a-z]{{3,}}ing(?![\w'’])"
    r"|[a-z]{3,}ing (?!(?:club|team|group|society|union|council)\b)[a-z]",  # cooking demo
    re.IGNORECASE,
)
_GOOD_DAY = Pattern(
    r"(?:great|lovely|good|nice|fun|brilliant|fab|amazing)"
    r" (?:day|time|morning|afternoon|evening|night)\b"
)
_BY_UNKNOWN = Pattern(r"\bby (?:the )?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*[.,;]\s*$", needs="y")
_PRONOUN = Pattern(r"(?:we|i|they|he|she)(?:['’]\w+)?\s", re.IGNORECASE)
# Who says nothing of who did it did it: cleaned the canal.
_DID = Pattern(
    rf"(?:[a-z]{{2,}}ed|{DONE}) (?:the|a|an|our|all|some|up|out|in|at|on|for|to|with|[0-9]+)\b"
)
_GOES_ON = Pattern(r"\s+(?:on|in|at|with|there|present|ready|available|nearby|(?:is |are )?to)\b")
# Where or when it is: In Longshan Park, Police clear the paths.
_ADVERBIAL = Pattern(
    r"(?:in|on|at|to|for|during|after|before|as|under|because|due|thanks|despite|when|while|since|amid|near|from"
    r"|this|next|last|today|tomorrow|yesterday|[0-9])\b",
    re.IGNORECASE,
)
_HELPS = Pattern(
    r"\s+(?:(?:also|will|to|is|are|has|have) )*(?:help|assist|support|join|attend|lend|lent"
    r"|provid|escort|donat|suppl|contribut|took part|takes? part|volunteer"
    r"|observ|watch|monitor|steward|marshal|advis)\w*"
)
_MARKS = frozenset(",.;-–—")
_Named = tuple[Department, int]


def is_plain(title: str, names: Names) -> bool:
    """Return whether a title begins with what happened, or with a small letter, not a name.

    Where names have small letters, these say nothing: rotary lunch with police.
    """
    if _PRONOUN.match(title):
        return False  # we went with the Police: we may be anybody
    if not (title[:1].isupper() or names.are_small):
        return True
    is_told = names.are_small and (_DID.match(title) or _GOOD_DAY.match(title))
    return bool(_PLAIN.match(title) or is_told)


def stands_alone(words: list[re.Match[str]], n: int, last: int) -> bool:
    """Return whether the words around a name do not make a list of it."""
    around = [words[at][0].casefold() for at in (n - 1, last + 1) if 0 <= at < len(words)]
    return not {"and", "with", "by", "the", "of", "&"}.intersection(around)


def is_first(before: str) -> bool:
    """Return whether no word that may go with a name stands right before a place."""
    return _WORD_AT_END.search(before) is None


def of_words(
    text: str, words: list[re.Match[str]], n: int, before: str, names: Names
) -> list[_Named]:
    """Return the departments that stand as words of their own, from a word on."""
    start = words[n].start()
    if text[start].isascii() and _BY_UNKNOWN.search(before):
        return []  # Talk by Rotary. Police. 18 July
    found = named_alone(text, start, before, names)
    named = names.at(text, start)
    if named and _is_clause(before, text[named[1] :], names):
        return []
    last = next((m for m in range(n, len(words)) if named and words[m].end() == named[1]), -1)
    if named and unknown_departments.unknown_part(text, named[1]):
        return []  # Police Station
    if not found and named and last >= n and stands_alone(words, n, last) and is_first(before):
        return [named]
    return found


def _is_clause(before: str, behind: str, names: Names) -> bool:
    """Return whether somebody else may lead: Rotary talk, Police helped residents cross."""
    first = before.replace(SEAM, " ").strip(" ,;:：")
    if before.rstrip(BLANKS)[-1:] not in _MARKS or not first or _ADVERBIAL.match(first):
        return False
    return bool(_HELPS.match(behind) or (not is_plain(first, names) and _GOES_ON.match(behind)))


def named_alone(text: str, place: int, before: str, names: Names) -> list[_Named]:
    """Return the departments that stand between marks: review meeting, Police, Dec 29.

    In Chinese a blank before them is a mark as well.
    """
    found: list[_Named] = []
    last = before.rstrip(BLANKS)[-1:]
    is_sentence = last == "." and text[place].isupper()
    is_apart = (
        is_sentence
        or last in {"", *",，;；:：!！?？", SEAM}
        or before.endswith((" - ", " – ", " — "))
    )
    if not is_apart and (text[place].isascii() or not before[-1:].isspace()):
        return found
    while named := names.at(text, place):
        found.append(named)
        listed = _LIST.match(text, named[1])
        place = listed.end() if listed else len(text)
    if not found or _ALONE_BEHIND.match(text, found[-1][1]):
        return found
    end = found[-1][1]  # 反家暴宣传 妇联+公安局 仙城社区
    is_group = len(found) > 1 and not text[end - 1].isascii() and text[end].isspace()
    return found if is_group else []
