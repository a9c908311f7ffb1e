"""The checkpoints of a workspace's own folder: the newest, and those kept at each publication."""

import re
from collections.abc import Sequence
from pathlib import Path

from kalends.audit.checkpoint import Checkpoint, octets_in, read, told
from kalends.audit.note import NoteError, PublicKey
from kalends.audit.supplied import Kept
from kalends.config import WorkspaceFolder
from kalends.domain.errors import CheckpointError, UnsignedError
from kalends.words import Message

_NAME = re.compile(r"(0|[1-9][0-9]{0,14})\.txt")


def kept_files(folder: Path) -> list[Path]:
    """Return the files of the checkpoints that are kept in a folder, by size."""
    found = [path for path in folder.glob("*.txt") if _NAME.fullmatch(path.name)]
    return sorted(found, key=lambda path: int(path.stem))


def files_in(here: WorkspaceFolder) -> list[Kept]:
    """Return what the files hold: of the newest, then of those kept, by size.

    Nothing is believed yet; what cannot be read holds nothing.
    """
    found = [(here.checkpoint, None)] if here.checkpoint.exists() else []
    paths = [*found, *((path, int(path.stem)) for path in kept_files(here.checkpoints))]
    return [
        Kept(str(path.relative_to(here.root)), _octets(path), size, is_own=True)
        for path, size in paths
    ]


def signed(here: WorkspaceFolder, keys: Sequence[PublicKey]) -> list[Checkpoint]:
    """Return the checkpoints that one of these keys has signed, in the same order.

    The others are passed over: `audit verify` says what is wrong with them.
    """
    found = []
    for file in files_in(here):
        try:
            found.append(read(file.octets, keys))
        except NoteError:
            continue
    return found


def newest(here: WorkspaceFolder, keys: Sequence[PublicKey]) -> Checkpoint:
    """Return the newest checkpoint; raise `UnsignedError` or `CheckpointError`."""
    if not here.checkpoint.is_file():
        raise UnsignedError(detail=Message("there is no checkpoint"))
    try:
        return read(_octets(here.checkpoint), keys)
    except NoteError as error:
        raise CheckpointError(name=here.checkpoint.name, detail=told(error)) from None


def _octets(path: Path) -> bytes:
    try:
        return octets_in(path)
    except OSError:
        return b""
