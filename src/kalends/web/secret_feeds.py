"""Feeds at secret addresses: who has the address sees them, everybody else finds nothing."""

import re
from collections.abc import Callable

from anyio import to_thread

from kalends.web.http.address import CALENDAR, Address
from kalends.web.http.answer_server import AnswerServer
from kalends.web.http.asgi import App, Receive, Scope, Send

PREFIX = "/feeds/secret/"
_SECRET = re.compile(rf"{PREFIX}[^/]*", re.IGNORECASE)


def is_secret(path: str) -> bool:
    """Return whether a path is a secret address, or an attempt to guess one."""
    return path.startswith(PREFIX)


def without_secret(path: str) -> str:
    """Return a path in the form in which it may be written to a log file."""
    return _SECRET.sub(f"{PREFIX}-", path)


class SecretFeeds:
    """Answers requests at secret addresses.

    Each request asks `opens(secret, name)`, so that a secret ends at once. Nothing that is kept
    here bears a secret: the same feed is kept once, whoever asks for it.
    """

    def __init__(
        self,
        feeds: AnswerServer[Address],
        opens: Callable[[str, str], bool],
        closed: Callable[[str], App],
    ) -> None:
        """Take what answers with feeds, whether a secret opens one, and what refuses."""
        self._feeds = feeds
        self._opens = opens
        self._closed = closed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a GET or HEAD."""
        secret, _, name = scope["path"].removeprefix(PREFIX).partition("/")
        name = name.removesuffix(CALENDAR)
        if not await to_thread.run_sync(self._opens, secret, name):
            await self._closed(name)(scope, receive, send)
            return
        await self._feeds({**scope, "path": f"/feeds/{name}{CALENDAR}"}, receive, send)
