"""The folder that holds a copy of a server's log, and what is made from it."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from kalends import own_files
from kalends.domain.errors import CorruptDatabaseError, DiskError
from kalends.log.backends import backend_of
from kalends.log.event_log import EventLog
from kalends.words import os_error_message

_NOTE = "server.json"


class Reader(msgspec.Struct):
    """Who reads: the handle, role and departments of a token."""

    actor: str
    role: Literal["clerk", "office", "auditor"]
    departments: list[str] = []


class Note(msgspec.Struct):
    """What the copy in a folder is: who read it, and what was hidden from them."""

    reader: Reader
    campaign: str
    language: str
    published: int
    hidden: str


class Copy:
    """The copy that one token reads from one server; nobody else on the machine can read it."""

    def __init__(self, folder: Path) -> None:
        """Set the folder; nothing is made yet."""
        self.folder = folder
        self._backend = backend_of(folder / "events")
        self._note: Note | None = None

    @property
    def is_there(self) -> bool:
        """Return whether a copy was made."""
        return self._backend.exists()

    def opened(self) -> EventLog:
        """Return the copy of the log, made if it is not there; raises `DiskError`."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.folder / "events").mkdir(exist_ok=True)
        except OSError as error:
            raise DiskError(name=self.folder, detail=os_error_message(error)) from None
        if not self._backend.exists():
            self._backend.restore(lambda _: None)
        try:
            return self._backend.open()
        except CorruptDatabaseError:  # a copy is not repaired
            return self._empty()

    def anew(self, store: EventLog) -> EventLog:
        """Empty the copy, because it is not the server's log any more; return it, opened."""
        store.close()
        return self._empty()

    def _empty(self) -> EventLog:
        try:
            for path in (self.folder / "events").glob("*.db*"):
                if not path.name.endswith(".lock"):
                    path.unlink()
            for path in (self.folder / ".kalends").glob("*.db*"):
                path.unlink()
            self._backend.create().close()
        except OSError as error:
            raise DiskError(name=self.folder, detail=os_error_message(error)) from None
        return self._backend.open()

    @property
    def note(self) -> Note | None:
        """Return what the copy is, None if that was never written or cannot be read."""
        if self._note is None:
            with suppress(OSError, msgspec.DecodeError):
                content = (self.folder / _NOTE).read_bytes()
                self._note = msgspec.json.decode(content, type=Note)
        return self._note

    def keep_checkpoints(self, notes: Iterable[tuple[int | None, str]]) -> None:
        """Keep the checkpoints that the server shows now, as a workspace has them.

        Those that it showed before are kept beside, each size as it was first seen: see `seen`.
        Raises `DiskError`.
        """
        events = self.folder / "events"
        try:
            for path in (events / "checkpoint", *(events / "checkpoints").glob("*.txt")):
                path.unlink(missing_ok=True)
            for size, note in notes:
                name = "checkpoint" if size is None else f"checkpoints/{size}.txt"
                (events / name).parent.mkdir(exist_ok=True)
                own_files.replace(events / name, note.encode(), is_forced=False)
        except OSError as error:
            raise DiskError(name=self.folder, detail=os_error_message(error)) from None

    @property
    def seen(self) -> Path:
        """Return the folder of the valid checkpoints that the server has ever shown here."""
        return self.folder / "seen"

    def remember(self, checkpoints: Iterable[tuple[int, bytes]]) -> None:
        """Keep valid checkpoints for later, each size as it was first seen; raises `DiskError`."""
        try:
            self.seen.mkdir(mode=0o700, exist_ok=True)
            for size, content in checkpoints:
                path = self.seen / f"{size}.txt"
                if not path.exists():
                    own_files.replace(path, content, is_forced=False)
        except OSError as error:
            raise DiskError(name=self.folder, detail=os_error_message(error)) from None

    def write(self, note: Note) -> None:
        """Write what the copy is, if that has changed; raises `DiskError`."""
        if note == self.note:
            return
        try:
            own_files.replace(self.folder / _NOTE, msgspec.json.encode(note))
        except OSError as error:
            raise DiskError(name=self.folder, detail=os_error_message(error)) from None
        self._note = note


def copy_name(address: str, token: str) -> str:
    """Return the name of the folder for the copy that a token reads from a server."""
    return hashlib.sha256(f"{address}\n{token}".encode()).hexdigest()[:24]
