"""Finds departments by name, alias or code in what people type."""

import unicodedata
from collections.abc import Iterable, Iterator

from kalends.domain.department import Department
from kalends.domain.errors import (
    AmbiguousDepartmentError,
    DepartmentMistypedError,
    DepartmentNotFoundError,
    NearDepartmentError,
    NoDepartmentError,
)
from kalends.domain.patterns import Pattern
from kalends.domain.roster import Roster
from kalends.domain.text import fold

# So many are offered; a text that more names hold than this means none of them, nor a short one.
_NEAR, _MOST_HOLDING, _SHORTEST = 3, 6, 2
_PLACES = frozenset("市区县镇乡道")
_GOVERNMENT = Pattern("(?:人民)?政府(?![办采网债大门工])", needs="政")
_STREET_OFFICE = Pattern("办事处|党工委(?!书记)|办(?![事理公好成学])", first="办党")
_BODIES_OF_CITIES = ("共青团", "中共", "")
PLACE_BEHIND = Pattern(
    r"(?<=[A-Za-z]) (?:[A-Z][\w'’-]* )?(?:Park|Square|Street|Road|Avenue|Lane|Mall|Plaza|Gardens?|"
    r"Lake|River|Hill|Mountain|Bridge|Hotel|Stadium|Theat(?:re|er)|Airport|Tower|Gate|Village)\b"
    r"|(?<=[A-Za-z]),? (?:the )?(?:(?:[0-9]+(?:st|nd|rd|th)|ground|first|second|third|top) floor"
    r"|[Rr]oom [0-9])",
    words=(
        *("Park", "Square", "Street", "Road", "Avenue", "Lane", "Mall", "Plaza", "Garden", "Lake"),
        *("River", "Hill", "Mountain", "Bridge", "Hotel", "Stadium", "Theat", "Airport", "Tower"),
        *("Gate", "Village", "floor", "oom "),
    ),
)

# In small letters they are words of the sentence, whatever department has them as its code.
_WORDS = frozenset({
    "a", "all", "am", "an", "and", "any", "are", "as", "at", "be", "by", "do", "for", "go",
    "he", "her", "him", "his", "i", "if", "in", "is", "it", "its", "may", "me", "my", "new",
    "no", "nor", "not", "of", "off", "on", "or", "our", "out", "she", "so", "sun", "the",
    "them", "they", "to", "up", "us", "was", "we", "who", "with", "you",
})  # fmt: skip
_PLACE_WORDS = frozenset({
    "bridge", "gate", "hall", "lake", "mall", "market", "park", "river", "road", "square",
    "street",
})  # fmt: skip
_APOSTROPHES = frozenset("'’‘ʼ`´")

_DEPT = Pattern(r" (?:[Dd]ept|[Dd]pt)\b\.?", words=(" dept", " Dept", " dpt", " Dpt"))


def department(roster: Roster, text: str) -> Department:
    """Return the department that a text names.

    Raises `AmbiguousDepartmentError` if several names contain the text, and
    `DepartmentNotFoundError`, with similar names, if none does.
    """
    found = roster.find(text)
    if found is not None:
        return found
    holding = roster.containing(text)
    if len(holding) > 1:
        raise AmbiguousDepartmentError(text=text, found=listed(holding), choices=_codes(holding))
    if alike := near(roster, text):
        raise DepartmentMistypedError(name=text, near=listed(alike), choices=_codes(alike))
    raise DepartmentNotFoundError(name=text)


def near(roster: Roster, text: str) -> list[Department]:
    """Return a few departments with names similar to this text, the most similar first.

    Those with this text in a name are all among them, or none where they are many.
    """
    wanted = fold(text)
    if len(wanted) < _SHORTEST:
        return []
    holding = roster.containing(wanted)
    from kalends.intake.vocabulary.close_names import close_names  # noqa: PLC0415 - only for unknown names

    found = [department.code for department in holding if len(holding) <= _MOST_HOLDING]
    alike = [roster.owners[name] for name in close_names(wanted, roster.owners)]
    codes = dict.fromkeys([*found, *alike[: max(_NEAR - len(found), 0)]])
    return [roster.departments[code] for code in codes]


def listed(departments: Iterable[Department]) -> str:
    """Return the names of departments with their codes, as suggestions show them."""
    return ", ".join(f"{department.name} ({department.code})" for department in departments)


def unnamed(roster: Roster, text: str, guess: str) -> NoDepartmentError:
    """Return the error for a text without a known department, with names similar to `guess`."""
    if alike := near(roster, guess):
        return NearDepartmentError(text=text, near=listed(alike), choices=_codes(alike))
    return NoDepartmentError(text=text)


def _codes(departments: Iterable[Department]) -> tuple[str, ...]:
    return tuple(department.code for department in departments)


