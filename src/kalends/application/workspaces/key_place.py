"""Where a private key may lie: nowhere that git or other users see it."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from kalends import config
from kalends.domain.errors import ExposedKeyError, OpenSecretsError, SeenKeyError
from kalends.words import Message

_OTHERS = 0o077


def check_coming(path: Path, to_be: Path | None) -> None:
    """Raise `ExposedKeyError` for a path in a workspace, or where git does not ignore it.

    `to_be` is the future folder of a workspace that is being made.
    """
    for folder, cure in _sharing(path, to_be):
        raise ExposedKeyError(path=path, folder=folder, cure=cure)


def check(path: Path) -> None:
    """Raise `SeenKeyError` or `OpenSecretsError` if others see a private key that is there."""
    if not path.exists():
        return
    for folder, cure in _sharing(path, None):
        raise SeenKeyError(path=path, folder=folder, cure=cure)
    if os.name == "posix" and path.stat().st_mode & _OTHERS:
        raise OpenSecretsError(name=path)


def _sharing(path: Path, to_be: Path | None) -> Iterator[tuple[Path, Message]]:
    """Yield the folders in which others see this path, each with what can be done about it."""
    coming, folders = to_be and to_be.resolve(), path.resolve().parents
    for folder in folders:  # these first: ignoring them in git would not help
        if folder == coming or (folder / config.NAME).exists():
            yield folder, Message("Set XDG_CONFIG_HOME to a folder outside of it.")
    for folder in folders:
        if (folder / ".git").exists() and not _is_ignored(path, folder):
            cure = Message(
                "Set XDG_CONFIG_HOME to a folder outside of it, "
                "or let git ignore the folder `keys`."
            )
            yield folder, cure


def _is_ignored(path: Path, tree: Path) -> bool:
    """Return whether git ignores a file of this work tree; False without git."""
    command = ["git", "-C", str(tree), "check-ignore", "--quiet", str(path.resolve())]
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603 - git, as the user has it
    except OSError:
        return False
