"""The quick look sees what the careful one sees, or nothing."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from audit_examples import lines, rows, story
from kalends.audit.glance import glance
from kalends.log import codec
from kalends.log.evidence import Journal, Store
from kalends.log.journal import compose
from kalends.log.merkle import leaf_hash
from kalends.log.store import Log
from log_examples import STAMP

COUNT = 14


@pytest.fixture
def store(tmp_path):
    log = Log(tmp_path / "kalends.db", is_new=True)
    log.load(rows(COUNT))
    log.close()
    return Store(log.path)


@pytest.fixture
def written(tmp_path):
    """Return a maker of a journal out of lines."""

    def write(told, end=b"\n"):
        path = tmp_path / "journal.jsonl"
        path.write_bytes(b"\n".join(told) + end)
        return Journal(path)

    return write


def change(store, *statements):
    with closing(sqlite3.connect(store.path)) as db:
        for one in statements:
            db.execute(one)
        db.commit()


def test_where_all_is_well_it_sees_all(store, written):
    journal = written(lines(COUNT))
    for given in ((store, journal), (store, None), (None, journal), (store, written(lines(9)))):
        seen = glance(*given, 0, 0, 9 if given[0] is None else COUNT)
        count = len(seen.leaves)
        assert seen.leaves == [leaf_hash(one) for one in lines(count)]
        assert seen.times == [STAMP["at"] + timedelta(minutes=n) for n in range(count)]
        assert seen.streams["activity-aaaaaaaaaaaa"] == (1, 4)


def test_it_may_begin_anywhere(store, written):
    journal = written(lines(COUNT))
    place = len(b"".join(lines(6))) + 6
    seen = glance(store, journal, place, 6, 9)
    assert seen == glance(None, journal, place, 6, 9) == glance(store, None, 0, 6, 9)
    assert seen.streams == {"activity-aaaaaaaaaaaa": (3, 4), "activity-bbbbbbbbbbbb": (2, 2)}


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
        "DROP TABLE stored_events",
    ],
)
def test_it_sees_nothing_where_the_database_is_not_well(store, written, statement):
    change(store, statement)
    assert glance(store, None, 0, 0, COUNT) is None
    assert glance(store, written(lines(COUNT)), 0, 0, COUNT) is None


def test_it_sees_nothing_where_there_is_no_database(tmp_path):
    (tmp_path / "kalends.db").write_bytes(b"gone" * 1000)
    assert glance(Store(tmp_path / "kalends.db"), None, 0, 0, COUNT) is None


def test_it_sees_nothing_where_the_journal_is_not_well(store, written):
    told = lines(COUNT)
    back = replace(story(6)[-1].event, at=STAMP["at"])
    for changed in (
        told[:5] + told[6:],
        [*told[:5], told[5] + b" ", *told[6:]],
        [*told[:5], b"", *told[6:]],
        [*told[:5], compose(rows(6)[-1]._replace(state=codec.encode(back))), *told[6:]],
        [*told[:6], told[6].replace(b'"version":3', b'"version":4'), *told[7:]],
    ):
        for given in ((store, written(changed)), (None, written(changed))):
            assert glance(*given, 0, 0, COUNT) is None
    for given in ((store, written(told, b"")), (None, written(told, b""))):
        assert glance(*given, 0, 0, COUNT) is None
