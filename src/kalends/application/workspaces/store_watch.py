"""Notices when the settings name another store than the one an open workspace reads.

It also tells when another server keeps that store now.
"""

from collections.abc import Callable
from contextlib import suppress

from kalends import config
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import KalendsError, StoreMovedError

# A move closes the old store, then changes the settings: for so long both may be seen.
_PATIENCE = 5.0


class StoreWatch:
    """Looks at the settings, and at what the log itself says; a look costs next to nothing."""

    def __init__(self, workspace: Workspace, clock: Callable[[], float]) -> None:
        """Take the open workspace, and seconds that only grow."""
        self._workspace, self._clock = workspace, clock
        self._here = workspace.folder
        self._seen = self._stamp()
        self._copy = workspace.log.identity
        self._closed_at: float | None = None
        self._is_closed = False

    def look(self, forget: Callable[[], object]) -> bool:
        """Return `is_moved`; call `forget` when nothing that was read before may be shown."""
        was_closed, self._is_closed = self._is_closed, not self._is_in_force()
        if self._is_closed and not was_closed:
            forget()
        return self.is_moved()

    def is_moved(self) -> bool:
        """Return whether the workspace is to be reopened.

        So it is when the settings name another store, and when another server answers now, as
        after a failover: what the first one showed may be lost, with other events in its place.
        """
        if self._workspace.log.identity != self._copy:
            return True
        stamp = self._stamp()
        if stamp != self._seen:
            # Settings that cannot be read just now are looked at again when they have changed.
            with suppress(KalendsError):
                if config.load(self._here.root).store != self._here.store:
                    return True
            self._seen = stamp
        return False

    def check(self) -> None:
        """Raise `StoreMovedError` if the log was moved and the settings here do not say where."""
        if not self._is_in_force():
            log = self._workspace.log
            raise StoreMovedError(name=log.name, place=log.moved_to)

    def _is_in_force(self) -> bool:
        if not self._workspace.log.moved_to:
            self._closed_at = None
            return True
        now = self._clock()
        self._closed_at = now if self._closed_at is None else self._closed_at
        return now - self._closed_at <= _PATIENCE

    def is_readable(self) -> bool:
        """Return whether the log answers and is the one in force."""
        try:
            self._workspace.log.last_at()  # while a server is away, the position is remembered
            self.check()
        except KalendsError:
            return False
        return True

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = (self._here.root / config.NAME).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino


def reopen(workspace: Workspace) -> None:
    """Open the log of a workspace anew, where its settings say now; raises what opening raises."""
    workspace.close()
    workspace.folder = config.load(workspace.folder.root)
    workspace.log.position()
