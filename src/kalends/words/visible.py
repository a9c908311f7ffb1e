"""Makes hidden characters visible, and those that change how others are seen."""

import unicodedata

# Controls, formats (all that turns the direction of writing among them), halves of surrogate
# pairs, separators of lines and paragraphs.
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# Letters and marks of other categories that are drawn as nothing (Default_Ignorable_Code_Point,
# and the blank Braille pattern), and what is no character at all.
_BLANKS = (
    (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065),
    (0x2800, 0x2800), (0x3164, 0x3164), (0xFDD0, 0xFDEF), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF),
)  # fmt: skip
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
# What joins and styles emoji: visible there, and nowhere else.
_JOINER, _TEXT_STYLE, _EMOJI_STYLE, _KEYCAP = "\u200d", "\ufe0e", "\ufe0f", "\u20e3"
_DRESSED = {"So", "Sm", "Sk"}
_PUNCTUATION = "‼⁉"
_plain = set(map(chr, range(0x20, 0x7F)))


def visible(text: str, *, but: str = "") -> str:
    r"""Return the text with every hidden character written as `\\u202e`; those in `but` stay.

    JSON escapes them in the same way: a JSON document stays valid and says the same.
    """
    unseen = {character for character in set(text) - _plain if _is_hidden(character)} - set(but)
    if not unseen:
        return text
    return "".join(
        escaped(character) if character in unseen and not _is_emoji(text, n) else character
        for n, character in enumerate(text)
    )


def escaped(character: str) -> str:
    """Return a character as JSON escapes it."""
    if character in _SHORT:
        return _SHORT[character]
    content = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{content[n : n + 2].hex()}" for n in range(0, len(content), 2))


def _is_hidden(character: str) -> bool:
    """Return whether a character is invisible by itself; visible characters are remembered."""
    number = ord(character)
    hidden = (
        unicodedata.category(character) in _HIDDEN
        or any(first <= number <= last for first, last in _BLANKS)
        or number & 0xFFFE == 0xFFFE  # noqa: PLR2004 - the last two of each plane are none
    )
    if not hidden:
        _plain.add(character)
    return hidden


def _is_emoji(text: str, place: int) -> bool:
    """Return whether a character joins two pictures or sets how a picture is drawn."""
    character, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if character == _JOINER:
        return _is_picture(before, _EMOJI_STYLE) and _is_picture(after)
    if character in {_TEXT_STYLE, _EMOJI_STYLE}:
        return _is_picture(before, _PUNCTUATION) or after == _KEYCAP
    return False


def _is_picture(character: str, others: str = "") -> bool:
    return character != "" and (unicodedata.category(character) in _DRESSED or character in others)
