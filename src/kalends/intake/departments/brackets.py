"""Brackets of a sentence: those that say who takes part, and those that were torn.

    partners = "（" [ "由" | "联合" | "会同" | "携手" ] name { joiner name } role "）"

市教育局（团市委配合）讲故事比赛 says what 市教育局，团市委配合，讲故事比赛 says.
"""

from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.joining_words import JOINER, PARTS
from kalends.intake.vocabulary.naming import Names

_BRACKET = Pattern(r"\s*[（(]([^（()）]{2,60})[)）]\s*", needs="（(")
_OPENER = Pattern("(由|联合|会同|携手)?")
_ROLE = Pattern(f"\\s*(?:(?:共同|联合)?(?:{PARTS}|举办|合办|联办)|联合)$", needs="头办加与合同助")
_FURTHER = Pattern(f"\\s*(?:{PARTS})[\\s，,、；;]+", words=PARTS.split("|"))
# What stood around a name: talk "with Parks"; behind it: Parks's band; or before it: cc: Parks.
_EMPTY = Pattern(
    r"[\"“'‘{<]\s+[\"”'’}>]|(?<!\S)['’](?:s\b|\s|$)|\b(?:[Ii]nfo|b?cc|[Aa]ttn|FAO|fao)\W*$",
    words=('"', "”", "'", "’", "}", ">", "nfo", "cc", "ttn", "FAO", "fao"),
)
_OPENS, _CLOSES = "（(", "）)"


def unbracketed(text: str, names: Names) -> str:
    """Return a text in which the brackets that say who takes part are commas."""
    for bracket in _BRACKET.finditer(text):
        if _says_who(bracket[1], names):
            said = f"，{bracket[1]}，"
            return unbracketed(f"{text[: bracket.start()]}{said}{text[bracket.end() :]}", names)
    return text


def torn(title: str) -> str:
    """Return the part of a title up to a bracket or mark that has no other one, or nothing."""
    opened: list[int] = []
    for place, character in enumerate(title):
        if character in _OPENS:
            opened.append(place)
        elif character in _CLOSES:
            if not opened:
                return title[: place + 1]
            opened.pop()
    if opened:
        return title[opened[0] :]
    empty = _EMPTY.search(title)
    return empty[0].strip() if empty else ""


def _says_who(text: str, names: Names) -> bool:
    """Tell whether a text is nothing but departments that the roster knows, and their role."""
    opener = _OPENER.match(text)
    place = opener.end() if opener else 0
    while (named := names.at(text, place)) is not None:
        place = named[1]
        joiner = JOINER.match(text, place)
        if joiner is None:
            has_opener = opener is not None and bool(opener[1])
            if _ROLE.match(text, place) or (has_opener and place == len(text)):
                return True
            further = _FURTHER.match(text, place)  # 市教育局主办，团市委协办
            return further is not None and _says_who(text[further.end() :], names)
        place = joiner.end()
    return False
