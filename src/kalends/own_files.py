"""The files of a workspace must be its own: no links, pipes or devices.

A clone comes from somebody else, and git keeps links. Whoever follows a link writes where its
author wants. So every folder is checked before anything in it is read or written, and files are
written under another name and then renamed.
"""

import os
import re
import stat
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from kalends.domain.errors import (
    FileForFolderError,
    FolderForFileError,
    HardLinkError,
    LinkError,
    OwnFileError,
    SpecialFileError,
    TrackedCacheError,
)
from kalends.domain.patterns import Pattern
from kalends.git_index import is_tracked

CACHE = ".kalends"
SECRETS = ".kalends-secrets"
_EVENTS, _JOURNAL = "events", "journal.jsonl"
_FOLDERS = (_EVENTS, "events/checkpoints", "feeds", "feeds/full", CACHE, SECRETS)
# The files of each folder. In the cache anything may lie; unknown files are not read.
_ARE_FILES = {
    _EVENTS: Pattern(r"journal\.jsonl|checkpoint"),
    "events/checkpoints": Pattern(r"[0-9]+\.txt"),
    "feeds": Pattern(r"manifest\.json|.*\.ics", re.DOTALL),
    "feeds/full": Pattern(r".*\.ics", re.DOTALL),
    SECRETS: Pattern(
        r"feeds\.json|subscriptions\.json|sent-[0-9a-f]{8}\.(?:json|lock)"
        r"|access\.jsonl|access\.lock|oidc\.secret|\.gitignore"
    ),
}
_IS_FEED = _ARE_FILES["feeds"]
_SETTINGS = "kalends.toml"
_OWN = frozenset({*(folder.partition("/")[0] for folder in _FOLDERS), _SETTINGS})
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


def check(root: Path, store_files: Collection[str]) -> None:
    """Check everything in a workspace's folder; the path of the folder itself may contain links.

    `store_files` are the names of the files in which the store keeps the log.

    Raises `NotOwnFileError`: `LinkError`, `HardLinkError`, `SpecialFileError`,
    `FolderForFileError`, `FileForFolderError`, or `TrackedCacheError` where git tracks caches or
    secrets.
    """
    for folder in _FOLDERS:
        mode = _mode(root / folder)
        _check(root, folder, mode)
        if stat.S_ISDIR(mode):
            _check_folder(root, folder, store_files)
        elif mode and folder in _ARE_FILES:
            raise FileForFolderError(name=_quoted(folder))
    for folder in (CACHE, SECRETS):
        if _mode(root / folder) and is_tracked(root, folder):
            raise TrackedCacheError(name=folder)


def check_file(root: Path, name: str) -> None:
    """Raise `NotOwnFileError` if a file in the root folder is a link, a pipe or a device."""
    mode = _mode(root / name)
    _check(root, name, mode)
    if stat.S_ISDIR(mode):
        raise FolderForFileError(name=_quoted(name))


def check_output(path: Path) -> None:
    """Raise `OwnFileError` if a file that somebody wants to write is one of a workspace's own.

    `feeds/` may hold other files too, since a web server may serve them.
    """
    place = path.parent.resolve() / path.name
    for root in place.parents:
        first, *below = place.relative_to(root).parts
        folder = first.casefold()
        is_other = folder == "feeds" and below and not _IS_FEED.fullmatch(below[-1].casefold())
        if folder in _OWN and not is_other and (root / _SETTINGS).is_file():
            raise OwnFileError(name=path)


def _mode(path: Path) -> int:
    """Return a path's file mode without following links; 0 if nothing is there."""
    try:
        return os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _is_written_in_place(folder: str, name: str, store_files: Collection[str]) -> bool:
    """Return whether a file is changed where it is, so that a hard link to it would change too."""
    if folder == _EVENTS:
        return name.startswith((_JOURNAL, *store_files))
    return folder == CACHE


def _is_file(folder: str, name: str, store_files: Collection[str]) -> bool:
    """Return whether the workspace keeps a file of this name in the folder."""
    pattern = _ARE_FILES.get(folder)
    if pattern is not None and pattern.fullmatch(name):
        return True
    return folder == _EVENTS and name in store_files


def _check_folder(root: Path, folder: str, store_files: Collection[str]) -> None:
    with suppress(FileNotFoundError), os.scandir(root / folder) as entries:
        for entry in entries:
            if entry.is_file(follow_symlinks=False):
                if _is_written_in_place(folder, entry.name, store_files):
                    _check_names(root, f"{folder}/{entry.name}")
            elif entry.is_dir(follow_symlinks=False):
                if _is_file(folder, entry.name, store_files):
                    raise FolderForFileError(name=_quoted(f"{folder}/{entry.name}"))
            else:
                with suppress(FileNotFoundError):
                    mode = entry.stat(follow_symlinks=False).st_mode
                    _check(root, f"{folder}/{entry.name}", mode)


def _check(root: Path, name: str, mode: int) -> None:
    if stat.S_ISLNK(mode):
        raise LinkError(name=_quoted(name), target=(root / name).readlink())
    if mode and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise SpecialFileError(name=_quoted(name))


def _check_names(root: Path, name: str) -> None:
    """Raise `HardLinkError` if a file that is written in place has another name somewhere."""
    with suppress(FileNotFoundError):
        if os.lstat(root / name).st_nlink > 1:
            raise HardLinkError(name=_quoted(name))


def beside(path: Path, process: int | str) -> Path:
    """Return the temporary path at which a process writes a file before renaming it."""
    return path.with_name(f".{path.name}.{process}.part")


def replace(path: Path, content: bytes, *, is_forced: bool = True, is_alone: bool = False) -> None:
    """Write a file whole or not at all: under another name, then renamed. Raises `OSError`.

    Whatever was there, even a link, is replaced and never followed; the mode of a file is kept.
    With `is_forced` the file survives a power failure. With `is_alone` nobody else writes the file
    meanwhile, as in the writer's turn: then what a killed one left beside it is removed.
    """
    part = beside(path, "new" if is_alone else os.getpid())
    with suppress(FileNotFoundError):
        part.unlink()
    try:
        with open(os.open(part, _NEW, 0o666), "wb") as file:  # noqa: PTH123 - of a number
            file.write(content)
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


def _quoted(name: str) -> str:
    """Return a name that others chose, for a command that you copy."""
    from shlex import quote  # noqa: PLC0415 - only for an error

    return quote(name)
