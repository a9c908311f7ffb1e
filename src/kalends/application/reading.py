"""What a sentence is read as while somebody writes it; nothing is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass

from kalends.application.date_context import date_context
from kalends.application.given import Given
from kalends.application.recording import ReadActivity, read_activity
from kalends.application.warnings import WarningMessage
from kalends.application.workspace import Workspace
from kalends.domain.activity import is_planned
from kalends.domain.details import Participation
from kalends.domain.errors import DepartmentNotFoundError, KalendsError, UnclearError
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.intake.sentence import read_sentence

# The fields of an error that hold what was not understood, the narrowest first.
_PARTS = ("part", "name", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """Why a sentence cannot be recorded yet, and where in it; `span` counts characters."""

    error: KalendsError
    span: tuple[int, int] | None


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
    roster = workspace.service.roster()
    try:
        found = read_activity(workspace, sentence, Given())
    except (UnclearError, DepartmentNotFoundError) as error:
        return _partly(workspace, sentence, roster, error)
    details = found.draft.details
    return SentenceReading(
        title=details.title,
        when=details.when,
        departments=details.departments,
        place=details.place,
        tags=details.tags,
        description=details.description,
        headcount=details.headcount,
        planned=found.draft.planned,
        roster=roster,
        warnings=found.warnings,
        whole=found,
    )


def _partly(
    workspace: Workspace, sentence: str, roster: Roster, error: KalendsError
) -> SentenceReading:
    """Return what can be read of a sentence that is not whole yet."""
    unread = [NotUnderstood(error=error, span=_span(sentence, error))]
    here = date_context(workspace)
    try:
        found = read_sentence(sentence, roster=roster, context=here)
    except (UnclearError, DepartmentNotFoundError):
        return SentenceReading(roster=roster, unread=unread)
    when = None if found.when is None else found.when.when
    return SentenceReading(
        title=found.title or None,
        when=when,
        departments=found.departments,
        place=found.place,
        tags=found.tags,
        description=found.description,
        headcount=found.headcount,
        planned=None if when is None else is_planned(when, here.now, here.office_hours),
        roster=roster,
        unread=unread,
    )


def _span(sentence: str, error: KalendsError) -> tuple[int, int] | None:
    """Return where in a sentence the part is that was not understood; None for the whole."""
    for name in _PARTS:
        part = error.fields.get(name)
        if isinstance(part, str) and part and part.strip() != sentence.strip():
            begin = sentence.find(part)
            if begin >= 0:
                return begin, begin + len(part)
    return None
