"""Asks a server again and again over some connections, as fast as it answers.

python bench/web_client.py PORT CONNECTIONS SECONDS REQUEST    prints how many answers came

REQUEST is the bytes of a request, in hexadecimal. Every answer has as many bytes as the first.
"""

import selectors
import socket
import sys
import time


def length_of(client: socket.socket, request: bytes) -> int:
    """Return how many bytes an answer has."""
    client.sendall(request)
    found = b""
    while b"\r\n\r\n" not in found:
        found += client.recv(65_536)
    head, _, _ = found.partition(b"\r\n\r\n")
    body = 0
    for line in head.lower().split(b"\r\n")[1:]:
        name, _, value = line.partition(b": ")
        if name == b"content-length" and not head.startswith(b"HTTP/1.1 304"):
            body = int(value)
    whole = len(head) + 4 + body
    while len(found) < whole:
        found += client.recv(65_536)
    assert len(found) == whole
    return whole


def main() -> None:
    """Print how many answers came."""
    port, connections, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    request = bytes.fromhex(sys.argv[4])
    waiting = selectors.DefaultSelector()
    missing: dict[socket.socket, int] = {}
    for _ in range(connections):
        client = socket.create_connection(("127.0.0.1", port))
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        whole = length_of(client, request)
        waiting.register(client, selectors.EVENT_READ)
        client.sendall(request)
        missing[client] = whole
    answers, ends = 0, time.monotonic() + seconds
    while time.monotonic() < ends:
        for key, _ in waiting.select(1):
            client = key.fileobj
            missing[client] -= len(client.recv(262_144))
            if not missing[client]:
                answers += 1
                client.sendall(request)
                missing[client] = whole
    print(answers)


if __name__ == "__main__":
    main()
