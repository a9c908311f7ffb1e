"""Collects the checkpoints and journals that you kept elsewhere, in files, packs and folders."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kalends.audit.archive import CHECKPOINT, JOURNAL, KEPT, Archive
from kalends.audit.checkpoint import SuppliedCheckpoint, content_in
from kalends.domain.errors import FileNotReadableError, ProofError
from kalends.words import Message

_SIGNED = "\n\n\N{EM DASH} ".encode()
_LINE = b'{"stream":'
_ZIP = b"PK\3\4"


class SuppliedJournal(NamedTuple):
    """A journal kept elsewhere: its name for messages, and its path."""

    name: str
    path: Path


def gathered(
    paths: Iterable[Path], scratch: Callable[[], Path]
) -> tuple[list[SuppliedCheckpoint], list[SuppliedJournal]]:
    """Return the checkpoints and journals in these files, packs and folders.

    Other files in a folder are ignored. A pack's journal is unpacked into a folder that `scratch`
    makes. Nothing is verified yet. Raises `FileNotReadableError`, and `ProofError` for a ZIP file
    that is not a pack.
    """
    checkpoints: list[SuppliedCheckpoint] = []
    journals: list[SuppliedJournal] = []
    for path in paths:
        is_folder, before = path.is_dir(), len(checkpoints) + len(journals)
        for file in sorted(path.rglob("*")) if is_folder else [path]:
            if is_folder and not file.is_file():
                continue
            head = _head(file)
            if head.startswith(_LINE):
                journals.append(SuppliedJournal(str(file), file))
            elif head.startswith(_ZIP):
                with suppress(*([ProofError] if is_folder else [])):
                    kept, journal = _unpacked(file, scratch() / JOURNAL)
                    checkpoints += kept
                    journals.append(journal)
            elif not is_folder or _SIGNED in head:
                checkpoints.append(SuppliedCheckpoint(str(file), head))
        if len(checkpoints) + len(journals) == before:
            raise FileNotReadableError(
                name=path, detail=Message("it holds no checkpoint and no journal")
            )
    return checkpoints, journals


def _unpacked(path: Path, into: Path) -> tuple[list[SuppliedCheckpoint], SuppliedJournal]:
    """Return the checkpoints and journal of a pack; its keys, pages and feeds are ignored."""
    if not path.is_file():  # a pipe can be read only once
        raise FileNotReadableError(name=path, detail=Message("it is not a file"))
    try:
        with path.open("rb") as file:
            archive = Archive(file, path.name)
            archive.extract(JOURNAL, into)
            kept = [
                SuppliedCheckpoint(f"{path}: {name}", archive.small(name))
                for name in sorted(archive.hashes)
                if name == CHECKPOINT or name.startswith(KEPT)
            ]
    except OSError as error:
        raise FileNotReadableError(name=path, detail=error.strerror or error) from None
    return kept, SuppliedJournal(f"{path}: {JOURNAL}", into)


def _head(path: Path) -> bytes:
    """Return a file's first bytes: all of them if it may be a checkpoint."""
    try:
        return content_in(path)
    except OSError as error:
        raise FileNotReadableError(name=path, detail=error.strerror or error) from None
