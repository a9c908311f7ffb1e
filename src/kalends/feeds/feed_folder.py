"""The folder of published feeds: each file is written in one step, and only when it changed."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import NamedTuple, Self

from kalends.feeds.patch import PatchedFeed
from kalends.feeds.selection import FULL

SUFFIX = ".ics"
MANIFEST = "manifest.json"
_PART = ".part"
# How many files are hashed, written and synced while the next feed is rendered.
_HANDS = 2


def file_name(name: str) -> str:
    """Return a feed's name as system calls take it: UTF-8 in any locale."""
    return os.fsdecode(name.encode("utf-8"))


def feed_name(name: str) -> str:
    """Return the name of a feed from its file name as system calls give it."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


class FileStamp(NamedTuple):
    """A file as last written: SHA-256, bytes, nanoseconds of change."""

    sha256: str
    size: int
    changed: int


class WriteResult(NamedTuple):
    """A file as it is now, and whether it had to be written."""

    name: str
    seen: FileStamp
    differs: bool


class FeedFolder:
    """The folder while it is being updated; names are as in `full/all.ics`.

    `seen` describes the files as last written. Raises `OSError` when the disk refuses.
    """

    def __init__(self, path: Path, seen: Mapping[str, tuple[str, int, int]]) -> None:
        """Set the folder; it may not exist yet."""
        self.path = path
        self._seen = seen
        self._mode = _mode_of(path / MANIFEST)
        self._notice: Callable[[], bytes] | None = None
        self._found: dict[str, tuple[int, int]] = {}
        self._turn = Lock()
        self._hands = ThreadPoolExecutor(_HANDS)

    def __enter__(self) -> Self:
        """Remove what a crash left half written, and look at all files once."""
        for prefix in ("", FULL):
            with suppress(FileNotFoundError), os.scandir(self.path / prefix) as entries:
                for entry in entries:
                    if entry.name.startswith(".") and entry.name.endswith(_PART):
                        Path(entry.path).unlink(missing_ok=True)
                        continue
                    with suppress(OSError):  # a link that leads nowhere
                        self._found[prefix + feed_name(entry.name)] = _stamp(entry.stat())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for what is being written."""
        self._hands.shutdown()

    def announce(self, notice: Callable[[], bytes]) -> None:
        """Write the manifest it returns before the first file changes; nothing if none does."""
        self._notice = notice

    def is_as_written(self, name: str, sha256: str) -> bool:
        """Return whether a file was as last written, with this SHA-256, when the update began."""
        return self._found.get(name) is not None and self._seen.get(name) == (
            sha256,
            *self._found[name],
        )

    def write(self, name: str, pieces: Iterable[bytes | memoryview]) -> Callable[[], WriteResult]:
        """Write a file in one step, unless it holds these bytes; calling the result waits.

        A list of pieces, and what is read from a file, is written in the background; another
        iterable is written at once, in the caller's thread.
        """
        if isinstance(pieces, list | PatchedFeed):
            return self._hands.submit(self._write, name, pieces).result
        done = self._write(name, pieces)
        return lambda: done

    def remove_feeds(self, names: Iterable[str], *, but: Iterable[str]) -> list[str]:
        """Remove these and every complete feed, except `but`; return which existed."""
        complete = (self.path / FULL).glob(f"*{SUFFIX}")
        left = set(names) | {FULL + feed_name(path.name) for path in complete}
        gone = [name for name in sorted(left.difference(but)) if self._path(name).exists()]
        if gone:
            self._give_notice()
        for name in gone:
            self._path(name).unlink()
        return gone

    def _write(self, name: str, pieces: Iterable[bytes | memoryview]) -> WriteResult:
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}{_PART}")
        if isinstance(pieces, PatchedFeed) and pieces.is_same(path) and self._is_seen(name):
            return WriteResult(name, FileStamp(*self._seen[name]), differs=False)
        digest = hashlib.sha256()
        try:
            with part.open("wb") as file:
                for piece in pieces:
                    digest.update(piece)
                    file.write(piece)
                size = file.tell()
                sha256 = digest.hexdigest()
                differs = self._sha256(name) != sha256
                if differs:
                    self._keep_mode(part, path)
                    file.flush()
                    os.fsync(file.fileno())
            if differs:
                if name != MANIFEST:
                    self._give_notice()
                part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return WriteResult(name, FileStamp(sha256, size, path.stat().st_mtime_ns), differs)

    def _give_notice(self) -> None:
        with self._turn:
            if self._notice is not None:
                self._write(MANIFEST, [self._notice()])
                self._notice = None

    def _path(self, name: str) -> Path:
        return self.path / file_name(name)

    def _keep_mode(self, part: Path, path: Path) -> None:
        """Keep a file readable for the same people; a new file, for those of the manifest."""
        mode = _mode_of(path) or self._mode
        if mode is not None:
            part.chmod(mode)

    def _is_seen(self, name: str) -> bool:
        """Return whether a file is as last written, by its size and time of change."""
        try:
            found = self._path(name).stat()
        except OSError:
            return False
        return self._seen.get(name, ("", 0, 0))[1:] == _stamp(found)

    def _sha256(self, name: str) -> str | None:
        """Return the SHA-256 of a file as it is, None when it does not exist."""
        if self._is_seen(name):
            return self._seen[name][0]
        try:
            with self._path(name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return None


def _stamp(found: os.stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns


def _mode_of(path: Path) -> int | None:
    """Return a file's mode, None if it is not an ordinary file."""
    with suppress(OSError):
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode):
            return stat.S_IMODE(mode)
    return None
