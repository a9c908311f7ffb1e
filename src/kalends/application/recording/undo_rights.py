"""Who is undoing something, and which events they may not see."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kalends.application.workspaces.workspace import Workspace
from kalends.domain.events import Entry

if TYPE_CHECKING:
    from kalends.application.access.permissions import Caller


class UndoRights(NamedTuple):
    """In whose name something is undone, and the streams of what they may not read now.

    Several people, and several tokens, may have the same handle.
    """

    caller: "Caller | None" = None
    hidden: Callable[[], frozenset[str]] = frozenset

    def check(self, entries: Sequence[Entry], hidden: frozenset[str], by: str) -> None:
        """Raise if they may not undo these events; what they may not read is not named.

        Whether the other rules allow it is looked at later, and says more.
        """
        if not hidden.isdisjoint(entry.stream for entry in entries):
            from kalends.domain.errors import UndoUnseenError  # noqa: PLC0415 - only with a token

            raise UndoUnseenError(by=by)
        if self.caller is not None:
            self.caller.check_streams(entry.stream for entry in entries)


def undo_rights(workspace: Workspace) -> UndoRights:
    """Return what the user of a workspace sees when they undo."""
    caller = workspace.caller
    if caller is None:
        return UndoRights()
    from kalends.application.readers.callers_record import CallersRecord  # noqa: PLC0415 - only with a token

    return UndoRights(caller, lambda: CallersRecord(workspace, caller).hidden)
