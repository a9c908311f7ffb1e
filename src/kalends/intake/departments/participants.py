"""Reads groups of departments in a sentence, each with its role.

A group of departments stands where the sentence begins (`at`), or further on in a clause that
says its part (`clauses`). The first leads and the others join, if no part is said.

    group     = [ "由" | "the" ] department { joiner department } [ "等部门" ]
                [ part ("," | "的") ]
    part      = "牵头" "主办" (leads) | "承办" (joins)
              | "协办" "参加" "配合" … (takes part)
    joiner    = "、" | "," | "和" | "与" | "及" | "联合" | "会同" | "and" | "with" | "&" | "/"
              | "·" | "+" | "(" department ")" | space …
"""

import re

from kalends.domain.department import Department
from kalends.domain.details import Participation, Role
from kalends.domain.patterns import Pattern
from kalends.domain.roster import Roster
from kalends.intake.departments import group_limits, lone_names, part_words
from kalends.intake.departments.part_words import BY, HELD, OF_IT, OF_PART, PART, PART_GOING_ON
from kalends.intake.sentence_prompter import SentencePrompter
from kalends.intake.vocabulary import unknown_departments
from kalends.intake.vocabulary.joining_words import BEFORE_MARK, JOINER, OTHERS, ROLES
from kalends.intake.vocabulary.naming import Names, unnamed
from kalends.intake.vocabulary.other_departments import unnamed_others

_WITH = Pattern("联合|会同|携手", first="联会携")
_OPENING, _CLOSING = Pattern(r"\s*[（(]\s*"), Pattern(r"\s*[）)]")
_OURS = Pattern("(?:我们|咱们|咱)", first="我咱")
_THE = Pattern(r"the\s+", re.IGNORECASE, words=("the",))
_Named = tuple[Department, int]


