"""The folder of what only its owner may read: hashes of secret addresses and of tokens.

Git ignores it. A secret is shown once, and only its hash is kept.
"""

import base64
import hashlib
from datetime import UTC, datetime
from pathlib import Path

from kalends import own_files
from kalends.config import WorkspaceFolder

# So many characters of a hash name its secret in lists.
MARK_LENGTH = 8
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600


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
