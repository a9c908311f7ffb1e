"""Reads and writes the files that users name."""

import errno
import os
from itertools import count
from pathlib import Path
from typing import BinaryIO

from kalends import own_files
from kalends.domain.errors import (
    DiskError,
    EncodedFileError,
    FileNotReadableError,
    OutputPathError,
)
from kalends.words import Message, os_error_message
from kalends.words.encodings import marked_encoding

# The largest file that is read: a proof, a calendar, a checkpoint, a table of activities.
_MOST = 1 << 28
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def content_of(path: Path, most: int = _MOST) -> bytes:
    """Return a file's bytes; raise `FileNotReadableError`, also if it has more than `most` bytes.

    A path may name an endless device, or a file too large for memory.
    """
    try:
        with path.open("rb") as file:
            return content_from(file, path, most)
    except OSError as error:
        raise FileNotReadableError(name=path, detail=os_error_message(error)) from None


def text_of(path: Path, most: int = _MOST) -> bytes:
    """Return the bytes of a file of text; raises what `content_of` raises, and `EncodedFileError`.

    PowerShell writes what a command prints as UTF-16.
    """
    content = content_of(path, most)
    if marked := marked_encoding(content):
        raise EncodedFileError(name=path.name, encoding=marked)
    return content


def content_from(file: BinaryIO, path: Path, most: int = _MOST) -> bytes:
    """Return what is left of an open file; raises what `content_of` raises."""
    try:
        content = file.read(most + 1)
    except OSError as error:
        raise FileNotReadableError(name=path, detail=os_error_message(error)) from None
    if len(content) > most:
        raise FileNotReadableError(name=path, detail=Message("it is too large for such a file"))
    return content


def check_output(path: Path) -> None:
    """Check a path that somebody named for a file to be written; its folder need not be there yet.

    Raises `OwnFileError` for a file that a workspace keeps, and `OutputPathError` for a folder or
    a path that leads through a file.
    """
    own_files.check_output(path)
    if path.is_dir():
        raise OutputPathError(name=path, detail=Message("it is a folder"))
    there = next((folder for folder in path.parents if os.path.lexists(folder)), path.parent)
    if there.exists() and not there.is_dir():
        raise OutputPathError(name=path, detail=Message("its folder is a file"))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; an existing file is replaced, a missing folder is made.

    Raises `DiskError` and what `check_output` raises; `OutputPathError` too where the folder is
    missing and may not be made.
    """
    check_output(path)
    try:
        _make_folder(path)
        own_files.replace(path, content, is_forced=False)
    except OSError as error:
        raise DiskError(name=path, detail=os_error_message(error)) from None


def _make_folder(path: Path) -> None:
    """Make the folder of a file, if it is not there; raises `OSError` and `OutputPathError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if path.parent.exists() or error.errno not in _FORBIDDEN:
            raise
        detail = Message("there is no such folder, and it may not be made")
        raise OutputPathError(name=path, detail=detail) from None


def write_beside(source: Path, ending: str, content: bytes) -> Path:
    """Write a new file beside another, and return its path; no existing file is changed.

    The name ends in `ending`, and in a number if that name is taken. Raises `OSError`, and
    `OwnFileError` beside the files that a workspace keeps.
    """
    own_files.check_output(source.with_name(f"{source.stem}-{ending}{source.suffix}"))
    for number in count(1):
        again = "" if number == 1 else f"-{number}"
        path = source.with_name(f"{source.stem}-{ending}{again}{source.suffix}")
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            continue
        return path
    raise AssertionError  # pragma: no cover - numbers never run out
