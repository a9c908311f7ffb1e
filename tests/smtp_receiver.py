"""A mail server on this machine that keeps what it is sent (RFC 5321, the least of it)."""

import email
from email.policy import default
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread


class _Handler(StreamRequestHandler):
    def handle(self):
        self.say("220 here")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb in {b"EHLO", b"HELO"}:
                self.say("250 here")
            elif verb == b"DATA":
                self.say("354 go on")
                octets = b""
                while (text := self.rfile.readline()) not in {b".\r\n", b""}:
                    octets += text.removeprefix(b".") if text.startswith(b"..") else text
                self.server.mails.append(email.message_from_bytes(octets, policy=default))
                self.say("250 taken" if self.server.takes else "451 later")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 well")

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True


def started():
    """Return a server that listens (its `mails`, whether it `takes` them), and what stops it."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.mails, server.takes = [], True
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop():
        server.shutdown()
        server.server_close()

    return server, stop
