"""The record of access: a file of lines that are only ever added.

Whoever follows it reads what was added since, however long the file has become. A file that was
restored, cut or edited is read again from its beginning.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BufferedRandom
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from kalends.application.access.access_lines import AccessLine
from kalends.application.access.secrets_folder import file_in, make_file, shown_path
from kalends.config import WorkspaceFolder
from kalends.domain.errors import AccessRecordBusyError, AccessRecordError, DiskError
from kalends.log.lock import held
from kalends.words import os_error_message

_FILE, _LOCK, _LOCK_SECONDS = "access.jsonl", "access.lock", 10
# By so many bytes before its end, what was read is known again.
_TAIL = 256
_PIECE = 1 << 16
_DECODER = msgspec.json.Decoder(AccessLine)


class AccessState(Protocol):
    """What follows from the lines: it takes each once, in order, and may have to begin again."""

    def take(self, line: AccessLine) -> None:
        """Take a line; raise `KeyError` if it speaks of a token that was never made."""

    def forget(self) -> None:
        """Forget all lines."""


class AccessRecord:
    """The file, and what is known of it; one thread uses it at a time."""

    def __init__(self, here: WorkspaceFolder) -> None:
        """Take the workspace's folder; nothing is read yet."""
        self._here = here
        self._states: list[AccessState] = []
        self._seen: tuple[int, int, int] | None = None
        self._end = self._line = 0
        self._tail = b""

    def feed(self, state: AccessState) -> None:
        """From now on give each line to a state too; all of them from the beginning."""
        self._states.append(state)
        self._forget()

    def catch_up(self) -> None:
        """Give the states what was added; raises `DiskError`, `AccessRecordError`.

        If nothing was, this asks the file system once and reads nothing.
        """
        path = self._path
        try:
            seen = self.mark()
            if seen is None:
                self._forget()
                return
            if seen == self._seen:
                return
            with path.open("rb") as file:
                if not self._goes_on(file, seen):
                    self._forget()
                self._read(file)
                self._seen = seen
        except FileNotFoundError:
            self._forget()
        except OSError as error:
            raise DiskError(name=shown_path(path), detail=os_error_message(error)) from None

    def mark(self) -> tuple[int, int, int] | None:
        """Return what tells the file from what it was before; None if there is none."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def lines(self) -> Iterator[AccessLine]:
        """Yield all lines, oldest first; raises as `catch_up`."""
        try:
            with self._path.open("rb") as file:
                for number, line in enumerate(_whole(file), 1):
                    yield self._decoded(line, number)
        except FileNotFoundError:
            return
        except OSError as error:
            raise DiskError(name=shown_path(self._path), detail=os_error_message(error)) from None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Let nobody else write meanwhile; the states know all that was written before.

        Nothing is added to a file that is damaged. Raises `AccessRecordBusyError`, `DiskError`,
        `AccessRecordError`.
        """
        with ExitStack() as until_done:
            try:
                make_file(self._here, self._path)
                until_done.enter_context(held(self._here.secrets / _LOCK, _LOCK_SECONDS))
            except TimeoutError:
                name = shown_path(self._path)
                raise AccessRecordBusyError(name=name, seconds=_LOCK_SECONDS) from None
            except OSError as error:
                raise DiskError(
                    name=shown_path(self._path), detail=os_error_message(error)
                ) from None
            self.catch_up()
            yield

    def append(self, line: AccessLine) -> None:
        """Add a line, and wait until it is on the disk; what was cut off before it goes."""
        try:
            with self._path.open("r+b") as file:
                file.seek(_end_of_lines(file))
                file.truncate()
                file.write(msgspec.json.encode(line) + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise DiskError(name=shown_path(self._path), detail=os_error_message(error)) from None

    def _goes_on(self, file: BinaryIO, seen: tuple[int, int, int]) -> bool:
        """Return whether a file is what was read before, with more behind it."""
        if self._seen is None or seen[0] != self._seen[0] or seen[1] <= self._seen[1]:
            return False
        begin = self._end - len(self._tail)
        file.seek(begin)
        return file.read(len(self._tail)) == self._tail

    def _read(self, file: BinaryIO) -> None:
        """Take the lines from where reading ended; a piece that was cut off is no line."""
        file.seek(self._end)
        for line in _whole(file):
            found = self._decoded(line, self._line + 1)
            try:
                for state in self._states:
                    state.take(found)
            except KeyError:
                raise self._damaged(self._line + 1) from None
            self._line += 1
            self._end += len(line) + 1
            self._tail = (self._tail + line + b"\n")[-_TAIL:]

    def _decoded(self, line: bytes, number: int) -> AccessLine:
        try:
            found: AccessLine = _DECODER.decode(line)
        except (ValueError, RecursionError):
            raise self._damaged(number) from None
        return found

    def _damaged(self, number: int) -> AccessRecordError:
        self._forget()
        return AccessRecordError(line=number, name=shown_path(self._path))

    def _forget(self) -> None:
        self._seen, self._end, self._line, self._tail = None, 0, 0, b""
        for state in self._states:
            state.forget()

    @property
    def _path(self) -> Path:
        return file_in(self._here, _FILE)


def _whole(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file, from where it stands, that end with a line feed."""
    for line in file:
        if line.endswith(b"\n"):
            yield line[:-1]


def _end_of_lines(file: BufferedRandom) -> int:
    """Return where the last whole line ends, reading backwards from the end of the file."""
    end = file.seek(0, os.SEEK_END)
    while end:
        begin = max(0, end - _PIECE)
        file.seek(begin)
        found = file.read(end - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return 0
