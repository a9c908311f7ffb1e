"""Whatever is opened is closed: a program that runs for days has as many files open as at first."""

import os
import resource
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest

from kalends import bootstrap
from kalends.application.publish import publish_log
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import KalendsError

ROUNDS = int(os.environ.get("KALENDS_ROUNDS", "300"))
FEW = 64


pytestmark = pytest.mark.usefixtures("workspace")


@pytest.fixture
def few():
    """Let this process open a few files only; return how many it has open."""
    folder = Path("/proc/self/fd" if sys.platform == "linux" else "/dev/fd")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    used = max(int(handle.name) for handle in folder.iterdir())
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + FEW, before[1]))
    yield lambda: len(list(folder.iterdir()))
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def workspace(settings):
    return Workspace(Path.cwd(), machine=bootstrap.machine(), settings=settings)


def everything(settings):
    """Open all that a workspace has, look at it and publish it."""
    with workspace(settings) as opened:
        opened.service.campaign()
        components = opened.components()
        try:
            feeds = opened.folder.feeds
            publish_log(opened.log, opened.journal_sync, lambda: opened.views, components, feeds)
        finally:
            components.close()


@pytest.mark.campaign
def test_opening_and_closing_a_workspace_leaves_no_file_open(tmp_path, few):
    everything(tmp_path)
    before = few()
    for _ in range(ROUNDS):
        everything(tmp_path)
    assert few() == before


def read_all(opened):
    list(opened.log.entries())
    opened.views.execute("SELECT 1")
    opened.journal_sync.write(opened.log)


def damage_database(folder):
    (folder / "events" / "kalends.db").write_bytes(b"no database at all" * 1000)


def cut_database(folder):
    path = folder / "events" / "kalends.db"
    path.write_bytes(path.read_bytes()[:5000])


def drop_table(folder):
    db = sqlite3.connect(folder / "events" / "kalends.db")
    db.execute("DROP TABLE stored_events")
    db.close()


def damage_journal(folder):
    (folder / "events" / "journal.jsonl").write_bytes(b"{}\n")


def restore_damaged(folder):
    damage_journal(folder)
    for path in (folder / "events").glob("kalends.db*"):
        path.unlink()


def spoil_event(folder):
    db = sqlite3.connect(folder / "events" / "kalends.db", isolation_level=None)
    db.execute("UPDATE stored_events SET state = x'7b7d' WHERE rowid = 2")
    db.close()


def remove_database(folder):
    shutil.rmtree(folder / "events")


@pytest.mark.parametrize(
    "damage",
    [damage_database, cut_database, drop_table, damage_journal, restore_damaged, spoil_event,
     remove_database],
)  # fmt: skip
def test_what_cannot_be_opened_leaves_no_file_open(tmp_path, few, damage):
    everything(tmp_path)
    damage(Path.cwd())
    before = few()
    for _ in range(FEW + 20):
        with workspace(tmp_path) as opened, pytest.raises(KalendsError):
            read_all(opened)
    assert few() == before


def test_what_was_closed_can_be_opened_again(tmp_path):
    opened = workspace(tmp_path)
    for _ in range(3):
        assert opened.log.position() == 4
        assert opened.views.execute("SELECT position FROM standing").fetchone() == (4,)
        opened.close()
    opened.close()
