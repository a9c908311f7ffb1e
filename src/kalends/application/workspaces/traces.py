"""Finds when somebody last worked in a workspace, to detect a wrong clock."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from kalends import config
from kalends.config import WorkspaceFolder


def newest_trace(here: WorkspaceFolder, key: Path, database: float | None) -> datetime | None:
    """Return when a file that work here changes was last changed; None if there is none.

    `database` is when the database was changed, in seconds since 1970. Files that a start of the
    machine or a login changes do not count, because with a wrong clock they are wrong too.
    """
    git = here.root / ".git"
    traces = [
        here.journal, here.root / config.NAME, here.feeds / "manifest.json",
        git / "index", git / "logs" / "HEAD", key, Path(__file__),
    ]  # fmt: skip
    found = [] if database is None else [database]
    for path in traces:
        with suppress(OSError):
            found.append(path.stat().st_mtime)
    return datetime.fromtimestamp(max(found), UTC) if found else None
