"""The journal: out and in, byte for byte, and held together with the database."""

import errno
import json
import os
import sqlite3
from contextlib import closing

import pytest

from kalends.domain.errors import (
    DiskError,
    DivergedError,
    EmptyJournalError,
    JournalError,
    LockedError,
    UnknownTopicError,
)
from kalends.log import journal
from kalends.log.event_log import NewEvent
from kalends.log.journal_sync import JournalSync
from kalends.log.lock import held
from kalends.log.log import Log
from kalends.log.sqlite.store import SQLiteBackend, SQLiteLog
from kalends.log.sqlite.store import _lock_of as lock_of
from log_examples import EXAMPLES

HELD = EXAMPLES["activity.held"]


@pytest.fixture(autouse=True)
def _every_log_is_closed_at_the_end(monkeypatch):
    """Close the logs that tests open here; in a process they are open until it ends."""
    opened, init = [], SQLiteLog.__init__

    def watched(log, *arguments, **how):
        init(log, *arguments, **how)
        opened.append(log)

    monkeypatch.setattr(SQLiteLog, "__init__", watched)
    yield
    for log in opened:
        log.close()


@pytest.fixture
def journal_sync(tmp_path):
    kept = JournalSync(
        backend=SQLiteBackend(tmp_path / "events" / "kalends.db"),
        journal=tmp_path / "events" / "journal.jsonl",
        note=tmp_path / ".kalends" / "journal.json",
    )
    kept.create().close()
    return kept


def never(count):
    pytest.fail(f"{count} events were restored")


def append(journal_sync, *names):
    log = Log(SQLiteLog(journal_sync.backend.path))
    with log.turn() as put:
        for name in names:
            put([NewEvent(name, len(log.stream(name)) + 1, HELD)])
    return log


def forget(journal_sync):
    for path in journal_sync.backend.path.parent.glob("kalends.db*"):
        path.unlink()


@pytest.fixture
def published(journal_sync):
    log = append(journal_sync, "activity-a", "activity-b", "activity-a")
    assert journal_sync.write(log)
    log.close()
    return journal_sync


def test_a_line_is_composed_around_the_state_s_own_bytes(published):
    first = published.journal.read_bytes().split(b"\n")[0]

    assert first == (
        b'{"stream":"activity-a","version":1,"topic":"activity.held","state":'
        b'{"act":"0a1b2c3d4e5f","at":"2020-07-15T01:02:03Z","by":"li","via":"cli"}}'
    )


def test_a_log_restored_from_its_journal_gives_the_same_journal(published):
    before = published.journal.read_bytes()
    forget(published)
    restored = []

    log = published.open(restored.append)

    assert restored == [3]
    published.note.unlink()
    assert not published.write(log)
    assert published.journal.read_bytes() == before
    assert not list(published.backend.path.parent.glob("*.part*"))


def test_what_only_the_database_holds_is_added_to_the_journal(published):
    before = published.journal.read_bytes()
    log = append(published, "activity-c")

    assert published.write(log)

    after = published.journal.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == 4
    assert not published.write(log)


def test_what_only_the_journal_holds_is_added_to_the_database(published, tmp_path):
    older = tmp_path / "older.db"
    log = append(published, "activity-c")
    published.write(log)
    log.close()
    whole = published.journal.read_bytes()
    published.journal.write_bytes(b"".join(whole.splitlines(keepends=True)[:2]))
    forget(published)
    published.open(lambda _: None).close()
    published.backend.path.replace(older)
    published.journal.write_bytes(whole)
    older.replace(published.backend.path)
    restored = []

    log = published.open(restored.append)

    assert restored == [4]
    assert log.position() == 4


def test_two_stories_are_never_merged(published):
    lines = published.journal.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b"activity-b", b"activity-x")
    published.journal.write_bytes(b"".join(lines))
    before = published.journal.read_bytes(), published.backend.path.read_bytes()

    with pytest.raises(DivergedError) as caught:
        published.open(never)

    assert caught.value.fields == {"name": "events/kalends.db", "position": 2}
    assert (published.journal.read_bytes(), published.backend.path.read_bytes()) == before


def test_the_journal_is_never_shortened(published):
    log = append(published, "activity-c")
    published.write(log)
    longer = published.journal.read_bytes()
    log.close()
    forget(published)
    published.journal.write_bytes(b"".join(longer.splitlines(keepends=True)[:2]))
    log = published.open(lambda _: None)
    published.journal.write_bytes(longer)

    published.write(log)

    assert published.journal.read_bytes() == longer


