"""Reads departments whose part stands in brackets behind them.

Police (lead), Education Bureau and Fire Brigade (participants): …
"""

import re

from kalends.domain.department import Department
from kalends.domain.patterns import Pattern
from kalends.intake.departments.participants import Participants
from kalends.intake.vocabulary.joining_words import (
    JOINER,
    LISTED,
    ROLE_WORDS,
    either_role,
    role_of,
)
from kalends.intake.vocabulary.tags_and_place import BLANKS, SEAM

_ROLE = Pattern(
    rf"\s*[（(]\s*(?:{either_role('nouns', 'doing', 'chinese')})(?:单位|部门|机构)?\s*[)）]",
    needs="(（",
)
# A host or an organiser behind a label may be a person.
_LEFT = Pattern(
    rf"(?:[\w'’.-]+ ?)?{_ROLE.source}"
    r"|\b(?!host|organi)"
    rf"(?:{'|'.join(words.nouns for words in ROLE_WORDS.values())})\s*[:：]\s*\S+",
    re.IGNORECASE,
    needs="(（:：",
)
# Police, Youth League (lead): do both lead?
_OF_ONE = Pattern(
    r"\b(?:lead|leader|host|organi[sz](?:er|es)|partner|participant|participates|takes part|"
    r"supporter|supports|assistant|assists|helper|helps|joins|attends|attendee)\s*[)）]"
)
_OF_ALL = Pattern(r"(?:participants|supporters|assistants|helpers|attendees)\s*[)）]")
_ENDS = Pattern(rf"\s[-–—]\s|\s*(?:[.:：;；。](?!\S)|{SEAM}|$)")
_THE = Pattern(r"the ")
_JOINED = Pattern(r"(?:,? *(?:and|with|together with|&)|[、/和及与]) *$", needs="dh&、/和及与")
_AND = Pattern(r"\b(?:and|with)\b|[&/+]", re.IGNORECASE)
_MARKS, _JOINS = frozenset("，；。（("), frozenset("、和与及")
_COMMA, _TWO = ",，、;；", 2


def take(text: str, participants: Participants) -> str:
    """Take out the departments with a part in brackets, from the beginning or behind the date.

    In Chinese they may stand behind any blank: 义诊 市卫健委（主办） 市图书馆（协办）.
    A list is whole or left alone: a name that nobody knows must not lose its place in it.
    """
    if not _ROLE.search(text):
        return text
    place = 0
    while place < len(text):
        before = text[:place].rstrip(BLANKS)
        is_apart = before != text[:place] or before[-1:] in _MARKS
        is_apart &= not text[place].isascii() and before[-1:] not in _JOINS
        is_apart &= not (participants.found and _ends_with_name(before, participants))
        begins = is_apart or _may_begin(before) or _begins_list(before, participants)
        names, end = _names(text, place, participants) if begins else ([], place)
        role = _role_of(text, place, end, names, participants)
        if role is None:
            place += 1
            continue
        if (joined := _JOINED.search(before)) and before[: joined.start()].endswith(SEAM):
            place = joined.start()
        for department in names:
            participants.add(department, role_of(role))
        end = role.end()
        if following := _following(text, end, participants):
            more, end = following
            for department in more:
                participants.add(department)
        text = text[:place] + SEAM + text[end:]
    return text


def _role_of(
    text: str, place: int, end: int, names: list[Department], participants: Participants
) -> re.Match[str] | None:
    """Return the part in brackets behind names, of each that is left of them, if it is plain."""
    role = _ROLE.match(text, end) if names else None
    if role and _is_of_last(text[place:end], role, names, participants):
        participants.add(names.pop(0))  # Police, Parks (helping): the first leads
        return role
    is_of_one = role is not None and len(names) > 1 and _OF_ONE.search(role[0])
    return None if is_of_one else role


def _is_of_last(
    said: str, role: re.Match[str], names: list[Department], participants: Participants
) -> bool:
    """Return whether a part is only of the second of two: beside whoever helps somebody leads."""
    is_two = len(names) == _TWO and "," in said and not _AND.search(said)
    is_help = role_of(role) == "participant" and not _OF_ALL.search(role[0])
    return is_two and is_help and not participants.found


def _following(
    text: str, place: int, participants: Participants
) -> tuple[list[Department], int] | None:
    """Return the names without a part behind a list with one: Fire (lead), Police, Health - …."""
    joined = LISTED.match(text, place) if participants.has_lead else None
    names, end = _names(text, joined.end(), participants) if joined else ([], place)
    return (names, end) if names and _ENDS.match(text, end) else None


def without(text: str) -> str:
    """Return a text without the parts in brackets."""
    return _ROLE.sub("", text)


def left_over(title: str) -> str:
    """Return a part in brackets or behind a label that is left in a title, or nothing."""
    found = _LEFT.search(title)
    return found[0] if found else ""


def _names(text: str, place: int, participants: Participants) -> tuple[list[Department], int]:
    """Return the departments of the list that begins there, and where it ends."""
    found: list[Department] = []
    end = place
    while True:
        article = _THE.match(text, place)
        named = participants.names.at(text, article.end() if article else place)
        if named is None:
            return found, end
        found.append(named[0])
        end = named[1]
        joined = JOINER.match(text, end) or LISTED.match(text, end)
        if joined is None:
            return found, end
        place = joined.end()


def _ends_with_name(text: str, participants: Participants) -> bool:
    """Return whether a department stands before a list: of whom is the part behind it?"""
    found = (participants.names.at(text, place) for place in range(len(text)))
    return any(named and named[1] == len(text) for named in found)


def _begins_list(before: str, participants: Participants) -> bool:
    from kalends.intake.departments.english_clauses import begins_list  # noqa: PLC0415 - English

    return begins_list(before, participants.names)


def _may_begin(before: str) -> bool:
    """Return whether a list may begin behind this: behind nothing, the date, or such a list."""
    joined = _JOINED.search(before)
    if joined and before[: joined.start()].endswith(SEAM):
        return True  # Police (lead) and Fire Brigade (support)
    if before[-1:] in _COMMA and before:
        before = before[:-1].rstrip(BLANKS)
    return not before or before[-1] in f":：日{SEAM}" or before[-1].isdigit()
