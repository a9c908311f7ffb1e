"""Connections of clients that are slow, or say nothing."""

import socket
import threading
import time

import pytest
import uvicorn

from kalends.web import protocol

BODY = b"x" * 30_000_000


async def large(scope, _, send):
    """Answer any request with more than any buffer holds."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": BODY})


@pytest.fixture
def port(monkeypatch):
    """Return the port of a server that is not patient."""
    monkeypatch.setattr(protocol, "_HEAD_SECONDS", 0.5)
    monkeypatch.setattr(protocol, "_UNREAD_SECONDS", 1)
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
        time.sleep(3)
        assert len(read(client)) < len(BODY)


def test_an_answer_that_is_read_comes_whole_and_the_next_one_too(port):
    with socket.create_connection(("127.0.0.1", port), 10) as client:
        client.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        received = 0
        while received < len(BODY):
            received += len(client.recv(1 << 16))
        client.sendall(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        assert len(read(client)) > len(BODY)
