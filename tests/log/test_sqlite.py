"""The contract of the store, kept by SQLite, and what can happen to its file."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from eventsourcing.persistence import StoredEvent as StockEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from kalends.domain.errors import (
    ConflictError,
    CorruptDatabaseError,
    DiskError,
    GapError,
    LockedError,
    StateError,
    UnknownTopicError,
)
from kalends.log.event_log import NewEvent
from kalends.log.log import Log
from kalends.log.sqlite import connection
from kalends.log.sqlite.connection import is_wal
from kalends.log.sqlite.store import SQLiteLog
from kalends.log.sqlite.untrusted import UntrustedSQLiteLog
from log_contract import HELD, StoreContract


@dataclass
class Opening:
    """Opens the same file anew, in any process."""

    path: Path
    opened: ClassVar[list[Log]] = []

    def __call__(self, **how):
        Opening.opened.append(Log(SQLiteLog(self.path, **how)))
        return Opening.opened[-1]


@pytest.fixture
def open_log(tmp_path):
    Log(SQLiteLog(tmp_path / "kalends.db", is_new=True)).close()
    yield Opening(tmp_path / "kalends.db")
    while Opening.opened:
        Opening.opened.pop().close()


@pytest.fixture
def three(open_log):
    log = open_log()
    with log.turn() as append:
        append([NewEvent("activity-a", n, HELD) for n in (1, 2, 3)])
    log.close()
    return open_log


def tamper(opening, statement):
    with closing(sqlite3.connect(opening.path, isolation_level=None)) as db:
        db.execute(statement)


class TestSQLite(StoreContract):
    """SQLite keeps the contract."""


def test_a_deleted_event_is_a_gap(three):
    tamper(three, "DELETE FROM stored_events WHERE originator_version = 2")

    with pytest.raises(GapError):
        list(three().rows())
    with pytest.raises(GapError):
        three().stream("activity-a")


def test_a_state_that_was_changed_to_something_else_is_named(three):
    tamper(three, "UPDATE stored_events SET state = '{}' WHERE originator_version = 2")

    with pytest.raises(StateError) as caught:
        list(three().entries())
    assert caught.value.fields["position"] == 2


KINDS = [
    "state = CAST(state AS TEXT)",
    "state = NULL",
    "state = 7",
    "state = 7.5",
    "topic = NULL",
    "topic = CAST(topic AS BLOB)",
    "originator_version = 'two'",
    "originator_version = 2.5",
    "originator_version = NULL",
    "originator_id = NULL",
    "originator_id = CAST(originator_id AS BLOB)",
]


@pytest.mark.parametrize("change", KINDS)
def test_a_column_turned_into_another_kind_is_named(three, change):
    tamper(three, f"UPDATE stored_events SET {change} WHERE rowid = 2")
    log = three()

    for reading in (log.rows, log.entries, lambda: log.entries(after=1, until=2)):
        with pytest.raises(StateError) as caught:
            list(reading())
        assert caught.value.fields["position"] == 2


@pytest.mark.parametrize(
    "change", [column for column in KINDS if not column.startswith("originator")]
)
def test_a_stream_with_a_column_of_another_kind_is_not_read(three, change):
    tamper(three, f"UPDATE stored_events SET {change} WHERE rowid = 2")

    with pytest.raises(StateError):
        three().stream("activity-a")


def test_an_unknown_topic_was_written_by_a_newer_kalends(three):
    tamper(three, "UPDATE stored_events SET topic = 'activity.dreamt' WHERE rowid = 3")

    with pytest.raises(UnknownTopicError) as caught:
        list(three().entries())
    assert caught.value.fields == {"position": 3, "topic": "activity.dreamt"}


def test_a_file_that_is_no_database_is_said_to_be_damaged(tmp_path):
    (tmp_path / "kalends.db").write_bytes(b"no database at all" * 1000)

    with pytest.raises(CorruptDatabaseError):
        Log(SQLiteLog(tmp_path / "kalends.db"))


def test_a_database_cut_in_half_is_said_to_be_damaged(open_log):
    log = open_log()
    with log.turn() as append:
        append([NewEvent(f"activity-{n}", 1, HELD) for n in range(2000)])
    log.close()
    open_log.path.write_bytes(open_log.path.read_bytes()[:50_000])

    with pytest.raises(CorruptDatabaseError):
        list(open_log().rows())


@pytest.mark.campaign
def test_a_database_that_another_program_holds_is_locked(three):
    log = three(lock_seconds=1)
    with closing(sqlite3.connect(three.path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LockedError), log.turn() as append:
            append([NewEvent("activity-a", 4, HELD)])
        with pytest.raises(LockedError):
            three(lock_seconds=1)

    assert three().position() == 3


def test_asking_whether_the_log_changed_waits_for_nobody(three):
    log = three(lock_seconds=1)
    before = log.change_counter()
    with closing(sqlite3.connect(three.path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LockedError):
            log.position()
        assert log.change_counter() == before


def test_opening_a_file_again_leaves_the_locks_of_this_process(three):
    log = three()
    with closing(log._store._db.execute("SELECT rowid FROM stored_events")) as reader:
        reader.fetchone()
        again = three()
        again.change_counter()
        again.close()
        program = (
            "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], timeout=0);"
            "db.execute('BEGIN EXCLUSIVE')"
        )
        writer = subprocess.run(
            [sys.executable, "-c", program, three.path], capture_output=True, check=False
        )
        assert b"database is locked" in writer.stderr


def in_wal_mode(path):
    """Append as Kalends 0.1.0 did, and leave the file as a process leaves it that is killed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(
            "INSERT INTO stored_events SELECT 'activity-w', 1, topic, state FROM stored_events "
            "WHERE rowid = 1"
        )
        files = {path: path.read_bytes() for path in path.parent.glob("kalends.db*")}
    for file, octets in files.items():
        file.write_bytes(octets)
    path.with_name("kalends.db-shm").unlink()
    connection._known.clear()  # as for a process that begins now


