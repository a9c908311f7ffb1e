"""The folder that is published: every feed a file, and a manifest that says what they hold."""

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from kalends.domain.errors import DiskError
from kalends.feeds.cache import Components
from kalends.feeds.feed import Made, made
from kalends.feeds.selection import FULL, Candidates, Feed, feeds
from kalends.feeds.since import Since

MANIFEST = "manifest.json"
_FORMAT = 1
_SUFFIX = ".ics"
_PART = ".part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A feed's file: its title, activities, octets, SHA-256, and since which position it stands.

    `position` is the last one at which anything happened that these octets may depend on.
    """

    title: str
    activities: int
    size: int
    sha256: str
    position: int


def publish_feeds(
    db: sqlite3.Connection, components: Components, folder: Path, *, known_at: int
) -> list[str]:
    """Bring the folder to what is known at a position; return the names of the files changed.

    Only what something happened to since the last time is made again, and only a file whose
    octets differ is written, in one step. The folder then is a function of the log: the same
    from nothing. What an older manifest lists and is no feed any more is removed (only a complete
    feed that is not needed any longer, or all of another log's); no other file is touched. One
    process at a time publishes into a folder. Raises `DiskError`.
    """
    return _Publication(db, components, folder, known_at).publish()


def read_manifest(folder: Path) -> tuple[int, dict[str, Published]]:
    """Return the position at which a folder stands and its files; 0 and none when not told."""
    return _read(_contents(folder / MANIFEST))


class _Publication:
    def __init__(
        self, db: sqlite3.Connection, components: Components, folder: Path, known_at: int
    ) -> None:
        self._db = db
        self._components = components
        self._folder = folder
        self._known_at = known_at
        self._changed: list[str] = []
        self._candidates = Candidates(db, known_at=known_at)
        components.follow(db, known_at=known_at)
        self._seen = components.published()
        manifest = _contents(folder / MANIFEST)
        self._position, self._before = _read(manifest)
        ours = self._seen.get(MANIFEST, ("", 0, 0))[0] == hashlib.sha256(manifest).hexdigest()
        if not ours or self._position > known_at:
            self._position = 0

    def publish(self) -> list[str]:
        try:
            self._sweep()
            since = Since(self._db, after=self._position, known_at=self._known_at)
            after: dict[str, Published] = {}
            for feed in feeds(self._db, known_at=self._known_at):
                after |= self._standing(feed, since) or self._made(feed, since)
            if after:
                self._tidy(after)
                self._put(MANIFEST, [_manifest(after, self._known_at)])
        except OSError as error:
            raise DiskError(name=error.filename or self._folder, detail=str(error)) from None
        return self._changed

    def _standing(self, feed: Feed, since: Since) -> dict[str, Published] | None:
        """Return a feed's files when nothing happened to it and they are as they were written."""
        if not self._position or since.of(feed):
            return None
        names = (feed.name + _SUFFIX, FULL + feed.name + _SUFFIX)
        known = {name: self._before[name] for name in names if name in self._before}
        if names[0] not in known or not all(map(self._is_intact, known)):
            return None
        return known

    def _made(self, feed: Feed, since: Since) -> dict[str, Published]:
        rows = self._candidates.of(feed)
        found = made(self._db, self._components, feed, known_at=self._known_at, rows=rows)
        position = since.of(feed)
        if self._position and not position:  # its file was lost or changed by others
            position = Since(self._db, after=0, known_at=self._known_at).of(feed)
        return {one.feed.name + _SUFFIX: self._publish(one, position) for one in found}

    def _publish(self, one: Made, position: int) -> Published:
        sha256, size = self._put(one.feed.name + _SUFFIX, one.pieces)
        return Published(
            title=one.feed.title,
            activities=len(one.rows),
            size=size,
            sha256=sha256,
            position=position,
        )

    def _put(self, name: str, pieces: Iterable[bytes]) -> tuple[str, int]:
        """Write a file in one step, unless it holds these very octets; return SHA-256 and size."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}{_PART}")
        digest = hashlib.sha256()
        with part.open("wb") as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
            size = file.tell()
            sha256 = digest.hexdigest()
            differs = self._sha256(name) != sha256
            if differs:
                file.flush()
                os.fsync(file.fileno())
        if differs:
            part.replace(path)
            self._changed.append(name)
        else:
            part.unlink()
        if differs or not self._is_seen(name):
            self._components.remember(name, sha256, size, path.stat().st_mtime_ns)
        return sha256, size

    def _is_intact(self, name: str) -> bool:
        return self._is_seen(name) and self._seen[name][0] == self._before[name].sha256

    def _is_seen(self, name: str) -> bool:
        """Tell whether a file is as it was last written, by its size and its time of change."""
        try:
            found = (self._folder / name).stat()
        except OSError:
            return False
        return self._seen.get(name, ("", 0, 0))[1:] == (found.st_size, found.st_mtime_ns)

    def _sha256(self, name: str) -> str | None:
        """Return the SHA-256 of a file as it is, None when it is not there."""
        if self._is_seen(name):
            return self._seen[name][0]
        try:
            with (self._folder / name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return None

    def _tidy(self, after: dict[str, Published]) -> None:
        """Remove what is no feed any more."""
        left = {name for name in self._before if _is_ours(name)}
        left |= {FULL + path.name for path in (self._folder / FULL).glob(f"*{_SUFFIX}")}
        for name in sorted(left - after.keys()):
            path = self._folder / name
            if path.exists():
                path.unlink()
                self._changed.append(name)

    def _sweep(self) -> None:
        """Remove what a crash left half written."""
        for folder in (self._folder, self._folder / FULL):
            for path in folder.glob(f".*{_PART}"):
                path.unlink(missing_ok=True)


def _manifest(files: dict[str, Published], position: int) -> bytes:
    told = {
        "feeds": {name: asdict(one) for name, one in files.items()},
        "format": _FORMAT,
        "position": position,
    }
    return (json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _read(manifest: bytes) -> tuple[int, dict[str, Published]]:
    try:
        told = json.loads(manifest)
        files = {name: Published(**one) for name, one in told["feeds"].items()}
        position = int(told["position"]) if told["format"] == _FORMAT else 0
    except (ValueError, LookupError, TypeError, AttributeError):
        return 0, {}
    return position, files


def _is_ours(name: str) -> bool:
    """Tell whether a feed's file can bear this name: nothing outside the folder is removed."""
    path = PurePosixPath(name.removeprefix(FULL))
    return path.name == str(path) and path.suffix == _SUFFIX and "\\" not in name
