"""The folder of a site: only what changed is written, and only what was written is removed."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kalends import own_files
from kalends.domain.errors import DiskError, LinkError, NotSiteError
from kalends.web.site import SiteFile
from kalends.words import os_error_message

# Lists what was written, a path a line: the mark of a folder that may be written into again.
_LIST = ".kalends-site"
_HEADING = "kalends site 1"
# No part of a path: they would lead out of the folder.
_OUT = frozenset({"", ".", ".."})


class SiteWrite(NamedTuple):
    """How many files the site has, and which of them were written and removed."""

    files: int
    written: list[str]
    removed: list[str]


def write_site(folder: Path, files: Iterable[SiteFile]) -> SiteWrite:
    """Bring a folder up to date.

    Raises `NotSiteError` for a folder with files of others, `OwnFileError` inside of those that a
    workspace keeps, `LinkError`, `DiskError`, and what
    `files` raises; then nothing is removed.
    """
    try:
        return _write(folder, files)
    except OSError as error:
        raise DiskError(name=error.filename or folder, detail=os_error_message(error)) from None


def _write(folder: Path, files: Iterable[SiteFile]) -> SiteWrite:
    own_files.check_output(folder / _LIST)
    before = _listed(folder)
    folder.mkdir(parents=True, exist_ok=True)
    now: set[str] = set()
    written: list[str] = []
    # What is written is listed first, so that it is ours even when we are killed meanwhile.
    with (folder / _LIST).open("a", encoding="utf-8", newline="\n") as listing:
        if not before:
            listing.write(f"{_HEADING}\n")
        for file in files:
            if not _is_inside(file.path):
                continue
            if file.path not in before:
                listing.write(f"{file.path}\n")
                listing.flush()
            now.add(file.path)
            if _renew(folder, file):
                written.append(file.path)
    removed = sorted(before - now)
    for path in removed:
        _remove(folder, path)
    lines = (_HEADING, *sorted(now))
    own_files.replace(folder / _LIST, "".join(f"{line}\n" for line in lines).encode())
    return SiteWrite(len(now), written, removed)


def _is_inside(path: str) -> bool:
    """Return whether a path stays in the folder on every system, and on one line of the list."""
    parts = path.split("/")
    return _OUT.isdisjoint(parts) and not any(char in path for char in "\\\0\r\n")


def _listed(folder: Path) -> set[str]:
    """Return what was written before; raise `NotSiteError` where others' files are."""
    try:
        heading, *paths = (folder / _LIST).read_text("utf-8").split("\n")
    except FileNotFoundError:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise NotSiteError(name=folder) from None
        return set()
    except (UnicodeDecodeError, IsADirectoryError, NotADirectoryError):
        raise NotSiteError(name=folder) from None
    if heading != _HEADING:
        raise NotSiteError(name=folder)
    return {path for path in paths if path and _is_inside(path)}


def _renew(folder: Path, file: SiteFile) -> bool:
    """Write a file unless it holds the same bytes; return whether it was written."""
    path = folder / file.path
    _check_folders(folder, path)
    octets = b"".join(file.pieces)
    with suppress(OSError):
        is_long = path.lstat().st_size == len(octets)
        if is_long and not path.is_symlink() and path.read_bytes() == octets:
            return False
    path.parent.mkdir(parents=True, exist_ok=True)
    own_files.replace(path, octets, is_forced=False)
    return True


def _remove(folder: Path, name: str) -> None:
    """Remove a file, and the folders that are empty without it."""
    path = folder / name
    _check_folders(folder, path)
    path.unlink(missing_ok=True)
    with suppress(OSError):  # it holds other files
        for parent in path.parents:
            if parent == folder:
                return
            parent.rmdir()


def _check_folders(folder: Path, path: Path) -> None:
    """Raise `LinkError` if a folder on the way is a link: it leads to somewhere else."""
    for parent in path.parents:
        if parent == folder:
            return
        if parent.is_symlink():
            raise LinkError(name=str(parent), target=str(parent.readlink()))
