"""Database and journal held together: each restores or extends the other, never merged."""

import json
from collections.abc import Callable
from pathlib import Path

from kalends.domain.errors import DiskError
from kalends.log import journal
from kalends.log.journal import Shared
from kalends.log.store import Log, closed_on_failure
from kalends.words import complaint


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
            raise DiskError(name=self.database.parent.name, detail=complaint(error)) from None
        return Log(self.database, is_new=True)

    def open(
        self, restored: Callable[[int], None], follow: journal.Follow = lambda *_: None
    ) -> Log:
        """Open the log; first take from the journal what only it holds, and tell how many facts.

        `follow` is told each fact that is taken and all before it; what it raises stops it all.

        Raises `DivergedError` when the two tell different stories, `JournalError`, `DiskError`.
        """
        if not self.database.exists():
            log = journal.restore(self.journal, self.database, follow)
            with closed_on_failure(log):
                shared = journal.agreed(log, self.journal)
                restored(shared.lines)
                self._remember(shared)
            return log
        log = Log(self.database)
        with closed_on_failure(log):
            self._take_the_rest(log, restored, follow)
        return log

    def _take_the_rest(
        self, log: Log, restored: Callable[[int], None], follow: journal.Follow
    ) -> None:
        """Take from the journal what only it holds."""
        if self._known(log) is None and self.journal.exists():
            shared = journal.agreed(log, self.journal)
            if shared.goes_on:
                restored(shared.lines + journal.take(log, self.journal, follow))
                shared = journal.agreed(log, self.journal)
            self._remember(shared)

    def write(self, log: Log) -> bool:
        """Bring the journal up to the log; tell whether anything was missing."""
        before = self._known(log)
        if before is not None and before.lines == log.position():
            return False
        before = before or journal.agreed(log, self.journal)
        after = journal.write(log, self.journal, shared=before)
        self._remember(after)
        return after.lines > before.lines

    def known(self, log: Log) -> int | None:
        """Return how many lines are known to agree, None when that is to be found out again."""
        shared = self._known(log)
        return None if shared is None else shared.lines

    def _known(self, log: Log) -> Shared | None:
        try:
            told = json.loads(self.note.read_text("ascii"))
            seen = self.journal.stat()
            lines, is_same = told["lines"], told["size"] == seen.st_size
            is_same = is_same and told["mtime"] == seen.st_mtime_ns
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return None
        if not is_same or not isinstance(lines, int) or not 0 <= lines <= log.position():
            return None
        return Shared(lines, seen.st_size)

    def _remember(self, shared: Shared) -> None:
        """Note what was compared; nothing when more than that stands in the journal."""
        try:
            seen = self.journal.stat()
            if shared.goes_on or seen.st_size != shared.octets:
                return  # a line that was cut off, or one that somebody has just added
            self.note.parent.mkdir(parents=True, exist_ok=True)
            told = {"lines": shared.lines, "mtime": seen.st_mtime_ns, "size": seen.st_size}
            self.note.write_text(json.dumps(told), "ascii")
        except OSError:
            return  # only a shortcut is lost: they are compared whole next time
