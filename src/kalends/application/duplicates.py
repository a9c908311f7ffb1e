"""An activity on record that is like one to be recorded: the same days, departments and title."""

from collections.abc import Callable

from kalends.application.prompting import Prompter
from kalends.application.workspace import Workspace
from kalends.domain.details import Details, likeness
from kalends.domain.errors import OnRecordError
from kalends.domain.roster import Roster
from kalends.presentation import texts
from kalends.words import Words


def on_record(
    workspace: Workspace, words: Words, activity_id: str, roster: Roster
) -> OnRecordError:
    """Return the refusal to record again what stands as this activity."""
    what = texts.one_line(words, workspace.service.activity(activity_id).details, roster)
    return OnRecordError(id=activity_id, ref=workspace.service.ref(activity_id), what=what)


def check_of(
    workspace: Workspace, words: Words, details: Details, prompter: Prompter
) -> Callable[[], None]:
    """Ask when an activity like this one is on record; return what the turn checks once more.

    Raises `OnRecordError` where nobody is there to ask. What somebody else records between the
    question and the turn is seen within the turn.
    """
    log, wanted = workspace.log, likeness(details)
    known_at = log.position()
    standing = workspace.alike({wanted})
    if wanted in standing:
        prompter.repeat(on_record(workspace, words, standing[wanted], workspace.service.roster()))

    def check() -> None:
        if log.position() == known_at:
            return
        now = workspace.alike({wanted})
        if wanted in now.keys() - standing.keys():
            raise on_record(workspace, words, now[wanted], workspace.service.roster())

    return check
