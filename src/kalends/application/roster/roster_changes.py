"""Changes the roster: registers, names, merges and closes departments."""

from collections.abc import Sequence

from kalends.application.roster.department_names import with_names
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.commands import RosterCommand
from kalends.domain.events import Entry


def change_roster(workspace: Workspace, commands: Sequence[RosterCommand]) -> list[Entry]:
    """Carry out commands as one act, all or none; return the events.

    Raises `TextError` for a name that a sentence could not mean as a department, and what the
    domain refuses.
    """
    here = date_context(workspace)
    return workspace.service.change_roster(*(with_names(command, here) for command in commands))