def test_a_line_that_a_crash_cut_off_is_written_again(published):
    log = append(published, "activity-c")
    published.write(log)
    whole = published.journal.read_bytes()
    published.journal.write_bytes(whole[:-20])

    assert published.write(log)

    assert published.journal.read_bytes() == whole


@pytest.mark.parametrize("lie", [{"lines": 0}, {"lines": 1}, {"lines": 2}, {"lines": True}])
def test_a_note_that_is_not_true_never_writes_a_line_twice(published, lie):
    note = json.loads(published.note.read_text())
    published.note.write_text(json.dumps(note | lie))
    before = published.journal.read_bytes()

    published.open(never).close()
    assert published.journal.read_bytes() == before

    published.note.write_text(json.dumps(note | lie))
    log = append(published, "activity-c")
    assert published.write(log)
    after = published.journal.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == 4


def test_a_note_without_an_end_is_none(published):
    with published.note.open("wb") as file:
        file.truncate(1 << 34)  # a hole: nothing is on the disk
    before = published.journal.read_bytes()

    published.open(never).close()

    assert published.journal.read_bytes() == before
    assert published.note.stat().st_size < 1 << 12


def test_a_note_of_a_journal_that_is_longer_than_it_says_is_not_believed(published):
    lines = published.journal.read_bytes().splitlines(keepends=True)
    published.journal.write_bytes(b"".join(lines[:2]))
    seen = published.journal.stat()
    lie = {"lines": 3, "size": seen.st_size, "mtime": seen.st_mtime_ns, "whole": True}
    published.note.write_text(json.dumps(lie))

    log = append(published, "activity-c")
    published.write(log)

    assert published.journal.read_bytes().splitlines(keepends=True)[:3] == lines
    assert published.journal.read_bytes().count(b"\n") == 4


def mangled(lines):
    """Give each way in which a journal can be broken: its name, its bytes, the line named."""
    first, second, third = lines
    state = json.loads(first)
    spaced = json.dumps(state).encode() + b"\n"
    later = first.replace(b"2020-07-15", b"2020-07-16")
    return [
        ("a space", [spaced, second, third], 1),
        ("a blank line", [first, b"\n", second, third], 2),
        ("swapped lines", [third, second, first], 1),
        ("a line twice", [first, first, second, third], 2),
        ("a line dropped", [second, third], 2),
        ("no last newline", [first, second, third[:-1]], 3),
        ("a byte order mark", [b"\xef\xbb\xbf" + first, second, third], 1),
        ("CRLF", [line.replace(b"\n", b"\r\n") for line in lines], 1),
        ("time turned back", [later, second, third], 2),
        ("not JSON", [first, b"<<<<<<< HEAD\n", second], 2),
        ("broken UTF-8", [first.replace(b"li", b"\xff\xfe"), second, third], 1),
        ("an empty object", [b"{}\n"], 1),
    ]


@pytest.mark.parametrize("n", range(12))
def test_a_broken_line_is_named_and_nothing_is_restored(published, n):
    name, lines, line = mangled(published.journal.read_bytes().splitlines(keepends=True))[n]
    published.journal.write_bytes(b"".join(lines))
    forget(published)

    with pytest.raises((JournalError, UnknownTopicError)) as caught:
        published.open(never)

    assert caught.value.fields["line"] == line, name
    assert not published.backend.path.exists()
    assert not list(published.backend.path.parent.glob("*.part*"))


def test_a_line_that_is_too_long_is_not_read_whole(published, monkeypatch):
    monkeypatch.setattr(journal, "LONGEST", 40)
    forget(published)

    with pytest.raises(JournalError) as caught:
        published.open(never)

    assert caught.value.fields["line"] == 1


@pytest.mark.parametrize("bit", range(8))
def test_every_flipped_bit_of_a_journal_is_noticed(published, bit):
    whole = published.journal.read_bytes()
    for place in range(0, len(whole), 7):
        broken = bytearray(whole)
        broken[place] ^= 1 << bit
        published.journal.write_bytes(bytes(broken))
        with pytest.raises((JournalError, UnknownTopicError, DivergedError)):
            published.open(never).close()


def test_what_is_known_to_agree_is_not_compared_again(published, monkeypatch):
    monkeypatch.setattr(journal, "agreed", lambda *_: pytest.fail("compared again"))

    published.open(never).close()


