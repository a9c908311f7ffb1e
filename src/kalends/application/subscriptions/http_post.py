"""Sends one POST to a stranger's address, which may be slow, wrong or hostile.

Nothing is followed, little is read, and all of it together takes no longer than a fixed time.
"""

import re
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from typing import Literal, cast
from urllib.parse import quote, urlsplit, urlunsplit

from kalends.application.subscriptions.reach import InsideError, connected
from kalends.words.visible import visible

SECONDS = 20
# So much of an answer is read, and so many characters of it are kept.
_READ, _KEPT = 2_048, 200
_SUCCESS = range(200, 300)
# What has a meaning in a path or a query, and what is encoded already.
_KEPT_IN_PATHS = "/%:@!$&'()*+,;=~?"
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
GONE = 410

Problem = Literal["timeout", "name", "tls", "protocol", "connection", "inside"]


@dataclass(frozen=True, slots=True)
class PostAnswer:
    """A status with the beginning of the answer, or why there is none.

    `text` has no hidden characters; `wait` is after how many seconds the receiver asks to be
    tried again.
    """

    status: int | None = None
    problem: Problem | None = None
    text: str = ""
    wait: int = 0

    @property
    def is_success(self) -> bool:
        """Return whether the message was taken."""
        return self.status in _SUCCESS


def plain_address(text: str) -> str | None:
    """Return an http or https address as it is sent, None for anything else.

    It has no user, no password and no part of a page; names and paths in other letters are
    encoded.
    """
    if not text.isprintable() or {" ", "\\", "#"} & set(text):
        return None
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or port == 0:
        return None
    if not _HOST.fullmatch(host):
        return None
    host = f"[{host}]" if ":" in host else host
    place = host if port is None else f"{host}:{port}"
    path, query = (quote(part, safe=_KEPT_IN_PATHS) for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, place, path, query, ""))


def is_private(address: str) -> bool:
    """Return whether nobody on the way to an address can read what is sent there."""
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in _THIS_MACHINE


def shortened(address: str) -> str:
    """Return an address without what may be secret in it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/{'…' if len(parts.path) > 1 or parts.query else ''}"


def post(
    address: str,
    headers: dict[str, str],
    body: bytes,
    *,
    seconds: float = SECONDS,
    networks: Sequence[str] | None = None,
) -> PostAnswer:
    """Send a body and return the answer; never raises for what the receiver does.

    With `networks` it is sent to a public address, or into one of these.
    """
    parts = urlsplit(address)
    target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(cast("str", parts.hostname), parts.port, timeout=seconds)
    over = _Deadline(connection, seconds)
    try:
        with over:
            if networks is not None:
                _connect(connection, networks, seconds)
            connection.request("POST", target, body, {**headers, "Connection": "close"})
            with connection.getresponse() as answer:
                found = _read(answer)
        # What is cut off at the deadline can look whole.
        return PostAnswer(problem="timeout") if over.is_over else found
    except (OSError, HTTPException, ValueError) as error:
        return PostAnswer(problem="timeout" if over.is_over else _problem(error))
    finally:
        connection.close()


def _connect(connection: HTTPConnection, networks: Sequence[str], seconds: float) -> None:
    """Connect to an address that is open to it, as `reach.connected` does."""
    connection.sock = connected(connection.host, connection.port, networks, seconds)
    if isinstance(connection, HTTPSConnection):
        secure = ssl.create_default_context()
        connection.sock = secure.wrap_socket(connection.sock, server_hostname=connection.host)


class _Deadline:
    """Ends a connection after some seconds, however slowly its other side goes on."""

    def __init__(self, connection: HTTPConnection, seconds: float) -> None:
        self._connection = connection
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True
        self.is_over = False

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.is_over = True
        found = self._connection.sock
        if found is not None:
            with suppress(OSError):
                # Of the socket below TLS too: nobody waits for the other side's farewell.
                socket.socket.shutdown(found, socket.SHUT_RDWR)


def _read(answer: HTTPResponse) -> PostAnswer:
    text = "" if answer.status in _SUCCESS else answer.read(_READ).decode("utf-8", "replace")
    wait = answer.headers.get("Retry-After", "")
    return PostAnswer(
        status=answer.status,
        text=visible(" ".join(text.split()))[:_KEPT],
        wait=int(wait) if wait.isascii() and wait.isdecimal() and len(wait) < 7 else 0,  # noqa: PLR2004 - eleven days
    )


def _problem(error: Exception) -> Problem:
    match error:
        case InsideError():
            return "inside"
        case TimeoutError():
            return "timeout"
        case socket.gaierror():
            return "name"
        case ssl.SSLError():
            return "tls"
        case OSError():
            return "connection"
        case _:
            return "protocol"
