"""Killed at any moment, the log loses nothing that was acknowledged.

`KALENDS_KILLS=200 python -m pytest tests/test_kills.py` is the long campaign; here it is short.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kalends.log.journal_sync import JournalSync
from kalends.log.sqlite.store import SQLiteBackend

pytestmark = pytest.mark.campaign

KILLS = int(os.environ.get("KALENDS_KILLS", "6"))
# Appends for ever, a turn each, and says each number once it is kept.
WRITER = """
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from kalends.log.sqlite.store import SQLiteLog
from kalends.log.event_log import NewEvent
from kalends.log.log import Log
from log_examples import EXAMPLES
log = Log(SQLiteLog(Path(sys.argv[1])))
held = EXAMPLES["activity.held"]
while True:
    with log.turn() as append:
        last = log.last_at() or held.at
        number = log.position() + 1
        position = append([NewEvent(f"activity-{number}", 1, replace(held, at=last)) , NewEvent(f"activity-{number}b", 1, replace(held, at=last))])
    print(position, flush=True)
"""


@pytest.fixture
def journal_sync(tmp_path):
    kept = JournalSync(
        backend=SQLiteBackend(tmp_path / "events" / "kalends.db"),
        journal=tmp_path / "events" / "journal.jsonl",
        note=tmp_path / ".kalends" / "journal.json",
    )
    kept.create().close()
    return kept


def killed(database: Path, seconds: float) -> int:
    """Start a writer, kill it after so many seconds, and return what it last acknowledged."""
    command = [sys.executable, "-c", WRITER, str(database), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        first = writer.stdout.readline()
        time.sleep(seconds)
        writer.kill()
        said = [first, *writer.stdout]
    whole = [line for line in said if line.endswith("\n")]
    return int(whole[-1])


def test_nothing_acknowledged_is_lost_and_nothing_is_half_written(journal_sync):
    delays = random.Random(7)
    for _ in range(KILLS):
        acknowledged = killed(journal_sync.backend.path, delays.uniform(0, 0.05))

        log = journal_sync.open(lambda _: None)
        entries = list(log.entries())
        assert len(entries) >= acknowledged
        assert len(entries) % 2 == 0  # each act whole or not at all
        assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
        journal_sync.write(log)
        assert journal_sync.journal.read_bytes().count(b"\n") == len(entries)
        log.close()