def test_a_write_ahead_log_that_was_left_behind_is_not_replayed(published, tmp_path):
    with closing(sqlite3.connect(published.backend.path)) as db:
        db.execute("PRAGMA journal_mode = WAL")  # as Kalends 0.1.0 did
        db.execute("UPDATE stored_events SET state = x'00'")
        db.commit()
        wal = published.backend.path.with_name("kalends.db-wal")
        content = wal.read_bytes()
    wal.write_bytes(content)
    assert content
    published.backend.path.replace(tmp_path / "old.db")

    log = published.open(lambda _: None)

    assert log.position() == 3
    log.close()
    assert published.backend.path.with_name("kalends.db-wal.old").read_bytes() == content


def test_a_rollback_journal_that_was_left_behind_undoes_nothing(published, tmp_path):
    with closing(sqlite3.connect(published.backend.path, isolation_level=None)) as db:
        db.execute("BEGIN")
        db.execute("PRAGMA cache_size = 1")
        for n in range(200):
            db.execute("INSERT INTO stored_events VALUES (?, 1, '', ?)", (str(n), bytes(900)))
        undone = published.backend.path.with_name("kalends.db-journal").read_bytes()
        db.execute("ROLLBACK")
    published.backend.path.replace(tmp_path / "old.db")
    published.backend.path.with_name("kalends.db-journal").write_bytes(undone)

    with closing(published.open(lambda _: None)) as log:
        assert len(list(log.entries())) == 3


def test_what_restorings_that_were_killed_left_is_removed(published):
    folder = published.backend.path.parent
    forget(published)
    left = [
        folder / f"kalends.db{ending}"
        for ending in (".part", ".part-journal", ".4711.part", ".4711.part-wal")
    ]
    for path in left:
        path.write_bytes(b"x" * 9000)

    published.open(lambda _: None).close()

    assert not any(path.exists() for path in left)


def test_where_nothing_can_be_restored_the_journal_is_read_in_memory(published, monkeypatch):
    forget(published)
    before = sorted(published.backend.path.parent.iterdir())
    real = held

    def full(path, seconds):
        if path == lock_of(published.backend.path):
            raise OSError(28, "No space left on device")
        return real(path, seconds)

    monkeypatch.setattr("kalends.log.sqlite.store.held", full)
    with closing(published.open(never)) as log:
        assert len(list(log.entries())) == 3
        assert log.beginning("activity-")
        with pytest.raises(DiskError), log.turn() as append:
            append([NewEvent("activity-z", 1, HELD)])
        assert published.agreed_lines(log) == 3
    assert sorted(published.backend.path.parent.iterdir()) == before


def test_what_only_the_journal_holds_is_read_where_the_database_takes_nothing(
    published, monkeypatch
):
    whole = published.journal.read_bytes()
    forget(published)
    published.journal.write_bytes(b"".join(whole.splitlines(keepends=True)[:2]))
    published.open(lambda _: None).close()
    published.journal.write_bytes(whole)
    monkeypatch.setattr(
        "kalends.log.sqlite.store.held", lambda *_: (_ for _ in ()).throw(OSError(30, "read-only"))
    )

    with closing(published.open(never)) as log:
        assert log.position() == 3
    monkeypatch.undo()
    with closing(Log(SQLiteLog(published.backend.path))) as log:
        assert log.position() == 2


def test_an_empty_one_left_behind_is_removed(published, tmp_path):
    published.backend.path.with_name("kalends.db-wal").write_bytes(b"")
    published.backend.path.replace(tmp_path / "old.db")

    published.open(lambda _: None).close()

    assert not published.backend.path.with_name("kalends.db-wal.old").exists()


@pytest.mark.parametrize("octets", [b"", None])
def test_there_is_nothing_to_restore_from_an_empty_journal(published, octets):
    forget(published)
    published.journal.unlink()
    if octets is not None:
        published.journal.write_bytes(octets)

    with pytest.raises(EmptyJournalError):
        published.open(never)

    assert not published.backend.path.exists()


def test_a_database_that_another_process_restored_meanwhile_is_kept(published, monkeypatch):
    kept = published.backend.path.read_bytes()
    forget_all_but_the_lock(published)
    real = held

    def meanwhile(path, seconds):
        published.backend.path.write_bytes(kept)
        return real(path, seconds)

    monkeypatch.setattr("kalends.log.sqlite.store.held", meanwhile)
    published.open(lambda _: None).close()

    assert published.backend.path.read_bytes() == kept


def test_whoever_restores_waits_for_the_writer_s_turn(published, monkeypatch):
    monkeypatch.setattr("kalends.log.sqlite.store._RESTORING_SECONDS", 0)
    with held(lock_of(published.backend.path), 1):
        forget_all_but_the_lock(published)
        with pytest.raises(LockedError):
            published.open(never)
    assert published.open(lambda _: None).position() == 3


