"""A server in a thread of the test's own process, whose campaign can be exchanged."""

import io
import sys
import threading
from contextlib import contextmanager

from uvicorn import Config, Server

from asgi_client import AppClient
from kalends import bootstrap
from kalends.application.access.tokens import Tokens
from kalends.application.workspaces.workspace import Workspace
from kalends.web.app import application
from kalends.web.operations.options import WebOptions
from kalends.web.protocol import BoundedProtocol
from kalends.web.server import listen


class ServedThread:
    """Listens until it is closed; what it answers with is set by `serving`."""

    def __init__(self):
        self.app = None
        self.asked = []  # the method and path of each request
        self.before = lambda _: None  # called with each request
        self._listener = listen("127.0.0.1", 0)
        self.url = self._listener.url.rstrip("/")
        config = Config(
            self._answer, http=BoundedProtocol, lifespan="off", ws="none", log_config=None,
            access_log=False, interface="asgi3", proxy_headers=False,
        )  # fmt: skip
        self._server = Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._listener.socket],), daemon=True
        )
        self._thread.start()

    async def _answer(self, scope, receive, send):
        self.asked.append((scope["method"], scope["path"]))
        app = self.before(scope) or self.app
        await app(scope, receive, send)

    @contextmanager
    def serving(self, folder, settings, machine):
        """Serve a campaign, and forget what was asked before."""
        heard, sys.stderr = sys.stderr, io.StringIO()  # its log of requests is nobody's answer
        try:
            options = WebOptions(folder=str(folder), settings=str(settings), rate=0)
            self.app = application(options, machine=machine)
        finally:
            sys.stderr = heard
        self.asked.clear()
        self.before = lambda _: None
        with AppClient(self.app):  # which lets it begin, and end
            yield self
        self.app = None

    def close(self):
        self._server.should_exit = True
        self._thread.join(10)
        self._listener.socket.close()


def token_for(folder, settings, machine, *, actor, role="office", departments=(), **how):
    """Return the secret of a new token."""
    with Workspace(folder, machine=machine, settings=settings) as opened:
        tokens = Tokens(opened.folder, machine.now)
        made = tokens.new(
            bootstrap.new_seed(), actor=actor, role=role, departments=departments, by="li", **how
        )
    return made.secret
