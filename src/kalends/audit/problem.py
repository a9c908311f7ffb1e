"""A problem of a log that is being verified: where it is, what it is, what was found."""

from datetime import datetime
from typing import Literal, NamedTuple

from kalends.log.event_log import RawEvent

# The kinds of problems, for programs; the command line has a text for each.
ProblemKind = Literal[
    "differs", "missing", "form", "unreadable", "unknown-topic", "version", "time",
    "stranger", "no-position", "not-a-checkpoint", "misnamed", "untrusted", "retired",
    "forged",
    "root", "shorter", "journal-cut", "two-roots", "unsigned", "kept",
]  # fmt: skip


class Problem(NamedTuple):
    """A problem: its kind, its position (0: the whole log), what was expected, what was found."""

    position: int
    stream: str
    version: int
    what: ProblemKind
    expected: str
    found: str


def differing(
    position: int, what: ProblemKind, expected: RawEvent | None, found: RawEvent | None
) -> Problem:
    """Return a problem of an event; each side is None where the event is missing."""
    row = next(
        (raw_event.row for raw_event in (expected, found) if raw_event and raw_event.row), None
    )
    stream, version = (row.stream, row.version) if row else ("", 0)
    flaw = f"({found.flaw}) " if found and found.flaw else ""
    return Problem(position, stream, version, what, _shown_as(expected), flaw + _shown_as(found))


def gone_back(position: int, stream: str, version: int, before: datetime, at: datetime) -> Problem:
    """Return the problem of an event that was recorded before the one before it."""
    return Problem(position, stream, version, "time", f">= {before}", f"{at}")


def gap(position: int, stream: str, version: int, expected: int) -> Problem:
    """Return the problem of a version that does not follow the one before it."""
    return Problem(position, stream, version, "version", f"{expected}", f"{version}")


def _shown_as(raw_event: RawEvent | None) -> str:
    return "" if raw_event is None else raw_event.line.decode("utf-8", "backslashreplace")