class Participants:
    """Reads the departments of one sentence."""

    def __init__(self, roster: Roster, prompter: SentencePrompter) -> None:
        self.found: list[Participation] = []
        self.names, self._roster, self.prompter = Names(roster), roster, prompter
        self.others: list[str] = []  # words that say that more took part than are named
        self.settled: list[str] = []  # words that somebody said are no department
        self.has_parts = False  # a part was told: then what follows a group is one too
        self.in_clauses = 0  # how many were read in English clauses
        self.later: list[str] = []  # later clauses whose departments were read
        self.unread = ""  # words of an English clause in which a name is unknown
        self.is_unordered = False  # some were read before others that stand first
        self.is_lead_said = False  # by English words: led by A, A leading, Lead: A
        self.is_in_clause = False  # a clause further on says a part: somebody else may do it
        self.companions: list[str] = []  # who was named behind with before anybody who leads
        self._behind = -1  # where the departments end that were read last, if nothing followed

    def close(self) -> None:
        """End the group that was read last: something else stands behind it."""
        self._behind = -1

    def add(self, department: Department, role: Role | None = None) -> None:
        """Add a department that is not there yet. Without a role it leads if nobody does."""
        if all(participation.code != department.code for participation in self.found):
            role = role or ("joint" if self.has_lead else "lead")
            self.found.append(Participation(code=department.code, role=role))

    def add_together(self, departments: list[Department], role: Role | None = None) -> None:
        """Add departments that have one part together; of those who lead, the first does."""
        for n, department in enumerate(departments):
            self.add(department, "joint" if n and role == "lead" else role)

    def settle(self, title: str) -> bool:
        """Put those who lead first; return whether somebody is still to be asked who led.

        Who was only named behind with leads where the title is plainly an event, so that nobody
        stands at its beginning: Quiz night with Police, not Rotary lunch with Police.
        """
        if not self.has_lead and self.companions and lone_names.is_plain(title, self.names):
            self.lead(self.companions[0])
        joint = [part.code for part in self.found if part.role == "joint"]
        if joint and not (self.has_lead or self.is_unordered):
            self.lead(joint[0])  # 由市教育局承办: nobody else hosts it
        if self.is_unordered:
            self.found.sort(key=lambda part: ("lead", "joint", "participant").index(part.role))
        is_helped = all(part.role == "participant" for part in self.found)
        return bool(self.found) and not self.has_lead and (is_helped or self.is_unordered)

    def lead(self, code: str) -> None:
        """Make a department the one that leads, and put it first."""
        others = [part for part in self.found if part.code != code]
        self.found[:] = [Participation(code=code, role="lead"), *others]

    @property
    def is_missing(self) -> bool:
        """Return whether one is still looked for: a clause says who helped, and not whom."""
        return self._are_in_clauses and not self.has_lead

    @property
    def _are_in_clauses(self) -> bool:
        """Return whether no department was read but those of English clauses."""
        return len(self.found) == self.in_clauses

    @property
    def has_lead(self) -> bool:
        """Return whether a department that leads was read."""
        return any(part.role == "lead" for part in self.found)

    def begin_at(self, text: str, place: int) -> bool:
        """Return whether a known name, with or without an article, begins at a place."""
        article = _THE.match(text, place)
        return self.names.at(text, article.end() if article else place) is not None

    def at(self, text: str, place: int) -> int | None:
        """Read the departments that stand at a place, joined; return where they end."""
        is_by = text.startswith("由", place)
        start = place + is_by
        start += is_by and text[start : start + 1] == " "
        for pattern in (_OURS, _THE):
            if (before := pattern.match(text, start)) and self.names.at(text, before.end()):
                start = before.end()
        if self.has_lead:
            if joiner := _WITH.match(text, place):
                start = joiner.end()
            elif not is_by and not self._is_apart(text, place):
                return None
        named = self.names.at(text, start)
        if self.has_lead and not is_by:
            named = self._further(text, place, start, named)
        if named is None or (not self.found and group_limits.is_room(text, named[1])):
            return None
        return self.group(text, named, is_by=is_by)

    def _further(self, text: str, place: int, start: int, named: _Named | None) -> _Named | None:
        """Return the department that begins apart from those before, known or asked for."""
        if named is None and (start > place or self._has_comma(text, place)):
            return self._unknown_after(text, start, "," if start == place else "联合")
        is_behind = 0 < self._behind < place and not text[self._behind : place].strip()
        if named and is_behind and group_limits.is_topic(text, place, named[1]):
            # Library Health Talk: what the talk is about, or who holds it, too?
            self.unread = self.unread or text[place : named[1]]
            return None
        is_part = named is not None and (
            unknown_departments.goes_on(text, named[1])
            or (start == place and not self._stands_whole(text, start, named))
        )
        return None if is_part else named

    def group(self, text: str, named: _Named | None, *, is_by: bool = False) -> int:
        """Read on from a department, to the last one joined to it and the part they all have."""
        group, end = self._named_together(text, named)
        if self.found or len(group) > 1:
            end = group_limits.behind_adverb(text, end, self.names)
        if others := OTHERS.match(text, end):
            self.others += unnamed_others(text, others, group, self.names)
            end = others.end()
        if (place := group_limits.helped(text, end, self.names)) > 0:
            for department in group:
                self.add(department, "participant")
            self.group(text, self.names.at(text, place), is_by=is_by)
            self._behind = group_limits.behind_helped(text, self._behind)
            return self._behind
        self.unread = self.unread or group_limits.doubt_behind(text, end)
        part = PART.match(text, end) or self._part_going_on(text, end, group, is_by=is_by)
        self.has_parts |= part is not None
        role = (ROLES | BEFORE_MARK).get(part[1]) if part else None
        if role == "lead" and self.has_lead:
            role = "joint"  # 团市委牵头，市公安局主办
        if not (is_by or part):
            self._note_beside_lead(text, group[-1], end)
        self.add_together(group, role)
        self._behind = part.end() if part else end
        going_on = HELD if is_by else OF_PART if part else OF_IT
        if found := going_on.match(text, self._behind):
            self._behind = found.end()
        return self._behind

    def _note_beside_lead(self, text: str, department: Department, end: int) -> None:
        """Have a name asked about that may be a part of the title.

        Fire drill, led by Police. Women's health talk, Women (lead).
        """
        is_known = any(part.code == department.code for part in self.found)
        theirs = OF_IT.match(text, end) if is_known else None
        if theirs and theirs[0].endswith("s"):
            self.unread = text[: theirs.end()].strip()
        elif self.is_lead_said and not is_known and text[end - 1].isascii():
            self.unread = self.unread or group_limits.written(text, department, end, self.names)

    def _named_together(self, text: str, named: _Named | None) -> tuple[list[Department], int]:
        """Return a department and all that are joined to it, and where the last one ends."""
        group: list[Department] = []
        end, opened = 0, 0
        while named is not None:
            named = self._whole(text, named)
            group.append(named[0])
            end = named[1]
            if opened and (closing := _CLOSING.match(text, end)):
                end, opened = closing.end(), 0
            named = self._bracketed(text, end) if not opened else None
            opened += named is not None
            named = named or self._joined(text, end)
        return group, end

    def _part_going_on(
        self, text: str, end: int, group: list[Department], *, is_by: bool
    ) -> re.Match[str] | None:
        """Return the part behind a group; those between commas before it have it too.

        团市委牵头，市公安局，市教育局协办
        """
        if not self.has_parts:
            return BY.match(text, end) if is_by else part_words.apart(text, end, self.names)
        part = PART_GOING_ON.match(text, end)
        listed: list[Department] = []
        while part is None and (comma := group_limits.listed(text, end, self.names)):
            more, end = self._named_together(text, self.names.at(text, comma.end()))
            listed += more
            part = PART_GOING_ON.match(text, end) if more else None
        group += listed if part else ()
        return part

    def _whole(self, text: str, named: _Named) -> _Named:
        """Return the most exact of a chain of departments: 我市龙山区南康街道.

        Asks where what follows makes another office of it: 市教育局第三中学.
        """
        department, end = named
        while True:
            place = end + len(text[end:]) - len(text[end:].lstrip(" \u3000"))
            further = self.names.at(text, place)
            if further is None or group_limits.is_no_further(text, place, further):
                break
            if not unknown_departments.is_within(self._roster, further[0], department):
                if place > end:
                    break
                word = (
                    group_limits.written(text, department, end, self.names)
                    + text[end : further[1]]
                )
                department = self.unnamed(word)
                end = further[1]
                continue
            department, end = further
        part = 0 if JOINER.match(text, end) else unknown_departments.unknown_part(text, end)
        if part and not any(self.names.at(text, place) for place in range(end + 1, part)):
            word = group_limits.written(text, department, end, self.names) + text[end:part]
            answered = self.unnamed(word)
            if answered.code == department.code:  # then the rest belongs to what happened
                self.settled.append(text[end:part])
                return department, end
            return answered, part
        return department, end

    def _bracketed(self, text: str, end: int) -> _Named | None:
        """Return the department that begins in brackets behind another one."""
        opening = _OPENING.match(text, end)
        if opening is None:
            return None
        unknown = unknown_departments.IN_BRACKETS.match(text, opening.end())
        named = self.names.at(text, opening.end())
        if named is None and unknown:
            named = self.unnamed(unknown[0]), unknown.end()
        return named

    def _joined(self, text: str, end: int) -> _Named | None:
        """Return the department joined to one that ends here; None where what happened begins."""
        joiner = JOINER.match(text, end)
        if joiner is None or group_limits.is_clause(text, joiner, self.names):
            return None
        if group_limits.is_adverb(text, joiner, self.names):
            return None
        if whole := self.names.at(text, joiner.start(1)):
            return whole  # 和平街道
        start = joiner.end()
        named = self.names.at(text, start)
        if named and group_limits.is_small(text[:end], text[start : named[1]], text[named[1] :]):
            return None
        return named or self._unknown_after(text, start, joiner[1])

    def _stands_whole(self, text: str, start: int, named: _Named) -> bool:
        department, end = named
        is_joined = JOINER.match(text, end) or OTHERS.match(text, end) or PART.match(text, end)
        return bool(is_joined) or unknown_departments.stands_whole(text, start, end, department)

    def _unknown_after(self, text: str, start: int, joiner: str) -> _Named | None:
        start = article.end() if (article := _THE.match(text, start)) else start
        end = unknown_departments.unknown_after(text, start, joiner)
        return None if end is None else (self.unnamed(text[start:end]), end)

    def unnamed(self, word: str) -> Department:
        """Ask for the department that a word stands for which nobody knows."""
        return self.prompter.department(unnamed(self._roster, word, word))

    def alone(self, text: str, words: list[re.Match[str]], n: int, before: str) -> int:
        """Read the departments that stand as words of their own; return where they end."""
        if words[n][0].casefold() == "the" and n + 1 < len(words):
            n += 1
        found = lone_names.of_words(text, words, n, before, self.names)
        for department, _ in found:
            self.add(department)
        end = found[-1][1] if found else 0
        return end + text.startswith(". ", end) if end else 0

    def _is_apart(self, text: str, place: int) -> bool:
        """Return whether a further department can begin here: behind a blank or a comma."""
        is_first = place == 0 and self._are_in_clauses
        return is_first or text[place - 1].isspace() or self._has_comma(text, place)

    def _has_comma(self, text: str, place: int) -> bool:
        """Return whether nothing but a comma is between the departments and here."""
        between = text[self._behind : place].strip() if self._behind >= 0 else ""
        return between in {",", "，"}
