"""Publishing: the journal first, then the feeds; nothing when nothing changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kalends.domain.errors import LockedError
from kalends.feeds.cache import Components
from kalends.feeds.files import publish_feeds
from kalends.log.keeping import Keeping
from kalends.log.lock import held
from kalends.log.store import Log

_LOCK_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What was published: at which position, and the files that changed."""

    position: int
    journal: bool
    feeds: tuple[str, ...]


def publish(
    log: Log, keeping: Keeping, views: sqlite3.Connection, components: Components, folder: Path
) -> Publication:
    """Bring the journal, then the feeds' folder, up to the log.

    The journal goes first: what a feed shows can always be shown from it. Raises `DivergedError`,
    `DiskError` or `LockedError`.
    """
    position = log.position()
    with _alone(keeping.note.with_name("publish.lock")):
        journal = keeping.write(log)
        changed = publish_feeds(views, components, folder, known_at=position)
    return Publication(position=position, journal=journal, feeds=tuple(changed))


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Let one process publish at a time; where no lock can be made, go on without."""
    with ExitStack() as until_done:
        try:
            until_done.enter_context(held(lock, _LOCK_SECONDS))
        except TimeoutError:
            raise LockedError(seconds=_LOCK_SECONDS) from None
        except OSError:
            until_done.close()
        yield
