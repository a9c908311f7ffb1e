"""The log of requests: who asked for which page when, and nothing that is secret or private."""

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import TextIO
from urllib.parse import quote

from kalends.web.secret_feeds import without_secret

_CODE = re.compile(r"/login/.*", re.IGNORECASE | re.DOTALL)

# Lines are written together so often: one by one would cost as much as the answers.
_SECONDS = 0.25


# A request that was answered: when, who, the method, the path, the status, the bytes sent, the
# seconds it took. A plain tuple: there is one for each request.
Finished = tuple[datetime, str, str, str, int, int, float]


class AccessLog:
    """Writes a line for each request, and hands the requests to `counted`, some at a time.

    The words behind `?` are left out: what people search for is theirs.
    """

    def __init__(self, stream: TextIO, counted: Callable[[list[Finished]], None]) -> None:
        """Take where to write."""
        self._stream = stream
        self._counted = counted
        self._waiting: list[Finished] = []
        self._timer: asyncio.TimerHandle | None = None

    def add(self, finished: Finished) -> None:
        """Take a request; it is written soon."""
        self._waiting.append(finished)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_SECONDS, self.flush)

    def flush(self) -> None:
        """Write what waits."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        waiting, self._waiting = self._waiting, []
        self._counted(waiting)
        try:
            self._stream.write("".join(_lines(waiting)))
            self._stream.flush()
        except (OSError, ValueError):  # nobody reads it any more, or it is closed
            return


def _lines(requests: Iterable[Finished]) -> Iterator[str]:
    second, stamp = -1, ""
    for at, client, method, path, status, sent, seconds in requests:
        if at.second != second:  # they come in the order of their time
            second, stamp = at.second, f"{at:%Y-%m-%dT%H:%M:%SZ}"
        yield f"{stamp} {client} {method} {shown(path)} {status} {sent} {seconds * 1000:.1f}ms\n"


@lru_cache(maxsize=4_096)
def shown(path: str) -> str:
    """Return a path as it may be kept: encoded, at most 500 characters, without a secret."""
    return quote(_CODE.sub("/login/-", without_secret(path)), safe="/:@!$&'()*+,;=~")[:500]
