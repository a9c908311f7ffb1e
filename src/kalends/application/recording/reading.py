"""Previews a sentence while somebody types it: what it is read as; nothing is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from typing_extensions import override

from kalends.application.recording.given import Given
from kalends.application.recording.prompting import NoPrompter
from kalends.application.recording.recording import ReadActivity, read_activity
from kalends.application.recording.warnings import WarningMessage
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.dates.reader import DateContext, Reading
from kalends.domain.department import Department
from kalends.domain.details import Participation
from kalends.domain.errors import (
    DepartmentNotFoundError,
    KalendsError,
    NearDepartmentError,
    SpanError,
    UnclearError,
)
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.intake.vocabulary.misspelt import misread

# The fields of an error that hold what was not understood, the narrowest first.
_PARTS = ("part", "name", "text")
_NOT_UNDERSTOOD = (UnclearError, DepartmentNotFoundError, SpanError)
# What stands for a part that was not understood: more of them than any sentence of people has.
_UNREAD, _MOST_NOTES = "unread", 8
_NOWHERE = "\x00"  # stands in no sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """Why a sentence cannot be recorded yet, and where in it; `span` counts characters.

    `meant` are the codes of departments that may be meant, and what part of the sentence each
    would replace.
    """

    error: KalendsError
    span: tuple[int, int] | None
    meant: Sequence[tuple[str, tuple[int, int] | None]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceReading:
    """What was read of a sentence; what is not there is None or empty.

    `whole` is the activity that can be recorded; it is None where there is something `unread`.
    """

    title: str | None = None
    when: When | None = None
    departments: Sequence[Participation] = ()
    place: str | None = None
    tags: Sequence[str] = ()
    description: str | None = None
    headcount: int | None = None
    planned: bool | None = None
    roster: Roster
    unread: Sequence[NotUnderstood] = ()
    warnings: Sequence[WarningMessage] = ()
    whole: ReadActivity | None = None


def read_as(workspace: Workspace, sentence: str) -> SentenceReading:
    """Return what a sentence is read as; raises `TextError` for one that is no text of ours."""
    roster, notes = workspace.service.roster(), _Notes(date_context(workspace))
    try:
        found = read_activity(workspace, sentence, Given(), prompter=notes)
    except _NOT_UNDERSTOOD as error:
        unread = _unread(sentence, [*notes.errors, error], roster)
        return SentenceReading(roster=roster, unread=unread)
    details = found.draft.details
    is_dated = _NOWHERE not in details.when.text
    return SentenceReading(
        title=details.title or None,
        when=details.when if is_dated else None,
        departments=[each for each in details.departments if each.code in roster.departments],
        place=details.place,
        tags=details.tags,
        description=details.description,
        headcount=details.headcount,
        planned=found.draft.planned if is_dated else None,
        roster=roster,
        unread=[
            _with_meant(sentence, roster, each)
            for each in _unread(sentence, notes.errors, roster, details.title)
        ],
        warnings=() if notes.errors else found.warnings,
        whole=None if notes.errors else found,
    )


class _Notes(NoPrompter):
    """Notes every question about a sentence; each answer stands for what was not understood."""

    def __init__(self, here: DateContext) -> None:
        self.errors: list[KalendsError] = []
        self._here = here

    @override
    def date(self, error: KalendsError) -> Reading:
        """Note that a date is not clear; return one that is none."""
        self._note(error)
        day = self._here.today
        when = When(
            first_day=day, last_day=day, precision="day", zone=self._here.zone, text=_NOWHERE
        )
        return Reading(when=when, rule=_UNREAD)

    @override
    def department(self, error: KalendsError) -> Department:
        """Note that a department is not known; return one that is not on the roster."""
        self._note(error)
        return Department(code=f"{_UNREAD}-{len(self.errors)}", names=((None, _UNREAD),))

    @override
    def title(self, error: KalendsError) -> str:
        """Note that it is not clear what happened."""
        self._note(error)
        return ""

    def _note(self, error: KalendsError) -> None:
        if len(self.errors) == _MOST_NOTES:
            raise error
        self.errors.append(error)


def _unread(
    sentence: str, errors: Sequence[KalendsError], roster: Roster, title: str = ""
) -> list[NotUnderstood]:
    """Return what was not understood, each part of the sentence once; the first always.

    `title` is what was left of the sentence.
    """
    found: list[NotUnderstood] = []
    for error in errors:
        span = _span(sentence, error)
        if not found and span is None and isinstance(error, NearDepartmentError):
            span = _first_name(sentence, title, roster, error)
        if not found or (span and all(_are_apart(span, each.span) for each in found)):
            found.append(NotUnderstood(error=error, span=span))
    return found


def _are_apart(span: tuple[int, int], other: tuple[int, int] | None) -> bool:
    return other is None or span[1] <= other[0] or other[1] <= span[0]


def _with_meant(sentence: str, roster: Roster, found: NotUnderstood) -> NotUnderstood:
    """Return it with the departments that may be meant.

    Their names may have more words than were taken for a name: of Youth Leage only Youth was.
    """
    codes = found.error.fields.get("choices")
    if not isinstance(codes, tuple) or not roster.departments.keys() >= set(codes):
        return found
    if found.span is None:
        return replace(found, meant=[(code, None) for code in codes])
    begin, end = found.span
    ends = [begin + misread(roster.departments[code], sentence[begin:]) for code in codes]
    return replace(
        found,
        span=(begin, max(end, *ends)),
        meant=[
            (code, (begin, until if until > begin else end))
            for code, until in zip(codes, ends, strict=True)
        ],
    )


def _first_name(
    sentence: str, title: str, roster: Roster, error: NearDepartmentError
) -> tuple[int, int] | None:
    """Return where the name stands with which a title begins, if it may be a misspelt one.

    Where nothing ends it, it is as long as the name that it is like: 市教育居开会.
    """
    word = title.split(" ", maxsplit=1)[0]
    begin = sentence.find(word) if word and not word.isascii() else -1
    length = len(word)
    if word == title:
        codes = error.fields["choices"]
        assert isinstance(codes, tuple)  # as `naming.unnamed` makes it
        length = max(misread(roster.departments[code], word) for code in codes)
    return (begin, begin + length) if begin >= 0 and length else None


def _span(sentence: str, error: KalendsError) -> tuple[int, int] | None:
    """Return where in a sentence the part is that was not understood; None for the whole."""
    for name in _PARTS:
        part = error.fields.get(name)
        if isinstance(part, str) and part and part.strip() != sentence.strip():
            begin = sentence.find(part)
            if begin >= 0:
                return begin, begin + len(part)
    return None
