"""Who signs a workspace: its key found or made, and a checkpoint that a crash kept from it."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kalends import config, own_files
from kalends.audit import own_checkpoints, signer
from kalends.audit.anchors import Anchors
from kalends.audit.note import PrivateKey
from kalends.audit.signer import Signer
from kalends.config import WorkspaceFolder
from kalends.domain.errors import ExposedKeyError, KalendsError, UnsignedError
from kalends.domain.events import CampaignOpened
from kalends.log.log import Log
from kalends.words import Message

_KEY_MISSING = "key-missing"


def signer_of(here: WorkspaceFolder, settings: Path, campaign_id: str) -> Signer:
    """Return who signs the log of a workspace; `settings` is the user's configuration folder.

    Raises `NoKeyError`, `UntrustedKeyError`, `BadKeyError`; `UnsignedError` when the workspace
    trusts no key at all.
    """
    trusted = signer.trusted_keys(here.keys)
    if not trusted:
        raise UnsignedError(detail=Message("kalends.toml trusts no key"))
    key = signer.load_key(signer.key_path(settings, campaign_id), trusted)
    edge = here.cache / "edge.json"
    return Signer(key, trusted, path=here.checkpoint, kept=here.checkpoints, edge=edge)


def anchors(here: WorkspaceFolder) -> Anchors:
    """Return what the workspace's own checkpoints say, the newest first."""
    return Anchors(own_checkpoints.signed(here, signer.trusted_keys(here.keys)))


def is_new_that_the_key_is_missing(here: WorkspaceFolder) -> bool:
    """Tell whether nobody was told yet that this clone lacks the key; from now on, they were.

    With other keys in `kalends.toml` it is new again. It is remembered in the cache; where that
    cannot be written it is new each time.
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
    """Sign events that an append wrote and was killed before it could sign.

    Nothing is said when that cannot be, or others are writing: the next append says it.
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
    """Make a campaign's key, in `settings`, and let the workspace's `kalends.toml` trust it.

    The key that it takes the place of is retired: it signs nothing beyond this position. To be
    called within the writer's turn, where others sign. `to_be` is the folder where a workspace
    that is being made will stand.
    Raises `ExposedKeyError` where the key would lie in a workspace, or where git would see it.
    """
    path = signer.key_path(settings, campaign_id)
    _check_hidden(path, to_be)
    return signer.make_key(
        path,
        campaign_id,
        seed,
        lambda public, older: config.trust(
            root,
            public.written(),
            retired=None if older is None else older.written(),
            position=position,
        ),
    )


def _check_hidden(path: Path, to_be: Path | None) -> None:
    """Raise `ExposedKeyError` for a path within a workspace, or in a git work tree unignored."""
    coming, folders = to_be and to_be.resolve(), path.resolve().parents
    for folder in folders:  # first those of which git's ignoring makes nothing better
        if folder == coming or (folder / config.NAME).exists():
            cure = Message("Set XDG_CONFIG_HOME to a folder outside of it.")
            raise ExposedKeyError(path=path, folder=folder, cure=cure)
    for folder in folders:
        if (folder / ".git").exists() and not _is_ignored(path, folder):
            cure = Message(
                "Set XDG_CONFIG_HOME to a folder outside of it, "
                "or let git ignore the folder `keys`."
            )
            raise ExposedKeyError(path=path, folder=folder, cure=cure)


def _is_ignored(path: Path, tree: Path) -> bool:
    """Tell whether git ignores a file of this work tree; without git nothing is known."""
    import subprocess  # noqa: PLC0415 - slow to load, and only for a new key

    command = ["git", "-C", str(tree), "check-ignore", "--quiet", str(path.resolve())]
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603 - git, as the user has it
    except OSError:
        return False
