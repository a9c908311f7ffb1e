"""Reads the checkpoints in a workspace's folder: the newest, and one kept for each publication."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from kalends.audit.checkpoint import (
    Checkpoint,
    SuppliedCheckpoint,
    content_in,
    read,
    why_not_believed,
)
from kalends.audit.note import NoteError, PublicKey
from kalends.config import WorkspaceFolder
from kalends.domain.errors import CheckpointError, UnreadFileError, UnsignedError
from kalends.domain.patterns import Pattern
from kalends.domain.value import Value
from kalends.words import Message, os_error_message

_NAME = Pattern(r"(0|[1-9][0-9]{0,14})\.txt", needs=".")


class Published(Value):
    """How far a folder was published, according to its own checkpoints.

    `newest` is the size of the newest checkpoint, None without one; `kept` is the largest size
    among those kept for each publication.
    """

    newest: int | None = None
    kept: int = 0

    def is_cut(self, lines: int) -> bool:
        """Return whether a journal with this many lines is shorter than what was published.

        Git may reset journal and newest checkpoint together to an older publication, and leave the
        later kept ones in place; that does not count.
        """
        return lines < self.kept and (self.newest is None or lines < self.newest)


def kept_files(folder: Path) -> list[Path]:
    """Return the files of the checkpoints kept in a folder, sorted by size."""
    try:
        with os.scandir(folder) as entries:  # there may be thousands
            names = [entry.name for entry in entries if _NAME.fullmatch(entry.name)]
    except OSError:
        return []
    return [folder / name for name in sorted(names, key=lambda name: int(name[:-4]))]


def files_in(here: WorkspaceFolder) -> list[SuppliedCheckpoint]:
    """Return the contents of the checkpoint files: the newest, then those kept, by size.

    Nothing is verified yet. Raises `UnreadFileError`.
    """
    return [
        SuppliedCheckpoint(_name(here, path), _content(here, path), size, is_own=True)
        for path, size in _paths(here)
    ]


def _readable(here: WorkspaceFolder) -> Iterator[SuppliedCheckpoint]:
    """Yield what `files_in` returns, without the files that cannot be read."""
    for path, size in _paths(here):
        with suppress(UnreadFileError):
            content = _content(here, path)
            yield SuppliedCheckpoint(_name(here, path), content, size, is_own=True)


def _paths(here: WorkspaceFolder) -> list[tuple[Path, int | None]]:
    found = [(here.checkpoint, None)] if here.checkpoint.exists() else []
    return [*found, *((path, int(path.stem)) for path in kept_files(here.checkpoints))]


def _name(here: WorkspaceFolder, path: Path) -> str:
    return str(path.relative_to(here.root))


def signed(here: WorkspaceFolder, keys: Sequence[PublicKey]) -> list[Checkpoint]:
    """Return the checkpoints that one of these keys has signed, in the order of `files_in`.

    The others, and files that cannot be read, are ignored here; `audit verify` reports them.
    """
    found = []
    for file in _readable(here):
        try:
            found.append(read(file.content, keys))
        except NoteError:
            continue
    return found


def published(here: WorkspaceFolder, keys: Sequence[PublicKey]) -> Published:
    """Return how far the folder was published, according to its valid checkpoints."""
    newest, kept = None, 0
    for file in _readable(here):
        try:
            size = read(file.content, keys).size
        except NoteError:
            continue
        if file.size is None:
            newest = size
        elif file.size == size:
            kept = max(kept, size)
    return Published(newest=newest, kept=kept)


def signed_beyond(here: WorkspaceFolder, keys: Sequence[PublicKey], position: int) -> int:
    """Return the largest size beyond a position in a valid checkpoint, else 0."""
    kept = [int(path.stem) for path in kept_files(here.checkpoints)[-1:]]
    if max(here.signed_size, *kept, 0) <= position:
        return 0
    return max(
        (checkpoint.size for checkpoint in signed(here, keys) if checkpoint.size > position),
        default=0,
    )


def newest(here: WorkspaceFolder, keys: Sequence[PublicKey]) -> Checkpoint:
    """Return the newest checkpoint.

    Raises `UnsignedError`, `CheckpointError` or `UnreadFileError`.
    """
    if not here.checkpoint.is_file():
        raise UnsignedError(detail=Message("there is no checkpoint"))
    try:
        return read(_content(here, here.checkpoint), keys)
    except NoteError as error:
        raise CheckpointError(name=here.checkpoint.name, detail=why_not_believed(error)) from None


def _content(here: WorkspaceFolder, path: Path) -> bytes:
    try:
        return content_in(path)
    except (FileNotFoundError, IsADirectoryError):  # it was removed meanwhile, or is no file
        return b""
    except OSError as error:
        detail = os_error_message(error)
        raise UnreadFileError(name=_name(here, path), detail=detail) from None
