"""Folds characters for reading: look-alikes become one form, invisible ones are left out."""

import unicodedata

_ALIKE = (
    ("\t", " "),
    ("-‐‑‒−⁃﹣－˗", "-"),
    ("—–―⸺⸻─━〜∼～﹘〰ー", "~"),
    ("·•・‧･∙⋅", "·"),
    ("“”„‟「」『』《》〈〉〝〞〟", '"'),
    ("‘’‚‛", "'"),
    ("【[〔", "("),
    ("】]〕", ")"),
    ("○〇零", "〇"),
    ("：∶ː﹕︰꞉˸", ":"),
    ("／∕⁄⧸╱", "/"),
    ("．․﹒｡", "."),
    ("，﹐︐", ","),
    ("、﹑､", "、"),
    ("；﹔", ";"),
)
_TRADITIONAL = str.maketrans(
    "點時週號後個兩農曆舊節國慶禮這來開間點陰閏陽歲種婦兒軍黨勞動師憲聖誕當隻臘幾內後裡",
    "点时周号后个两农历旧节国庆礼这来开间点阴闰阳岁种妇儿军党劳动师宪圣诞当只腊几内后里",
)
# What is drawn as nothing: formats, and the other code points that Unicode lets be ignored.
_IGNORED = (
    *((0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065)),
    *((0x2800, 0x2800), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8)),
    (0xE0000, 0xE0FFF),
)
# Where a letter or a numeral is drawn again: radicals, compatibility ideographs, other widths.
_AGAIN = (
    *((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFE10, 0xFE6F), (0xFF00, 0xFFEF)),
    *((0x1D400, 0x1D7FF), (0x2F800, 0x2FA1F)),
)
_RADICALS = {"⺝": "月", "⺼": "月", "⺜": "日", "⻝": "食", "⻆": "角", "⼀": "一"}


class _Table(dict[int, int]):
    """What each character is read as; worked out when it is first met."""

    def __missing__(self, code: int) -> int:
        read = self[code] = ord(_read_as(chr(code)))
        return read


def _read_as(character: str) -> str:
    if unicodedata.category(character) == "Zs":
        return " "
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    if any(first <= ord(character) <= last for first, last in _AGAIN):
        plain = unicodedata.normalize("NFKC", character)
        character = plain if len(plain) == 1 else character
    character = _RADICALS.get(character, character)
    small = character.lower()
    character = small if len(small) == 1 else character
    known = _KNOWN.get(ord(character))
    return character if known is None else chr(known)


_KNOWN: dict[int, int] = {
    **_TRADITIONAL,
    **{ord(character): ord(to) for many, to in _ALIKE for character in many},
}
_TABLE = _Table(_KNOWN)


def normalise(text: str) -> str:
    """Return the text with one writing for what is read alike, one character for one.

    Full-width becomes narrow, capitals small, long dashes `~`, every blank a space, radicals and
    traditional characters the usual ones; so a place in the result is the same place in the text.
    Numerals in words stay as they are.
    """
    return text.translate(_TABLE)


def is_unseen(character: str) -> bool:
    """Return whether a character is invisible."""
    return unicodedata.category(character) == "Cf" or any(
        first <= ord(character) <= last for first, last in _IGNORED
    )


def seen(text: str) -> list[int]:
    """Return the positions of the visible characters of a text."""
    return [
        place
        for place, character in enumerate(text)
        if character.isascii() or not is_unseen(character)
    ]
