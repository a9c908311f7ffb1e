"""Database and journal held together: each restores or extends the other, never merged."""

import json
from collections.abc import Callable
from pathlib import Path

from kalends.domain.errors import DiskError
from kalends.log import journal
from kalends.log.store import Log


class Keeping:
    """The log of one workspace with its journal.

    `note` is a small file that remembers how much of the journal is known to agree with the
    database, so that opening does not compare them whole each time; it is disposable.
    """

    def __init__(self, *, database: Path, text: Path, note: Path) -> None:
        """Name the three files; nothing is opened yet."""
        self.database = database
        self.journal = text
        self.note = note

    def create(self) -> Log:
        """Make an empty log."""
        try:
            self.database.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DiskError(name=self.database.parent.name, detail=str(error)) from None
        return Log(self.database, is_new=True)

    def open(self, restored: Callable[[int], None]) -> Log:
        """Open the log; first take from the journal what only it holds, and tell how many facts.

        Raises `DivergedError` when the two tell different stories, `JournalError`, `DiskError`.
        """
        if not self.database.exists():
            log = journal.restore(self.journal, self.database)
            restored(log.position())
            self._remember(log.position())
            return log
        log = Log(self.database)
        if self.known(log) is None and self.journal.exists():
            shared, _, goes_on = journal.agreed(log, self.journal)
            if goes_on:
                shared += journal.take(log, self.journal, after=shared)
                restored(shared)
            self._remember(shared)
        return log

    def write(self, log: Log) -> bool:
        """Bring the journal up to the log; tell whether anything was missing."""
        known = self.known(log)
        if known == log.position():
            return False
        before = known if known is not None else journal.agreed(log, self.journal)[0]
        lines = journal.write(log, self.journal, known=known)
        self._remember(lines)
        return lines > before

    def known(self, log: Log) -> int | None:
        """Return how many lines are known to agree, None when that is to be found out again."""
        try:
            told = json.loads(self.note.read_text("ascii"))
            seen = self.journal.stat()
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(told, dict):
            return None
        if told.get("size") != seen.st_size or told.get("mtime") != seen.st_mtime_ns:
            return None
        lines = told.get("lines")
        return lines if isinstance(lines, int) and lines <= log.position() else None

    def _remember(self, lines: int) -> None:
        try:
            seen = self.journal.stat()
            self.note.parent.mkdir(parents=True, exist_ok=True)
            told = {"lines": lines, "mtime": seen.st_mtime_ns, "size": seen.st_size}
            self.note.write_text(json.dumps(told), "ascii")
        except OSError:
            return  # only a shortcut is lost: they are compared whole next time
