"""Verifying, signing, proving and asking as of then, each against what it is measured by."""

import hashlib
import sqlite3
from collections.abc import Callable
from datetime import date
from itertools import count as numbers
from pathlib import Path

from campaign import details
from decode import filled
from figures import alternately, at_most, seconds

from kalends.audit.checkpoint import Checkpoint, SuppliedCheckpoint
from kalends.audit.note import PrivateKey
from kalends.audit.proof import prove
from kalends.audit.signer import Signer
from kalends.audit.verify import verify
from kalends.domain.draft import Draft
from kalends.log import journal
from kalends.log.log import Log
from kalends.log.sqlite.untrusted import UntrustedSQLiteLog
from kalends.service import Service, WatchedClock
from kalends.views import activities, catch_up, schema, search

KEY = PrivateKey("kalends/bench0000000", bytes(32))


def signer(folder: Path) -> Signer:
    """Return who signs a log in this folder."""
    where = {"path": folder / "checkpoint", "kept": folder / "kept", "edge": folder / "edge.json"}
    return Signer(KEY, [KEY.public], **where)


def verified(database: Path, text: Path, checkpoint: Checkpoint) -> None:
    """Verify database, journal and checkpoint together, as the command does."""
    report = verify(
        UntrustedSQLiteLog(database),
        text,
        [SuppliedCheckpoint("checkpoint", checkpoint.content)],
        [KEY.public],
    )
    assert report.is_good, report.problems
    assert report.proved == report.size


def hashed(lines: list[bytes]) -> None:
    """Call SHA-256 once a line."""
    sha256 = hashlib.sha256
    for line in lines:
        sha256(line)


def appending(log: Log) -> Callable[[], None]:
    """Return what records one activity, as a command does: taking the turn, deciding, stamping."""
    last = log.last_at()
    assert last is not None
    ids = (f"later{n:07d}" for n in numbers(1))
    service = Service(log, clock=WatchedClock(lambda: last), new_id=lambda: next(ids), by="clerk0")
    coming = numbers(1)

    def append() -> None:
        service.record(Draft(details=details(next(coming)), planned=False))

    return append


def in_turn(
    append: Callable[[], None], sign: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Return the median of signing and of appending, one after the other."""
    pairs = [(seconds(append), seconds(sign)) for _ in range(rounds)]
    middle = rounds // 2
    return sorted(two for _, two in pairs)[middle], sorted(ours for ours, _ in pairs)[middle]


def queries(db: sqlite3.Connection) -> dict[str, Callable[[int], object]]:
    """Return what readers ask, each as of a position."""
    first, last = date(2020, 7, 1), date(2020, 7, 31)
    return {
        "agenda of a month": lambda p: list(activities.by_day(db, first, last, known_at=p)),
        "history of a department": lambda p: list(activities.history(db, ["d7"], known_at=p)),
        "search": lambda p: search.search(db, "推进会 平安广场", known_at=p, limit=50),
    }


def grown(folder: Path, count: int) -> tuple[Log, sqlite3.Connection, Checkpoint]:
    """Return a log of so many events with its views and its checkpoint."""
    folder.mkdir()
    log, db = filled(folder / "log.db", count), schema.connect(folder / "views.db")
    catch_up.catch_up(db, log.entries(), head_mark=lambda _: b"")
    return log, db, signer(folder).renew(log, begins=True)


def proving(log: Log, db: sqlite3.Connection, checkpoint: Checkpoint) -> Callable[[], object]:
    """Return what proves one event in the middle of the log; the tree is grown already."""
    position = checkpoint.size // 2
    row = next(log.rows(after=position - 1, until=position))

    def make() -> object:
        return prove(db, log, checkpoint, row.stream, [position])

    make()
    return make


def run(folder: Path, short: bool) -> None:
    """Print the ratios."""
    count = 5_000 if short else 1_000_000
    log, db, checkpoint = grown(folder / "large", count)
    text = folder / "large" / "journal.jsonl"
    journal.write(log, text)

    lines = text.read_bytes().splitlines()
    ours, peer = (
        seconds(lambda: verified(folder / "large" / "log.db", text, checkpoint), 2),
        seconds(lambda: hashed(lines), 3),
    )
    at_most(f"audit, verify {count:,} events, database and journal", ours, peer, 12)
    ours = seconds(lambda: verified_alone(text, checkpoint))
    at_most(f"audit, verify {count:,} events, journal alone", ours, peer, 12)

    for what, ask in queries(db).items():
        then, today = alternately(lambda a=ask: a(count // 2), lambda a=ask: a(count), 5)
        at_most(f"audit, {what} as of half of {count:,} events", then, today, 1.5)

    small = grown(folder / "small", 1_000)
    ours, peer = alternately(many(proving(log, db, checkpoint)), many(proving(*small)), 7)
    at_most(f"audit, proof of one event at {count:,} against 1,000", ours, peer, 20)

    append = appending(log)
    ours, peer = in_turn(append, lambda: signer(folder / "large").renew(log), 60)
    at_most(f"audit, checkpoint after one append at {count:,} events", ours, peer, 1)


def verified_alone(text: Path, checkpoint: Checkpoint) -> None:
    """Verify a journal and a checkpoint, as an auditor without the database does."""
    assert verify(
        None, text, [SuppliedCheckpoint("checkpoint", checkpoint.content)], [KEY.public]
    ).is_good


def many(work: Callable[[], object]) -> Callable[[], None]:
    """Return what does something fifty times."""

    def repeat() -> None:
        for _ in range(50):
            work()

    return repeat
