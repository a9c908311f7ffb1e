"""Many clients and command lines at once, servers killed and workers stopped: nothing is lost.

For longer, with 5 kills of each kind and 10 requests of each client:

    KALENDS_KILLS=5 KALENDS_EACH=10 python -m pytest -m "" tests/web/api/test_api_many_hands.py
"""

import json
import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Condition, Lock

import pytest

from kalends import bootstrap
from kalends.application.access.tokens import Tokens
from kalends.config import move_store
from kalends.log.journal_line import compose
from kalends.store_address import StoreAddress
from postgres_server import postgres_server
from web.serving import PROGRAM, SECONDS, run

__all__ = ["postgres_server", "run"]
_CLIENTS, _LINES = 20, 10
_KILLS = int(os.environ.get("KALENDS_KILLS", "1"))
_EACH = int(os.environ.get("KALENDS_EACH", "2"))
_TRIES, _PATIENCE = 60, 8


class _Done:
    """How many of so many requests were acknowledged."""

    def __init__(self, most):
        self._most, self._count, self._changed = most, 0, Condition()

    def __call__(self):
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait(self, share):
        """Wait until this share was acknowledged."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._count >= share * self._most, SECONDS * 10)


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
        if said.returncode == 10 or code == "other-server":
            continue
        # It was recorded when the answer was lost, or when the server went away after it.
        assert code in {None, "on-record", "recorded-unread"}, document
        done()
        return title
    raise AssertionError(title)


@pytest.mark.campaign
def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(campaign, run, clerk, tmp_path):
    servers = _Servers(run)
    _all_at_once(
        campaign, servers, clerk, tmp_path, [servers.stop_one_worker, servers.kill] * _KILLS
    )


@pytest.mark.campaign
def test_neither_where_a_database_server_keeps_the_log(
    campaign, run, clerk, tmp_path, postgres_server
):
    move_store(campaign.folder, StoreAddress(postgres_server.url(), "campaign"))
    (campaign.folder / "events" / "kalends.db").unlink()
    with campaign.opened() as workspace:
        assert workspace.log.position()  # the schema was filled from the journal
    servers = _Servers(run)

    def crash():
        postgres_server.crash()
        postgres_server.start()

    harm = [servers.stop_one_worker, crash, servers.kill] * _KILLS
    _all_at_once(campaign, servers, clerk, tmp_path, harm)


def _all_at_once(campaign, servers, clerk, tmp_path, harm):
    """Let everybody record at once, do one harm after the other, and look at what is there."""
    done = _Done(_CLIENTS * _EACH + _LINES)
    made = Tokens(campaign.opened().folder, campaign.machine.now).new(
        bootstrap.new_seed(), actor="zhang", role="clerk", departments=["tsw"], by="li"
    )
    environment = {
        **os.environ, "XDG_CONFIG_HOME": str(campaign.settings), "LANG": "C",
        "XDG_CACHE_HOME": str(tmp_path / "cache"), "KALENDS_TOKEN": made.secret,
    }  # fmt: skip

    def of_client(client):
        numbers = range(client * _EACH, (client + 1) * _EACH)
        return [_of_api(servers, clerk, number, done) for number in numbers]

    with ThreadPoolExecutor(_CLIENTS + _LINES) as threads:
        lines = [
            threads.submit(_of_line, servers, campaign.folder, environment, number, done)
            for number in range(_LINES)
        ]
        clients = [threads.submit(of_client, client) for client in range(_CLIENTS)]
        for number, harm_done in enumerate(harm, 1):
            done.wait(number / (len(harm) + 1))
            harm_done()
        titles = [each.result() for each in lines]
        titles += [title for each in clients for title in each.result()]
    with campaign.opened() as workspace:
        entries, rows = list(workspace.log.entries()), list(workspace.log.rows())
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    recorded = [
        entry.event.details.title for entry in entries if entry.event.TOPIC == "activity.recorded"
    ]
    assert sorted(title for title in recorded if title in titles) == sorted(titles)
    journal = (campaign.folder / "events" / "journal.jsonl").read_bytes()
    assert journal == b"".join(compose(row) + b"\n" for row in rows)
    checked = subprocess.run(
        [*PROGRAM, "-C", str(campaign.folder), "audit", "verify"],
        env=environment, capture_output=True, check=False, timeout=SECONDS * 4,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr
