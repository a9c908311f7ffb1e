"""One sentence that records an activity: its date, departments, tags and place, and the rest.

    sentence  = { date | department | tag | place | link } title { tag | place }
    tag       = "#" word [ "#" ]
    place     = "@" word | "@" quoted
    link      = "、" | "," | "和" | "与" | "及" | "联合" | "会同" | ":" | space …

Nothing needs spaces between: 7月14日上午团市委召开推进会#推进会@会议室. The first department
named leads; those after it join. Dates and departments are looked for where the sentence begins
and, when they are not there, as words of their own further on; never inside the title.
"""

import re
from dataclasses import dataclass, field

from kalends.dates.reader import Context, Reading, read, read_prefix
from kalends.domain.details import Participation, Role
from kalends.domain.errors import KalendsError, UnreadableDateError
from kalends.domain.roster import Roster
from kalends.intake.naming import Names

_TAG = re.compile(r"#([^\s#@,，。;；]+)(?:#(?![^\s@,，。;；]))?")
_PLACE = re.compile(r'@(?:"([^"]+)"|“([^”]+)”|([^\s#@,，。;；]+))')
_JOINER = re.compile(r"联合|会同|共同|[、,，和与及&]|and\b|with\b", re.IGNORECASE)
_LINK = re.compile(r"[\s:：,，;；]+|[于在](?=\d)")
_EDGE = " \t\u3000\u00a0,，.。;；:：、"


@dataclass(slots=True, kw_only=True)
class Sentence:
    """What a sentence was found to say; what was not found is empty."""

    when: Reading | None = None
    departments: list[Participation] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    place: str | None = None
    title: str = ""


def read_sentence(text: str, *, roster: Roster, context: Context) -> Sentence:
    """Return what a sentence says.

    Raises `UnreadableDateError` for a date that cannot be (2月30日, a wrong weekday).
    """
    found = Sentence()
    text = _without_marks(text, found)
    names = Names(roster)
    rest = text[_read_head(text, found, names, context) :]
    if found.when is None or not found.departments:
        rest = _read_words(rest, found, names, context)
    kept = [one for one in rest.strip(_EDGE).split(" ") if one not in {"@", "#"}]
    found.title = " ".join(kept).strip(_EDGE)
    return found


def _without_marks(text: str, found: Sentence) -> str:
    """Take tags and the place out of the text."""
    found.tags = [one.group(1).strip(_EDGE) for one in _TAG.finditer(text)]
    text = _TAG.sub(" ", text)
    place = _PLACE.search(text)
    if place is not None:
        found.place = next(one for one in place.groups() if one)
        text = f"{text[: place.start()]} {text[place.end() :]}"
    return text


def _read_head(text: str, found: Sentence, names: Names, context: Context) -> int:
    """Read dates and departments where the text begins; return where the rest begins."""
    place = _linked(text, 0)
    while place < len(text):
        if found.when is None and (dated := read_prefix(text[place:], context)) is not None:
            found.when, length = dated
            place = _linked(text, place + length)
            continue
        start, joined = place, False
        if found.departments and (joiner := _JOINER.match(text, place)):
            start, joined = _linked(text, joiner.end()), True
        named = names.at(text, start)
        if named is None or (found.departments and not joined and not _spaced(text, place)):
            return place
        _add(found, named[0].code)
        place = _linked(text, named[1])
    return place


def _read_words(text: str, found: Sentence, names: Names, context: Context) -> str:
    """Read what is still missing where it stands as words of its own; return the other words."""
    words = text.split()
    kept: list[str] = []
    while words:
        taken = 0
        if found.when is None:
            taken = _read_date(words, found, context)
        if not taken and not found.departments:
            named = names.at(words[0], 0)
            if named is not None and named[1] == len(words[0]):
                _add(found, named[0].code)
                taken = 1
        if not taken:
            kept.append(words[0])
        words = words[max(taken, 1) :]
    return " ".join(kept)


def _read_date(words: list[str], found: Sentence, context: Context) -> int:
    for count in range(min(4, len(words)), 0, -1):
        phrase = " ".join(words[:count])
        if not any(one.isdigit() for one in phrase) and phrase.isascii():
            continue  # in English only what bears a number is a date here: “may” is no month
        try:
            found.when = read(phrase, context)
        except UnreadableDateError:
            continue
        except KalendsError:
            return 0
        return count
    return 0


def _linked(text: str, place: int) -> int:
    link = _LINK.match(text, place)
    return place if link is None else link.end()


def _spaced(text: str, place: int) -> bool:
    return place > 0 and text[place - 1].isspace()


def _add(found: Sentence, code: str) -> None:
    role: Role = "joint" if found.departments else "lead"
    if all(one.code != code for one in found.departments):
        found.departments.append(Participation(code=code, role=role))
