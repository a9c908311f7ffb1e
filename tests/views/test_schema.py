"""The views' file."""

import sqlite3

import pytest

from kalends.domain.errors import DiskError, LockedError
from kalends.views import catch_up, schema


def file_of(db):
    return db.execute("PRAGMA database_list").fetchone()[2]


def test_the_views_are_kept_in_a_file_that_is_made_with_its_folder(tmp_path, ledger):
    path = tmp_path / ".kalends" / "views.db"
    db = schema.connect(path)
    catch_up.catch_up(db, ledger.entries, head_mark=lambda _: b"m")
    db.close()
    again = schema.connect(path)
    assert catch_up.position(again) == 2
    again.close()


def test_without_a_path_they_are_in_memory(until_end):
    assert file_of(until_end(schema.connect(None))) == ""


@pytest.mark.parametrize("where", ["file/views.db", "folder"])
def test_where_no_file_can_be_made_they_are_in_memory(tmp_path, where, until_end):
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "folder").mkdir()
    assert file_of(until_end(schema.connect(tmp_path / where))) == ""


def test_where_the_file_may_only_be_read_they_are_in_memory(tmp_path, monkeypatch, until_end):
    path = tmp_path / "views.db"
    schema.connect(path).close()
    monkeypatch.setattr("os.access", lambda *_: False)
    assert file_of(until_end(schema.connect(path))) == ""


def test_a_file_of_another_schema_is_made_anew(tmp_path, ledger):
    path = tmp_path / "views.db"
    db = schema.connect(path)
    catch_up.catch_up(db, ledger.entries, head_mark=lambda _: b"m")
    db.execute("PRAGMA user_version = 999")
    db.close()
    again = schema.connect(path)
    assert catch_up.position(again) == 0
    assert file_of(again) == str(path)
    again.close()


def test_a_damaged_file_is_made_anew(tmp_path):
    path = tmp_path / "views.db"
    path.write_bytes(b"no database at all" * 1000)
    db = schema.connect(path)
    assert catch_up.position(db) == 0
    assert file_of(db) == str(path)
    db.close()


def test_a_reader_that_comes_second_finds_the_tables_made(tmp_path, monkeypatch):
    path = tmp_path / "views.db"
    schema.connect(path).close()
    asked, answers = schema._schema, [0]
    monkeypatch.setattr(schema, "_schema", lambda db: answers.pop() if answers else asked(db))
    db = schema.connect(path)
    assert catch_up.position(db) == 0
    db.close()


def test_reset_empties_all_views(ledger):
    ledger.record("aaaa11112222")
    db = ledger.views()
    schema.reset(db)
    assert catch_up.position(db) == 0
    assert catch_up.reached(db)[1] is None
    catch_up.catch_up(db, ledger.entries, head_mark=lambda _: b"m")
    assert catch_up.position(db) == 3


def test_a_writer_who_waits_too_long_is_told_so(tmp_path):
    path = tmp_path / "views.db"
    schema.connect(path).close()
    first, other = schema.connect(path), schema.connect(path)
    other.execute("PRAGMA busy_timeout = 10")
    first.execute("BEGIN IMMEDIATE")
    with pytest.raises(LockedError), schema.transaction(other):
        pass
    first.close()
    other.close()


def test_what_the_disk_complains_of_has_a_cure(until_end):
    db = until_end(schema.connect(None))
    full = sqlite3.OperationalError("database or disk is full")
    with pytest.raises(DiskError), schema.transaction(db):
        raise full
    assert not db.in_transaction


def test_a_copy_in_memory_goes_on_where_the_file_cannot(tmp_path, ledger, until_end):
    path = tmp_path / "views.db"
    db = schema.connect(path)
    catch_up.catch_up(db, ledger.entries, head_mark=lambda _: b"m")
    ledger.record("aaaa11112222")

    copy = until_end(schema.copied(db))

    assert file_of(copy) == ""
    assert catch_up.catch_up(copy, ledger.entries[2:], head_mark=lambda _: b"m") == 3
    assert catch_up.position(until_end(schema.connect(path))) == 2


def test_on_a_full_disk_new_views_are_in_memory(tmp_path, monkeypatch, until_end):
    real, error = schema._create, sqlite3.OperationalError("database or disk is full")

    def full(db):
        if file_of(db):
            raise error
        real(db)

    monkeypatch.setattr(schema, "_create", full)
    assert file_of(until_end(schema.connect(tmp_path / "views.db"))) == ""
