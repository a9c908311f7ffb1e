"""Offers corrected sentences to tap: the typed one with a known name or date."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from kalends.application.access.permissions import Caller
from kalends.application.recording.reading import NotUnderstood, SentenceReading
from kalends.application.workspaces.date_context import date_context
from kalends.dates.day_phrase import day_phrase
from kalends.dates.times_alone import readings_of
from kalends.domain.department import Department
from kalends.domain.errors import N_, NoDepartmentError, TwoReadingsError
from kalends.domain.roster import Roster
from kalends.domain.text import fold
from kalends.domain.value import Value
from kalends.domain.when import When
from kalends.web.clerk.visit import Visit
from kalends.web.pages import shown

# So many departments are offered.
_FEW = 6
_Span = tuple[int, int]
_FRONT = (0, 0)
_CLOCK = re.compile("[0-9]{2}:[0-9]{2}")


class Choice(Value):
    """The `sentence` that is tapped for, what the button says, and what tells it from others."""

    sentence: str
    label: str
    about: str = ""


class Proposals(Value):
    """A question, and the answers that can be tapped: none if nothing may be meant."""

    question: str = ""
    choices: Sequence[Choice] = ()


def proposals(visit: Visit, caller: Caller, line: str, read: SentenceReading) -> Proposals:
    """Return what may be meant by the first part of a line that was not understood.

    A department is proposed in place of words only if its name is like them. Their own departments
    are proposed where nobody was named: whoever wrote another name meant another department.
    """
    first = read.unread[0] if read.unread else None
    say = visit.reader.words.say
    if first is None:
        return Proposals()
    if isinstance(first.error, TwoReadingsError):
        choices = _dates(visit, line, first, first.error)
        return Proposals(question=say(N_("Which one is meant?")), choices=choices)
    own = caller.own(read.roster)
    if first.meant:
        meant = sorted(first.meant, key=lambda pair: pair[0] not in own)
        question = N_("Is it one of these?") if meant[1:] else N_("Is it this one?")
    elif isinstance(first.error, NoDepartmentError) and first.span is None:
        meant = [(code, None) for code in _few(caller, read.roster, own)]
        question = N_("Which department leads it?")
    else:
        return Proposals()
    named = {each.code for each in read.departments}
    choices = [
        _department(visit, line, read.roster, code, span or _FRONT)
        for code, span in meant
        if code not in named and read.roster.departments[code].acts_on(visit.reader.today)
    ]
    return Proposals(question=say(question), choices=choices[:_FEW])


def _few(caller: Caller, roster: Roster, own: Iterable[str]) -> list[str]:
    """Return the codes of a clerk's departments, without their children if they are many."""
    codes = [each.code for each in roster.listed if each.code in set(own)]
    return codes if len(codes) <= _FEW else list(caller.departments)


def _department(visit: Visit, line: str, roster: Roster, code: str, span: _Span) -> Choice:
    department = roster.departments[code]
    name, written = (
        department.name_on(visit.reader.today),
        _name_like(visit, roster, department, line, span),
    )
    return Choice(
        sentence=_put(line, span, written, ends=True),
        label=written,
        about=name if written != name else _above(roster, department, visit),
    )


def _name_like(
    visit: Visit, roster: Roster, department: Department, line: str, span: _Span
) -> str:
    """Return the name that is most like the words of a span, and in their script.

    For no words that is the short name, in the script of the line.
    """
    words, today = line[slice(*span)], visit.reader.today
    names = (department.short_on(today), department.name_on(today), *department.aliases)
    known = [each for each in names if roster.owners.get(fold(each)) == department.code]
    fitting = [each for each in known if each.isascii() == (words or line).isascii()] or known
    return max(fitting, key=lambda each: SequenceMatcher(None, fold(each), fold(words)).ratio())


def _above(roster: Roster, department: Department, visit: Visit) -> str:
    """Return the name of what a department belongs to; none of the city, to which all belong."""
    above = roster.departments.get(department.parent or "")
    return above.name_on(visit.reader.today) if above is not None and above.parent else ""


def _dates(
    visit: Visit, line: str, first: NotUnderstood, error: TwoReadingsError
) -> Sequence[Choice]:
    """Return a sentence for each of the two dates, written so that it can be only that one."""
    readings = readings_of(error, date_context(visit.workspace))
    if first.span is None or not readings:
        return ()
    both = zip(readings, (error.fields["first"], error.fields["second"]), strict=True)
    return [
        Choice(
            sentence=_put(line, first.span, _date(visit, error, reading.when, str(meant))),
            label=shown.when(visit.reader, reading.when),
        )
        for reading, meant in both
    ]


def _date(visit: Visit, error: TwoReadingsError, when: When, meant: str) -> str:
    """Return a day as people type it; what is no day, a time, stays as it is."""
    if _CLOCK.fullmatch(meant) or when.first_day != when.last_day:
        return meant
    part = str(error.fields["part"])
    return day_phrase(when.first_day, like=part, year=visit.reader.today.year)


def _put(line: str, span: _Span, written: str, *, ends: bool = False) -> str:
    """Return a line with something in place of a part of it; Latin words stay apart.

    With `ends`, nothing grows onto what is written: a name is not the beginning of a longer one.
    """
    begin, end = span
    before, behind = line[:begin], line[end:]
    if before[-1:].isalnum() and written[:1].isascii():
        written = f" {written}"
    if behind[:1].isalnum() and (ends or written[-1:].isascii()):
        written = f"{written} "
    return f"{before}{written}{behind}"
