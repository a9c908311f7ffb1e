"""One sentence that records an activity: its date, departments, tags and place, and the rest.

    sentence  = { label | date | group | tag | place | link } title
                { clause | tag | place } [ clock ] [ headcount ]
    tag       = "#" word [ "#" ]
    place     = "@" word | "@" quoted
    link      = ":" | "," | ";" | space …   7月14日上午团市委召开推进会#推进会@会议室 needs none

The first department named leads and those after it join, unless the sentence says their part.
Dates and departments are looked for where the sentence begins and, when they are not there, as
words of their own further on; never inside the title. A department left there is asked about
(`unread_offices`), and so is any piece of a date (`unread_dates`).
"""

import re
from collections.abc import Collection

from kalends.dates.reader import DateContext
from kalends.domain.errors import (
    HalfReadDateError,
    HalfReadDepartmentError,
    KalendsError,
    NoLeadError,
    TornDateError,
)
from kalends.domain.patterns import Pattern
from kalends.domain.roster import Roster
from kalends.domain.text import check_length, without_unseen
from kalends.domain.value import replace
from kalends.intake.dates import date_words, named_days, sentence_dates
from kalends.intake.dates.acts import ACT
from kalends.intake.dates.dates_at import doubted, torn_date
from kalends.intake.departments import bracketed_roles, brackets, clauses
from kalends.intake.departments.participants import Participants
from kalends.intake.found import Sentence
from kalends.intake.heads import Heads, linked, mark_behind
from kalends.intake.labels import headings
from kalends.intake.sentence_prompter import NoSentencePrompter, SentencePrompter
from kalends.intake.titles import occasions, titles
from kalends.intake.titles.headcount import headcount_apart, take_headcount
from kalends.intake.vocabulary import unknown_departments, unread_offices
from kalends.intake.vocabulary.event_names import ends_event
from kalends.intake.vocabulary.joining_words import HINTS
from kalends.intake.vocabulary.letters import is_chinese
from kalends.intake.vocabulary.naming import unnamed
from kalends.intake.vocabulary.tags_and_place import SEAM, take_tags_and_place, tidy

_WORD = Pattern(r"(?:[^\s,，；]|(?<=[0-9]),(?=[0-9]{3}(?![0-9])))+[,，；]?|,")
_MARKS = frozenset(",-–—")
_WORDS, _GUESS = 14, 12
_BETWEEN = " \u3000,，、"


def read_sentence(
    text: str,
    *,
    roster: Roster,
    context: DateContext,
    prompter: SentencePrompter | None = None,
    wanted: Collection[str] = (),
) -> Sentence:
    """Return what a sentence says.

    `wanted`, of `when`, `departments` and `title`: what nothing but the sentence says, so it is
    asked for when it is not there, and of the title that it holds no piece of a date. Without
    `prompter` what is unclear is raised: an `UnreadableDateError` for a date that cannot be
    (2月30日, a wrong weekday), a `NoDepartmentError` for a joined department that nobody knows.
    A sentence of more than 1,000 characters raises `LongTextError`: reading takes longer than the
    sentence grows.
    """
    check_length(text, "sentence")
    return _Reader(text, roster, context, prompter or NoSentencePrompter()).read(wanted)


