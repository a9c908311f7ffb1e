"""Connections of clients that are slow, or say nothing."""

import re
import socket
import threading
import time

import pytest
import uvicorn

from kalends.web import protocol
from kalends.web.app import application
from kalends.web.operations.options import WebOptions

BODY = b"x" * 30_000_000


async def large(scope, _, send):
    """Answer any request with more than any buffer holds."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": BODY})


@pytest.fixture
def port(monkeypatch):
    """Return the port of a server that is not patient."""
    monkeypatch.setattr(protocol, "_HEAD_SECONDS", 0.2)
    monkeypatch.setattr(protocol, "_UNREAD_SECONDS", 0.3)
    config = uvicorn.Config(
        large,
        port=0,
        http=protocol.BoundedProtocol,
        lifespan="off",
        log_config=None,
        log_level="critical",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def read(client):
    """Return all that comes until the connection ends, however it ends."""
    found = b""
    try:
        while piece := client.recv(1 << 20):
            found += piece
    except ConnectionError:
        pass
    return found


@pytest.mark.parametrize("begun", [b"", b"GET", b"GET / HTTP/1.1\r\nhost: x\r\n"])
def test_a_head_that_does_not_come_ends_the_connection(port, begun):
    with socket.create_connection(("127.0.0.1", port), 10) as client:
        client.sendall(begun)
        assert read(client) == b""


def test_a_head_that_comes_by_and_by_ends_it_too(port):
    with socket.create_connection(("127.0.0.1", port), 10) as client:
        begun = time.monotonic()
        try:
            for byte in b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 100:
                client.sendall(bytes([byte]))
                time.sleep(0.05)
        except ConnectionError:
            pass
        assert time.monotonic() - begun < 5


def test_an_answer_that_is_not_read_ends_the_connection(port):
    with socket.create_connection(("127.0.0.1", port), 10) as client:
        client.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        time.sleep(1)  # longer than it waits
        assert len(read(client)) < len(BODY)


@pytest.mark.campaign
def test_who_reads_slowly_is_given_all_of_it(port, monkeypatch):
    """It takes longer than an answer may lie unread."""
    monkeypatch.setattr(protocol, "_UNREAD_SECONDS", 1)  # a busy machine stops for a while
    with socket.create_connection(("127.0.0.1", port), 10) as client:
        client.sendall(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        received, begun = 0, time.monotonic()
        while piece := client.recv(1 << 17):
            received += len(piece)
            if time.monotonic() - begun < 2.5:
                time.sleep(0.02)
        assert received > len(BODY)
        assert time.monotonic() - begun > 2


@pytest.mark.campaign
def test_an_answer_that_is_read_comes_whole_and_the_next_one_too(port):
    with socket.create_connection(("127.0.0.1", port), 10) as client:
        client.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        received = 0
        while received < len(BODY):
            received += len(client.recv(1 << 16))
        client.sendall(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        assert len(read(client)) > len(BODY)


@pytest.fixture
def kept(campaign):
    """Return the port of a server of the campaign that is asked by real connections."""
    options = WebOptions(folder=str(campaign.folder), settings=str(campaign.settings), rate=0)
    app = application(options, machine=campaign.machine)
    config = uvicorn.Config(
        app, port=0, http=protocol.BoundedProtocol, lifespan="on", log_config=None,
        log_level="critical", access_log=False, server_header=False,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def asked(port, *requests):
    """Send requests at once; return all that comes back until the connection ends."""
    with socket.create_connection(("127.0.0.1", port), 10) as client:
        client.sendall(b"".join(f"{each}\r\n\r\n".encode() for each in requests))
        return read(client)


FEED = "GET /feeds/all.ics HTTP/1.1\r\nhost: x"
LAST = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close"


def without_dates(answer):
    return re.sub(rb"date: [^\r]*\r\n", b"", answer)


def test_what_is_ready_comes_with_the_same_bytes_as_what_was_made(kept):
    made, _, _ = without_dates(asked(kept, FEED, LAST)).rpartition(b"HTTP/1.1 200 OK")
    ready, _, _ = without_dates(asked(kept, FEED, LAST)).rpartition(b"HTTP/1.1 200 OK")
    assert ready == made
    assert ready.endswith(b"END:VCALENDAR\r\n")


def test_requests_that_come_together_are_answered_in_their_order(kept):
    """Some are ready, some are to be made, and one is only a head."""
    asked(kept, FEED, LAST)
    head = FEED.replace("GET", "HEAD")
    answer = asked(
        kept, FEED, FEED + "\r\nif-none-match: *", "GET /nowhere.json HTTP/1.1\r\nhost: x", head, FEED, LAST,
    )  # fmt: skip
    codes = re.findall(rb"HTTP/1.1 (\d+) ", answer)
    assert codes == [b"200", b"304", b"404", b"200", b"200", b"200"]
    assert answer.count(b"END:VCALENDAR") == 2


@pytest.mark.campaign
def test_many_requests_that_come_together_are_all_answered(kept):
    """More than fits into the buffers: a client that reads is given all of it."""
    answer = asked(kept, *[FEED] * 2_000, LAST)
    assert answer.count(b"END:VCALENDAR\r\n") == 2_000
    assert answer.endswith(b'{"ok":true}')


def test_a_connection_rests_no_longer_for_having_asked_much(kept):
    """Each answer begins the rest anew: none of the earlier ones ends the connection."""
    with socket.create_connection(("127.0.0.1", kept), 10) as client:
        for _ in range(3):
            client.sendall(f"{FEED}\r\n\r\n".encode() * 3)
            found = b""
            while found.count(b"END:VCALENDAR\r\n") < 3:
                found += client.recv(1 << 16)
        client.sendall(f"{LAST}\r\n\r\n".encode())
        assert read(client).endswith(b'{"ok":true}')


@pytest.mark.parametrize(
    "more",
    [
        "content-length: 3\r\n\r\nabc",
        "transfer-encoding: chunked\r\n\r\n0",
    ],
)
def test_what_is_no_plain_request_goes_the_long_way(kept, more):
    asked(kept, FEED, LAST)
    answer = asked(kept, f"{FEED}\r\n{more}", LAST)
    assert answer.startswith((b"HTTP/1.1 413", b"HTTP/1.1 200", b"HTTP/1.1 400"))
    assert asked(kept, FEED.replace("1.1", "1.0")).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "head",
    [b"GET / HTTP/1.1\r\nhost: x\r\nx-large: " + b"a" * 10_000_000, b"GET /" + b"a" * 10_000_000,
     b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 1_000_000, b"\xff" * 10_000_000],
)  # fmt: skip
def test_ten_megabytes_of_headers_are_refused_while_they_come(kept, head):
    with socket.create_connection(("127.0.0.1", kept), 10) as client:
        try:
            client.sendall(head)
        except ConnectionError:
            pass
        else:
            pytest.fail("all of it was taken")
        assert read(client)[:12] in {b"", b"HTTP/1.1 431", b"HTTP/1.1 400"}
    assert asked(kept, LAST).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("way", ["content-length: 10000000", "transfer-encoding: chunked"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_ten_megabytes_of_a_body_are_not_waited_for(kept, way, method):
    """The answer comes at the head, and the connection ends."""
    with socket.create_connection(("127.0.0.1", kept), 10) as client:
        client.sendall(f"{method} /agenda HTTP/1.1\r\nhost: x\r\n{way}\r\n\r\n".encode())
        answer = read(client)
    assert answer.startswith(b"HTTP/1.1 413" if method == "GET" else b"HTTP/1.1 405")
    assert b"connection: close" in answer


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "DELETE"])
def test_a_target_that_is_no_path_is_refused_in_words(kept, method, capfd):
    more = "content-length: 2\r\n\r\n{}" if method == "POST" else "connection: close"
    answer = asked(kept, f"{method} * HTTP/1.1\r\nhost: x\r\n{more}")
    assert answer.startswith(b"HTTP/1.1 400"), answer
    assert b"connection: close" in answer
    assert method == "HEAD" or b"*" in answer.partition(b"\r\n\r\n")[2]
    assert "Traceback" not in capfd.readouterr().err
    assert asked(kept, LAST).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("hosts", ["", "host: x\r\nhost: y\r\n", "Host: x\r\nHOST: x\r\n"])
@pytest.mark.parametrize("address", ["/feeds/all.ics", "/agenda", "/api/v1/campaign"])
def test_a_request_names_one_host(kept, hosts, address):
    """RFC 9112, section 3.2: without one, and with two, it is 400, and the connection ends."""
    asked(kept, FEED, LAST)
    answer = asked(kept, f"GET {address} HTTP/1.1\r\n{hosts}x: y", FEED)
    assert answer.startswith(b"HTTP/1.1 400")
    assert answer.count(b"HTTP/1.1 ") == 1
    assert asked(kept, "GET /healthz HTTP/1.0\r\nx: y").startswith(b"HTTP/1.1 200")
