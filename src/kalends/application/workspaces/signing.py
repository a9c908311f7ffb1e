"""The keys of a workspace: which it trusts, which signs its log, and how a new one is made."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kalends import config, own_files
from kalends.audit import key_files, own_checkpoints
from kalends.audit.checkpoint import Checkpoint
from kalends.audit.note import PrivateKey, PublicKey
from kalends.audit.signer import Signer
from kalends.config import WorkspaceFolder
from kalends.domain.errors import KalendsError, NoTrustedKeyError, ShortenedError
from kalends.domain.events import CampaignOpened
from kalends.log.log import Log

if TYPE_CHECKING:
    from kalends.audit.anchors import Anchors

_KEY_MISSING = "key-missing"


class Signatures:
    """The keys and checkpoints of an opened workspace.

    `settings` is the user's configuration folder, which holds the private keys. `campaign_id` is
    called when a private key is looked for.
    """

    def __init__(
        self, here: WorkspaceFolder, settings: Path, campaign_id: Callable[[], str]
    ) -> None:
        """Read nothing yet."""
        self._here, self._settings, self._campaign_id = here, settings, campaign_id

    @property
    def trusted(self) -> tuple[PublicKey, ...]:
        """Return the public keys that the workspace trusts now; raises `BadKeyError`.

        The settings are read again: a server goes on while somebody makes a new key.
        """
        return key_files.trusted_keys(config.load(self._here.root).keys)

    @property
    def newest(self) -> Checkpoint:
        """Return the newest checkpoint; raises `UnsignedError`, `CheckpointError`."""
        return own_checkpoints.newest(self._here, self.trusted)

    @property
    def signer(self) -> Signer:
        """Return the signer of the log; raises what `signer_of` raises."""
        return signer_of(self._here, self._settings, self._campaign_id())

    @property
    def key_path(self) -> Path:
        """Return where the private key of this campaign is, or would be."""
        return key_files.key_path(self._settings, self._campaign_id())

    @property
    def is_key_begun(self) -> bool:
        """Return whether a new key waits to be trusted, or to be moved into its place."""
        return os.path.lexists(key_files.waiting(self.key_path))

    def check_finished(self) -> None:
        """Raise `UnfinishedKeyError` if a killed command left a new key that is not trusted."""
        key_files.check_finished(self.key_path, self.trusted)

    def new_key(self, log: Log, seed: Callable[[], bytes]) -> None:
        """Make a key for this campaign on this machine; trust it and retire the old one.

        Raises `BadKeyError`, and makes none, if a trusted key is here but cannot be read.
        """
        _ = self.trusted
        campaign_id = self._campaign_id()
        with log.turn():  # so that nobody signs meanwhile with the retired key
            make_key(self._here.root, self._settings, campaign_id, seed, position=log.position())


def signer_of(here: WorkspaceFolder, settings: Path, campaign_id: str) -> Signer:
    """Return the signer of a workspace's log; `settings` is the user's configuration folder.

    Raises what `load_key` raises; `NoTrustedKeyError` if the workspace trusts no key at all.
    """
    trusted = key_files.trusted_keys(here.keys)
    if not trusted:
        raise NoTrustedKeyError
    key = key_files.load_key(key_files.key_path(settings, campaign_id), trusted)
    edge = here.cache / "edge.json"
    return Signer(key, trusted, path=here.checkpoint, kept=here.checkpoints, edge=edge)


def anchors(here: WorkspaceFolder) -> "Anchors":
    """Return the root hashes in the workspace's own checkpoints, the newest first."""
    from kalends.audit.anchors import Anchors  # noqa: PLC0415 - signing needs none

    return Anchors(own_checkpoints.signed(here, key_files.trusted_keys(here.keys)))


def check_length(here: WorkspaceFolder, position: int) -> None:
    """Raise `ShortenedError` if a valid checkpoint is larger than `position`.

    New events would take the positions of events that were signed. When those come back, the two
    contradict each other, and the record looks rewritten.
    """
    if not here.keys:
        return
    size = own_checkpoints.signed_beyond(here, key_files.trusted_keys(here.keys), position)
    if size:
        raise ShortenedError(size=size, found=position)


def is_new_that_the_key_is_missing(here: WorkspaceFolder) -> bool:
    """Return True the first time it is called in a clone that lacks the key.

    So the user is warned once. A file in the cache remembers it; other keys in `kalends.toml`, or
    a cache that cannot be written, make it True again.
    """
    note, keys = here.cache / _KEY_MISSING, "\n".join(here.keys).encode()
    with suppress(OSError):
        if note.read_bytes() == keys:
            return False
    with suppress(OSError):
        here.cache.mkdir(exist_ok=True)
        own_files.replace(note, keys, is_forced=False)
    return True


def sign_what_was_cut_short(here: WorkspaceFolder, settings: Path, log: Log) -> None:
    """Sign events that an append wrote before it was killed.

    If that fails, or others are writing, say nothing: the next append will.
    """
    with suppress(KalendsError), log.turn(wait=0):
        first = next(log.entries(until=1)).event
        if isinstance(first, CampaignOpened):
            signer_of(here, settings, first.id).renew(log)


def make_key(
    root: Path,
    settings: Path,
    campaign_id: str,
    seed: Callable[[], bytes],
    *,
    position: int,
    to_be: Path | None = None,
) -> PrivateKey:
    """Make a campaign's key in `settings`, and add it to the trusted keys in `kalends.toml`.

    The key that it replaces is retired: its signatures beyond `position` are not valid. Call it
    within the writer's turn if others may sign. `to_be` is the future folder of a workspace that
    is being made. Raises `ExposedKeyError` if the key would lie in a workspace, or where git could
    commit it.
    """
    from kalends.application.workspaces import key_place  # noqa: PLC0415 - only for a new key

    path = key_files.key_path(settings, campaign_id)
    key_place.check_coming(path, to_be)

    def trust(public: PublicKey, older: PublicKey | None) -> None:
        retired = None if older is None else older.written()
        try:
            config.trust(root, public.written(), retired=retired, position=position)
        except KalendsError:
            # It stays where nobody can tell whether it is trusted.
            with suppress(KalendsError):
                if public.written() not in config.load(root).keys:
                    key_files.forget_begun(path)
            raise

    return key_files.make_key(path, campaign_id, seed, trust)
