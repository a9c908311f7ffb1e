"""`kalends serve` as a process: it starts, follows the log, stops, and says what is wrong."""

import os
import re
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import httpx2
import pytest

from served_campaign import SECRET
from web.serving import PROGRAM, SECONDS, run

__all__ = ["run"]


def kalends(campaign, *words):
    environment = {**os.environ, "XDG_CONFIG_HOME": str(campaign.settings), "LANG": "C"}
    done = subprocess.run(
        [*PROGRAM, "-C", campaign.folder, "--lang", "en", *words],
        env=environment,
        capture_output=True,
        check=False,
        timeout=SECONDS,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def at_once(server, path, count=16):
    """Return what is answered to many requests at once, which come to every process."""
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(server.get, [path] * count))


def until(condition):
    """Wait until a condition holds."""
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "it never held"
        time.sleep(0.05)


@pytest.mark.campaign
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", [1, 2])
def test_it_answers_and_stops_when_told(run, workers, number):
    server = run("--workers", str(workers))
    assert server.said["ok"]
    assert server.said["workers"] == workers
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", server.url)
    assert "推进会" in server.get("agenda")
    code, said = server.stop(number)
    assert code == 0
    assert "Traceback" not in said


@pytest.mark.campaign
def test_what_is_recorded_is_there_at_once_from_every_process(campaign, run):
    server = run("--workers", "2")
    for n in range(2):
        code, _, _ = kalends(campaign, "add", "7月28日", "龙山区", f"第{n}次清洁日")
        assert code == 0
        for path in ("feeds/ls.ics", "agenda"):
            for text in at_once(server, path):
                assert f"第{n}次清洁日" in text.replace("\r\n ", "")


@pytest.mark.campaign
def test_each_process_has_caches_of_its_own(campaign, run):
    def caches():
        return {path.name for path in (campaign.folder / ".kalends").glob("views-*.db")}

    both = {"views-1.db", "views-2.db"}
    server = run("--workers", "2")
    # Which process takes a connection is for the system to say: ask until each has had some.
    until(lambda: at_once(server, "agenda") and caches() >= both)
    server.stop()
    at_once(run("--workers", "2"), "agenda")
    assert caches() == both


@pytest.mark.campaign
def test_the_figures_are_those_of_all_processes(run):
    server = run("--workers", "2")
    at_once(server, "agenda")
    line = r'kalends_requests_total{kind="page",status="2xx"} (\S+)'
    # Each process hands its figures over a while after.
    until(lambda: sum(map(float, re.findall(line, server.get("metrics")))) == 16)


@pytest.mark.campaign
def test_a_port_in_use_is_said(campaign, run):
    server = run()
    port = str(server.said["port"])
    code, _, said = kalends(campaign, "serve", "--port", port)
    assert code == 10
    assert said.startswith(f"Another program already listens at 127.0.0.1, port {port}.")
    assert "--port 8001" in said


@pytest.mark.campaign
def test_an_address_of_another_machine_is_said(campaign):
    code, _, said = kalends(campaign, "serve", "--host", "192.0.2.1", "--port", "0")
    assert code == 10
    assert said.startswith("The server cannot listen at 192.0.2.1")


@pytest.mark.campaign
def test_the_journal_is_not_published_while_something_is_withheld(campaign, run):
    code, _, said = kalends(campaign, "serve", "--public-log", "--port", "0")
    assert code == 6
    assert said.startswith("The journal holds 1 withheld activities")
    assert SECRET not in said
    assert run("--public-log", "--public-log").said["ok"]


@pytest.mark.campaign
@pytest.mark.parametrize(
    "words",
    [("--public-url", "ftp://x"), ("--public-url", "https://a:b@x.org"), ("--trust-proxy", "proxy"),
     ("--port", "70000"), ("--workers", "0"), ("--rate", "-1")],
)  # fmt: skip
def test_an_option_that_makes_no_sense_is_said(campaign, words):
    code, _, said = kalends(campaign, "serve", *words)
    assert code == 2
    assert words[1] in said


def test_without_the_extra_it_says_how_to_get_it(campaign, tmp_path):
    (tmp_path / "uvicorn.py").write_text("raise ModuleNotFoundError(name='uvicorn')")
    done = subprocess.run(
        [*PROGRAM, "-C", campaign.folder, "--lang", "en", "serve"],
        env={**os.environ, "PYTHONPATH": str(tmp_path), "LANG": "C"},
        capture_output=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 10
    assert "pip install 'kalends[web]'" in done.stderr.decode()


def sent(server, octets, seconds=SECONDS):
    """Return what a server answers to bytes, until it closes the connection."""
    with closing(socket.create_connection(("127.0.0.1", server.said["port"]), seconds)) as client:
        try:
            client.sendall(octets)
            answer = b""
            while piece := client.recv(65_536):
                answer += piece
        except ConnectionError:  # closed while we were still sending
            return answer if "answer" in vars() else b""
    return answer


@pytest.mark.campaign
def test_headers_without_end_are_refused(run):
    server = run()
    head = b"GET / HTTP/1.1\r\nhost: x\r\n"
    many = b"".join(b"x-%d: %s\r\n" % (n, b"y" * 100) for n in range(100_000))
    for octets in (head + b"x: " + b"y" * 10_000_000, head + many, b"GET /" + b"a" * 10_000_000):
        answer = sent(server, octets)
        assert not answer or answer.split()[1] in {b"431", b"400"}
    assert "推进会" in server.get("agenda")


@pytest.mark.campaign  # it waits for ten seconds
def test_a_client_that_says_nothing_is_left(run):
    server = run()
    begun = time.monotonic()
    assert sent(server, b"GET / HTTP/1.1\r\nhost: x\r\n") == b""
    assert time.monotonic() - begun > 5


@pytest.mark.campaign
def test_several_processes_count_the_requests_of_an_address_together(run):
    url = run("--workers", "4", "--rate", "5").url
    codes = [httpx2.get(f"{url}healthz", timeout=SECONDS).status_code for _ in range(60)]
    # The minute may end meanwhile.
    assert 5 <= codes.count(200) <= 10
    assert codes.count(429) == 60 - codes.count(200)
