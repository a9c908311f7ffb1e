"""Looks for recorded activities with the same days, departments and title as a new one."""

from collections.abc import Callable

from kalends.application.recording.prompting import Prompter
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.details import Details, likeness
from kalends.domain.errors import OnRecordError
from kalends.domain.roster import Roster
from kalends.presentation import texts
from kalends.words import Words


def already_recorded(
    workspace: Workspace, words: Words, activity_id: str, roster: Roster
) -> OnRecordError:
    """Return the error that says an activity like this one is already recorded."""
    found = workspace.service.activity(activity_id)
    what = texts.one_line(words, found.details, roster)
    error = OnRecordError(id=activity_id, ref=workspace.service.ref(activity_id), what=what)
    if found.status != "planned":
        error.hint = OnRecordError.hint_unless_planned  # type: ignore[misc]  # of this one alone
    return error


def check_of(
    workspace: Workspace, words: Words, details: Details, prompter: Prompter
) -> Callable[[], None]:
    """Ask if a similar activity is recorded; return a check to repeat within the writer's turn.

    The check finds what somebody else records between the question and the turn. Raises
    `OnRecordError` if nobody is there to ask.
    """
    log, wanted = workspace.log, likeness(details)
    known_at = log.position()
    standing = workspace.alike({wanted})
    if wanted in standing:
        prompter.repeat(
            already_recorded(workspace, words, standing[wanted], workspace.service.roster())
        )

    def check() -> None:
        if log.position() == known_at:
            return
        now = workspace.alike({wanted})
        if wanted in now.keys() - standing.keys():
            raise already_recorded(workspace, words, now[wanted], workspace.service.roster())

    return check
