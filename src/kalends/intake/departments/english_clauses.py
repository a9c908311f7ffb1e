"""Reads clauses in English that say who led, helped or took part.

    clause  = opening names doing
    opening = "" | date | mark [ "and" ] [ "with" ] | "with" | "and", behind what happened
    names   = name { ("," | "and" | "&") name }
    doing   = "led" | "taking part" | "helped" …, at the end or before a mark

A clause is read if the roster knows all of its names. If it does not, the title is asked for
with the words that were not understood (`Participants.unread`): with Rotary taking part.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kalends.dates.vocabulary import MONTHS, WEEKDAYS, any_of
from kalends.domain.department import Department
from kalends.domain.patterns import Pattern
from kalends.intake.departments.participants import Participants
from kalends.intake.vocabulary.event_words import EVENTS, PEOPLE, PLACES
from kalends.intake.vocabulary.joining_words import either_role, role_of
from kalends.intake.vocabulary.naming import Names
from kalends.intake.vocabulary.tags_and_place import SEAM
from kalends.intake.vocabulary.unknown_departments import CAPITAL

_DOING = Pattern(
    r"\s+(?:will )?(?:(?:also|both|all|jointly|actively|then|too) )?"
    rf"(?:{either_role('doing')}|(?P<noun>support|help|assistance|participation|backing)"
    r"|(?P<unsaid>too|as well|as usual))"
    r"(?: too| as well| together| along)?"
    rf"(?=\s*(?:[,;!)），；。：]|[.:](?!\S)|{SEAM}|$)|\s[-–—]\s)",
)
_OPENING = Pattern(
    rf"(?P<mark>[,:.](?!\S)|[;!?(，；：。（{SEAM}]|\s[-–—](?=\s))\s*(?:and )?(?P<with>with )?"
    r"|\s(?P<and>and|&)\s|(?:^|\s)(?P<lone>(?:(?:together|jointly|along) )?with )",
)
_ARTICLE = Pattern("(?:both |all )?(?:the )?", re.IGNORECASE)
_THE_AT_END = Pattern(r"\b(?:the|both|all) $", re.IGNORECASE)
_LIST = Pattern(r"\s*(?:,|&|/|\+|,?\s*\band\b)\s*(?:the\s+)?", re.IGNORECASE)
_NEXT_WORD = Pattern(r"(?<!\w)\w")
_BRACKETS = frozenset("()（）")
_BEFORE_LIST = frozenset(",，-–—:：;；")
_LISTING = frozenset(",，")
_SHORT_MONTHS = "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
_SHORT_DAYS = "mon|tues?|wed|thur?s?|fri|sat|sun"
_DATED = Pattern(
    rf".*(?:\b(?:{any_of(*MONTHS)}|{_SHORT_MONTHS})\b\.?(?: [0-9]{{1,2}}(?:st|nd|rd|th)?)?"
    rf"|[-./:][0-9]{{1,2}}|[0-9] ?[ap]\.?m\.?|\b(?:{any_of(*WEEKDAYS)}|{_SHORT_DAYS}"
    r"|noon|morning|afternoon|evening|today)|[日午])(?:,? [0-9]{4})? (?:the )?",
    re.IGNORECASE | re.DOTALL,
)
_NEGATED = Pattern(r"\b(?:not|never|nor|neither|no|without|except|than|n['’]t)\s*$", needs="notT")
_EVENT = Pattern(rf"\b(?:{EVENTS})s?$", re.IGNORECASE)
_PLACE = Pattern(rf"\b(?:{PLACES})s?$", re.IGNORECASE)
_CALLED = Pattern(rf"(?:^|\b(?:with|by|and|from|plus)\s+|&\s*)(?:the )?({CAPITAL})$")
_JOINED_BEFORE = Pattern(r"\b(?:with|by|and|from|plus) (?:the )?([a-z]+)$")
_PERSON = Pattern(
    r"(?:(?:the |deputy |vice )*"
    r"(?:mayor|secretary|director|governor|president|minister|mr|mrs|ms|dr|professor)\b"
    rf"|.*\b(?:{PEOPLE})$)",
    re.IGNORECASE,
)
_PEOPLE_OF = Pattern(rf"(?:[\w'’-]+ ){{0,2}}?(?:{PEOPLE}) (?:from|of) ", re.IGNORECASE, needs="fF")
_THEIRS = Pattern("['’]s?$", needs="'’")
_CHINESE_NAME = Pattern("[\u4e00-\u9fff]{2,14}")
_CAPITAL = Pattern("[A-Z]")
_LONGEST, _SHORT = 5, 2
_Clause = tuple[list[Department], int]


def read(text: str, participants: Participants) -> str:
    """Read the departments of all clauses; return the text without them."""
    place = 0
    while doing := _DOING.compiled.search(text, place):
        clause = _clause(text, doing, participants)
        if clause is None:
            place = doing.end()
            continue
        departments, start = clause
        count = len(participants.found)
        role = "participant" if doing["noun"] else role_of(doing)
        for department in departments:  # of several who led, the first leads and the others join
            participants.add(department, None if role == "lead" else role)
        participants.is_unordered = True
        participants.is_lead_said |= role == "lead"
        participants.in_clauses += len(participants.found) - count
        end = doing.end()
        if text[start] in _BRACKETS and text[end : end + 1] not in _BRACKETS:
            start += 1
        else:
            end += text[start] in _BRACKETS
        text = f"{text[:start]}{SEAM}{text[end:]}"
        place = start
    return text


class _Piece(NamedTuple):
    """What stands between two openings: a name, with what opens it and what is before that."""

    opening: re.Match[str] | None
    said: str
    before: str
    is_in_list: bool  # a comma stands before those words, too

    @property
    def is_and(self) -> bool:
        """Return whether an and joins it to what is before."""
        return self.opening is not None and bool(self.opening["and"] or "and" in self.opening[0])


def _pieces(text: str) -> Iterator[_Piece]:
    """Yield the pieces of a text, the last one first."""
    openings = list(_OPENING.finditer(text))
    end = len(text)
    while openings:
        opening = openings.pop()
        begins = openings[-1].end() if openings else 0
        is_in_list = bool(openings) and openings[-1]["mark"] in _LISTING
        before = text[begins : opening.start()]
        yield _Piece(opening, text[opening.end() : end], before, is_in_list)
        end = opening.start()
    yield _Piece(None, text[:end], "", is_in_list=False)


def _clause(text: str, doing: re.Match[str], participants: Participants) -> _Clause | None:
    """Return the departments of the clause that ends so, and where it begins."""
    names = participants.names
    found: list[Department] = []
    has_comma = False
    for piece in _pieces(text[: doing.start()]):
        opening = piece.opening
        department, length = _named(piece.said, names)
        is_behind_name = _is_joined(opening) and _named(piece.before, names)[0] is not None
        if unknown := _unknown(
            piece, doing, names, is_behind_name=is_behind_name, is_list=bool(found)
        ):
            participants.unread = participants.unread or unknown
        if unknown or department is None:
            return None
        found.insert(0, department)
        if opening is None or length or not is_behind_name:
            begins = (opening.end() if opening else 0) + length
            begins = opening.start() if opening and not length else begins
            is_negated = opening and _NEGATED.search(text[: opening.start()])
            return None if is_negated or not _is_said(doing, opening) else (found, begins)
        if not piece.is_and and len(found) == 1:
            assert opening is not None  # a comma
            if not _is_behind_event(text[: opening.start()], participants.names):
                return _behind_lead(text, doing, opening, found, participants)
        if piece.is_and and has_comma:
            break  # with A & B, C & D helping
        has_comma |= not piece.is_and
    return None


def _is_behind_event(before: str, names: Names) -> bool:
    """Return whether a list goes on behind what happened: Police drill, Fire, Health helping."""
    head, comma, _ = before.rpartition(",")
    return (
        bool(comma)
        and _EVENT.search(head.rstrip()) is not None
        and any(names.at(head, word.start()) for word in _NEXT_WORD.finditer(head))
    )


def _behind_lead(
    text: str,
    doing: re.Match[str],
    comma: re.Match[str],
    found: list[Department],
    participants: Participants,
) -> _Clause | None:
    """Return the clause of one department behind the one that leads: Police, Longshan helping.

    Of several before the comma, or where it leads, nobody can tell: that is asked about.
    """
    names, before = participants.names, text[: comma.start()]
    words = (word.start() for word in _NEXT_WORD.finditer(before))
    begins = place = next(at for at in words if names.at(before, at))
    heading = _THE_AT_END.sub("", before[:begins]).rstrip(" ,:;-–—")
    if heading and not _DATED.match(f"{heading} "):
        return None
    count = 0
    while named := names.at(before, place):
        count, place = count + 1, named[1]
        joiner = _LIST.match(before, place)
        place = joiner.end() if joiner else place
    if before[place:].strip():
        return None
    if count == 1 and doing["lead"] is None and not doing["unsaid"]:
        return found, comma.start()
    participants.unread = participants.unread or text[begins : doing.end()].strip()
    return None


def _unknown(
    piece: _Piece,
    doing: re.Match[str],
    names: Names,
    *,
    is_behind_name: bool,
    is_list: bool,
) -> str:
    """Return words that may name somebody who is not known, there or joined before, or ""."""
    department, length = _named(piece.said, names)
    if department is None:
        if is_behind_name and piece.is_and:
            return f"{piece.before} and {piece.said}{doing[0]}".strip()
        return _who(piece.said[length:], doing, piece.opening, names)
    if is_behind_name or length or not _is_joined(piece.opening):
        return ""
    is_and = piece.is_and or is_list
    return listed(piece.before, names, is_and=is_and, is_in_list=piece.is_in_list)


def _is_joined(opening: re.Match[str] | None) -> bool:
    """Return whether a name may stand before, joined: behind a comma or and, not behind with."""
    if opening is None or opening["with"] or opening["lone"]:
        return False
    return opening["and"] is not None or opening["mark"] in _LISTING


def _is_said(doing: re.Match[str], opening: re.Match[str] | None) -> bool:
    """Return whether a clause says a part: Police support does only behind with."""
    is_with = opening is not None and (opening["with"] or opening["lone"]) is not None
    return not doing["unsaid"] and (is_with or not doing["noun"])


def _named(piece: str, names: Names) -> tuple[Department | None, int]:
    """Return the department that a piece names, and how long the date before its name is."""
    dated = _DATED.match(piece)
    length = dated.end() if dated else 0
    article = _ARTICLE.match(piece, length)
    assert article is not None  # it may be empty
    named = names.at(piece, article.end())
    is_whole = named is not None and not piece[named[1] :].strip()
    return (named[0] if named and is_whole else None), length


def _who(said: str, doing: re.Match[str], opening: re.Match[str] | None, names: Names) -> str:
    """Return the words of a clause that begin with a name which nobody knows, or ""."""
    who = _ARTICLE.compiled.sub("", said, count=1).strip()
    is_name = (_CAPITAL.match(who) or _CHINESE_NAME.fullmatch(who)) is not None
    is_name = is_name and len(who.split()) <= _LONGEST
    theirs = _PEOPLE_OF.match(who)
    if theirs and _named(who[theirs.end() :], names)[0]:
        return ""  # Officers from Police: read with the later clauses
    if not is_name or names.at(who, 0) or _PERSON.match(who) or _THEIRS.search(who):
        return ""
    is_said = _is_said(doing, opening) or doing["unsaid"]
    return f"{who}{doing[0]}".strip() if is_said else ""


def begins_list(before: str, names: Names) -> bool:
    """Return whether a list of names may begin behind a mark: drill, Police (lead)."""
    piece = next(_pieces(f"{before} "))
    mark = (piece.opening["mark"] or "").strip() if piece.opening else ""
    is_plain = (
        mark in _BEFORE_LIST and mark != "" and piece.before.isascii() and not piece.said.strip()
    )
    return is_plain and not listed(piece.before, names, is_and=True, is_in_list=piece.is_in_list)


def listed(before: str, names: Names, *, is_and: bool, is_in_list: bool) -> str:
    """Return who may stand in a list before a department and is not known, or "".

    `is_and`: the list has an and, so that a comma goes on with it. `is_in_list`: a comma stands
    before those words, too.
    """
    before = before.strip()
    if not before or before[-1].isdigit() or _EVENT.search(before):
        return ""
    is_place = _PLACE.search(before) is not None
    if (called := _CALLED.search(before)) and (is_and or not is_place):
        return "" if _named(called[1], names)[0] else called[1]
    if is_and and (called := _JOINED_BEFORE.search(before)):
        return called[1]
    is_short = len(before.split()) <= _SHORT and not any(char.isdigit() for char in before)
    return before if is_in_list and is_short and not is_place else ""
