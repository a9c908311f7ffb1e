"""Records one activity from a sentence or from options, for `kalends add`."""

from collections.abc import Callable, Sequence

from kalends.application.recording import warnings
from kalends.application.recording.duplicates import check_of
from kalends.application.recording.given import Given
from kalends.application.recording.prompting import NoPrompter, Prompter
from kalends.application.recording.warnings import WarningMessage
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.dates.reader import DateContext
from kalends.domain.activity import is_planned
from kalends.domain.details import Details, Participation, usual_role
from kalends.domain.draft import Draft
from kalends.domain.errors import DepartmentNotFoundError, NoTitleError, UnclearError
from kalends.domain.events import Entry
from kalends.domain.roster import Roster
from kalends.domain.value import Value
from kalends.domain.when import When
from kalends.intake.found import Sentence
from kalends.intake.sentence import read_sentence
from kalends.intake.vocabulary.naming import department
from kalends.intake.vocabulary.tags_and_place import as_text
from kalends.words import Words

__all__ = ["Given", "Recorded", "as_text", "read_activity", "record"]


class ReadActivity(Value):
    """An activity that was read but not yet recorded, with warnings for the user."""

    draft: Draft
    warnings: Sequence[WarningMessage]


class Recorded(Value):
    """An activity that was recorded; `details` are as stored, `roster` has its departments.

    In a dry run the entries are those that would be appended.
    """

    id: str
    entries: Sequence[Entry]
    details: Details
    planned: bool
    roster: Roster
    warnings: Sequence[WarningMessage]


def read_activity(
    workspace: Workspace,
    sentence: str,
    given: Given,
    *,
    planned: bool | None = None,
    prompter: Prompter | None = None,
) -> ReadActivity:
    """Read a sentence and the given options against the roster and the campaign.

    If `planned` is None, the date decides: an activity that begins later than now is planned. The
    prompter is asked about anything unclear; without a prompter, `UnclearError` is raised. Raises
    also what the domain refuses.
    """
    prompter = prompter or NoPrompter()
    roster, here = workspace.service.roster(), date_context(workspace)
    typed, given = given, given.seen
    wanted = [
        part
        for part, value in (
            ("when", given.when),
            ("departments", given.dept),
            ("title", given.title),
        )
        if not value
    ]
    found = read_sentence(sentence, roster=roster, context=here, prompter=prompter, wanted=wanted)
    beside = [warnings.UNSEEN] if found.had_unseen or given != typed else []
    if found.headcount is not None and given.headcount is None:
        beside.append(warnings.headcount(found.headcount))
    elif found.kept_headcount and given.description is None:
        beside.append(warnings.kept_headcount(found.kept_headcount))
    if found.hours_of_each and given.description is None:
        beside.append(warnings.hours_of_each(found.hours_of_each))
    if given.description is None:
        beside += map(warnings.others, found.others)
    details = Details(
        title=given.title or found.title or prompter.title(NoTitleError(text=sentence)),
        when=_when(prompter, given, found, here),
        departments=_departments(prompter, given, found, roster),
        place=given.place or found.place,
        tags=(*found.tags, *given.tag),
        description=given.description or found.description,
        headcount=found.headcount if given.headcount is None else given.headcount,
        links=given.link,
    )
    said = "" if given.when else sentence
    beside += warnings.of_phrase(details.when, here, sentence=said)
    is_to_come = is_planned(details.when, here.now, here.office_hours, said=planned)
    draft = Draft(details=details, planned=is_to_come)
    return ReadActivity(draft=draft, warnings=beside)


def record(
    workspace: Workspace,
    words: Words,
    found: ReadActivity,
    *,
    allow_duplicate: bool = False,
    prompter: Prompter | None = None,
) -> Recorded:
    """Record an activity; raises `OnRecordError` if a similar one is recorded already."""
    service, prompter = workspace.service, prompter or NoPrompter()
    roster, here = service.roster(), date_context(workspace)  # an append changes neither
    check: Callable[[], None] | None = None
    if not allow_duplicate:
        check = check_of(workspace, words, found.draft.details, prompter)
    draft = found.draft
    activity_id, entries = service.record(draft, check=check)
    details: Details = getattr(entries[-1].event, "details", draft.details)
    return Recorded(
        id=activity_id,
        entries=entries,
        details=details,
        planned=draft.planned,
        roster=roster,
        warnings=warnings.of_date(draft.details.when, here, is_held=not draft.planned),
    )


def _when(prompter: Prompter, given: Given, found: Sentence, here: DateContext) -> When:
    if given.when is None:
        assert found.when is not None
        return found.when.when
    try:
        from kalends.dates.times_alone import read_with_day  # noqa: PLC0415 - not for a sentence

        return read_with_day(given.when, here).when
    except UnclearError as error:
        return prompter.date(error).when


def _departments(
    prompter: Prompter, given: Given, found: Sentence, roster: Roster
) -> tuple[Participation, ...]:
    if not given.dept:
        return tuple(found.departments)
    from kalends.intake.roles import with_role  # noqa: PLC0415 - not for a sentence

    named = []
    for n, text in enumerate(given.dept):
        name, role = with_role(roster, text, usual_role(n))
        try:
            acting = department(roster, name)
        except (UnclearError, DepartmentNotFoundError) as error:
            acting = prompter.department(error)
        named.append(Participation(code=acting.code, role=role))
    return tuple(named)
