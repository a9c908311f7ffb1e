"""Feeds at secret addresses: for whoever has the address; for others there is nothing."""

import re
from collections.abc import Callable

from anyio import to_thread

from kalends.domain.errors import FeedNotFoundError
from kalends.web.asgi import Receive, Scope, Send
from kalends.web.feeds import PRIVATE, FeedServer, Maker

_PREFIX = "/feeds/secret/"
_SECRET = re.compile(r"/feeds/secret/[^/]*", re.IGNORECASE)


def is_secret(path: str) -> bool:
    """Return whether a path is that of a secret address, or of an attempt at one."""
    return path.startswith(_PREFIX)


def without_secret(path: str) -> str:
    """Return a path as it may stand in a log file."""
    return _SECRET.sub("/feeds/secret/…", path)


class SecretFeeds:
    """Answers requests at secret addresses.

    Each request asks `opens(secret, name)`, so that a secret ends at once. Nothing that is kept
    here bears a secret: the same feed is kept once, whoever asks for it.
    """

    def __init__(
        self, make: Maker, mark: Callable[[], object], opens: Callable[[str, str], bool]
    ) -> None:
        """Take what `FeedServer` takes, and what tells whether a secret opens a feed."""
        self._feeds = FeedServer(make, mark, PRIVATE)
        self._opens = opens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a GET or HEAD; raises `FeedNotFoundError` where the secret is wrong."""
        secret, _, name = scope["path"].removeprefix(_PREFIX).partition("/")
        name = name.removesuffix(".ics")
        if not await to_thread.run_sync(self._opens, secret, name):
            raise FeedNotFoundError(name=name)
        await self._feeds({**scope, "path": f"/feeds/{name}.ics"}, receive, send)
