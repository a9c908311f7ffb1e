"""What is said of a workspace's health, to those who may write in it and to those who may not."""

import os
import shutil
from pathlib import Path

import pytest

from docs.transcript import Reader
from kalends.cli.environment import settings_folder


@pytest.fixture
def reader(monkeypatch, tmp_path):
    """Return somebody in a workspace whose newest event is not published."""
    monkeypatch.chdir(tmp_path)
    reader = Reader(monkeypatch)
    for command in (
        "init w --title T --lang en",
        "-C w dept add 团市委 --code tsw",
        "-C w publish",
        "-C w add 2020-07-14 tsw 会",
    ):
        assert reader.types(f"kalends {command}")[0] == 0
    monkeypatch.chdir(tmp_path / "w")
    return reader


def test_whoever_may_write_is_told_to_publish(reader):
    code, said = reader.types("kalends doctor")

    assert code == 6
    assert "→ Run `kalends publish`." in said
    assert "→ Publish what is new: `kalends publish`." in reader.types("kalends")[1]


def test_whoever_may_only_read_is_not_told_to_publish(reader, monkeypatch):
    allowed = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: allowed(path, mode) and Path(path).name != "feeds"
    )

    code, said = reader.types("kalends doctor")

    assert code == 6
    assert "The feeds stand at position 2, the log at 3." in said
    assert "Anyone who may write in this workspace can publish." in said
    assert "`kalends publish`" not in said
    alone = reader.types("kalends")[1]
    assert "The feeds stand at position 2; publish where you may write." in alone
    assert "`kalends publish`" not in alone


def test_whoever_has_no_key_is_told_how_to_get_one(reader):
    shutil.rmtree(settings_folder() / "keys")
    assert reader.types("kalends add 2020-07-15 tsw 会")[0] == 0

    code, said = reader.types("kalends doctor")
    assert code == 7
    assert (
        "→ Copy it to this machine, or make another key: `kalends audit checkpoint --new-key`."
        in said
    )
    assert reader.types("kalends audit checkpoint --new-key")[0] == 0
    assert "× the log is signed" not in reader.types("kalends doctor")[1]
