"""Makes views and feed entries from the events alone, apart from those kept in a workspace."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from kalends.domain.errors import DiskError
from kalends.feeds.cache import Components
from kalends.log.log import Log
from kalends.views import catch_up, schema
from kalends.views.database import Views


@contextmanager
def rebuilt(log: Log, until: int) -> Iterator[tuple[Views, Components]]:
    """Yield views of the log up to a position, and entries that are made as they are needed.

    They are kept in a temporary folder, or in memory if the disk has no room for them.
    """
    with ExitStack() as opened:
        path = None
        with suppress(OSError):
            folder = tempfile.TemporaryDirectory(prefix="kalends-rebuilt-")
            path = Path(opened.enter_context(folder)) / "views.db"
        views = opened.enter_context(closing(schema.connect(path)))
        try:
            _catch_up(views, log, until)
        except DiskError:
            views = opened.enter_context(closing(schema.connect(None)))
            _catch_up(views, log, until)
        yield views, opened.enter_context(closing(Components(None)))


def _catch_up(views: Views, log: Log, until: int) -> None:
    catch_up.catch_up(views, log.entries(until=until), head_mark=lambda _: b"")
