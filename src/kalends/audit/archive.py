"""The ZIP file of a pack, in a form that all programs read alike; written and read in pieces."""

import hashlib
import os
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, Self

from kalends.domain.errors import DiskError, ProofError
from kalends.words import Message, os_error_message

MANIFEST = "manifest.json"
JOURNAL = "journal.jsonl"
CHECKPOINT = "checkpoint"
KEPT = "checkpoints/"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o644 << 16
_BLOCK = 1 << 20
# The largest size of a file that is read whole; those that Kalends writes are smaller.
_SMALL = 1 << 24


class Held(NamedTuple):
    """A file waiting to be packed: its offset in the spool, its size in bytes, its SHA-256."""

    start: int
    size: int
    sha256: str


class Contents:
    """The files waiting to be packed, spooled to a temporary file without a name."""

    def __init__(self, folder: Path) -> None:
        """Open the spool in this folder; raise `DiskError`."""
        self.held: dict[str, Held] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._spool = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - see `close`
        except OSError as error:
            raise DiskError(name=folder, detail=os_error_message(error)) from None

    def __enter__(self) -> Self:
        """Return self."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Delete the spool."""
        with suppress(OSError):  # closing flushes once more, which fails again on a full disk
            self._spool.close()

    def put(self, name: str, pieces: Iterable[bytes | memoryview]) -> None:
        """Add a file; raise `DiskError`."""
        start, digest = self._spool.seek(0, os.SEEK_END), hashlib.sha256()
        try:
            for piece in pieces:
                digest.update(piece)
                self._spool.write(piece)
            end = self._spool.tell()
            self._spool.flush()
        except OSError as error:
            raise DiskError(name=name, detail=os_error_message(error)) from None
        self.held[name] = Held(start, end - start, digest.hexdigest())

    @property
    def hashes(self) -> dict[str, str]:
        """Return the SHA-256 of each file, by name."""
        return {name: held.sha256 for name, held in self.held.items()}

    def write(self, output: Path) -> int:
        """Write the pack, whole or not at all; return its size in bytes, or raise `DiskError`."""
        part = output.with_name(f".{output.name}.{os.getpid()}.part")
        try:
            try:
                with part.open("wb") as file:
                    _zip(file, {name: held.size for name, held in self.held.items()}, self._blocks)
                    file.flush()
                    os.fsync(file.fileno())
                    size = file.tell()
                part.replace(output)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise DiskError(name=output.name, detail=os_error_message(error)) from None
        return size

    def _blocks(self, name: str) -> Iterator[bytes]:
        start, left, _ = self.held[name]
        while left:
            self._spool.seek(start)
            block = self._spool.read(min(left, _BLOCK))
            yield block
            start, left = start + len(block), left - len(block)


class Archive:
    """A pack that somebody sent, opened for checking; nothing in it is trusted.

    Its bytes must be those that Kalends would write for the same files. So no two ZIP readers can
    find different files in it.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        """Read an open, seekable file; raise `ProofError` if it is not a pack.

        `name` is the file's name for errors.
        """
        self.name = name
        self.hashes: dict[str, str] = {}
        try:
            self._zip = zipfile.ZipFile(file)
            self._entries = {entry.filename: entry for entry in self._zip.infolist()}
            is_plain = len(self._entries) == len(self._zip.infolist())
            if not is_plain or any(entry.compress_type for entry in self._entries.values()):
                raise _DiffersError
            same = _Same(file)
            sizes = {held: entry.file_size for held, entry in self._entries.items()}
            _zip(same, sizes, self._hashed)
            same.finish()
            self.small(MANIFEST)
        except _FAULTS:
            raise ProofError(name=name, detail=Message("it is not a pack")) from None

    def small(self, name: str) -> bytes:
        """Return the bytes of a small file; raise `LookupError` if it is missing or too large."""
        with self._zip.open(name) as file:
            return file.read(_SMALL)

    def extract(self, name: str, into: Path) -> None:
        """Write a file to the disk, an empty one if the pack has none. Raises `DiskError`."""
        try:
            with into.open("wb") as file:
                if name in self._entries:
                    file.writelines(self._blocks(name))
        except OSError as error:
            raise DiskError(name=into.name, detail=os_error_message(error)) from None

    def holds(self, name: str, pieces: Iterable[bytes | memoryview]) -> bool:
        """Return whether a file holds exactly these bytes."""
        if name not in self._entries:
            return False
        with self._zip.open(name) as file:
            return all(file.read(len(piece)) == piece for piece in pieces) and not file.read(1)

    def _blocks(self, name: str) -> Iterator[bytes]:
        with self._zip.open(name) as file:
            while block := file.read(_BLOCK):
                yield block

    def _hashed(self, name: str) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for block in self._blocks(name):
            digest.update(block)
            yield block
        self.hashes[name] = digest.hexdigest()


def _zip(
    file: "IO[bytes] | _Same", sizes: Mapping[str, int], blocks: Callable[[str], Iterable[bytes]]
) -> None:
    """Write a ZIP file without compression, since zlib's output differs between builds."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(sizes):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            entry.file_size = sizes[name]
            with packed.open(entry, "w") as into:
                for block in blocks(name):
                    into.write(block)


class _DiffersError(Exception):
    """The bytes written differ from those in the file."""


class _Same:
    """A stand-in for a file that compares what is written with what the file already holds.

    The ZIP writer writes each entry's header twice, so the header is compared the second time.
    Raises `_DiffersError`.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._at = self._end = 0
        self._differs: int | None = None

    def write(self, data: bytes) -> int:
        """Compare the bytes at the current offset."""
        self._file.seek(self._at)
        if self._file.read(len(data)) == data:
            self._differs = None if self._differs == self._at else self._differs
        elif self._differs in {None, self._at}:
            self._differs = self._at
        else:
            raise _DiffersError
        self._at += len(data)
        self._end = max(self._end, self._at)
        return len(data)

    def seek(self, at: int) -> int:
        """Move to another offset."""
        self._at = at
        return at

    def tell(self) -> int:
        """Return the offset."""
        return self._at

    def flush(self) -> None:
        """Do nothing, since nothing is written."""

    def close(self) -> None:
        """Do nothing; the file stays open."""

    def finish(self) -> None:
        """Raise `_DiffersError` if the file differs or is longer."""
        if self._differs is not None or self._file.seek(0, os.SEEK_END) != self._end:
            raise _DiffersError


# Everything that `zipfile` raises for a file it cannot read.
_FAULTS = (
    _DiffersError,
    ValueError,
    LookupError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    struct.error,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    OSError,
)
