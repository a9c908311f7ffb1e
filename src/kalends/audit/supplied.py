"""What somebody kept of a record: checkpoints and journals, in files and folders."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kalends.domain.errors import FileNotReadableError
from kalends.words import Message

_SIGNED = "\n\n\N{EM DASH} ".encode()
_LINE = b'{"stream":'


class Kept(NamedTuple):
    """A checkpoint's file as somebody kept it: its name, and its octets.

    `size` is the one that its name says, as the names of those kept at each publication do.
    `is_own` says that it is the folder's own, and not a copy that somebody brought.
    """

    name: str
    octets: bytes
    size: int | None = None
    is_own: bool = False


def gathered(paths: Iterable[Path]) -> tuple[list[Kept], list[Path]]:
    """Return the checkpoints and the journals in files and folders that somebody kept.

    In a folder whatever is neither is passed over. Raises `FileNotReadableError`.
    """
    checkpoints: list[Kept] = []
    journals: list[Path] = []
    for path in paths:
        is_folder, before = path.is_dir(), len(checkpoints) + len(journals)
        for one in sorted(path.rglob("*")) if is_folder else [path]:
            if is_folder and not one.is_file():
                continue
            head = _head(one)
            if head.startswith(_LINE):
                journals.append(one)
            elif not is_folder or _SIGNED in head:
                checkpoints.append(Kept(str(one), head))
        if len(checkpoints) + len(journals) == before:
            raise FileNotReadableError(name=path, detail=Message("there is nothing kept in it"))
    return checkpoints, journals


def _head(path: Path) -> bytes:
    """Return a file's first octets: more than any checkpoint has."""
    try:
        with path.open("rb") as file:
            return file.read(1 << 16)
    except OSError as error:
        raise FileNotReadableError(name=path, detail=error.strerror or error) from None
