"""One sentence that records an activity: its date, departments, tags and place, and the rest.

    sentence  = { date | group | tag | place | link } title
                { clause | tag | place } [ headcount ]
    group     = [ "由" | "the" ] department { joiner department } [ "等部门" ]
                [ part ("," | "的") ]
    clause    = "由" group part | group part | "组织" group "参加" | "hosted by" group …
    part      = "牵头" "主办" (leads) | "承办" (joins)
              | "协办" "参加" "配合" … (takes part)
    joiner    = "、" | "," | "和" | "与" | "及" | "联合" | "会同" | "and" | "with" | "&" | "/"
              | "·" | "+" | "(" department ")" | space …
    tag       = "#" word [ "#" ]
    place     = "@" word | "@" quoted
    link      = ":" | "," | ";" | space …

Nothing needs spaces between: 7月14日上午团市委召开推进会#推进会@会议室. The first department
named leads and those after it join, unless their part is told. Dates and departments are looked
for where the sentence begins and, when they are not there, as words of their own further on;
never inside the title. What stands behind a joiner and looks like a department is one or is asked
for (`offices`), and no piece of a date slides into the title (`leftovers`).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from kalends.dates.reader import Context, Reading, read, read_prefix
from kalends.domain.department import Department
from kalends.domain.details import Participation, Role
from kalends.domain.errors import (
    HalfReadDateError,
    HalfReadDepartmentError,
    KalendsError,
    NoDateError,
    SecondDateError,
    TornDateError,
    UnreadableDateError,
)
from kalends.domain.patterns import Pattern
from kalends.domain.roster import Roster
from kalends.domain.text import without_unseen
from kalends.domain.when import COARSE
from kalends.intake import leftovers, offices, torn_dates
from kalends.intake.asked import Asked, Nobody
from kalends.intake.headcount import take_headcount
from kalends.intake.marks import SEAM, take_marks, tidy
from kalends.intake.naming import Names, unnamed

_JOINER = Pattern(
    r"\s*([、/&／＆+＋·・]|以及|联合|会同|共同|携手|和(?![谐睦美气解好善蔼])|与(?![会否其众]|时俱)"
    r"|及(?![时格早其])|(?:and|,?\s*(?:together|jointly) with|with)\b(?:\s+the\b)?)\s*",
    re.IGNORECASE,
)
_LINK = Pattern(r"(?:[\s:：,，;；]|(?<=\s)[-–—](?=\s))+|[于在](?=\d)")
_PART = Pattern(
    r"\s*(牵头|主办|承办|协办|参加|参与|联合|配合|协同|协助)"
    "(?=\\s*(?:[,，;；、的]|$)|(?<=牵头)(?:联合|会同))"
)
_WITH = Pattern("联合|会同|携手")
_BY = Pattern(r"\s*(牵头|主办|承办|协办)")  # 由团市委牵头开展: no comma is needed
_PART_GOING_ON = Pattern(r"\s*(牵头|主办|承办|协办|参加|参与|配合|协同|协助)")
_ROLES: dict[str, Role | None] = {
    **dict.fromkeys(("牵头", "主办"), "lead"),
    **dict.fromkeys(("参加", "参与", "配合", "协同", "协助", "协办"), "participant"),
    "承办": "joint",
    "联合": None,
}
_OTHERS = Pattern("等(?:有关|相关)?(?:[一二两三四五六七八九十]|[0-9]+)?个?(?:部门|单位)")
_OPENING, _CLOSING = Pattern(r"\s*[（(]\s*"), Pattern(r"\s*[）)]")
_THE = Pattern(r"the\s+", re.IGNORECASE)
_BY_NAME = Pattern(
    r"\s*\b(?:(?:(?:co-)?hosted|organi[sz]ed|run|held|led|arranged|sponsored) (?:jointly )?by "
    r"|(?<!ed )by )(?:the )?",
    re.IGNORECASE,
)
_HOURS = "凌清早一上中正午下傍晚夜深当"
_WORDS, _GUESS = 4, 12
_OPENER = Pattern(f"由|组织|(?<![A-Za-z]){_BY_NAME.source}", re.IGNORECASE)
_WORD_BEHIND = Pattern(r" +(?!on |at |in )[A-Za-z]")
_PART_HERE = Pattern(r"\s*(牵头|主办|承办|协办|参加|参与|配合)(?=\s*(?:[,，;；、。的]|$))")
_TAKING = Pattern("(参加|参与)(?![了过])")
_CLOCK_ALONE = {"zh-time", "en-time"}
_BARE = {"zh-day", "en-day", "zh-weekday", "en-weekday"}  # whose month may stand elsewhere
_OPEN = COARSE | {"week", "ten-days"}  # a day may still follow
_LONE_DIGIT = Pattern("(?<![0-9])[0-3]$")  # of 14, when 4 stands elsewhere
_BETWEEN = " \u3000,，、"
_Named = tuple[Department, int]


@dataclass(slots=True, kw_only=True)
class Sentence:
    """What a sentence was found to say; what was not found is empty.

    `had_unseen`: characters that nobody sees, as they are pasted from a chat, were left out.
    """

    when: Reading | None = None
    departments: list[Participation] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    place: str | None = None
    title: str = ""
    headcount: int | None = None
    description: str | None = None
    had_unseen: bool = False


def read_sentence(
    text: str,
    *,
    roster: Roster,
    context: Context,
    asked: Asked | None = None,
    wanted: Collection[str] = (),
) -> Sentence:
    """Return what a sentence says.

    `wanted`, of `when`, `departments` and `title`: what nothing but the sentence says, so it is
    asked for when it is not there, and of the title that it holds no piece of a date. Without
    `asked` what is unclear is raised: an `UnreadableDateError` for a date that cannot be (2月30日,
    a wrong weekday), a `NoDepartmentError` for a joined department that nobody knows.
    """
    return _Reader(text, roster, context, asked or Nobody()).read(wanted)


class _Reader:
    """Reads one sentence, from its beginning on."""

    def __init__(self, text: str, roster: Roster, context: Context, asked: Asked) -> None:
        self._said, self._roster, self._context, self._asked = text, roster, context, asked
        self._names = Names(roster)
        seen = without_unseen(text)
        self._text, place, tags = take_marks(seen)
        self._marked = self._text
        self._found = Sentence(place=place, tags=tags, had_unseen=seen != text)
        self._has_parts = False  # a part was told: then what follows a group is one too
        self._behind = -1  # where the departments end that were read last, if nothing followed

    def read(self, wanted: Collection[str]) -> Sentence:
        """Return what the sentence says."""
        found = self._found
        self._text = self._text[self._head(0) :]
        if found.when is not None and not found.departments and "departments" in wanted:
            self._check_seam()
        is_unknown = "departments" in wanted and not found.departments and self._unknown()[1] > 0
        was_named = bool(found.departments)
        self._text = self._clauses(self._text)
        if found.when is None or not found.departments:
            self._text = self._words(departments=not is_unknown)
        if "when" in wanted:
            self._check_torn()
        if found.when is None and "when" in wanted:
            found.when = self._asked.date(self._no_date())
        if not found.departments and "departments" in wanted and found.when:
            self._check_seam()
        if not found.departments and "departments" in wanted:
            self._first_department()
        found.title = tidy(self._text)
        found.title, found.headcount, found.description = take_headcount(found.title)
        if "title" in wanted:
            self._check_title()
            self._check_offices(found.title, was_named=was_named)
        return found

    def _head(self, place: int) -> int:
        """Read dates and departments from a place on; return where the rest begins."""
        place = self._linked(place)
        while place < len(self._text):
            after = self._hours(place) if self._found.when else self._date(place)
            if after is not None:
                self._behind = -1
            elif (after := self._departments(place)) is None:
                break
            place = self._linked(after)
        return place

    def _date(self, place: int) -> int | None:
        """Read the date that begins at a place; return where it ends."""
        rest = self._text[place:].replace(SEAM, " ")
        begins = self._names.at(self._text, place) is not None

        def named(at: int) -> bool:
            return not begins and self._names.at(self._text, place + at) is not None

        try:
            dated = read_prefix(rest, self._context, named=named)
        except UnreadableDateError as error:
            self._found.when = self._asked.date(error)
            return place + _length(rest, error)
        if dated is None:
            return None
        self._found.when, length = dated
        if half := leftovers.half_range(rest, length):
            unread = HalfReadDateError(text=rest[:half].strip(), part=rest[length:half])
            self._found.when, length = self._asked.date(unread), half
        return place + length

    def _hours(self, place: int) -> int | None:
        """Read the hours that stand apart from their day: 7月14日团市委上午召开."""
        rest, when = self._text[place:].replace(SEAM, " "), self._found.when
        begins = rest[0] in _HOURS or rest[0].isdigit()
        if when is None or when.when.precision != "day" or not begins:
            return None
        day = when.when.text
        try:
            read_on = read_prefix(f"{day} {rest}", self._context)
        except KalendsError:
            return None
        if read_on is None or read_on[0].when.precision not in {"part", "minute"}:
            return None
        self._found.when = read_on[0]
        return place + read_on[1] - len(day) - 1

    def _departments(self, place: int) -> int | None:
        """Read the departments that stand at a place, joined; return where they end."""
        is_by = self._text.startswith("由", place)
        start = place + is_by
        if article := _THE.match(self._text, start):
            start = article.end() if self._names.at(self._text, article.end()) else start
        if self._found.departments:
            if joiner := _WITH.match(self._text, place):
                start = joiner.end()
            elif not is_by and not self._is_apart(place):
                return None
        named = self._names.at(self._text, start)
        if self._found.departments and not is_by:
            if named is not None and offices.goes_on(self._text, named[1]):
                return None
            if named is None and (start > place or self._has_comma(place)):
                named = self._unknown_after(start, "," if start == place else "联合")
        return None if named is None else self._group(named, is_by=is_by)

    def _group(self, named: _Named | None, *, is_by: bool = False) -> int:
        """Read on from a department, to the last one joined to it and the part they all have."""
        group: list[Department] = []
        end, opened = 0, 0
        while named is not None:
            named = self._whole(named)
            group.append(named[0])
            end = named[1]
            if opened and (closing := _CLOSING.match(self._text, end)):
                end, opened = closing.end(), 0
            named = self._bracketed(end) if not opened else None
            opened += named is not None
            named = named or self._joined(end)
        if others := _OTHERS.match(self._text, end):
            end = others.end()
        part = _PART.match(self._text, end)
        if part is None and (is_by or self._has_parts):
            part = (_PART_GOING_ON if self._has_parts else _BY).match(self._text, end)
        self._has_parts |= part is not None
        for one in group:
            usual: Role = "joint" if self._found.departments else "lead"
            _add(self._found, one.code, (part and _ROLES[part[1]]) or usual)
        self._behind = part.end() if part else end
        if part and self._text.startswith("的", self._behind):
            self._behind += 1
        return self._behind

    def _whole(self, named: _Named) -> _Named:
        """Return the most exact of a chain of departments: 我市龙山区南康街道.

        Asks where what follows makes another office of it: 市教育局第三中学.
        """
        department, end = named
        while True:
            blank = re.compile(r"[ \u3000]*").match(self._text, end)
            place = blank.end() if blank else end
            further = self._names.at(self._text, place)
            if further is None or self._text[place] in "与和及":
                break
            if not offices.is_within(self._roster, further[0], department):
                if place > end:
                    break
                word = department.name + self._text[end : further[1]]
                department = self._asked.department(unnamed(self._roster, word, word))
                end = further[1]
                continue
            department, end = further
        part = 0 if _JOINER.match(self._text, end) else offices.unknown_part(self._text, end)
        if part:
            word = department.name + self._text[end:part]
            return self._asked.department(unnamed(self._roster, word, word)), part
        return department, end

    def _bracketed(self, end: int) -> _Named | None:
        """Return the department that begins in brackets behind another one."""
        opening = _OPENING.match(self._text, end)
        return self._names.at(self._text, opening.end()) if opening else None

    def _clauses(self, text: str) -> str:
        """Read the departments that have a part further on; return the text without them.

        培训班由团市委主办，市教育局承办: 由 and a department, or a department and its part up to
        the next comma.
        """
        place = 0
        while place < len(text):
            opener = _OPENER.match(text, place)
            apart = place == 0 or text[place - 1] in " ,，、;；" or text[place - 1] == SEAM
            start = opener.end() if opener else place
            named = self._names.at(text, start) if opener or apart else None
            if named is not None:
                end = self._clause(text, named, opener[0].strip() if opener else "")
                if end:
                    text, place = text[:place] + SEAM + text[end:], place + 1
                    continue
            place += 1
        return text

    def _clause(self, text: str, named: _Named, opener: str) -> int:
        """Read a group that has a part; return where it ends, 0 when it has none."""
        group, end = [named[0]], named[1]
        while (joiner := _JOINER.match(text, end)) and (
            more := self._names.at(text, joiner.end())
        ):
            group.append(more[0])
            end = more[1]
        if opener.isascii() and opener:
            if text[end : end + 1].isalnum() or _WORD_BEHIND.match(text, end):
                return 0
            for one in group:
                _add(self._found, one.code, "joint" if self._found.departments else "lead")
            return end
        usual = _PART_GOING_ON if self._has_parts else _PART_HERE
        part = (_TAKING if opener == "组织" else usual).match(text, end)
        if part is None:
            return 0
        for one in group:
            _add(self._found, one.code, _ROLES[part[1]] or "joint")
        return part.end() + text.startswith("的", part.end())

    def _check_offices(self, title: str, *, was_named: bool) -> None:
        """Ask where an office would be left in the title that may take part."""
        if piece := offices.left(title, self._names.at, was_named=was_named):
            part = title[slice(*piece)]
            error = HalfReadDepartmentError(text=self._said, part=part)
            self._found.title = self._asked.title(error)

    def _joined(self, end: int) -> _Named | None:
        """Return the department joined to one that ends here; None where what happened begins."""
        joiner = _JOINER.match(self._text, end)
        if joiner is None:
            return None
        if whole := self._names.at(self._text, joiner.start(1)):
            return whole  # 和平街道
        start = joiner.end()
        return self._names.at(self._text, start) or self._unknown_after(start, joiner[1])

    def _unknown_after(self, start: int, joiner: str) -> _Named | None:
        end = offices.unknown_after(self._text, start, joiner)
        if end is None:
            return None
        word = self._text[start:end]
        return self._asked.department(unnamed(self._roster, word, word)), end

    def _unknown(self) -> tuple[int, int, bool]:
        """Return where the rest begins, and the end of an unknown name there."""
        start = self._linked(0)
        end, is_sure = offices.unknown_first(self._text[start:], self._roster)
        return start, end, is_sure

    def _first_department(self) -> None:
        """Ask for the department where none is known, and go on behind the name it stands for."""
        start, length, is_sure = self._unknown()
        word = self._text[start : start + length]
        guess = word or tidy(self._text).split(" ")[0][:_GUESS]
        department = self._asked.department(unnamed(self._roster, word or self._said, guess))
        if word and (is_sure or offices.holds(department, word)):
            end = self._group((department, start + length))
            self._text = self._text[self._head(end) :]
        else:
            _add(self._found, department.code, "lead")

    def _words(self, *, departments: bool) -> str:
        """Read what is missing where it stands as words of its own; return the text without."""
        words = list(re.finditer(r"\S+", self._text))
        kept, place, n = "", 0, 0
        while n < len(words):
            count = 0 if self._found.when else self._read_date(words[n : n + _WORDS])
            if not count and departments and not self._found.departments:
                named = self._names.at(self._text, words[n].start())
                if (
                    named is not None
                    and named[1] == words[n].end()
                    and self._stands_alone(words, n)
                ):
                    _add(self._found, named[0].code, "lead")
                    count = 1
            if count:
                kept += self._text[place : words[n].start()]
                kept = re.sub(r"(?i)(?:^|(?<=\s))on\s+$", "", kept) + SEAM
                place = words[n + count - 1].end()
            n += max(count, 1)
        return kept + self._text[place:]

    @staticmethod
    def _stands_alone(words: list[re.Match[str]], n: int) -> bool:
        """Tell whether the words around a name do not make a list of it."""
        around = [words[at][0].casefold() for at in (n - 1, n + 1) if 0 <= at < len(words)]
        return not {"and", "with", "by", "the", "of", "&"}.intersection(around)

    def _read_date(self, words: list[re.Match[str]]) -> int:
        """Read a date that some of these words are, from the first on; return how many."""
        for count in range(len(words), 0, -1):
            phrase = " ".join(one[0] for one in words[:count])
            if not any(one.isdigit() for one in phrase) and phrase.isascii():
                continue  # in English only what bears a number is a date here: “may” is no month
            try:
                dated = read(phrase, self._context)
            except UnreadableDateError:
                continue
            except KalendsError:
                return 0
            if dated.rule in _CLOCK_ALONE:
                continue  # today's, but nobody said so
            self._found.when = dated
            return count
        return 0

    def _check_title(self) -> None:
        """Ask where a piece of a date would stand in the title."""
        found = self._found
        while piece := self._left(found.title):
            part = found.title[piece.start : piece.end]
            if piece.is_day:
                found.title = self._asked.title(SecondDateError(text=self._said, part=part))
                return
            found.when = self._asked.date(HalfReadDateError(text=self._said, part=part))
            found.title = tidy(f"{found.title[: piece.start]}{SEAM}{found.title[piece.end :]}")

    def _check_seam(self) -> None:
        """Ask for the piece of a date that stands between it and the departments."""
        text = self._text.replace(SEAM, " ")
        piece = self._left(text.lstrip(_BETWEEN))
        if piece is not None and piece.start == 0:
            begins = len(text) - len(text.lstrip(_BETWEEN))
            end = begins + piece.end
            unread = HalfReadDateError(text=self._said, part=text[begins:end])
            self._found.when = self._asked.date(unread)
            self._text = self._text[self._head(end) :]

    def _check_torn(self) -> None:
        """Ask where the date that was read is a piece of another, longer one."""
        when = self._found.when
        torn = when and torn_dates.torn(self._marked, when, self._names, self._context)
        if torn:
            part = " … ".join(torn.pieces)
            self._found.when = self._asked.date(TornDateError(text=self._said, part=part))
            for piece in torn.beside:
                self._text = self._text.replace(piece, SEAM, 1)

    def _left(self, text: str) -> leftovers.Piece | None:
        """Return the first piece of a date that is left in a text."""
        when = self._found.when
        is_open = when is None or when.rule in _BARE or when.when.precision in _OPEN
        is_torn = when is not None and _LONE_DIGIT.search(when.when.text) is not None
        return leftovers.piece(text, is_open=is_open, is_torn=is_torn)

    def _no_date(self) -> KalendsError:
        """Return what is asked where no date was read: for the piece of one that stands there."""
        text = self._text.replace(SEAM, " ")
        if piece := self._left(text):
            return HalfReadDateError(text=self._said, part=text[piece.start : piece.end])
        return NoDateError(text=self._said)

    def _linked(self, place: int) -> int:
        link = _LINK.match(self._text, place)
        return place if link is None else link.end()

    def _is_apart(self, place: int) -> bool:
        """Tell whether a further department can begin here: behind a blank or a comma."""
        return self._text[place - 1].isspace() or self._has_comma(place)

    def _has_comma(self, place: int) -> bool:
        """Tell whether nothing but a comma is between the departments and here."""
        between = self._text[self._behind : place].strip() if self._behind >= 0 else ""
        return between in {",", "，"}


def _length(rest: str, error: UnreadableDateError) -> int:
    """Return how much of a text the date takes that was refused, its part behind it too."""
    said, part = str(error.facts["text"]), str(error.facts["part"])
    end = max(rest.find(said), 0) + len(said)
    return end + len(part) if rest.startswith(part, end) else end


def _add(found: Sentence, code: str, role: Role) -> None:
    if all(one.code != code for one in found.departments):
        found.departments.append(Participation(code=code, role=role))
