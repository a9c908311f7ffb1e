"""What must hold before anything is recorded: the log is the one in force, and is whole."""

from collections.abc import Callable
from contextlib import suppress

from kalends.application.workspaces import store_moves
from kalends.config import WorkspaceFolder
from kalends.domain.errors import BadKeyError
from kalends.log.log import Log


class TurnCheck:
    """Called in every turn; the settings are read again only when they have changed."""

    def __init__(self, here: Callable[[], WorkspaceFolder], log: Log) -> None:
        """Take what returns the workspace's folder, which a new key changes, and its log."""
        self._here, self._log = here, log
        self._in_force = store_moves.InForce(here())

    def __call__(self) -> None:
        """Raise `StoreMovedError` or `ShortenedError` if nothing may be recorded here now."""
        self._in_force.check(self._log)
        here, position = self._here(), self._log.position()
        if here.signed_size > position:
            from kalends.application.workspaces import signing  # noqa: PLC0415 - only where the log is shorter

            with suppress(BadKeyError):  # then nothing can be verified: `audit verify` reports it
                signing.check_length(here, position)
