"""Writes names in small letters with capitals where they name somebody: …, police on standby.

    subject  = mark [ "and" | "while" … ] [ "the" ] name what-they-do
    listed   = ( mark | "and" | "with" | "by" ) [ "the" ] name ( mark | joiner name )

A department in small letters is as well a word of the title: a health walk, the library steps.
So a name of one word is one only as a subject, or in a list if no name has capitals. One of
several words is one wherever it stands, in a text in which no name has capitals.
"""

from kalends.domain.patterns import Pattern
from kalends.intake.departments.later_english import VERB
from kalends.intake.vocabulary.event_words import PEOPLE
from kalends.intake.vocabulary.naming import Names, in_word

_BEFORE_SUBJECT = Pattern(
    r"(?:[,;:.!?(–—]|\s-+|(?<=[,;] )(?:and|but|while|with|plus|as|then)|\b(?:while|and|with))"
    r"\s*(?:the )?$"
)
_BEFORE_LISTED = Pattern(r"(?:[,;:.!?(/+&–—]|\s-+|\b(?:and|with|by|plus|w/))\s*(?:the )?$")
_MAY = "may|might|could|would|should|can|cannot|must|shall|(?:wo|ca|did|do|does|is|are|was)n['’]?t"
_ADVERBS = r"\s+(?:(?:also|then|both|all|will|to|just|kindly)\s+)*"
_VERB_BEHIND = Pattern(rf"{_ADVERBS}(?!(?:{PEOPLE})\b)(?:{_MAY}|{VERB.source[:-1]})(?![\w'’-])")
_MARK_BEHIND = Pattern(r"\s*(?:$|[,;:.!?)])")
_JOINER = Pattern(r"\s*(?:[/+&]|,\s*(?:and\b)?|\b(?:and|with|plus)\b)\s*(?:the )?")
_SHORTEST = 4


def with_capitals(text: str, names: Names) -> str:
    """Return a text in which the names of those who may take part have capitals."""
    found = list(_occurrences(text, names))
    has_capitals = any(text[start].isupper() for start, _ in found)
    names.are_small = not has_capitals
    for n, (start, end) in enumerate(found):
        if not text[start].islower():
            continue
        is_first = n == 0 or has_capitals
        is_whole = " " in text[start:end].removesuffix(" dept") and not is_first
        if (
            is_whole
            or _is_subject(text, start, end)
            or (not is_first and _is_listed(text, start, end, names))
        ):
            text = text[:start] + text[start:end].title() + text[end:]
    return text


def _occurrences(text: str, names: Names) -> list[tuple[int, int]]:
    """Return where names stand that are no codes."""
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        is_word = text[place].isascii() and text[place].isalpha() and not in_word(text, place)
        named = names.at(text, place) if is_word else None
        if (
            named
            and named[1] - place >= _SHORTEST
            and text[place : named[1]].casefold() != named[0].code
        ):
            found.append((place, named[1]))
            place = named[1]
        else:
            place += 1
    return found


def _is_subject(text: str, start: int, end: int) -> bool:
    before = text[:start]
    return bool(_BEFORE_SUBJECT.search(before) and _VERB_BEHIND.match(text, end))


def _is_listed(text: str, start: int, end: int, names: Names) -> bool:
    if not _BEFORE_LISTED.search(text[:start]):
        return False
    while (joiner := _JOINER.match(text, end)) and (named := names.at(text, joiner.end())):
        end = named[1]
    return _MARK_BEHIND.match(text, end) is not None
