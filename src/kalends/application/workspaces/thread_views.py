"""Opens the views of a workspace, with a connection for each thread."""

import threading
from collections.abc import Collection
from contextlib import closing, suppress
from pathlib import Path

from kalends.domain import errors
from kalends.domain.details import Likeness
from kalends.domain.errors import DiskError, LockedError
from kalends.log.journal_line import compose
from kalends.log.log import Log
from kalends.views.database import DAMAGE, Views

# For more than so many activities, the views catch up before they are searched.
_MANY = 100


class ThreadViews:
    """The views of one log, in a file of the cache.

    If the file cannot be written, a thread continues with a copy in memory.
    """

    def __init__(self, log: Log, path: Path) -> None:
        """Set the log and the views' file; nothing is opened yet."""
        self._log = log
        self._path = path
        self._of_thread = threading.local()
        self._all: list[tuple[threading.Thread, Views]] = []
        self._lock = threading.Lock()

    def caught_up(self) -> Views:
        """Return this thread's views, caught up with the log."""
        from kalends.views import catch_up, schema  # noqa: PLC0415 - recording needs no views

        last = self._log.position()
        self._leave_another_copy()
        for is_copy in (False, True):
            known = catch_up.position(self._views)
            if known >= last:
                self._finish()
                break
            entries = self._log.entries(after=known)
            try:
                is_whole = self._log.is_whole
                catch_up.catch_up(self._views, entries, head_mark=self._mark, is_whole=is_whole)
            except (DiskError, LockedError):
                if is_copy:
                    raise
                # The disk is full, or somebody reads for long: continue in memory.
                self._views = schema.copied(self._views)
        return self._views

    def _leave_another_copy(self) -> None:
        """Let this thread's views be opened anew if another server keeps the log now.

        After a failover it may lack what they hold, and have other events in its place.
        """
        old: Views | None = getattr(self._of_thread, "views", None)
        if old is None or self._of_thread.copy == self._log.identity:
            return
        del self._of_thread.views
        with self._lock:
            self._all = [pair for pair in self._all if pair[1] is not old]
        old.close()

    def _finish(self) -> None:
        """Let the views make the indexes that a killed reader left out; look for them once.

        Without them the answers are the same, and slower.
        """
        if self._of_thread.is_finished:
            return
        from kalends.views import catch_up  # noqa: PLC0415 - recording needs no views

        with suppress(DiskError, LockedError):
            catch_up.catch_up(self._views, (), head_mark=self._mark)
            self._of_thread.is_finished = True

    def alike(self, wanted: Collection[Likeness]) -> dict[Likeness, str]:
        """Return which of these are recorded and not retracted, with the activity's id.

        The views are searched as they are, and the log for what they lack, so that recording need
        not wait for them. Only for many activities do they catch up first, because searching the
        log is slower.
        """
        from kalends.views import schema  # noqa: PLC0415 - not every command asks
        from kalends.views.alike import on_record  # noqa: PLC0415

        are_many = len(wanted) > _MANY
        if are_many or self._path.exists():
            try:
                db = self.caught_up() if are_many else self._views
                return on_record(db, self._log, wanted, known=max(schema.reached(db)[0], 0))
            except (*DAMAGE, ValueError, TypeError):
                pass  # the views are damaged: search the log alone
        with closing(schema.connect(None)) as empty:
            return on_record(empty, self._log, wanted, known=0)

    def close(self) -> None:
        """Close the views of every thread."""
        for _, db in self._all:
            db.close()

    @property
    def _views(self) -> Views:
        """Return this thread's views, without catching up."""
        db: Views | None = getattr(self._of_thread, "views", None)
        if db is None:
            db = self._views = self._opened()
        return db

    @_views.setter
    def _views(self, db: Views) -> None:
        self._of_thread.views = db
        self._of_thread.is_finished = False
        self._of_thread.copy = self._log.identity
        with self._lock:
            # A server's threads come and go.
            ended = [db for thread, db in self._all if not thread.is_alive()]
            self._all = [pair for pair in self._all if pair[0].is_alive()]
            self._all.append((threading.current_thread(), db))
        for old in ended:
            old.close()

    def _opened(self) -> Views:
        """Open the views' file; empty it if it belongs to another log."""
        from kalends.views import schema  # noqa: PLC0415 - recording needs no views

        db = schema.connect(self._path)
        try:
            known, mark = schema.reached(db)
            if known < 0 or (known and not self._is_marked(known, mark)):
                db = _emptied(db)
        except BaseException:
            db.close()
            raise
        return db

    def _is_marked(self, known: int, mark: bytes | None) -> bool:
        """Return whether views are of this log; while its server is away, as found before."""
        try:
            return mark == self._mark(known)
        except errors.ServerUnreachableError:
            with self._lock:
                if any(thread.is_alive() for thread, _ in self._all):
                    return True
            raise

    def _mark(self, position: int) -> bytes:
        """Return the hash of the event's line at a position, which identifies the log."""
        import hashlib  # noqa: PLC0415 - recording needs no views

        row = next(self._log.rows(after=position - 1, until=position), None)
        return b"" if row is None else hashlib.sha256(compose(row)).digest()


def _emptied(db: Views) -> Views:
    """Return empty views: these, or new ones in memory if the disk refuses."""
    from kalends.views import schema  # noqa: PLC0415 - recording needs no views

    try:
        schema.reset(db)
    except (DiskError, LockedError):
        db.close()
        return schema.connect(None)
    return db
