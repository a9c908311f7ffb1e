"""The folder of a site: only what changed is written, and only what was written is removed."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TextIO

from kalends import own_files
from kalends.application.readers.site_changes import SiteState
from kalends.domain.errors import DiskError, LinkError, NotSiteError
from kalends.web.site import site_state
from kalends.web.site.site import Site, SiteFile
from kalends.words import os_error_message

# Lists what was written, a path a line: the mark of a folder that may be written into again.
_LIST = ".kalends-site"
# What it was written from: what is the same is not made again.
_STATE = ".kalends-site.json"
_HEADING = "kalends site 1"
# No part of a path: they would lead out of the folder.
_OUT = frozenset({"", ".", ".."})


class SiteWrite(NamedTuple):
    """How many files the site has, and which of them were written and removed."""

    files: int
    written: list[str]
    removed: list[str]


def write_site(folder: Path, site: Site) -> SiteWrite:
    """Bring a folder up to date; what is the same as when it was last written is not made again.

    Raises what `write_files` raises.
    """
    note = folder / _STATE
    with _disk_errors(folder):
        names = () if _check(folder) else _listed(folder)
        before = _state(note)
        # Whoever is killed meanwhile has not written everything.
        note.unlink(missing_ok=True)
    found = write_files(folder, site.files(before, names))
    with _disk_errors(folder):
        own_files.replace(note, site_state.written(site.state), is_forced=False)
    return found


def planned(folder: Path, site: Site) -> SiteWrite:
    """Return what `write_site` would write and remove; raises what it raises."""
    with _disk_errors(folder):
        is_new = _check(folder)
        names = [] if is_new else list(_listed(folder))
        made, now = [], set()
        for path, pieces in _to_be(folder, site.files(_state(folder / _STATE), names)):
            now.add(path)
            if pieces is not None and _is_other(folder / path, b"".join(pieces)):
                made.append(path)
        return SiteWrite(len(now), made, sorted(set(names) - now))


def write_files(folder: Path, files: Iterable[SiteFile]) -> SiteWrite:
    """Write files, and remove those that were written before and are not among them.

    Raises `NotSiteError` for a folder with files of others, `OwnFileError` inside of those that a
    workspace keeps, `LinkError`, `DiskError`, and what `files` raises; then nothing is removed.
    Memory grows with the number of files by their names alone.
    """
    with _disk_errors(folder):
        return _write(folder, files)


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DiskError(name=error.filename or folder, detail=os_error_message(error)) from None


def _write(folder: Path, files: Iterable[SiteFile]) -> SiteWrite:
    is_new = _check(folder)
    folder.mkdir(parents=True, exist_ok=True)
    now: set[str] = set()
    made: list[str] = []
    # What is written is listed first, so that it is ours even when we are killed meanwhile.
    with (folder / _LIST).open("a", encoding="utf-8", newline="\n") as listing:
        if is_new:
            listing.write(f"{_HEADING}\n")
        for path, pieces in _to_be(folder, files):
            now.add(path)
            if pieces is not None and _renew(folder, path, pieces, partial(_note, listing, path)):
                made.append(path)
    removed = sorted({path for path in _listed(folder) if path not in now})
    for path in removed:
        _remove(folder, path)
    lines = chain((_HEADING,), sorted(now))
    own_files.replace(folder / _LIST, "".join(f"{line}\n" for line in lines).encode())
    return SiteWrite(len(now), made, removed)


def _to_be(
    folder: Path, files: Iterable[SiteFile]
) -> Iterator[tuple[str, Iterable[bytes] | None]]:
    """Yield the files that are to be there, with their bytes unless they are as they were."""
    for path, made, again in files:
        if not _is_inside(path):
            continue
        pieces = made
        if pieces is None and not os.path.lexists(folder / path):
            pieces = again()
            if pieces is None:
                continue
        yield path, pieces


def _note(listing: TextIO, path: str) -> None:
    listing.write(f"{path}\n")
    listing.flush()


def _is_inside(path: str) -> bool:
    """Return whether a path stays in the folder on every system, and on one line of the list."""
    parts = path.split("/")
    return _OUT.isdisjoint(parts) and not any(char in path for char in "\\\0\r\n")


def _check(folder: Path) -> bool:
    """Return whether a folder is new; raise `NotSiteError` where others' files are."""
    own_files.check_output(folder / _LIST)
    try:
        if not _is_regular(folder / _LIST):
            raise NotSiteError(name=folder)
        with (folder / _LIST).open(encoding="utf-8", newline="\n") as listing:
            heading = listing.readline()
    except FileNotFoundError:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise NotSiteError(name=folder) from None
        return True
    except (UnicodeDecodeError, NotADirectoryError):
        raise NotSiteError(name=folder) from None
    if heading.rstrip("\n") != _HEADING:
        raise NotSiteError(name=folder)
    return False


def _listed(folder: Path) -> Iterator[str]:
    """Yield what was written before, some of it more than once."""
    with (folder / _LIST).open(encoding="utf-8", newline="\n") as listing:
        next(listing)
        for line in listing:
            path = line.removesuffix("\n")
            if path and _is_inside(path):
                yield path


def _state(note: Path) -> SiteState | None:
    """Return what the folder was written from; None where that is not known."""
    try:
        return site_state.read(note.read_bytes()) if _is_regular(note) else None
    except OSError:
        return None


def _renew(folder: Path, path: str, pieces: Iterable[bytes], begun: Callable[[], None]) -> bool:
    """Write a file unless it holds the same bytes; return whether it was written.

    `begun` is called before.
    """
    target = folder / path
    _check_folders(folder, target)
    content = b"".join(pieces)
    if not _is_other(target, content):
        return False
    begun()
    target.parent.mkdir(parents=True, exist_ok=True)
    own_files.replace(target, content, is_forced=False)
    return True


def _is_other(path: Path, content: bytes) -> bool:
    """Return whether a file has other bytes, or is none: a link, a pipe."""
    try:
        is_long = _is_regular(path) and path.stat().st_size == len(content)
        return not is_long or path.read_bytes() != content
    except OSError:
        return True


def _is_regular(path: Path) -> bool:
    """Return whether a path is an ordinary file: a pipe would be waited for without end."""
    return stat.S_ISREG(path.lstat().st_mode)


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
