"""Whether this user can write in a workspace."""

import os
import tempfile
from pathlib import Path

from kalends.config import WorkspaceFolder
from kalends.domain.errors import DiskError
from kalends.words import os_error_message

# As much as recording a few activities takes: a full disk still makes empty files.
_TRIED = b"kalends\n" * (1 << 14)


def is_writable(here: WorkspaceFolder) -> bool:
    """Return whether this user may write here, as recording and publishing need."""
    return all(os.access(folder, os.W_OK) for folder in _folders(here))


def check_writing(here: WorkspaceFolder) -> None:
    """Write a small file where events and feeds are kept, and remove it.

    Raises `DiskError` with the reason if that fails, as on a full disk.
    """
    for folder, place in zip((here.events, here.feeds), _folders(here), strict=True):
        try:
            with tempfile.NamedTemporaryFile(dir=place, prefix=".kalends-") as file:
                file.write(_TRIED)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise DiskError(name=folder.name, detail=os_error_message(error)) from None


def _folders(here: WorkspaceFolder) -> tuple[Path, ...]:
    """Return the folders to write into; what is missing is made in the workspace's own."""
    return tuple(path if path.exists() else here.root for path in (here.events, here.feeds))
