"""Checks the keys and checkpoints that a server shows, on your own machine."""

from collections.abc import Callable
from pathlib import Path

from kalends.application.workspaces.signing import Signatures
from kalends.audit import key_files
from kalends.audit.note import PublicKey
from kalends.config import WorkspaceFolder
from kalends.domain.overriding import override


class ServedSignatures(Signatures):
    """The keys that a server names, and the checkpoints that it shows."""

    def __init__(
        self,
        here: WorkspaceFolder,
        settings: Path,
        campaign_id: Callable[[], str],
        keys: tuple[str, ...],
    ) -> None:
        """Take the folder of the copy, and the server's keys."""
        super().__init__(here, settings, campaign_id)
        self._keys = keys

    @property
    @override
    def trusted(self) -> tuple[PublicKey, ...]:
        """Return the keys that the server names; raises `BadKeyError`."""
        return key_files.trusted_keys(self._keys)
