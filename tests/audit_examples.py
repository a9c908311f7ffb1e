"""A small campaign's log with its journal and its checkpoints, to be audited."""

import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from kalends.audit.archive import Contents
from kalends.audit.checkpoint import Checkpoint, SuppliedCheckpoint, signed
from kalends.audit.findings import Report
from kalends.audit.note import PrivateKey
from kalends.audit.signer import Signer
from kalends.audit.verify import verify
from kalends.domain import events as e
from kalends.domain.details import Participation
from kalends.domain.events import Event, activity_stream
from kalends.log import codec, journal
from kalends.log.event_log import NewEvent, StoredEvent
from kalends.log.journal_line import compose
from kalends.log.log import Log
from kalends.log.merkle import Frontier, leaf_hash
from kalends.log.sqlite.store import SQLiteBackend, SQLiteLog
from log_examples import DETAILS, SETTINGS, STAMP, WHEN

NAME = "kalends/0a1b2c3d4e5f"
KEY = PrivateKey(NAME, bytes(range(32)))
OTHER = PrivateKey(NAME, bytes(32))
ONE, TWO = "aaaaaaaaaaaa", "bbbbbbbbbbbb"
_LED = replace(DETAILS, departments=(Participation(code="tsw", role="lead"),), source=None)


def event_of(kind: type, number: int, **more: object) -> Event:
    """Return an event, recorded so many minutes after the first."""
    at = STAMP["at"] + timedelta(minutes=number)
    return kind(**STAMP | {"at": at, "act": f"{number:012d}"}, **more)


def sample_history(count: int) -> list[NewEvent]:
    """Return a log's first events: campaign, department, one activity with a sample_history, many others."""
    plan = replace(_LED, when=replace(WHEN, text="7月14日"))
    made = [
        ("campaign", e.CampaignOpened, {"id": "0a1b2c3d4e5f", "settings": SETTINGS}),
        ("roster", e.DepartmentRegistered, {"code": "tsw", "name": "团市委"}),
        (activity_stream(ONE), e.ActivityPlanned, {"details": plan}),
        (activity_stream(TWO), e.ActivityRecorded, {"details": replace(_LED, title="第二次会")}),
        (activity_stream(ONE), e.ActivityMoved, {"when": WHEN, "reason": "下雨"}),
        ("roster", e.DepartmentAliased, {"code": "tsw", "alias": "共青团"}),
        (activity_stream(ONE), e.ActivityHeld, {}),
        (activity_stream(TWO), e.ActivityWithheld, {"reason": "未定"}),
        (
            activity_stream(ONE),
            e.ActivityCorrected,
            {"details": replace(plan, title="推进会，更正"), "status": "held", "reason": "记错"},
        ),
        (activity_stream(TWO), e.ActivityRetracted, {"reason": "重复"}),
    ]
    made += [
        (
            activity_stream(f"{n:011d}c"),
            e.ActivityRecorded,
            {"details": replace(_LED, title=f"第{n}次会")},
        )
        for n in range(len(made), count)
    ]
    events, versions = [], dict[str, int]()
    for number, (stream, kind, more) in enumerate(made[:count]):
        versions[stream] = versions.get(stream, 0) + 1
        events.append(NewEvent(stream, versions[stream], event_of(kind, number, **more)))
    return events


def rows(count: int) -> list[StoredEvent]:
    """Return the same events as they are kept."""
    return [
        StoredEvent(
            n, new.originator_id, new.originator_version, new.event.TOPIC, codec.encode(new.event)
        )
        for n, new in enumerate(sample_history(count), 1)
    ]


def lines(count: int) -> list[bytes]:
    """Return the same events as the journal's lines, without line feeds."""
    return [compose(row) for row in rows(count)]


def root(leaves: list[bytes]) -> bytes:
    """Return the root of the tree over some lines."""
    edge = Frontier()
    for leaf in leaves:
        edge.append(leaf_hash(leaf))
    return edge.root()


def checkpoint(leaves: list[bytes], key: PrivateKey = KEY) -> Checkpoint:
    """Return what a key signs of a log of these lines."""
    return signed(key, len(leaves), root(leaves))


class Place:
    """A log with its journal and checkpoints in a folder; `key` signs it."""

    def __init__(self, folder: Path, count: int = 0, key: PrivateKey = KEY) -> None:
        """Make a log of so many events, written to the journal and signed; none: nothing made."""
        self.key = key
        self.database, self.journal = folder / "kalends.db", folder / "journal.jsonl"
        self.path, self.kept, self.edge = (
            folder / name for name in ("checkpoint", "checkpoints", "edge.json")
        )
        if count:
            self.append(sample_history(count))
            self.write()
            self.sign(begins=True)

    @cached_property
    def log(self) -> Log:
        """Return the log, opened or made."""
        return Log(SQLiteLog(self.database, is_new=not self.database.exists()))

    def append(self, events: list[NewEvent]) -> None:
        """Append events in one turn."""
        with self.log.turn() as append:
            append(events)

    def write(self) -> None:
        """Bring the journal up to the log."""
        journal.write(self.log, self.journal)

    def signer(self, key: PrivateKey | None = None, *trusted: PrivateKey) -> Signer:
        """Return who signs: this place's key, or another one."""
        keys = [trusted_key.public for trusted_key in (key or self.key, *trusted)]
        return Signer(key or self.key, keys, path=self.path, kept=self.kept, edge=self.edge)

    def sign(self, *, begins: bool = False) -> Checkpoint:
        """Renew the checkpoint."""
        return self.signer().renew(self.log, begins=begins)

    def close(self) -> None:
        """Let go of the log: all is in the database's one file then."""
        if "log" in self.__dict__:
            self.log.close()
            del self.log

    def tamper(self, *statements: str) -> None:
        """Change the database behind the log's back."""
        self.close()
        with closing(sqlite3.connect(self.database)) as db:
            for statement in statements:
                db.execute(statement)
            db.commit()

    def verify(self, *more: SuppliedCheckpoint, own: bool = True, **given: object) -> Report:
        """Verify it with its own checkpoint and others."""
        kept = [SuppliedCheckpoint("checkpoint", self.path.read_bytes())] if own else []
        store = SQLiteBackend(self.database).untrusted()
        options = {"keys": [self.key.public], "store": store, "journal": self.journal} | given
        store, path, keys = (options.pop(name) for name in ("store", "journal", "keys"))
        return verify(store, path, [*kept, *more], keys, **options)


def problems(report: Report) -> list[tuple[int, str]]:
    """Return where something is wrong, and what."""
    return [(problem.position, problem.what) for problem in report.problems]


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """Return a pack's file of these files, as Kalends writes it."""
    with tempfile.TemporaryDirectory() as folder, Contents(Path(folder)) as kept:
        for name, octets in contents.items():
            kept.put(name, [octets])
        kept.write(Path(folder) / "made.zip")
        return (Path(folder) / "made.zip").read_bytes()
