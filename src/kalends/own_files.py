"""The files of a workspace must be its own: no links, pipes or devices.

A clone comes from somebody else, and git keeps links: following a link writes where its author
pointed. So the folders are checked before anything in them is read or written, and whole files are
written beside their place and renamed.
"""

import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from shlex import quote  # somebody else's name appears in a command to copy

from kalends.domain.errors import (
    FileForFolderError,
    FolderForFileError,
    HardLinkError,
    LinkError,
    SpecialFileError,
    TrackedCacheError,
)
from kalends.git_index import is_tracked

CACHE = ".kalends"
_FOLDERS = ("events", "events/checkpoints", "feeds", "feeds/full", CACHE)
# Written in place: a hard link to one of these would change too.
_IN_PLACE = {CACHE: ("",), "events": ("kalends.db", "journal.jsonl")}
# What is a file in each folder. In the caches anything may stand: it is read as nothing.
_ARE_FILES = {
    "events": re.compile(r"kalends\.db(-wal|-shm|-journal|\.lock)?|journal\.jsonl|checkpoint"),
    "events/checkpoints": re.compile(r"[0-9]+\.txt"),
    "feeds": re.compile(r"manifest\.json|.*\.ics", re.DOTALL),
    "feeds/full": re.compile(r".*\.ics", re.DOTALL),
}
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


def check(root: Path) -> None:
    """Check everything that a workspace keeps in its folder, which may itself be behind links.

    Raises `NotOwnFileError`: `LinkError`, `HardLinkError`, `SpecialFileError`,
    `FolderForFileError`, `FileForFolderError`, or `TrackedCacheError` where git tracks the caches.
    """
    for folder in _FOLDERS:
        mode = _mode(root / folder)
        _check(root, folder, mode)
        if stat.S_ISDIR(mode):
            _check_folder(root, folder)
        elif mode and folder in _ARE_FILES:
            raise FileForFolderError(name=quote(folder))
    if _mode(root / CACHE) and is_tracked(root, CACHE):
        raise TrackedCacheError(name=CACHE)


def check_file(root: Path, name: str) -> None:
    """Raise `NotOwnFileError` if a file at the top is not the workspace's own file."""
    mode = _mode(root / name)
    _check(root, name, mode)
    if stat.S_ISDIR(mode):
        raise FolderForFileError(name=quote(name))


def _mode(path: Path) -> int:
    """Return what a path is, without following it; 0 when nothing is there."""
    try:
        return os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _check_folder(root: Path, folder: str) -> None:
    with suppress(FileNotFoundError), os.scandir(root / folder) as entries:
        for entry in entries:
            if entry.is_file(follow_symlinks=False):
                if folder in _IN_PLACE and entry.name.startswith(_IN_PLACE[folder]):
                    _check_names(root, f"{folder}/{entry.name}")
            elif entry.is_dir(follow_symlinks=False):
                if folder in _ARE_FILES and _ARE_FILES[folder].fullmatch(entry.name):
                    raise FolderForFileError(name=quote(f"{folder}/{entry.name}"))
            else:
                with suppress(FileNotFoundError):
                    mode = entry.stat(follow_symlinks=False).st_mode
                    _check(root, f"{folder}/{entry.name}", mode)


def _check(root: Path, name: str, mode: int) -> None:
    if stat.S_ISLNK(mode):
        raise LinkError(name=quote(name), target=(root / name).readlink())
    if mode and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise SpecialFileError(name=quote(name))


def _check_names(root: Path, name: str) -> None:
    """Raise if a file that is written in place has another name somewhere."""
    with suppress(FileNotFoundError):
        if os.lstat(root / name).st_nlink > 1:
            raise HardLinkError(name=quote(name))


def beside(path: Path, process: int | str) -> Path:
    """Return where a process writes a file before moving it to its place."""
    return path.with_name(f".{path.name}.{process}.part")


def replace(path: Path, octets: bytes, *, is_forced: bool = True) -> None:
    """Write a file whole or not at all, beside its place, then move it there; raise `OSError`.

    Whatever was there, even a link, is replaced and never followed; its mode is kept. With
    `is_forced` the file survives a power failure.
    """
    part = beside(path, os.getpid())
    with suppress(FileNotFoundError):
        part.unlink()
    try:
        with open(os.open(part, _NEW, 0o666), "wb") as file:  # noqa: PTH123 - of a number
            file.write(octets)
            file.flush()
            with suppress(FileNotFoundError):
                before = os.lstat(path).st_mode
                if stat.S_ISREG(before):
                    part.chmod(stat.S_IMODE(before))
            if is_forced:
                os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