def test_a_file_in_wal_mode_is_changed_to_one_that_maps_no_memory(three):
    in_wal_mode(three.path)
    assert is_wal(three.path)

    assert three().position() == 4

    assert not is_wal(three.path)
    assert {path.name for path in three.path.parent.iterdir()} <= {
        "kalends.db", "kalends.db.lock", "kalends.db-journal",
    }  # fmt: skip


@pytest.mark.campaign
def test_while_somebody_uses_a_file_in_wal_mode_it_is_waited_for(three):
    in_wal_mode(three.path)
    with closing(sqlite3.connect(three.path)) as other:
        assert other.execute("SELECT count(*) FROM stored_events").fetchone() == (4,)
        with pytest.raises(LockedError):
            three(lock_seconds=0.1)
    assert three().position() == 4


def test_the_rollback_journal_keeps_a_small_place_and_undoes_nothing(three):
    journal = three.path.with_name("kalends.db-journal")
    log = three()
    sizes = []
    for stream, many in (("activity-b", 1), ("activity-c", 500), ("activity-d", 1)):
        with log.turn() as append:
            append([NewEvent(stream, n, HELD) for n in range(1, many + 1)])
        assert journal.read_bytes()[:28] == bytes(28)  # nothing in it counts
        sizes.append(journal.stat().st_size)
    log.close()

    assert 0 < max(sizes) <= 1 << 16
    assert sizes[-1] > 0
    assert three().position() == 505


