"""The web against peers that do less: a bare ASGI function, a Starlette route, a Starlette program.

How many requests a server answers is counted by the processor time that the operating system says
the server took: by the clock, a busy machine would say how busy it is.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import NamedTuple

import scale
from figures import at_least, at_most
from web_peer import ANSWERS
from web_workspace import DEPARTMENT, FOLDER, SETTINGS

from kalends import bootstrap
from kalends.application.workspaces.workspace import Workspace

_CONNECTIONS = 16
_HERE = str(Path(__file__).parent)


class Server(NamedTuple):
    """A server that runs: its process and its port."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def processor_seconds(self) -> float:
        """Return the processor time that it took so far, as the operating system counts it."""
        folder = Path(f"/proc/{self.process.pid}/task")
        spent = (int((task / "schedstat").read_text().split()[0]) for task in folder.iterdir())
        return sum(spent) / 1e9

    def get(self, path: str, **headers: str) -> tuple[dict[str, str], bytes]:
        """Return the headers and the body of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return found


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def _running(port: int, arguments: list[str], env: dict[str, str]) -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, *arguments], env={**os.environ, **env}, cwd=_HERE,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                if process.poll() is not None:
                    raise
                time.sleep(0.001)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def kalends(place: scale.Place, *options: str) -> Iterator[Server]:
    """Run `kalends serve` over a workspace."""
    port = _free_port()
    arguments = [
        "-m",
        "kalends",
        "-C",
        str(place.root),
        "serve",
        "--rate",
        "0",
        "--port",
        str(port),
    ]
    with _running(port, [*arguments, *options], place.env) as server:
        yield server


@contextmanager
def peer(name: str, **env: str) -> Iterator[Server]:
    """Run a peer with the same HTTP and event loop."""
    port = _free_port()
    run = "import sys, uvicorn; uvicorn.run(sys.argv[1], factory=True, port=int(sys.argv[2]), http='httptools', loop='uvloop', access_log=False, server_header=False, log_level='error')"
    with _running(port, ["-c", run, f"web_peer:{name}", str(port)], env) as server:
        yield server


def _cost(server: Server, request: bytes, seconds: float) -> float:
    """Return the processor time of one answer."""
    client = [sys.executable, str(Path(__file__).with_name("web_client.py"))]
    began = server.processor_seconds
    done = subprocess.run(
        [*client, str(server.port), str(_CONNECTIONS), str(seconds), request.hex()],
        check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    return (server.processor_seconds - began) / int(done.stdout)


def _in_turn(
    ours: Server, theirs: Server, requests: tuple[bytes, bytes], rounds: int, seconds: float
) -> tuple[float, float]:
    """Return what an answer takes each of them: the least of some rounds."""
    both = [
        (_cost(ours, requests[0], seconds), _cost(theirs, requests[1], seconds))
        for _ in range(rounds)
    ]
    return min(own for own, _ in both), min(other for _, other in both)


def _request(path: str, **headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "host: x", *(f"{n}: {v}" for n, v in headers.items()), "", ""]
    return "\r\n".join(lines).encode()


def _feeds(place: scale.Place, rounds: int, seconds: float) -> None:
    answers = place.root.parent / "answers.json"
    with kalends(place) as ours:
        headers, body = ours.get("/feeds/all.ics", **{"accept-encoding": "gzip"})
        entries = _unzipped(body).count(b"BEGIN:VEVENT")
        kept = [pair for pair in headers.items() if pair[0] not in {"date", "connection"}]
        document = {"body": body.hex(), "headers": kept, "tag": headers["etag"]}
        answers.write_text(json.dumps(document), "utf-8")
        with peer("bare", **{ANSWERS: str(answers)}) as theirs:
            for what, more in (
                ("304s a second", {"if-none-match": headers["etag"]}),
                (f"a feed of {entries:,} activities, gzip", {}),
            ):
                asked = [
                    _request(path, **{"accept-encoding": "gzip", **more})
                    for path in ("/feeds/all.ics", "/")
                ]
                own, other = _in_turn(ours, theirs, (asked[0], asked[1]), rounds, seconds)
                at_least(
                    f"web, {what} ({1 / own:,.0f} and {1 / other:,.0f} for a second of processor)",
                    own * 10_000, other * 10_000, 0.9,
                )  # fmt: skip


def _unzipped(body: bytes) -> bytes:
    import gzip

    return gzip.decompress(body)


def _department(place: scale.Place, rounds: int) -> None:
    env = {FOLDER: str(place.root), SETTINGS: f"{place.env['XDG_CONFIG_HOME']}/kalends"}
    with kalends(place) as ours, peer("page", **env) as theirs:
        ours.get(DEPARTMENT)

        def cost(server: Server, path: str) -> float:
            began = server.processor_seconds
            server.get(path)
            return server.processor_seconds - began

        # A word that nobody reads makes another address: the page is made anew.
        both = [(cost(ours, f"{DEPARTMENT}?n={n}"), cost(theirs, "/")) for n in range(rounds)]
    own, other = (median(each) for each in zip(*both, strict=True))
    at_most(f"web, a department's page at {place.activities:,} activities", own, other, 3)


def _first_answer(place: scale.Place, rounds: int) -> None:
    def seconds(running: AbstractContextManager[Server], path: str) -> tuple[float, float]:
        began = time.perf_counter()
        with running as server:
            server.get(path)
            took = time.perf_counter() - began
            return took, server.processor_seconds

    both = [
        (seconds(kalends(place), "/healthz"), seconds(peer("empty"), "/")) for _ in range(rounds)
    ]
    for n, clock in enumerate(("", ", processor time")):
        own, other = (min(pair[side][n] for pair in both) for side in (0, 1))
        at_most(f"web, the first 200 after the start{clock}", own, other, 3)


def _after_an_append(place: scale.Place, rounds: int) -> None:
    """Print how long after `append` has returned a change is in a feed, with four workers."""
    root, settings = place.root, Path(place.env["XDG_CONFIG_HOME"]) / "kalends"
    took = []
    with kalends(place, "--workers", "4") as server:
        for _ in range(8):
            server.get("/feeds/all.ics")
        for n in range(rounds):
            title = _recorded(root, settings, n)
            began = time.perf_counter()
            while title.encode() not in server.get("/feeds/small.ics")[1].replace(b"\r\n ", b""):
                pass
            took.append(time.perf_counter() - began)
    print(
        f"web, a change is in a feed after the append returned, four workers: median "
        f"{median(took) * 1_000:.0f} ms (at most 50 ms), the longest {max(took) * 1_000:.0f} ms"
    )


def _recorded(root: Path, settings: Path, n: int) -> str:
    from kalends.application.recording import recording
    from kalends.words import words

    title = f"刚刚{time.time_ns()}次{n}"
    with Workspace(
        root, machine=bootstrap.machine(), settings=settings, actor="bench"
    ) as workspace:
        found = recording.read_activity(workspace, f"明天 小局 {title}", recording.Given())
        recording.record(workspace, words("en"), found)
    return title


def run(folder: Path, short: bool) -> None:
    """Print the ratios."""
    rounds, seconds = (2, 0.5) if short else (7, 2.0)
    place = scale.made(folder, 1_500 if short else 100_000)
    _feeds(place, rounds, seconds)
    _department(place, 5 if short else 15)
    _first_answer(place, rounds)
    _after_an_append(place, 5 if short else 20)
