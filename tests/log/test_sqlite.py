"""The contract of the store, kept by SQLite, and what can happen to its file."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from kalends.domain.errors import (
    CorruptDatabaseError,
    DiskError,
    GapError,
    LockedError,
    StateError,
    UnknownTopicError,
)
from kalends.log.store import Log, New
from log_contract import HELD, StoreContract


@dataclass
class Opening:
    """Opens the same file anew, in any process."""

    path: Path
    opened: ClassVar[list[Log]] = []

    def __call__(self, **how):
        Opening.opened.append(Log(self.path, **how))
        return Opening.opened[-1]


@pytest.fixture
def open_log(tmp_path):
    Log(tmp_path / "kalends.db", is_new=True).close()
    yield Opening(tmp_path / "kalends.db")
    while Opening.opened:
        Opening.opened.pop().close()


@pytest.fixture
def three(open_log):
    log = open_log()
    with log.turn() as append:
        append([New("activity-a", n, HELD) for n in (1, 2, 3)])
    log.close()
    return open_log


def tamper(opening, statement):
    with closing(sqlite3.connect(opening.path, isolation_level=None)) as db:
        db.execute(statement)


class TestSQLite(StoreContract):
    """SQLite keeps the contract."""


def test_a_deleted_fact_is_a_gap(three):
    tamper(three, "DELETE FROM stored_events WHERE originator_version = 2")

    with pytest.raises(GapError):
        list(three().rows())
    with pytest.raises(GapError):
        three().stream("activity-a")


def test_a_state_that_was_changed_to_something_else_is_named(three):
    tamper(three, "UPDATE stored_events SET state = '{}' WHERE originator_version = 2")

    with pytest.raises(StateError) as caught:
        list(three().entries())
    assert caught.value.facts["position"] == 2


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
        assert caught.value.facts["position"] == 2


@pytest.mark.parametrize("change", [one for one in KINDS if not one.startswith("originator")])
def test_a_stream_with_a_column_of_another_kind_is_not_read(three, change):
    tamper(three, f"UPDATE stored_events SET {change} WHERE rowid = 2")

    with pytest.raises(StateError):
        three().stream("activity-a")


def test_an_unknown_topic_was_written_by_a_newer_kalends(three):
    tamper(three, "UPDATE stored_events SET topic = 'activity.dreamt' WHERE rowid = 3")

    with pytest.raises(UnknownTopicError) as caught:
        list(three().entries())
    assert caught.value.facts == {"position": 3, "topic": "activity.dreamt"}


def test_a_file_that_is_no_database_is_said_to_be_damaged(tmp_path):
    (tmp_path / "kalends.db").write_bytes(b"no database at all" * 1000)

    with pytest.raises(CorruptDatabaseError):
        Log(tmp_path / "kalends.db")


def test_a_database_cut_in_half_is_said_to_be_damaged(open_log):
    log = open_log()
    with log.turn() as append:
        append([New(f"activity-{n}", 1, HELD) for n in range(2000)])
    log.close()
    open_log.path.write_bytes(open_log.path.read_bytes()[:50_000])

    with pytest.raises(CorruptDatabaseError):
        list(open_log().rows())


def test_a_database_that_another_program_holds_is_locked(three):
    holder = sqlite3.connect(three.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    log = three(lock_seconds=1)
    with pytest.raises(LockedError), log.turn() as append:
        append([New("activity-a", 4, HELD)])
    holder.execute("ROLLBACK")
    holder.close()

    assert three().position() == 3


def test_a_log_that_is_not_there_is_not_made_by_reading(tmp_path):
    with pytest.raises(DiskError):
        Log(tmp_path / "kalends.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a b", "100%", "a?b#c", "创城"])
def test_a_folder_may_have_any_name(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()

    log = Log(folder / "kalends.db", is_new=True)
    with log.turn() as append:
        append([New("activity-a", 1, HELD)])
    log.close()

    with closing(Log(folder / "kalends.db")) as again:
        assert again.position() == 1
    assert (folder / "kalends.db").exists()


def test_the_environment_has_no_say(tmp_path, monkeypatch, until_end):
    monkeypatch.setenv("PERSISTENCE_MODULE", "os")
    monkeypatch.setenv("SQLITE_DBNAME", os.devnull)
    monkeypatch.setenv("COMPRESSOR_TOPIC", "zlib")
    monkeypatch.setenv("IS_SNAPSHOTTING_ENABLED", "y")

    log = until_end(Log(tmp_path / "kalends.db", is_new=True))
    with log.turn() as append:
        append([New("activity-a", 1, HELD)])

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
    assert refused.value.facts["detail"] in {"trigger t", "view v"}


def test_a_column_under_another_name_is_damage(three):
    tamper(three, "ALTER TABLE stored_events RENAME COLUMN topic TO y")

    with pytest.raises(CorruptDatabaseError):
        three().stream("activity-a")


def test_the_positions_of_a_stream_are_those_of_the_log(three):
    log = three()
    assert log.positions("activity-a") == [1, 2, 3]
    assert log.positions("activity-b") == []
