"""A receiver of webhooks on this machine, which answers as a test wants."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Received:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self):
        return self.headers["webhook-id"]

    @property
    def message(self):
        return json.loads(self.body)

    @property
    def position(self):
        return self.message["data"]["position"]

    def is_signed_with(self, key):
        """Return whether the signature is that of Standard Webhooks; no code of ours has a part."""
        secret = base64.b64decode(key.removeprefix("whsec_"))
        at = self.headers["webhook-timestamp"]
        signed = b".".join((self.id.encode(), at.encode(), self.body))
        digest = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
        return f"v1,{digest}" in self.headers["webhook-signature"].split(" ")


@dataclass
class Receiver:
    """What came, and what the next requests are answered: a status, or a function of the handler."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answers: list[int | Callable] = field(default_factory=list)
    always: int | Callable = 204

    @property
    def positions(self):
        return [each.position for each in self.received]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        receiver = self.server.receiver
        body = self.rfile.read(int(self.headers["Content-Length"]))
        receiver.received.append(
            Received(
                self.path, {name.lower(): value for name, value in self.headers.items()}, body
            )
        )
        answer = receiver.answers.pop(0) if receiver.answers else receiver.always
        if callable(answer):
            with suppress(OSError):
                answer(self)
            return
        self.send_response(answer)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_):
        pass  # a sender that was killed


def started():
    """Return a receiver that listens, and what stops it."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.receiver = Receiver(url=f"http://127.0.0.1:{server.server_port}/hook")
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop():
        server.shutdown()
        server.server_close()

    return server.receiver, stop
