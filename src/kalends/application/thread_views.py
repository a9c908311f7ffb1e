"""The views of a workspace: each thread reads through a connection of its own."""

import threading
from collections.abc import Collection
from contextlib import closing, suppress
from pathlib import Path

from kalends.domain.details import Likeness
from kalends.domain.errors import DiskError, LockedError
from kalends.log.journal import compose
from kalends.log.log import Log
from kalends.views.database import DAMAGE, Views

# So many lines of a file are compared with what the views hold, once these have caught up.
_MANY = 100


class ThreadViews:
    """The views of one log, kept in a file of the cache; a thread may open them several times.

    Where the file cannot be written, a thread goes on with a copy in memory.
    """

    def __init__(self, log: Log, path: Path) -> None:
        """Take the log, and the file where its views are kept; nothing is opened yet."""
        self._log = log
        self._path = path
        self._of_thread = threading.local()
        self._all: list[Views] = []

    def caught_up(self) -> Views:
        """Return this thread's views, caught up with the log."""
        from kalends.views import catch_up, schema  # noqa: PLC0415 - recording needs no views

        last = self._log.position()
        for is_copy in (False, True):
            known = catch_up.position(self._views)
            if known >= last:
                if last and not schema.is_finished(self._views):
                    with suppress(DiskError, LockedError), schema.transaction(self._views):
                        schema.finish(self._views)
                break
            entries = self._log.entries(after=known)
            try:
                catch_up.catch_up(self._views, entries, head_mark=self._mark)
            except (DiskError, LockedError):
                if is_copy:
                    raise
                # A full disk, or somebody reads for long: what is read goes on in memory.
                self._views = schema.copied(self._views)
        return self._views

    def alike(self, wanted: Collection[Likeness]) -> dict[Likeness, str]:
        """Return what of this is on record and not retracted, with its activity's id.

        The views are asked as they stand: recording does not wait until they have caught up. Only
        where many are looked for do they catch up first: the log is slower to search.
        """
        from kalends.views import schema  # noqa: PLC0415 - not every command asks
        from kalends.views.alike import on_record  # noqa: PLC0415

        are_many = len(wanted) > _MANY
        if are_many or self._path.exists():
            try:
                db = self.caught_up() if are_many else self._views
                return on_record(db, self._log, wanted, known=max(schema.reached(db)[0], 0))
            except (*DAMAGE, ValueError, TypeError):
                pass  # views that somebody damaged: the log alone tells
        with closing(schema.connect(None)) as empty:
            return on_record(empty, self._log, wanted, known=0)

    def close(self) -> None:
        """Close the views of every thread."""
        for db in self._all:
            db.close()

    @property
    def _views(self) -> Views:
        """Return this thread's views of this log, as far as they have come."""
        db: Views | None = getattr(self._of_thread, "views", None)
        if db is None:
            db = self._views = self._opened()
        return db

    @_views.setter
    def _views(self, db: Views) -> None:
        self._of_thread.views = db
        self._all.append(db)

    def _opened(self) -> Views:
        """Return the views' file, emptied if it is of another log."""
        from kalends.views import schema  # noqa: PLC0415 - recording needs no views

        db = schema.connect(self._path)
        try:
            known, mark = schema.reached(db)
            if known < 0 or (known and mark != self._mark(known)):
                db = _emptied(db)
        except BaseException:
            db.close()
            raise
        return db

    def _mark(self, position: int) -> bytes:
        """Return what tells this log from another at a position: the hash of that event's line."""
        import hashlib  # noqa: PLC0415 - recording needs no views

        row = next(self._log.rows(after=position - 1, until=position), None)
        return b"" if row is None else hashlib.sha256(compose(row)).digest()


def _emptied(db: Views) -> Views:
    """Return views without anything in them: these, or new ones where the disk would not."""
    from kalends.views import schema  # noqa: PLC0415 - recording needs no views

    try:
        schema.reset(db)
    except (DiskError, LockedError):
        db.close()
        return schema.connect(None)
    return db
