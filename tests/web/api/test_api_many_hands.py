"""Many clients and command lines at once, servers killed and workers stopped: nothing is lost."""

import json
import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Lock

import pytest

from kalends import bootstrap
from kalends.application.tokens import Tokens
from kalends.config import move_store
from kalends.log.journal_line import compose
from kalends.store_address import StoreAddress
from postgres_server import postgres_server
from web.serving import PROGRAM, SECONDS, run

__all__ = ["postgres_server", "run"]
_REQUESTS, _TRIES, _PATIENCE = 2, 60, 8


class _Servers:
    """The server that answers now; another one once it was killed."""

    def __init__(self, run):
        self._run, self._lock = run, Lock()
        self._now = self._started()

    def _started(self):
        return self._run("--rate", "0", "--workers", "2")

    @property
    def port(self):
        with self._lock:
            return self._now.said["port"]

    def kill(self):
        """Kill the server with all its processes, and start another one."""
        with self._lock:
            os.killpg(self._now.process.pid, signal.SIGKILL)
            self._now.process.wait()
            self._now = self._started()

    def stop_one_worker(self):
        """Tell one of the two processes that answer to stop."""
        children = Path(f"/proc/{self._now.process.pid}/task/{self._now.process.pid}/children")
        workers = [int(each) for each in children.read_text().split()]
        for worker in reversed(workers):
            if b"spawn_main" in Path(f"/proc/{worker}/cmdline").read_bytes():
                os.kill(worker, signal.SIGTERM)
                return


def _of_api(servers, headers, number, done):
    """Record something with one key until there is an answer; return its title."""
    title = f"接口第{number}次"
    named = {**headers, "idempotency-key": f"k-{number}", "content-type": "application/json"}
    body = json.dumps({"sentence": f"7月15日 团市委 {title}"}).encode()
    for _ in range(_TRIES):
        try:
            with closing(HTTPConnection("127.0.0.1", servers.port, timeout=_PATIENCE)) as asked:
                asked.request("POST", "/api/v1/activities", body, named)
                answer = asked.getresponse()
                answer.read()
        except (OSError, HTTPException):
            continue
        if answer.status < 500:
            assert answer.status == 201, answer.status
            done()
            return title
    raise AssertionError(title)


def _of_line(servers, folder, environment, number, done):
    """Record something by a command line, over a server or in the folder; return its title."""
    title = f"命令第{number}次"
    for _ in range(_TRIES):
        where = ["-C", str(folder)]
        if number % 2:
            where = ["--server", f"http://127.0.0.1:{servers.port}"]
        said = subprocess.run(
            [*PROGRAM, *where, "--json", "add", "7月16日", "团市委", title],
            env=environment, capture_output=True, check=False, timeout=SECONDS * 4,
        )  # fmt: skip
        document = json.loads(said.stdout)
        code = document.get("error", {}).get("code")
        if code in {"server-silent", "answer-lost", "locked", "other-server"}:
            continue
        # It was recorded when the answer was lost, or when the server went away after it.
        assert code in {None, "on-record", "recorded-unread"}, document
        done()
        return title
    raise AssertionError(title)


@pytest.mark.campaign
def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(campaign, run, clerk, tmp_path):
    _all_at_once(campaign, run, clerk, tmp_path, clients=20, lines=10)


@pytest.mark.campaign
def test_neither_where_a_database_server_keeps_the_log(
    campaign, run, clerk, tmp_path, postgres_server
):
    move_store(campaign.folder, StoreAddress(postgres_server.url(), "campaign"))
    (campaign.folder / "events" / "kalends.db").unlink()
    _all_at_once(campaign, run, clerk, tmp_path, clients=20, lines=10)


def _all_at_once(campaign, run, clerk, tmp_path, *, clients, lines):
    servers, lock, count = _Servers(run), Lock(), [0]
    half, most = Event(), Event()
    made = Tokens(campaign.opened().folder, campaign.machine.now).new(
        bootstrap.new_seed(), actor="zhang", role="clerk", departments=["tsw"], by="li"
    )
    environment = {
        **os.environ, "XDG_CONFIG_HOME": str(campaign.settings), "LANG": "C",
        "XDG_CACHE_HOME": str(tmp_path / "cache"), "KALENDS_TOKEN": made.secret,
    }  # fmt: skip

    def done():
        with lock:
            count[0] += 1
        total = clients * _REQUESTS + lines
        if count[0] >= total // 3:
            half.set()
        if count[0] >= total * 2 // 3:
            most.set()

    with ThreadPoolExecutor(clients + lines + 1) as threads:
        waiting = [
            threads.submit(_of_line, servers, campaign.folder, environment, number, done)
            for number in range(lines)
        ]
        waiting += [
            threads.submit(_of_api, servers, clerk, number, done)
            for number in range(clients * _REQUESTS)
        ]
        half.wait(SECONDS)
        servers.stop_one_worker()
        most.wait(SECONDS)
        servers.kill()
        titles = [each.result() for each in waiting]
    with campaign.opened() as workspace:
        entries, rows = list(workspace.log.entries()), list(workspace.log.rows())
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    recorded = [
        entry.event.details.title for entry in entries if entry.event.TOPIC == "activity.recorded"
    ]
    assert sorted(title for title in recorded if title in titles) == sorted(titles)
    journal = (campaign.folder / "events" / "journal.jsonl").read_bytes()
    assert journal == b"".join(compose(row) + b"\n" for row in rows)
