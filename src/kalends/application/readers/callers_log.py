"""The part of the log that a caller may read, in pages, for programs that keep a copy."""

import hashlib
from typing import NamedTuple

from kalends.application.readers.callers_record import CallersRecord
from kalends.application.workspaces.workspace import Workspace
from kalends.log.journal_line import compose


class LogPage(NamedTuple):
    """Some lines of the journal after a position; None stands for one that may not be read.

    `hidden` is a mark of all that may not be read now, "" if that is nothing. When it changes, a
    copy that was made before is no longer right.
    """

    known_at: int
    lines: list[bytes | None]
    hidden: str


def log_page(workspace: Workspace, record: CallersRecord, *, after: int, most: int) -> LogPage:
    """Return up to so many lines after a position, as known now."""
    hidden, known_at = record.hidden, record.known_at
    until = max(after, min(after + most, known_at))
    rows = workspace.log.rows(after=after, until=until)
    lines = [None if row.stream in hidden else compose(row) for row in rows]
    mark = hashlib.sha256("\n".join(sorted(hidden)).encode()).hexdigest() if hidden else ""
    return LogPage(known_at, lines, mark)