def killed_while_committing(opening):
    """Leave a transaction half written: the file is changed, its journal would undo it."""
    with closing(sqlite3.connect(opening.path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = TRUNCATE")
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN")
        for n in range(200):
            db.execute(
                "INSERT INTO stored_events VALUES (?, 1, 'activity.held', ?)",
                (f"n{n}", bytes(900)),
            )
        files = {path: path.read_bytes() for path in opening.path.parent.glob("kalends.db*")}
        db.execute("ROLLBACK")
    for path, octets in files.items():
        path.write_bytes(octets)
    assert len(files[opening.path.with_name("kalends.db-journal")]) > 512


def unwritable(monkeypatch, path):
    """Let this very file be one that cannot be changed, as on a disk that is mounted read-only."""
    real = sqlite3.connect

    def read_only(name, **how):
        if str(name) == str(path):
            return real(f"{path.absolute().as_uri()}?mode=ro", **{**how, "uri": True})
        return real(name, **how)

    monkeypatch.setattr(sqlite3, "connect", read_only)


@pytest.mark.parametrize("left", [killed_while_committing, lambda log: in_wal_mode(log.path)])
def test_what_a_crash_left_is_read_where_it_cannot_be_mended(three, left, monkeypatch):
    left(three)
    before = {path.name: path.read_bytes() for path in three.path.parent.iterdir()}
    unwritable(monkeypatch, three.path)

    log = three()
    found = [entry.stream for entry in log.entries()]
    extent = UntrustedSQLiteLog(three.path).extent()

    assert len(found) in {3, 4}
    assert found[:3] == ["activity-a"] * 3
    assert extent == (len(found), len(found))
    with pytest.raises(DiskError), log.turn() as append:
        append([NewEvent("activity-z", 1, HELD)])
    assert {path.name: path.read_bytes() for path in three.path.parent.iterdir()} == before


def test_in_the_turn_of_a_log_that_cannot_be_written_everything_may_be_decided(three, monkeypatch):
    log = three()
    monkeypatch.setattr(
        "kalends.log.sqlite.store.held", lambda *_: (_ for _ in ()).throw(OSError(28, "full"))
    )

    with log.turn() as append:
        assert log.position() == 3
        with pytest.raises(DiskError):
            append([NewEvent("activity-z", 1, HELD)])
    monkeypatch.undo()
    with log.turn() as append:
        assert append([NewEvent("activity-z", 1, HELD)]) == 4


def test_a_log_that_is_not_there_is_not_made_by_reading(tmp_path):
    with pytest.raises(DiskError):
        Log(SQLiteLog(tmp_path / "kalends.db"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a b", "100%", "a?b#c", "创城"])
def test_a_folder_may_have_any_name(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()

    log = Log(SQLiteLog(folder / "kalends.db", is_new=True))
    with log.turn() as append:
        append([NewEvent("activity-a", 1, HELD)])
    log.close()

    with closing(Log(SQLiteLog(folder / "kalends.db"))) as again:
        assert again.position() == 1
    assert (folder / "kalends.db").exists()


def test_the_environment_has_no_say(tmp_path, monkeypatch, until_end):
    monkeypatch.setenv("PERSISTENCE_MODULE", "os")
    monkeypatch.setenv("SQLITE_DBNAME", os.devnull)
    monkeypatch.setenv("COMPRESSOR_TOPIC", "zlib")
    monkeypatch.setenv("IS_SNAPSHOTTING_ENABLED", "y")

    log = until_end(Log(SQLiteLog(tmp_path / "kalends.db", is_new=True)))
    with log.turn() as append:
        append([NewEvent("activity-a", 1, HELD)])

    assert log.position() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON stored_events BEGIN DELETE FROM stored_events; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TEMP TRIGGER t AFTER INSERT ON stored_events BEGIN SELECT 1; END",
    ],
)
def test_somebody_s_sql_in_the_file_is_never_run(three, statement):
    tamper(three, statement)

    if "TEMP" in statement:
        assert three().position() == 3  # it was gone with whoever made it
        return
    with pytest.raises(CorruptDatabaseError) as refused:
        three()
    assert refused.value.fields["detail"] in {"trigger t", "view v"}


def test_a_column_under_another_name_is_damage(three):
    tamper(three, "ALTER TABLE stored_events RENAME COLUMN topic TO y")

    with pytest.raises(CorruptDatabaseError):
        three().stream("activity-a")


def test_the_positions_of_a_stream_are_those_of_the_log(three):
    log = three()
    assert log.positions("activity-a") == [1, 2, 3]
    assert log.positions("activity-b") == []


def test_the_stock_library_reads_what_we_append_and_appends_to_it(three):
    store = SQLiteDatastore(str(three.path), originator_id_type="text")
    try:
        recorder = SQLiteApplicationRecorder(store)
        found = recorder.select_notifications(start=None, limit=10)
        assert [notification.id for notification in found] == [1, 2, 3]
        stock = recorder.select_events("activity-a")[-1]
        recorder.insert_events([StockEvent("activity-b", 1, stock.topic, stock.state)])
    finally:
        store.close()

    assert [(entry.position, entry.stream) for entry in three().entries(after=2)] == [
        (3, "activity-a"),
        (4, "activity-b"),
    ]


def test_nothing_is_appended_to_a_file_that_was_moved_away(three):
    log = three()
    three.path.rename(three.path.with_name("elsewhere.db"))
    with pytest.raises(DiskError), log.turn() as append:
        append([NewEvent("activity-b", 1, HELD)])

    Log(SQLiteLog(three.path, is_new=True)).close()  # another file under the same name
    with pytest.raises(DiskError), log.turn() as append:
        append([NewEvent("activity-b", 1, HELD)])
    assert (log.position(), three().position()) == (3, 0)


def test_an_insert_that_fails_on_the_way_leaves_nothing(three):
    log = three()
    with pytest.raises(ConflictError), log.turn() as append:
        append([NewEvent("activity-b", 1, HELD), NewEvent("activity-a", 3, HELD)])
    assert log.position() == 3

    with log.turn() as append:
        assert append([NewEvent("activity-b", 1, HELD)]) == 4