class Names:
    """The names of a roster, ready to be found at the beginning of a text."""

    def __init__(self, roster: Roster) -> None:
        """Index the names by their first character, the longest first."""
        self.are_small = False  # whoever wrote the sentence gives no name a capital
        self._roster = roster
        self._owners = _with_city(roster)
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        for name in sorted(self._owners, key=len, reverse=True):
            self._by_first.setdefault(name[:1], []).append((_plain(name), name))

    @property
    def in_small_letters(self) -> Iterator[str]:
        """The registered English names, but no codes, in small letters."""
        return (
            name.lower()
            for department in self._roster.departments.values()
            for name in department.called
            if name.isascii() and name != department.code
        )

    def at(self, text: str, start: int) -> tuple[Department, int] | None:
        """Return the longest name that begins at `start` in the text, and where it ends.

        Spaces and the width of characters do not matter; a Latin name ends where a word ends.
        Longshan Park is a place, though Longshan is a department; 龙山区政府 is 龙山区.
        """
        first = fold(text[start : start + 1])
        names = self._by_first.get(first[:1], ())
        ahead = _ahead(text, start, len(names[0][0])) if names else ""
        for plain, name in names:
            if not ahead.startswith(plain):
                continue
            end = _taken(text, start, plain)
            if end is not None and _is_small_word(text[start:end]):
                continue  # no longer, it rained, Bulletin No. 7
            if end is not None and name in _PLACE_WORDS and _is_word_of_title(text, start, end):
                continue  # park clean-up, whatever department has park as its code
            if end is not None and _is_torn(text, start, end, self):
                continue  # 整治夜市 公安局: the word before ends there
            if end is not None and not in_word(text, end) and not PLACE_BEHIND.match(text, end):
                short = _DEPT.match(text, end)
                end = short.end() if short else end
                offices = _STREET_OFFICE if name.endswith("街道") else _GOVERNMENT
                government = offices.match(text, end) if name[-1] in _PLACES else None
                end = government.end() if government else end
                return self._roster.departments[self._owners[name]], end
        return None


def _is_small_word(word: str) -> bool:
    """Return whether it is a word of any sentence, not a code in capitals."""
    return word.casefold() in _WORDS and (len(word) == 1 or not word.isupper())


def _is_word_of_title(text: str, start: int, end: int) -> bool:
    """Return whether it is no code: park clean-up, Longshan Park, not park or PARK alone."""
    if not text[start:end].islower():
        return not text[start:end].isupper()
    return text[end : end + 1] == " " and text[end + 1 : end + 2].islower()


def _plain(name: str) -> str:
    """Return a folded name without apostrophes, which people type in several ways, or not."""
    return "".join(char for char in name if char not in _APOSTROPHES)


def _with_city(roster: Roster) -> dict[str, str]:
    """Return whose each name is; a city's office may be called 市 with its short name, too."""
    owners = dict(roster.owners)
    for name, code in roster.owners.items():
        official = roster.departments[code].name
        city = city_of(official) or ("市" if official.startswith("市") else None)
        if (
            city
            and "\u4e00" <= name[0] <= "\u9fff"
            and not name.startswith((city, "市", "共青团"))
        ):
            owners.setdefault(f"市{name}", code)
    return owners


def city_of(name: str) -> str | None:
    """Return the city with which an office's name begins: 辽源市 of 共青团辽源市委员会, or None.

    By hand: an expression for it takes longer to compile than all names take to be looked at.
    """
    for body in _BODIES_OF_CITIES:
        rest = name.removeprefix(body)
        for length in (4, 3):
            is_city = rest[length - 1 : length] == "市" and len(rest) >= length + 2
            if name.startswith(body) and is_city and _is_chinese(rest[: length + 2]):
                return rest[:length]
    return None


def _is_chinese(text: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in text)


def _is_torn(text: str, start: int, end: int, names: Names) -> bool:
    """Return whether a name begins within a Chinese word and has a blank before another name."""
    blanks = [place for place in range(start + 1, end) if text[place].isspace()]
    if not blanks or not "\u4e00" <= text[max(start - 1, 0)] <= "\u9fff" or start == 0:
        return False
    inner = names.at(text, blanks[-1] + 1)
    return inner is not None and inner[1] == end


def _ahead(text: str, start: int, most: int) -> str:
    """Return the text from `start` on, folded and without spaces, at least `most` characters."""
    found = ""
    for here in text[start:]:
        if len(found) >= most:
            break
        if not (here.isspace() or here in _APOSTROPHES):
            found += unicodedata.normalize("NFKC", here).casefold()
    return found


def _taken(text: str, start: int, name: str) -> int | None:
    """Return where a folded name ends that begins at `start`, or None if it is not there."""
    rest = name
    for place in range(start, len(text)):
        if text[place].isspace() or text[place] in _APOSTROPHES:
            continue
        here = unicodedata.normalize("NFKC", text[place]).casefold()
        if not rest.startswith(here):
            return None
        rest = rest[len(here) :]
        if not rest:
            return place + 1
    return None


def in_word(text: str, place: int) -> bool:
    """Return whether a Latin word or number continues at a place."""
    pair = text[max(place - 1, 0) : place + 1]
    return len(pair) > 1 and pair.isascii() and pair.isalnum()
