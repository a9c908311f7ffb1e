"""Store and journal as an auditor reads them."""

import sqlite3
from contextlib import closing

import pytest

from audit_examples import lines, rows
from kalends.domain.errors import CorruptDatabaseError, DiskError, LockedError
from kalends.log import untrusted_journal
from kalends.log.event_log import Range, RawEvent
from kalends.log.log import Log
from kalends.log.sqlite.store import SQLiteLog
from kalends.log.sqlite.untrusted import UntrustedSQLiteLog
from kalends.log.untrusted_journal import Journal

COUNT = 9
LOOSE = "CREATE TABLE stored_events (originator_id, originator_version, topic, state)"


@pytest.fixture
def database(tmp_path):
    log = Log(SQLiteLog(tmp_path / "kalends.db", is_new=True))
    log.load(rows(COUNT))
    log.close()
    return tmp_path / "kalends.db"


@pytest.fixture
def journal(tmp_path):
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in lines(COUNT)))
    return path


def change(path, *statements):
    with closing(sqlite3.connect(path)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def test_a_store_shows_what_it_holds(database):
    store = UntrustedSQLiteLog(database)
    assert (store.extent(), store.strangers()) == (Range(COUNT, COUNT), [])
    expected = [(row.position, RawEvent(line, row)) for row, line in zip(rows(COUNT), lines(COUNT), strict=True)]  # fmt: skip
    assert list(store.raw_events(0, COUNT)) == expected
    assert list(store.raw_events(3, 5)) == expected[3:5]


def test_an_empty_store_reaches_nowhere(tmp_path):
    Log(SQLiteLog(tmp_path / "kalends.db", is_new=True)).close()
    assert UntrustedSQLiteLog(tmp_path / "kalends.db").extent() == Range(0, 0)


def test_what_stands_before_the_first_position_counts(database):
    change(database, "UPDATE stored_events SET rowid = -1 WHERE rowid = 9")
    assert UntrustedSQLiteLog(database).extent() == Range(8, 9)
    change(database, "DELETE FROM stored_events WHERE rowid > 0")
    assert UntrustedSQLiteLog(database).extent() == Range(0, 1)


def test_strangers_are_named(database):
    change(
        database,
        "CREATE TRIGGER later AFTER INSERT ON stored_events BEGIN SELECT 1; END",
        "CREATE TABLE other (one)",
    )
    assert UntrustedSQLiteLog(database).strangers() == ["table other", "trigger later"]


def test_what_should_be_there_and_is_not_is_named_too(tmp_path):
    change(tmp_path / "other.db", LOOSE)
    assert UntrustedSQLiteLog(tmp_path / "other.db").strangers() == [
        "- index sqlite_autoindex_stored_events_1"
    ]


@pytest.mark.parametrize(
    ("values", "line", "flaw"),
    [
        ("'a', 1, 't', '{}'", b"a 1 t {}", "types text integer text text"),
        ("'a', 1, NULL, x'7b7d'", b"a 1 None {}", "types text integer null blob"),
        ("x'61', 1.5, 't', x'7b7d'", b"a 1.5 t {}", "types blob real text blob"),
        ("CAST(x'ff' AS TEXT), 1, 't', x'7b7d'", b"\xff t {}", "not UTF-8"),
        ("'a', 1, CAST(x'ff' AS TEXT), x'7b7d'", b"a \xff {}", "not UTF-8"),
    ],
)
def test_a_row_of_other_types_is_shown_with_its_flaw(tmp_path, values, line, flaw):
    change(tmp_path / "other.db", LOOSE, f"INSERT INTO stored_events VALUES ({values})")
    assert list(UntrustedSQLiteLog(tmp_path / "other.db").raw_events(0, 9)) == [
        (1, RawEvent(line, None, flaw))
    ]


def test_what_is_no_database_is_said(tmp_path):
    path = tmp_path / "kalends.db"
    with pytest.raises(DiskError):
        UntrustedSQLiteLog(path).extent()
    path.write_bytes(b"no database" * 100)
    for ask in (UntrustedSQLiteLog(path).extent, UntrustedSQLiteLog(path).strangers):
        with pytest.raises(CorruptDatabaseError):
            ask()
    ((position, shown),) = UntrustedSQLiteLog(path).raw_events(4, 9)
    assert (position, shown.row) == (5, None)
    assert "not a database" in shown.flaw


def test_a_database_of_something_else_is_said(tmp_path):
    change(tmp_path / "other.db", "CREATE TABLE other (one)")
    with pytest.raises(CorruptDatabaseError, match="no such table"):
        UntrustedSQLiteLog(tmp_path / "other.db").extent()


def test_what_is_damaged_further_on_is_shown_where_it_begins(tmp_path):
    log = Log(SQLiteLog(tmp_path / "kalends.db", is_new=True))
    log.load(rows(200))
    log.close()
    octets = bytearray((tmp_path / "kalends.db").read_bytes())
    assert len(octets) > 10 * 4096
    octets[5 * 4096 :] = bytes(len(octets) - 5 * 4096)
    (tmp_path / "kalends.db").write_bytes(octets)
    *_, (position, shown) = UntrustedSQLiteLog(tmp_path / "kalends.db").raw_events(0, 200)
    assert position < 200
    assert "malformed" in shown.flaw


def test_who_holds_the_database_is_waited_for_and_its_newest_events_never_left_out(
    database, monkeypatch
):
    monkeypatch.setattr("kalends.log.sqlite.untrusted._LOCK_SECONDS", 0)
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("DELETE FROM stored_events WHERE rowid = 9")
        db.commit()
        with pytest.raises(LockedError):
            UntrustedSQLiteLog(database).extent()


def test_a_journal_shows_its_lines(journal):
    read = Journal(journal)
    assert read.extent() == Range(COUNT, COUNT)
    found = [shown for _, shown in read.raw_events(0, 20, 0)]
    assert found == [
        RawEvent(line, row) for line, row in zip(lines(COUNT), rows(COUNT), strict=True)
    ]
    assert list(read.raw_events(0, 2, 0)) == [(1, found[0]), (2, found[1])]


@pytest.mark.parametrize("block", [1, 7, 100, 1 << 20])
@pytest.mark.parametrize("every", [1, 2, 3, 8, 9, 10])
def test_lines_are_found_by_where_they_begin(journal, monkeypatch, every, block):
    monkeypatch.setattr(untrusted_journal, "_BLOCK", block)
    *places, end = Journal(journal).measured(every)[1]
    assert len(places) == COUNT // every + 1
    assert end == journal.stat().st_size
    spans = [*places, end]
    blocks = [Journal(journal).between(*spans[n : n + 2]) for n in range(len(places))]
    assert b"".join(blocks) == journal.read_bytes()
    for n, place in enumerate(places[: (COUNT - 1) // every + 1]):
        position, shown = next(Journal(journal).raw_events(n * every, COUNT, place))
        assert (position, shown.line) == (n * every + 1, lines(COUNT)[n * every])


def test_a_line_that_is_cut_off_or_wrong_is_shown_so(journal):
    journal.write_bytes(journal.read_bytes()[:-1])
    assert Journal(journal).extent() == Range(COUNT, COUNT - 1)
    assert next(raw_event.flaw for _, raw_event in Journal(journal).raw_events(0, 1, 0)) == ""
    *_, (_, last) = Journal(journal).raw_events(0, COUNT, 0)
    assert (last.flaw, last.line) == (untrusted_journal.CUT, lines(COUNT)[-1])
    journal.write_bytes(b'{"stream": 1}\n\n\xff\n{"stream"')
    flaws = [raw_event.flaw for _, raw_event in Journal(journal).raw_events(0, 9, 0)]
    assert flaws == ["not encoded as Kalends encodes a line"] * 3 + [untrusted_journal.CUT]


def test_a_line_that_is_too_long_is_never_held_whole(journal, monkeypatch):
    longest = max(map(len, lines(COUNT))) + 1
    monkeypatch.setattr(untrusted_journal, "LONGEST", longest)
    monkeypatch.setattr(untrusted_journal, "_SHOWN", longest // 2)
    begun = lines(COUNT)[2]
    for size in (longest, longest + 1, 5 * longest, 5 * longest - 1):
        filled = begun + bytes(size - len(begun))
        journal.write_bytes(b"\n".join([*lines(2), filled, *lines(COUNT)[3:], b""]))
        shown = [shown for _, shown in Journal(journal).raw_events(0, COUNT, 0)]
        assert [each.line for each in shown[:2] + shown[3:]] == lines(2) + lines(COUNT)[3:]
        assert shown[2].line == filled[: longest // 2] + b"\n"
        assert (shown[2].row, bool(shown[2].flaw)) == (None, True)


def test_a_journal_that_cannot_be_read_is_said(tmp_path):
    gone = Journal(tmp_path / "gone")
    for ask in (gone.extent, lambda: gone.measured(1), lambda: list(gone.raw_events(0, 1, 0))):
        with pytest.raises(DiskError):
            ask()
    with pytest.raises(DiskError):
        gone.between(0, 1)


def test_a_name_in_the_file_that_is_no_text_is_damage(tmp_path):
    path = tmp_path / "x.db"
    change(path, LOOSE, "CREATE TABLE aaaaaaaa (b)")
    octets = path.read_bytes().replace(b"TABLE aaaaaaaa (b)", b"TABXE \xf0aaaaaaa (b)")
    path.write_bytes(octets.replace(b"aaaaaaaaaaaaaaaa", b"\xf0aaaaaaa\xf0aaaaaaa"))

    for look in (UntrustedSQLiteLog(path).extent, UntrustedSQLiteLog(path).strangers):
        with pytest.raises(CorruptDatabaseError):
            look()
    assert [
        raw_event.flaw != "" for _, raw_event in UntrustedSQLiteLog(path).raw_events(0, 9)
    ] == [True]


def test_nothing_is_read_behind_a_line_that_is_too_long(journal, monkeypatch):
    monkeypatch.setattr(untrusted_journal, "LONGEST", 3 << 20)
    with journal.open("ab") as file:
        end = file.tell()
        file.truncate(1 << 40)  # a hole: reading it would take hours

    extent, places = Journal(journal).measured(4)
    shown = list(Journal(journal).raw_events(0, extent.last, 0))

    assert extent == Range(COUNT + 1, COUNT)
    assert end < places[-1] < end + (5 << 20)
    assert [position for position, raw_event in shown if raw_event.flaw] == [COUNT + 1]
