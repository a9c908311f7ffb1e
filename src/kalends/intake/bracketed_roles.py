"""Reads departments whose part stands in brackets behind them.

Police (lead), Education Bureau and Fire Brigade (participants): …
"""

import re

from kalends.domain.department import Department
from kalends.domain.details import Role
from kalends.domain.patterns import Pattern
from kalends.intake.participants import Participants
from kalends.intake.tags_and_place import BLANKS, SEAM

_ROLE = Pattern(
    r"\s*[（(]\s*(?:(?P<lead>lead(?:s|ing)?|host|牵头|主办)"
    r"|(?P<joint>joint|co-hosts?|partners?|联合|联办)"
    r"|participants?|participating|taking part|support(?:ing|s)?|参加|参与|配合|协办)\s*[)）]",
    needs="(（",
)
_LEFT = Pattern(
    r"(?:[\w'’.-]+ ?)?[（(]\s*(?:lead|leading|host|joint|partners?|participants?|participating"
    r"|牵头|主办|联合|参加|参与|配合|协办)\s*[)）]"
    r"|\b(?:lead|joint|co-hosts?|partners?|participants?|supporters?)\s*[:：]\s*\S+",
    re.IGNORECASE,
    needs="(（:：",
)
_AND = Pattern(r"\s*(?:,|，|、|/)\s*(?:and )?|\s+(?:and|&)\s+|\s*[和及与]\s*")
_THE = Pattern(r"the ")
_COMMA = ",，、;；"


def take(text: str, participants: Participants) -> str:
    """Take out the departments with a part in brackets, from the beginning or behind the date.

    A list is whole or left alone: a name that nobody knows must not lose its place in it.
    """
    if not _ROLE.search(text):
        return text
    place = 0
    while place < len(text):
        names, end = _names(text, place, participants)
        role = _ROLE.match(text, end) if names else None
        if role is None or not _may_begin(text[:place].rstrip(BLANKS)):
            place += 1
            continue
        part: Role = "lead" if role["lead"] else "joint" if role["joint"] else "participant"
        for department in names:
            participants.add(department, part)
        text = text[:place] + SEAM + text[role.end() :]
    return text


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
        joined = _AND.match(text, end)
        if joined is None:
            return found, end
        place = joined.end()


def _may_begin(before: str) -> bool:
    """Return whether a list may begin behind this: behind nothing, the date, or such a list."""
    if before[-1:] in _COMMA and before:
        before = before[:-1].rstrip(BLANKS)
    return not before or before[-1] in f":：日{SEAM}" or before[-1].isdigit()
