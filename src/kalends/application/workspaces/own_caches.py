"""A cache folder for each server process, so that none waits for another."""

from contextlib import ExitStack
from pathlib import Path

from kalends.log.lock import held

# More processes than these share the last one's caches, which is slower and still right.
_MOST = 64


class OwnCaches:
    """The names of this process's caches: the first number that no other process has taken.

    The number is free again when this is closed, or when the process ends. So the caches of a
    server that was stopped are used by the next one.
    """

    def __init__(self, cache: Path) -> None:
        """Take a number in this folder of caches."""
        self._until_closed = ExitStack()
        self._cache = cache
        self._number = self._taken()

    def path(self, name: str) -> Path:
        """Return the file of a cache, like `views-2.db` for "views"."""
        return self._cache / f"{name}-{self._number}.db"

    def close(self) -> None:
        """Give the number back."""
        self._until_closed.close()

    def _taken(self) -> int:
        for number in range(1, _MOST):
            lock = self._cache / f"server-{number}.lock"
            try:
                self._cache.mkdir(parents=True, exist_ok=True)
                self._until_closed.enter_context(held(lock, 0))
            except TimeoutError:
                continue
            except OSError:  # it cannot be written: then the caches are in memory anyway
                return number
            return number
        return _MOST
