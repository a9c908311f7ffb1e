"""Many subscribers ask for feeds while others record: no error, nothing lost, nobody waits long."""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import pytest

from kalends.log.log import Log
from kalends.log.sqlite.store import SQLiteLog
from web.serving import run

__all__ = ["run"]
# As the design says it: 200 subscribers, 20 processes that record. The short form has fewer.
SUBSCRIBERS = int(os.environ.get("KALENDS_SUBSCRIBERS", "40"))
RECORDERS = int(os.environ.get("KALENDS_RECORDERS", "4"))
EACH = int(os.environ.get("KALENDS_EACH", "3"))
_RECORD = """
import sys
from pathlib import Path
from kalends import bootstrap
from kalends.application.recording import recording
from kalends.application.workspaces.workspace import Workspace
from kalends.words import words
for n in range(int(sys.argv[4])):
    with Workspace(Path(sys.argv[1]), machine=bootstrap.machine(), settings=Path(sys.argv[2])) as workspace:
        found = recording.read_activity(workspace, f"明天 团市委 记录{sys.argv[3]}次{n}", recording.Given())
        recording.record(workspace, words("en"), found)
    print(f"记录{sys.argv[3]}次{n}", flush=True)
"""


class Subscriber:
    """Somebody who asks for a feed again and again, with what was given last time."""

    def __init__(self, port, name):
        self.port, self.name = port, name
        self.seconds, self.codes, self.tag, self.body = [], [], None, b""

    def poll_until(self, done):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        while not done.is_set():
            headers = {} if self.tag is None else {"if-none-match": self.tag}
            begun = time.perf_counter()
            connection.request("GET", f"/feeds/{self.name}.ics", headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            self.seconds.append(time.perf_counter() - begun)
            self.codes.append(answer.status)
            if answer.status == 200:
                self.tag, self.body = answer.headers["etag"], body
            done.wait(0.2)
        connection.close()
        return self


@pytest.mark.campaign
def test_many_ask_while_many_record(campaign, run, capsys):
    server = run("--rate", "0", "--workers", "2")
    names = ("all", "tsw", "ls", "jyj", "tag-推进会")
    port, done, begun = server.said["port"], threading.Event(), time.monotonic()
    with ThreadPoolExecutor(SUBSCRIBERS) as pool:
        people = [Subscriber(port, quoted(names[n % len(names)])) for n in range(SUBSCRIBERS)]
        asking = [pool.submit(each.poll_until, done) for each in people]
        recording = [
            subprocess.Popen(
                [sys.executable, "-c", _RECORD, campaign.folder, campaign.settings, str(n), str(EACH)],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )
            for n in range(RECORDERS)
        ]  # fmt: skip
        said = [process.communicate(timeout=900) for process in recording]
        end = time.monotonic() + 120
        # Recording may be done before anybody has asked twice.
        while min(len(each.codes) for each in people) < 3 and time.monotonic() < end:
            time.sleep(0.05)
        done.set()
        subscribers = [each.result() for each in asking]
    assert [process.returncode for process in recording] == [0] * RECORDERS, said
    recorded = [line for out, _ in said for line in out.decode().split()]
    assert len(recorded) == RECORDERS * EACH
    codes = [code for each in subscribers for code in each.codes]
    assert set(codes) <= {200, 304}
    log = Log(SQLiteLog(campaign.folder / "events" / "kalends.db"))
    titles = [getattr(entry.event, "details", None) for entry in log.entries()]
    log.close()
    assert sorted(each.title for each in titles if each and each.title in set(recorded)) == sorted(
        recorded
    )
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/feeds/all.ics")
    feed = connection.getresponse().read().replace(b"\r\n ", b"").decode()
    connection.close()
    assert all(title in feed for title in recorded)
    # The first answers wait until each process has read the log.
    first = max(each.seconds[0] for each in subscribers)
    seconds = sorted(second for each in subscribers for second in each.seconds[1:])
    with capsys.disabled():
        print(  # noqa: T201 - the figures are what it is for
            f"\n{SUBSCRIBERS} subscribers, {RECORDERS} recorders: {len(seconds)} answers and {len(recorded)} appends in "
            f"{time.monotonic() - begun:.0f} s; median {1000 * seconds[len(seconds) // 2]:.0f} ms, "
            f"99th percentile {1000 * seconds[len(seconds) * 99 // 100]:.0f} ms, longest {1000 * seconds[-1]:.0f} ms; "
            f"the first ones within {1000 * first:.0f} ms"
        )


def quoted(name):
    return name if name.isascii() else "tag-%E6%8E%A8%E8%BF%9B%E4%BC%9A"
