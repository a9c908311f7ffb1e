"""The characters of a sentence with their positions, and seams in place of names."""

import re
from typing import NamedTuple

from kalends.dates.folding import normalise
from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.joining_words import JOINER, LISTED, OTHERS, PARTS
from kalends.intake.vocabulary.naming import Names, in_word
from kalends.intake.vocabulary.tags_and_place import SEAM

_BLANK = re.compile(r"\s*")
_PART = Pattern(rf"\s*(?:{PARTS})?的?")
_BEFORE = Pattern(r"(?:由|\b[Bb][Yy]|\b[Tt][Hh][Ee])\s*$", needs="由yYeE")
SEAMS = Pattern(f"\\s*{SEAM}\\s*", needs=SEAM)


class Letter(NamedTuple):
    """A character and its position in the text; -1 if it stands for several."""

    char: str
    place: int


def located(text: str, said: str) -> list[tuple[int, int]]:
    """Return the spans of a date's words in a text: one, or another for hours further on."""
    if (start := text.find(said)) >= 0:
        return [(start, start + len(said))]
    words = [re.escape(word) for word in said.split()]
    for n in range(len(words), 0, -1):
        first, last = r"\s+".join(words[:n]), r"\s+".join(words[n:])
        found = re.search(f"({first}).*?({last})", text, re.DOTALL)
        if found is not None:
            return [found.span(1)] + ([found.span(2)] if last else [])
    return []


def without_names(text: str, spans: list[tuple[int, int]], names: Names) -> list[Letter]:
    """Return the characters of a text, with a seam for each run of names."""
    letters: list[Letter] = []
    place = 0
    while place < len(text):
        inside = next((span for span in spans if span[0] <= place < span[1]), None)
        end = 0 if inside or in_word(text, place) else _names_end(text, place, names)
        if end and not any(place <= span[0] < end for span in spans):
            while letters and (by := _BEFORE.search("".join(char for char, _ in letters))):
                del letters[by.start() :]
            letters.append(Letter(SEAM, place))
            place = end
        else:
            letters.append(Letter(text[place], place))
            place += 1
    return letters


def _names_end(text: str, place: int, names: Names) -> int:
    """Return where the joined names that begin at a place end; 0 if none begins there."""
    end = 0
    named = names.at(text, place)
    while named is not None:
        end = named[1]
        for pattern in (OTHERS, _PART):
            behind = pattern.match(text, end)
            end = behind.end() if behind else end
        joiners = (pattern.match(text, end) for pattern in (JOINER, LISTED, _BLANK))
        named = next(
            (named for found in joiners if found and (named := names.at(text, found.end()))), None
        )
    return end


def sewn_with(letters: list[Letter], blank: str) -> list[Letter]:
    """Return letters with a blank or nothing for each name and the blanks around it."""
    text = text_of(letters)
    sewn: list[Letter] = []
    place = 0
    for run in SEAMS.finditer(text):
        sewn += letters[place : run.start()] + [Letter(char, -1) for char in blank]
        place = run.end()
    return sewn + letters[place:]


def text_of(letters: list[Letter]) -> str:
    """Return letters as they were typed."""
    return "".join(letter.char for letter in letters)


def read_as(letters: list[Letter]) -> str:
    """Return letters as they are read, one for one."""
    return normalise(text_of(letters))


def is_chinese(char: str) -> bool:
    """Tell whether a character is one of those that Chinese is mostly written in.

    In a pattern their range takes a millisecond to compile.
    """
    return "\u4e00" <= char <= "\u9fff"


def is_latin(char: str) -> bool:
    """Return whether a character is an English letter."""
    return char.isascii() and char.isalpha()