class _Reader:
    """Reads one sentence, from its beginning on."""

    def __init__(
        self, text: str, roster: Roster, context: DateContext, prompter: SentencePrompter
    ) -> None:
        self._said, self._roster, self._prompter = text, roster, prompter
        # Whoever writes English may mean 3 April by 3/4, whatever the campaign's language is.
        has_chinese = any(map(is_chinese, text))
        self._context = context if has_chinese else replace(context, language="en")
        seen = without_unseen(text)
        self._participants = Participants(roster, self._prompter)
        names = self._participants.names
        sentence = headings.without_greeting(seen, names)
        if any(name in sentence for name in names.in_small_letters):
            from kalends.intake.departments import small_names  # noqa: PLC0415 - chats

            sentence = small_names.with_capitals(sentence, names)
        self._marked = marked = take_tags_and_place(sentence, names.at)
        self._text, self._typed = marked.text, (text, marked)
        self._found = Sentence(place=marked.place, tags=marked.tags, had_unseen=seen != text)
        self._found.departments = self._participants.found
        self._found.others = self._participants.others
        self._heads = Heads(self._found, self._participants, self._context, self._prompter)

    def read(self, wanted: Collection[str]) -> Sentence:
        found = self._found
        self._text = bracketed_roles.take(self._text, self._participants)
        self._text = self._clauses()
        self._text = brackets.unbracketed(self._text, self._participants.names)
        self._text = clauses.without_labels(self._text, self._participants)
        heading = headings.heading(self._text, self._participants.names, self._context)
        self._occasion, found.when, self._text = occasions.take(
            self._text[len(heading) :], self._participants.names, self._context
        )
        self._beginning(is_counted="departments" in wanted)
        if found.when is not None and not found.departments and "departments" in wanted:
            self._check_seam()
        is_unknown = "departments" in wanted and not found.departments and self._behind_unknown()
        was_named = bool(found.departments)
        self._further_on(departments=not is_unknown)
        if "when" in wanted:
            self._check_torn()
        if found.when is None and "when" in wanted:
            missing = occasions.no_date(self._said, self._occasion, self._text, self._context)
            found.when = self._prompter.date(missing)
        if "departments" in wanted and found.when:
            self._check_seam()
        if not found.departments and "departments" in wanted:
            self._first_department()
        is_unled = self._take_title(f"{heading}{self._occasion}".lstrip())
        if "title" in wanted:
            titles.check(
                found, self._typed, self._context, self._participants, was_named=was_named
            )
        if is_unled and "departments" in wanted:
            error = NoLeadError(text=self._said)
            self._participants.lead(self._prompter.department(error).code)
        found.title = headings.joined(found.before, found.title)
        return found

    def _take_title(self, before: str) -> bool:
        """Take the title and the headcount from what is left; return whether nobody led."""
        found = self._found
        title = tidy(headcount_apart(self._text))
        title, found.headcount, found.kept_headcount = take_headcount(title)
        found.title = titles.without_copula(title)
        found.before = before + named_days.name_beside(found.when, f"{before}{found.title}")
        return self._participants.settle(found.title)

    def _clauses(self) -> str:
        """Read what English clauses say of those who took part; return the text without them."""
        if not any(hint in self._text for hint in HINTS):
            return self._text
        from kalends.intake.departments import english_clauses  # noqa: PLC0415 - English

        return english_clauses.read(self._text, self._participants)

    def _further_on(self, *, departments: bool) -> None:
        """Read what is missing further on in the sentence: its departments, its date."""
        found, participants = self._found, self._participants
        if not found.departments and (
            occasion := occasions.before_names(self._text, participants.names)
        ):
            begins, ends = occasion
            if (end := self._heads.read(self._text, ends)) > ends:
                blank = " " if self._text[ends - 1].isascii() else ""
                rest = self._text[end:].lstrip(" ")
                self._text = f"{self._text[begins:ends]}{blank}{rest}"
        self._text = clauses.without_clauses(self._text, participants)
        if participants.is_missing:
            self._text = clauses.in_brackets(self._text, participants)
        if departments and participants.is_missing:
            from kalends.intake.departments.own_events import read_own_event  # noqa: PLC0415 - English

            self._text = read_own_event(self._text, participants)
        if found.when is None or participants.is_missing:
            self._text = self._words(departments=departments)
        self._text = self._clauses()

    def _unknown(self) -> tuple[int, int, bool]:
        """Return where the rest begins, and the end of an unknown name there."""
        start = linked(self._text, 0)
        end, is_sure = unknown_departments.unknown_first(self._text[start:], self._roster)
        return start, end, is_sure

    def _behind_unknown(self) -> bool:
        """Return whether an unknown name comes first; read the date right behind it."""
        start, length, _ = self._unknown()
        end = start + length
        if length and self._found.when is None and (after := self._heads.date(self._text, end)):
            self._text = f"{self._text[:end]}{SEAM}{self._text[after:]}"
        return length > 0

    def _beginning(self, *, is_counted: bool) -> None:
        """Read the beginning; ask who they are where departments are only counted: 三部门."""
        self._text = self._heads.without_approximate(self._text)
        for _ in range(2 if is_counted else 1):
            counted = unread_offices.COUNTED.match(self._text) if is_counted else None
            if counted and not self._found.departments:
                error = HalfReadDepartmentError(text=self._said, part=counted[0].strip())
                self._participants.add(self._prompter.department(error))
                self._text = self._text[counted.end() :]
            self._text = self._text[self._heads.read(self._text, 0) :]

    def _first_department(self) -> None:
        """Ask for the department where none is known, and go on behind the name it stands for."""
        start, length, is_sure = self._unknown()
        word = self._text[start : start + length]
        if named := unread_offices.mentioned(word or self._text, self._participants.names.at):
            part = (word or self._text)[slice(*named)]
            error = HalfReadDepartmentError(text=self._said, part=part)
            self._participants.add(self._prompter.department(error))
            return
        guess = word or tidy(self._text).split(" ")[0][:_GUESS]
        department = self._prompter.department(unnamed(self._roster, word or self._said, guess))
        from kalends.intake.vocabulary.misspelt import misread  # noqa: PLC0415 - few are unknown

        read = misread(department, self._text[start:])
        if word and (is_sure or unknown_departments.holds(department, word)):
            read = max(read, length)
        if read:
            end = self._participants.group(self._text, (department, start + read))
            self._text = self._text[self._heads.read(self._text, end) :]
        else:
            self._participants.add(department)

    def _words(self, *, departments: bool) -> str:
        """Read what is missing where it stands as words of its own; return the text without."""
        words = list(_WORD.finditer(self._text))
        kept, place = "", 0
        for n, word in enumerate(words):
            if word.start() < place or word[0] in _MARKS:
                continue
            before = kept + self._text[place : word.start()]
            end = 0
            is_dated = self._found.when is not None or ends_event(before, word[0])  # film night
            if not is_dated and (end := self._date_of(words[n : n + _WORDS], before)):
                before = sentence_dates.without_preposition(before)
                if departments and self._participants.is_missing:
                    end = self._heads.read(self._text, end)
            if not end and departments and self._participants.is_missing:
                end = self._participants.alone(self._text, words, n, before)
            if end:
                read = self._text[word.start() : end].rstrip()
                kept, place = f"{before}{SEAM}{mark_behind(read, before, self._text[end:])}", end
        text = kept + self._text[place:]
        if self._found.when is None and (dated := sentence_dates.inside(text, self._context)):
            self._found.when, text = dated
        return text

    def _date_of(self, words: list[re.Match[str]], before: str) -> int:
        """Read a date that some of these words are, from the first on; return where it ends."""
        if bracket := sentence_dates.in_bracket(self._text, words[0].start(), self._context):
            self._found.when, end = bracket
            return end
        is_last = words[-1].end() == len(self._text.rstrip())
        said = [word[0] for word in words]
        dated = date_words.of_words(said, self._context, is_last=is_last)
        if dated is None:
            return self._date_behind_comma(words[0].start())
        when, count = dated
        self._found.when = self._prompter.date(when) if isinstance(when, KalendsError) else when
        end = words[count - 1].end()
        if preposition := sentence_dates.preposition(before):
            date = self._text[words[0].start() : end].replace(SEAM, "").rstrip(",，;；")
            part = f"{preposition} {date}"
            refused = sentence_dates.governed(self._said, preposition, part)
            self._found.when = self._prompter.date(refused)
        return end

    def _date_behind_comma(self, place: int) -> int:
        """Read the date between a comma and a department or a verb; return where it ends."""
        dated = sentence_dates.behind_comma(self._text, place, self._context)
        if dated is None:
            return 0
        behind = linked(self._text, dated[1])
        is_act = ACT.match(self._text, behind)
        if not (is_act or self._participants.names.at(self._text, behind)):
            return 0
        self._found.when, end = dated
        return end

    def _check_seam(self) -> None:
        """Ask for the piece of a date that stands between it and the departments."""
        # Of at 3 Police visit the name is taken out by now, and ends what stands before.
        text = self._text if self._found.departments else self._text.replace(SEAM, " ")
        begins = len(text) - len(text.lstrip(_BETWEEN))
        piece = sentence_dates.left(text[begins:], self._found.when)
        if piece is None:
            return
        end = begins + piece.end
        is_before_name = not piece.is_day and text[end:].lstrip(" ").startswith(SEAM)
        if piece.start == 0 and (is_before_name or not self._found.departments):
            unread = HalfReadDateError(text=self._said, part=text[begins:end].replace(SEAM, ""))
            self._found.when = self._prompter.date(unread)
            self._text = self._text[self._heads.read(self._text, end) :]

    def _check_torn(self) -> None:
        """Ask where the date that was read is a piece of another, longer one."""
        when = self._found.when
        if when and (part := doubted(self._marked.text, when)):
            when = self._prompter.date(HalfReadDateError(text=self._said, part=part))
            self._found.when = when
        names = self._participants.names
        torn = when and torn_date(self._marked.text, when, names, self._context)
        if torn:
            part = " … ".join(torn.pieces)
            self._found.when = self._prompter.date(TornDateError(text=self._said, part=part))
            for piece in torn.beside:
                self._text = self._text.replace(piece, SEAM, 1)
