"""The quick look sees what the careful one sees, or nothing."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from audit_examples import event_of, lines, rows, sample_history
from kalends.audit.fast_check import fast_check
from kalends.domain.events import ClockCorrected
from kalends.log import codec, untrusted_journal
from kalends.log.event_log import NewEvent
from kalends.log.journal_line import compose
from kalends.log.log import Log
from kalends.log.merkle import leaf_hash
from kalends.log.sqlite.store import SQLiteLog
from kalends.log.sqlite.untrusted import UntrustedSQLiteLog
from kalends.log.untrusted_journal import Journal
from log_examples import STAMP

COUNT = 14


@pytest.fixture
def store(tmp_path):
    log = Log(SQLiteLog(tmp_path / "kalends.db", is_new=True))
    log.load(rows(COUNT))
    log.close()
    return UntrustedSQLiteLog(tmp_path / "kalends.db")


@pytest.fixture
def written(tmp_path):
    """Return a maker of a journal out of lines."""

    def write(given, end=b"\n"):
        path = tmp_path / "journal.jsonl"
        path.write_bytes(b"\n".join(given) + end)
        return Journal(path)

    return write


def change(store, *statements):
    with closing(sqlite3.connect(store.path)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def seen_in(store, journal, start=0, stop=COUNT):
    """Return what is seen; the journal has lines from its first to its last."""
    byte_span = (0, 0) if journal is None else (0, journal.path.stat().st_size)
    return fast_check(store, journal, byte_span, start, stop)


def test_where_all_is_well_it_sees_all(store, written):
    journal = written(lines(COUNT))
    for given in ((store, journal), (store, None), (None, journal), (store, written(lines(9)))):
        seen = seen_in(*given, 0, 9 if given[0] is None else COUNT)
        count = len(seen.leaves)
        assert seen.leaves == [leaf_hash(line) for line in lines(count)]
        assert seen.times == [STAMP["at"] + timedelta(minutes=n) for n in range(count)]
        assert seen.firsts["activity-aaaaaaaaaaaa"] == 1
        assert seen.lasts["activity-aaaaaaaaaaaa"] == 4


def test_it_may_begin_anywhere(store, written):
    journal = written(lines(COUNT))
    byte_span = (len(b"".join(lines(6))) + 6, len(b"".join(lines(9))) + 9)
    seen = fast_check(store, journal, byte_span, 6, 9)
    assert (
        seen == fast_check(None, journal, byte_span, 6, 9) == fast_check(store, None, (0, 0), 6, 9)
    )
    assert seen.firsts == {"activity-aaaaaaaaaaaa": 3, "activity-bbbbbbbbbbbb": 2}
    assert seen.lasts == {"activity-aaaaaaaaaaaa": 4, "activity-bbbbbbbbbbbb": 2}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM stored_events WHERE rowid = 6",
        "DELETE FROM stored_events WHERE rowid > 12",
        "UPDATE stored_events SET topic = 'activity.forgotten' WHERE rowid = 6",
        "UPDATE stored_events SET topic = x'00' WHERE rowid = 6",
        "UPDATE stored_events SET topic = CAST(x'ff' AS TEXT) WHERE rowid = 6",
        "UPDATE stored_events SET state = CAST(state AS TEXT) WHERE rowid = 6",
        "UPDATE stored_events SET state = x'00' WHERE rowid = 6",
        "UPDATE stored_events SET originator_version = 9 WHERE rowid = 7",
        "UPDATE stored_events SET originator_version = 1.5 WHERE rowid = 7",
        "UPDATE stored_events SET originator_id = x'61' WHERE rowid = 7",
        "UPDATE stored_events SET state = zeroblob(40000) WHERE rowid = 7",
        "UPDATE stored_events SET state = state || x'0a' WHERE rowid = 7",
        "DELETE FROM stored_events",
        "DROP TABLE stored_events",
    ],
)
def test_it_sees_nothing_where_the_database_is_not_well(store, written, statement):
    change(store, statement)
    assert seen_in(store, None) is None
    assert seen_in(store, written(lines(COUNT))) is None


def test_it_sees_nothing_where_there_is_no_database(tmp_path):
    (tmp_path / "kalends.db").write_bytes(b"gone" * 1000)
    assert seen_in(UntrustedSQLiteLog(tmp_path / "kalends.db"), None) is None


def test_it_sees_nothing_where_the_journal_is_not_well(store, written):
    kept = lines(COUNT)
    back = replace(sample_history(6)[-1].event, at=STAMP["at"])
    for changed in (
        kept[:5] + kept[6:],
        [*kept[:5], kept[5] + b" ", *kept[6:]],
        [*kept[:5], b"", *kept[6:]],
        [*kept[:5], kept[5].replace(b',"topic"', b',\n"topic"'), *kept[6:]],
        [*kept[:5], kept[5].replace(b'"by":', b'\n"by":'), *kept[7:]],
        [b"[" * 100_000, *kept[1:]],
        [*kept[:5], compose(rows(6)[-1]._replace(state=codec.encode(back))), *kept[6:]],
        [*kept[:6], kept[6].replace(b'"version":3', b'"version":4'), *kept[7:]],
    ):
        for given in ((store, written(changed)), (None, written(changed))):
            assert seen_in(*given) is None
    for given in ((store, written(kept, b"")), (None, written(kept, b""))):
        assert seen_in(*given) is None


def test_what_would_not_fit_into_memory_is_not_read_at_once(store, written, monkeypatch):
    journal = written(lines(COUNT))
    monkeypatch.setattr(untrusted_journal, "LONGEST", journal.path.stat().st_size)
    assert seen_in(store, journal)
    monkeypatch.setattr(untrusted_journal, "LONGEST", journal.path.stat().st_size - 1)
    assert seen_in(store, journal) is None


def test_where_the_clock_was_set_right_it_leaves_the_look_to_the_careful_one(tmp_path):
    corrected = NewEvent("campaign", 2, event_of(ClockCorrected, COUNT, reason="时钟曾快"))
    log = Log(SQLiteLog(tmp_path / "kalends.db", is_new=True))
    log.load(rows(COUNT))
    with log.turn() as append:
        append([corrected])
    log.close()

    assert seen_in(UntrustedSQLiteLog(tmp_path / "kalends.db"), None, 0, COUNT + 1) is None
    assert seen_in(UntrustedSQLiteLog(tmp_path / "kalends.db"), None, 0, COUNT) is not None
