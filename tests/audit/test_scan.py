"""The auditor's scan: every event, in chunks, by one process or by several."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from audit_examples import lines, root, rows, sample_history
from kalends.audit import scan as scanning
from kalends.audit.scan import scan, sources
from kalends.log.event_log import StoredEvent
from kalends.log.journal_line import compose
from kalends.log.log import Log
from kalends.log.sqlite.store import SQLiteLog
from kalends.log.sqlite.untrusted import UntrustedSQLiteLog
from kalends.log.untrusted_journal import Journal
from log_examples import STAMP

COUNT = 23


@pytest.fixture(params=[1, 4, 8, 32, 1 << 13])
def chunk(request, monkeypatch):
    """Let a chunk be so small, all scanned in this process."""
    monkeypatch.setattr(scanning, "CHUNK", request.param)
    monkeypatch.setattr(scanning, "_FEW", 10**6)
    return request.param


@pytest.fixture
def written(tmp_path):
    """Return a maker of a journal's file out of rows or lines."""

    def write(given, end=b"\n"):
        path = tmp_path / "journal.jsonl"
        made = [compose(item) if isinstance(item, StoredEvent) else item for item in given]
        path.write_bytes(b"\n".join(made) + end)
        return Journal(path)

    return write


@pytest.fixture
def stored(tmp_path):
    """Return a maker of a database out of rows."""

    def store(given):
        log = Log(SQLiteLog(tmp_path / "kalends.db", is_new=True))
        log.load(given)
        log.close()
        return UntrustedSQLiteLog(tmp_path / "kalends.db")

    return store


def both(journal, store):
    return sources(journal, store, store.extent())


def found(scanned):
    return [(problem.position, problem.what) for problem in scanned.problems]


def at(number, minutes):
    """Return the event at a position, recorded at another time."""
    new = sample_history(number)[-1]
    event = replace(new.event, at=STAMP["at"] + timedelta(minutes=minutes))
    return replace_row(number, state=scanning.codec.encode(event))


def replace_row(number, **facts):
    return rows(number)[-1]._replace(**facts)


@pytest.mark.usefixtures("chunk")
def test_the_roots_are_those_of_the_tree_at_every_size(written, stored):
    journal, store = written(rows(COUNT)), stored(rows(COUNT))
    for given in (both(journal, store), sources(journal), both(None, store)):
        scanned = scan(given, [0, 3, 8, 9, 22, 23, 24, -1])
        assert (scanned.size, scanned.problems) == (COUNT, [])
        assert {0, 3, 8, 9, 22, 23} <= set(scanned.roots)
        assert scanned.roots == {n: root(lines(n)) for n in scanned.roots}
        times = {n: STAMP["at"] + timedelta(minutes=n - 1) for n in scanned.roots if n}
        assert scanned.moments == times


def test_an_empty_log_has_the_empty_tree(written, stored):
    for given in (sources(None), both(written([], b""), stored([]))):
        scanned = scan(given, [0, 5])
        assert (scanned.size, scanned.roots, scanned.problems) == (0, {0: root([])}, [])


def test_several_processes_find_the_same(written, stored, monkeypatch):
    monkeypatch.setattr(scanning, "_FEW", 4)
    changed = rows(COUNT)
    changed[8] = changed[8]._replace(state=b"{}")
    given = both(written(changed), stored(rows(COUNT)))
    monkeypatch.setattr(scanning.os, "cpu_count", lambda: 2)
    apart = scan(given, [5, 20])
    monkeypatch.setattr(scanning.os, "cpu_count", lambda: None)
    assert apart == scan(given, [5, 20])
    assert found(apart) == [(9, "differs"), (9, "unreadable")]


@pytest.mark.usefixtures("chunk")
def test_a_gap_in_versions_is_found_wherever_parts_meet(written):
    moved = [replace_row(7, version=row.version + 1) if n == 7 else row for n, row in enumerate(rows(COUNT), 1)]  # fmt: skip
    scanned = scan(sources(written(moved)), [])
    assert [problem.what for problem in scanned.problems] == ["version", "version"]
    first, second = scanned.problems
    assert (first.stream, first.expected, first.found) == ("activity-aaaaaaaaaaaa", "3", "4")
    assert (second.expected, second.found) == ("5", "4")
    assert first.position <= 7
    assert second.position <= 9


@pytest.mark.usefixtures("chunk")
def test_a_stream_that_begins_late_is_found(written):
    given = [row for row in rows(COUNT) if row.position != 3]
    scanned = scan(sources(written(given)), [])
    assert [problem.what for problem in scanned.problems] == ["version"]
    assert (scanned.problems[0].expected, scanned.problems[0].found) == ("1", "2")


