"""A pack's file: a ZIP file that can be read in one way only, written and read piece by piece."""

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
# Whatever is read whole is shorter in every pack that Kalends makes.
_SMALL = 1 << 24


class Held(NamedTuple):
    """A file of a pack in the making: where it begins in the spool, its bytes, its SHA-256."""

    start: int
    size: int
    sha256: str


class Contents:
    """The files of a pack in the making, kept on the disk in a file without a name."""

    def __init__(self, folder: Path) -> None:
        """Keep them in this folder; raise `DiskError`."""
        self.held: dict[str, Held] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._spool = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - see `close`
        except OSError as error:
            raise DiskError(name=folder, detail=os_error_message(error)) from None

    def __enter__(self) -> Self:
        """Go on as itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Throw them away."""
        with suppress(OSError):  # what a full disk did not take need not be written
            self._spool.close()

    def put(self, name: str, pieces: Iterable[bytes | memoryview]) -> None:
        """Take a file; raise `DiskError`."""
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
        """Write the pack, whole or not at all; return its bytes, or raise `DiskError`."""
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
    """A pack as somebody gave it, opened to be looked at: nothing in it is believed.

    It is what Kalends would write of the same files, byte for byte: no two readers can read it in
    two ways.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        """Look through an open file that can be sought in; raise `ProofError` when it is no pack.

        `name` is what it is called in errors.
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
            raise ProofError(name=name, detail=Message("it is no pack")) from None

    def small(self, name: str) -> bytes:
        """Return a file that is small in every pack; raise `LookupError` without one."""
        with self._zip.open(name) as file:
            return file.read(_SMALL)

    def extract(self, name: str, into: Path) -> None:
        """Write a file to the disk; an empty one where there is none. Raises `DiskError`."""
        try:
            with into.open("wb") as file:
                if name in self._entries:
                    file.writelines(self._blocks(name))
        except OSError as error:
            raise DiskError(name=into.name, detail=os_error_message(error)) from None

    def holds(self, name: str, pieces: Iterable[bytes | memoryview]) -> bool:
        """Tell whether a file holds just these bytes."""
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
    """Write a ZIP file, stored: what deflates differs from build to build."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(sizes):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            entry.file_size = sizes[name]
            with packed.open(entry, "w") as into:
                for block in blocks(name):
                    into.write(block)


class _DiffersError(Exception):
    """What is written is not what the file holds."""


class _Same:
    """A file that is written again in thought: it holds the same bytes, or `_DiffersError`.

    A ZIP file's writer comes back to the head of each entry: until then that one may differ.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._at = self._end = 0
        self._differs: int | None = None

    def write(self, data: bytes) -> int:
        """Compare what would be written here."""
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
        """Go to another place."""
        self._at = at
        return at

    def tell(self) -> int:
        """Return the place."""
        return self._at

    def flush(self) -> None:
        """Do nothing: nothing is written."""

    def close(self) -> None:
        """Do nothing: the file stays open."""

    def finish(self) -> None:
        """Raise `_DiffersError` where the file differs, or holds more."""
        if self._differs is not None or self._file.seek(0, os.SEEK_END) != self._end:
            raise _DiffersError


# All that the library raises for what it cannot read.
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
