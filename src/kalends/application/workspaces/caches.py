"""What is made from the log and may be deleted: the views, and the entries of feeds."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from kalends.application.workspaces.once import once
from kalends.application.workspaces.thread_views import ThreadViews
from kalends.log.log import Log

if TYPE_CHECKING:
    from kalends.application.workspaces.own_caches import OwnCaches
    from kalends.feeds.cache import Components


class Caches:
    """The caches of an opened workspace, each opened on first use.

    Several threads may use it; each has its own views. With `are_own`, this process shares no
    cache with others. `lock` is the workspace's.
    """

    def __init__(
        self, folder: Path, log: Callable[[], Log], *, are_own: bool, lock: RLock
    ) -> None:
        """Open nothing yet."""
        self._folder, self._log, self._are_own, self._lock = folder, log, are_own, lock

    @once
    def _own(self) -> "OwnCaches":
        from kalends.application.workspaces.own_caches import OwnCaches  # noqa: PLC0415 - only for servers

        return OwnCaches(self._folder)

    @once
    def thread_views(self) -> ThreadViews:
        """Return the views, of which each thread has its own."""
        return ThreadViews(self._log(), self._path("views"))

    def _path(self, name: str) -> Path:
        return self._own.path(name) if self._are_own else self._folder / f"{name}.db"

    def components(self) -> "Components":
        """Return the store of rendered feed entries."""
        from kalends.feeds.cache import Components  # noqa: PLC0415 - only for feeds

        return Components(self._path("components"))

    def close_views(self) -> None:
        """Close the views of all threads; call it before the log is closed."""
        views = vars(self).pop("thread_views", None)
        if views is not None:
            views.close()

    def close(self) -> None:
        """Let another process take these caches."""
        own = vars(self).pop("_own", None)
        if own is not None:
            own.close()


def are_damaged(error: Exception) -> bool:
    """Return whether an unexpected error came from a file of views or of feed entries."""
    from kalends.views.database import is_of_sqlite  # noqa: PLC0415 - only when something fails

    return is_of_sqlite(error)


def are_refused(error: Exception) -> bool:
    """Return whether the machine refused to read or write such a file, which is not damaged."""
    from kalends.views.database import is_refusal  # noqa: PLC0415 - only when something fails

    return is_refusal(error)


def discard(folder: Path, *more: Path) -> bool:
    """Delete what was made from the log, and `more`; return whether there was anything."""
    found = [*folder.glob("*.db*"), *more]
    with suppress(OSError):
        for path in found:
            path.unlink(missing_ok=True)
    return bool(found)