@pytest.mark.usefixtures("chunk")
def test_times_that_go_back_are_found_wherever_parts_meet(written):
    given = rows(COUNT)
    given[8] = at(9, 2)
    scanned = scan(sources(written(given)), [])
    assert found(scanned) == [(9, "time")]
    assert scanned.problems[0].found.endswith("01:04:03+00:00")
    assert scanned.problems[0].expected.startswith(">= ")


def test_a_part_without_any_time_hides_none(monkeypatch, written):
    monkeypatch.setattr(scanning, "CHUNK", 4)
    given = rows(COUNT)
    for n in range(4, 8):
        given[n] = given[n]._replace(topic="activity.forgotten")
    given[8] = at(9, 2)
    scanned = scan(sources(written(given)), [])
    assert found(scanned) == [*((n, "unknown-topic") for n in range(5, 9)), (9, "time")]


@pytest.mark.usefixtures("chunk")
def test_what_is_not_an_event_is_named(written):
    given = lines(COUNT)
    given[1] = b"\xff"
    given[4] = given[4] + b" "
    given[6] = compose(replace_row(7, topic="activity.forgotten"))
    given[7] = compose(replace_row(8, state=b'{"at":"soon"}'))
    scanned = scan(sources(written(given)), [])
    assert [problem for problem in found(scanned) if problem[1] not in {"version", "time"}] == [
        (2, "form"),
        (5, "form"),
        (7, "unknown-topic"),
        (8, "unreadable"),
    ]
    assert scanned.roots[COUNT] == root(given)


def test_one_part_tells_at_most_twenty_problems(written, monkeypatch):
    monkeypatch.setattr(scanning, "CHUNK", 32)
    scanned = scan(sources(written([b"{}"] * 64)), [])
    assert len(scanned.problems) == 40


@pytest.mark.usefixtures("chunk")
def test_what_the_database_lacks_or_tells_otherwise_is_found(written, stored):
    store = stored(rows(COUNT))
    db = sqlite3.connect(store.path)
    db.execute("DELETE FROM stored_events WHERE rowid = 4")
    db.execute("UPDATE stored_events SET topic = 'activity.held' WHERE rowid = 6")
    db.execute("UPDATE stored_events SET state = CAST(state AS TEXT) WHERE rowid = 11")
    db.commit()
    db.close()
    scanned = scan(both(written(rows(COUNT)), store), [])
    assert found(scanned) == [(4, "missing"), (6, "differs"), (11, "form")]
    missing, differs, form = scanned.problems
    assert (missing.expected, missing.found) == (lines(4)[-1].decode(), "")
    assert (differs.stream, differs.version) == ("roster", 2)
    assert form.found.startswith("(types text integer text text) ")
    alone = scan(both(None, store), [])
    assert [problem for problem in found(alone) if problem[1] != "version"][:1] == [(4, "missing")]
    assert {(11, "form")} <= set(found(alone))


@pytest.mark.usefixtures("chunk")
def test_of_two_that_reach_differently_far_the_longer_counts(written, stored):
    store = stored(rows(COUNT))
    for count in (COUNT - 6, COUNT):
        scanned = scan(both(written(rows(count)), store), [])
        assert (scanned.size, scanned.problems) == (COUNT, [])
    scanned = scan(both(written(rows(COUNT + 6)), store), [])
    assert (scanned.size, found(scanned)) == (COUNT + 6, [(COUNT + 1, "missing")])
    assert scanned.problems[0].expected == lines(COUNT + 1)[-1].decode()


@pytest.mark.usefixtures("chunk")
def test_a_line_cut_off_by_a_crash_is_forgiven_only_where_the_database_has_it_whole(
    written, stored
):
    store, whole = stored(rows(COUNT)), rows(COUNT)[-1]
    for cut in (compose(whole), compose(whole)[:-7], compose(whole)[:1]):
        journal = written([*rows(COUNT - 1), cut], b"")
        assert scan(both(journal, store), []).problems == []
        assert found(scan(sources(journal), []))[0] == (COUNT, "form")
        longer = written([*rows(COUNT), cut], b"")
        assert (COUNT + 1, "form") in found(scan(both(longer, store), []))
    for other in (b"x", compose(whole)[:-7] + b"x", compose(whole) + b"x"):
        journal = written([*rows(COUNT - 1), other], b"")
        assert (COUNT, "form") in found(scan(both(journal, store), []))


def test_a_row_far_away_is_not_walked_to(chunk, stored):
    store = stored(rows(COUNT))
    db = sqlite3.connect(store.path)
    db.execute(f"UPDATE stored_events SET rowid = {2**62} WHERE rowid = {COUNT}")
    db.commit()
    db.close()
    given = both(None, store)
    assert given.stored == COUNT + chunk
    assert (COUNT, "missing") in found(scan(given, []))
