"""Recording over the API, durable and signed, against the same recording within one process."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

import scale
from figures import at_most

import web
from kalends import bootstrap
from kalends.application.recording.given import Given
from kalends.application.recording.recording import read_activity, record
from kalends.application.workspaces.workspace import Workspace
from kalends.words import words

_KALENDS = str(Path(sys.executable).with_name("kalends"))


def _sentence(n: int) -> str:
    return f"2020-07-14 小局 第{n}次会议 #推进会 @会议室"


def _token(place: scale.Place) -> str:
    made = subprocess.run(
        [_KALENDS, "-C", str(place.root), "--json", "token", "new", "--actor", "bench", "--role",
         "office"],
        check=True, capture_output=True, env=place.env,
    )  # fmt: skip
    return str(json.loads(made.stdout)["secret"])


def _over(server: web.Server, token: str) -> Callable[[int], None]:
    """Return what records over a connection that stays open."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}

    def add(n: int) -> None:
        body = json.dumps({"sentence": _sentence(n)}).encode()
        named = {**headers, "idempotency-key": f"bench-{n}"}
        connection.request("POST", "/api/v1/activities", body, named)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 201, answer.status

    return add


def _within(workspace: Workspace) -> Callable[[int], None]:
    """Return what records in this process."""

    def add(n: int) -> None:
        found = read_activity(workspace, _sentence(n), Given())
        record(workspace, words("zh"), found)

    return add


def _took(work: Callable[[int], None], n: int) -> float:
    began = time.perf_counter()
    work(n)
    return time.perf_counter() - began


def run(folder: Path, short: bool) -> None:
    """Print the ratio of the medians; both add to campaigns of the same size, in turn."""
    size, rounds = (200, 20) if short else (20_000, 200)
    served, here = scale.made(folder / "served", size), scale.made(folder / "here", size)
    token = _token(served)
    settings = Path(here.env["XDG_CONFIG_HOME"]) / "kalends"
    machine = bootstrap.machine()
    with (
        web.kalends(served) as server,
        Workspace(here.root, machine=machine, settings=settings) as workspace,
    ):
        over, within = _over(server, token), _within(workspace)
        for n in range(5):  # what is loaded and built once
            over(n), within(n)
        pairs = [(_took(over, n), _took(within, n)) for n in range(5, rounds + 5)]
        assert workspace.folder.signed_size == workspace.log.position()
    ours, peer = (median(each) for each in zip(*pairs, strict=True))
    at_most(f"an append over the API, signed, at {size:,} activities", ours, peer, 2)
