"""The folder of what only its owner may read: hashes of secret addresses and of tokens.

Git ignores it. A secret is shown once, and only its hash is kept.
"""

import base64
import hashlib
import json
import os
import stat
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kalends import own_files
from kalends.config import WorkspaceFolder
from kalends.domain.errors import DiskError, KalendsError, OpenSecretsError
from kalends.words import os_error_message

_Kind = TypeVar("_Kind")
# So many characters of a hash name its secret in lists.
MARK_LENGTH = 8
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def file_in(here: WorkspaceFolder, name: str) -> Path:
    """Return the path of a file; raise `NotOwnFileError` if a link or a folder is there."""
    own_files.check_file(here.root, f"{own_files.SECRETS}/{name}")
    return here.secrets / name


def make_file(here: WorkspaceFolder, path: Path) -> None:
    """Make the folder and an empty file where they are missing; raises `OSError`."""
    here.secrets.mkdir(mode=_FOLDER_MODE, exist_ok=True)
    if not (here.secrets / ".gitignore").exists():
        own_files.replace(here.secrets / ".gitignore", b"*\n")
    if not path.exists():  # who follows it looks at when it was changed
        path.touch(mode=_FILE_MODE)


def read_file(path: Path, kind: type[_Kind], damaged: type[KalendsError]) -> _Kind | None:
    """Return what a JSON file holds, None if it is not there; raises `damaged` or `DiskError`."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DiskError(name=shown_path(path), detail=os_error_message(error)) from None
    except (ValueError, RecursionError):
        raise damaged(name=shown_path(path)) from None


def write_file(
    here: WorkspaceFolder, path: Path, content: bytes, *, is_forced: bool = False
) -> None:
    """Replace a file, with `is_forced` also if power fails; raises `DiskError`."""
    try:
        make_file(here, path)  # the mode of what is replaced stays
        own_files.replace(path, content, is_forced=is_forced)
    except OSError as error:
        raise DiskError(name=shown_path(path), detail=os_error_message(error)) from None


def write_document(here: WorkspaceFolder, path: Path, document: dict[str, Any]) -> None:
    """Replace a file by JSON that people can read; raises `DiskError`."""
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    write_file(here, path, text.encode())


def check_closed(path: Path) -> None:
    """Raise `OpenSecretsError` if others than its owner can read a file that is there."""
    with suppress(FileNotFoundError):
        if os.name == "posix" and path.stat().st_mode & _OTHERS:
            raise OpenSecretsError(name=shown_path(path))


def shown_path(path: Path) -> str:
    """Return a file's path within the workspace, for errors."""
    return f"{path.parent.name}/{path.name}"


def secret_from(seed: bytes) -> str:
    """Return random bytes as a secret that can stand in an address."""
    return base64.b32encode(seed).decode("ascii").rstrip("=").lower()


def hash_of(secret: str) -> str:
    """Return what is kept of a secret, which may be anything that somebody typed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def moment_text(at: datetime) -> str:
    """Return a moment as it is kept, in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
