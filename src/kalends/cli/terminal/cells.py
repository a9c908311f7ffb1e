"""How wide texts are on a terminal, in cells, and wrapping by cells."""

import unicodedata


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes: two for a wide character."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(character)
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text; between wide characters a line may break anywhere."""
    lines, line = [], ""
    for word in _words(text):
        if line.strip() and cells(line) + cells(word.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += word if line else word.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _words(text: str) -> list[str]:
    words: list[str] = []
    fresh = True
    for character in " ".join(text.split()):
        wide = unicodedata.east_asian_width(character) in "WF"
        closing = unicodedata.category(character) in {"Po", "Pe", "Pf"} and character != "#"
        tag = words and words[-1][:1] == "#" and words[-1][-1:] != " "  # a tag is not broken
        if words and (closing or tag or not (fresh or wide)):
            words[-1] += character
        else:
            words.append(character)
        fresh = character == " " or wide
    return words
