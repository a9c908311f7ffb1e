"""Keeps database and journal in step: each restores or extends the other; nothing is merged."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from kalends.domain.errors import DiskError, DivergedError, MachineError
from kalends.log import journal
from kalends.log.event_log import Backend
from kalends.log.journal import Shared
from kalends.log.log import Log, closed_on_failure

# No note is longer than so many bytes.
_MOST = 1 << 12


class Note(NamedTuple):
    """What is remembered about the journal: how many of its lines agree with the database.

    `size` and `mtime` are the file's; `is_whole` says whether it held every event of the log at
    that time; `store` is the identity of the database.
    """

    lines: int
    size: int
    mtime: int
    is_whole: bool
    store: str = ""


class _CannotTakeError(Exception):
    """The journal holds more than the database, and the disk refuses to take it."""

    def __init__(self, cause: DiskError) -> None:
        self.cause = cause


class JournalSync:
    """The log of a workspace with its journal.

    `note` is a small file that remembers how much of the journal is known to agree with the
    database, so that opening does not compare everything each time. It can be deleted at any time.

    An append writes its lines to the journal within its turn (`write`). If a crash or a full disk
    cuts that short, opening the log completes it (`_mend`). A journal that somebody made shorter,
    as `git checkout` of an older commit does, is left alone until the next append.
    """

    def __init__(self, *, backend: Backend, journal: Path, note: Path) -> None:
        """Set where the three are; nothing is opened yet."""
        self.backend = backend
        self.journal = journal
        self.note = note
        self._noted: Note | None = None  # used when the file cannot be written

    def create(self) -> Log:
        """Create an empty log."""
        return Log(self.backend.create())

    def open(
        self,
        restored: Callable[[int], None],
        readers: Callable[[], journal.Readers] = lambda: (lambda *_: None, lambda _: None),
    ) -> Log:
        """Open the log; first take the events that only the journal holds, and report how many.

        `readers` returns two functions, new for each reading: the first is called with each event
        up to the last one taken, the second with each line. If one of them raises, reading ends.

        Raises `DivergedError` when journal and database differ, `JournalError`, `DiskError`.
        """
        if not self.backend.exists():
            try:
                log = journal.restore(self.journal, self.backend, *readers())
            except DiskError as error:
                return self._open_in_memory(readers(), error)
            with closed_on_failure(log):
                shared = journal.agreed(log, self.journal)
                restored(shared.lines)
                self._remember(log, shared, is_whole=shared.lines == log.position())
            return log
        log = Log(self.backend.open())
        try:
            with closed_on_failure(log):
                note = self._read_note()
                self._take_the_rest(log, note, restored, readers)
                self._mend(log, note)
        except _CannotTakeError as error:
            return self._open_in_memory(readers(), error.cause)
        return log

    def _open_in_memory(self, readers: journal.Readers, refused: DiskError) -> Log:
        """Read the log from the journal, which holds all of it, when the disk takes nothing."""
        log = journal.in_memory(self.journal, *readers, refused=refused)
        with closed_on_failure(log):
            self._remember(log, journal.agreed(log, self.journal), is_whole=True)
        return log

    def _take_the_rest(
        self,
        log: Log,
        note: Note | None,
        restored: Callable[[int], None],
        readers: Callable[[], journal.Readers],
    ) -> None:
        """Take the events that only the journal holds."""
        if self._known(note, log) is None and self.journal.exists():
            shared = journal.agreed(log, self.journal)
            if shared.journal_has_more and (taken := self._take(log, readers())):
                restored(shared.lines + taken)
                shared = journal.agreed(log, self.journal)
            self._remember(log, shared, is_whole=shared.lines == log.position())

    def _take(self, log: Log, readers: journal.Readers) -> int:
        try:
            return journal.take(log, self.journal, *readers)
        except DiskError as error:
            raise _CannotTakeError(error) from error

    def write(self, log: Log) -> bool:
        """Extend the journal up to the log, in the writer's turn; return whether it grew.

        Raises `DivergedError` or `DiskError`.
        """
        known = self._known(self._read_note(), log)
        if known is not None and known.lines == log.position():
            return False
        if known is None or not self._is_shared(log, known):
            known = journal.agreed(log, self.journal)
        before = known
        try:
            after = journal.write(log, self.journal, shared=before)
        except DiskError:
            self._remember(
                log, before, is_whole=True
            )  # as it was: the next command continues from here
            raise
        self._remember(log, after, is_whole=True)
        return after.lines > before.lines

    def _is_shared(self, log: Log, known: Shared) -> bool:
        """Return whether the note is true where it matters: lines are written behind its end."""
        try:
            return journal.is_shared(log, self.journal, known)
        except OSError:
            return False

    def is_compared(self) -> bool:
        """Return whether the journal is as it was when it was last compared with the database.

        It is not where `git pull` has brought more of it, until the next command reads it.
        """
        note = self._read_note()
        with suppress(OSError):
            seen = self.journal.stat()
            return note is not None and (note.size, note.mtime) == (seen.st_size, seen.st_mtime_ns)
        return False

    def agreed_lines(self, log: Log) -> int | None:
        """Return how many lines are known to agree, or None when that must be found out again."""
        known = self._known(self._read_note(), log)
        return None if known is None else known.lines

    def _mend(self, log: Log, note: Note | None) -> None:
        """Write what an append could not, unless somebody is writing now or the disk refuses.

        An append was cut short if the journal is as it was when it was whole, or continues from
        there, or if it ends within a line.
        """
        with suppress(MachineError, DivergedError, OSError):
            size = self.journal.stat().st_size
            known = self._known(self._read_note(), log)
            if known is not None and known.lines == log.position():
                return
            if known is None or (note is not None and note.is_whole and size >= note.size):
                with log.turn(wait=0):
                    self.write(log)

    def _note_bytes(self) -> bytes:
        with self.note.open("rb") as file:
            return file.read(_MOST)

    def _read_note(self) -> Note | None:
        if self._noted is not None:
            return self._noted
        try:
            document = msgspec.json.decode(self._note_bytes())
            note = Note(
                document["lines"],
                document["size"],
                document["mtime"],
                document.get("whole", True),
                document.get("store", ""),
            )
        except (
            OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError,
            msgspec.DecodeError,
        ):  # fmt: skip
            return None
        is_valid = all(isinstance(number, int) for number in note[:4])
        return note if is_valid and isinstance(note.store, str) else None

    def _known(self, note: Note | None, log: Log) -> Shared | None:
        """Return what is known to agree, or None when the journal is not what was noted."""
        try:
            seen = self.journal.stat()
        except OSError:
            return None
        if note is None or (note.size, note.mtime) != (seen.st_size, seen.st_mtime_ns):
            return None
        if note.store != log.identity:  # another store, or another server since a failover
            return None
        return Shared(note.lines, note.size) if 0 <= note.lines <= log.position() else None

    def _remember(self, log: Log, shared: Shared, *, is_whole: bool) -> None:
        """Note what was compared, unless the journal holds more than that."""
        try:
            seen = self.journal.stat()
        except OSError:
            return
        if shared.journal_has_more or seen.st_size != shared.length:
            return  # a line that was cut off, or was just added
        note = Note(shared.lines, seen.st_size, seen.st_mtime_ns, is_whole, log.identity)
        document = {
            "lines": note.lines,
            "mtime": note.mtime,
            "size": note.size,
            "whole": note.is_whole,
            **({"store": note.store} if note.store else {}),
        }
        try:
            self.note.parent.mkdir(parents=True, exist_ok=True)
            self.note.write_bytes(msgspec.json.encode(document))
            self._noted = None
        except OSError:
            self._noted = note  # only a shortcut is lost: other processes compare everything
