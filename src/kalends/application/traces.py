"""When work in a workspace last left a trace: what a clock that is hard to believe is held to."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from kalends import config
from kalends.config import WorkspaceFolder


def newest_trace(here: WorkspaceFolder, key: Path, database: float | None) -> datetime | None:
    """Return when a file that work here leaves behind was last changed, None where none is.

    `database` says when the database was, in seconds. Files that a start of the machine or a
    login changes do not count: with a wrong clock, they are wrong too.
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