def test_a_restored_log_that_is_not_the_journal_is_refused(published, monkeypatch):
    forget(published)
    monkeypatch.setattr(journal, "agreed", lambda *_: journal.Shared(2, 0))

    with pytest.raises(DivergedError) as caught:
        published.open(never)

    assert caught.value.fields == {"name": "events/kalends.db", "position": 3}


def forget_all_but_the_lock(journal_sync):
    for path in journal_sync.backend.path.parent.glob("kalends.db*"):
        if path.suffix != ".lock":
            path.unlink()


def test_after_an_append_the_file_stands_alone(published, tmp_path):
    with closing(append(published, "activity-c")):
        copy = tmp_path / "copy.db"
        copy.write_bytes(published.backend.path.read_bytes())
    with closing(Log(SQLiteLog(copy))) as log:
        assert log.position() == 4


def test_a_cut_off_line_is_put_right_however_much_of_it_stands(published):
    log = append(published, "activity-c")
    whole = published.journal.read_bytes()
    published.write(log)
    after = published.journal.read_bytes()

    for length in range(len(whole) + 1, len(after)):
        published.note.unlink()
        published.journal.write_bytes(after[:length])
        published.open(never).close()  # as any command does

        assert published.journal.read_bytes() == after, length


def test_a_cut_off_line_that_cannot_be_put_right_now_is_not_remembered_as_compared(published):
    log = append(published, "activity-c")
    with published.journal.open("ab") as file:
        file.write(b'{"stream":"activity-c","ver')

    with log.turn():  # somebody is writing
        published.open(never).close()

    assert published.agreed_lines(log) is None
    published.open(never).close()
    assert published.agreed_lines(log) == 4


def test_an_event_that_a_crash_kept_from_the_journal_is_written_by_the_next_command(published):
    log = append(published, "activity-c")

    published.open(never).close()

    assert published.agreed_lines(log) == log.position() == 4
    assert published.journal.read_bytes().count(b"\n") == 4


def test_a_journal_that_somebody_made_shorter_is_left_alone_until_the_next_append(published):
    log = append(published, "activity-c")
    with log.turn():
        published.write(log)
    older = b"".join(published.journal.read_bytes().splitlines(keepends=True)[:2])
    published.journal.write_bytes(older)

    for _ in range(2):
        published.open(never).close()
        assert published.journal.read_bytes() == older

    with log.turn():
        assert published.write(log)
    assert published.journal.read_bytes().count(b"\n") == 4


def test_a_journal_that_cannot_be_written_keeps_its_whole_lines(published, monkeypatch):
    log = append(published, "activity-c")
    before = published.journal.read_bytes()

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskError), log.turn():
            published.write(log)
        published.open(never).close()  # cannot mend it either, and reads all the same

    assert published.journal.read_bytes() == before
    published.open(never).close()
    assert published.journal.read_bytes().count(b"\n") == 4


def test_what_is_remembered_after_a_restoration_is_what_the_journal_holds(published, monkeypatch):
    forget(published)
    published.note.unlink()
    restore = journal.restore

    def overtaken(text, backend, *_):
        restore(text, backend).close()
        return append(published, "activity-c")  # by another process, at once

    monkeypatch.setattr(journal, "restore", overtaken)
    restored = []
    log = published.open(restored.append)

    assert (restored, published.agreed_lines(log)) == ([3], 3)
    assert published.write(log)
    assert published.journal.read_bytes().count(b"\n") == 4


def test_a_journal_that_goes_on_is_not_remembered_as_compared(published):
    log = append(published, "activity-c")
    published.write(log)
    log.close()
    whole = published.journal.read_bytes()
    forget(published)
    published.journal.write_bytes(b"".join(whole.splitlines(keepends=True)[:2]))
    log = published.open(lambda _: None)
    published.journal.write_bytes(whole)  # as git does, while the log is open

    assert not published.write(log)
    log.close()
    restored = []
    published.open(restored.append).close()

    assert restored == [4]


@pytest.mark.parametrize("text", ["", "[]", "3", '{"lines": "3"}', '{"lines": -1}'])
def test_a_note_that_is_none_is_passed_over(published, text):
    published.note.write_text(text, "ascii")

    log = published.open(never)

    assert published.agreed_lines(log) == 3


def test_an_append_of_many_lines_that_was_cut_between_two_is_gone_on_with(published):
    log = append(published, "activity-c")
    append(published, "activity-d").close()
    first = journal.compose(next(log.rows(after=3))) + b"\n"
    with published.journal.open("ab") as file:
        file.write(first)

    published.open(never).close()

    assert published.agreed_lines(log) == log.position() == 5
    assert published.journal.read_bytes().count(b"\n") == 5
