"""Answers GET and HEAD, from kept answers where it can: a bare ASGI function.

Most requests ask whether something is new, and the answer is no: a router in front of it would
cost as much again.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Generic, TypeVar

from anyio import CapacityLimiter, to_thread

from kalends.domain.errors import KalendsError
from kalends.web.http.answers import NOTHING, Answer, KeptAnswer, ready, start_of_pieces
from kalends.web.http.asgi import App, Header, Message, Receive, Scope, Send
from kalends.web.http.conditional import is_unchanged
from kalends.web.http.encodings import IDENTITY, chosen

# The start of an answer, and its body.
Messages = tuple[Message, Message]

_Key = TypeVar("_Key", bound=Hashable)


class Capacity:
    """How much of answers is kept, and how many are made at a time.

    `kept` answers of `total` bytes together; larger ones than `largest` are not kept. Each thread
    has connections of its own.
    """

    def __init__(
        self,
        kept: int = 2_000,
        total: int = 32_000_000,
        largest: int = 16_000_000,
        threads: int | None = None,
    ) -> None:
        """Take the bounds; with `threads`, all servers of answers share so many."""
        self.kept, self.total, self.largest = kept, total, largest
        self._most = threads
        self._threads: CapacityLimiter | None = None

    @classmethod
    def of_many(cls) -> "Capacity":
        """Return what each of many campaigns may keep, and the threads that they share."""
        return cls(kept=500, total=4_000_000, largest=2_000_000, threads=16)

    def threads(self) -> CapacityLimiter:
        """Return what bounds the threads; it belongs to the running loop."""
        if self._most is None:
            return CapacityLimiter(_THREADS)
        if self._threads is None:
            self._threads = CapacityLimiter(self._most)
        return self._threads


_THREADS = 8


class AnswerServer(Generic[_Key]):
    """Answers requests; `mark` changes whenever answers may, and costs little."""

    def __init__(
        self,
        key: Callable[[Scope], _Key],
        make: Callable[[_Key], Answer],
        mark: Callable[[datetime], object],
        now: Callable[[], datetime],
        capacity: Capacity,
        version: Callable[[_Key], int | None] = lambda _: None,
    ) -> None:
        """Take what an answer depends on in a request, what makes it, `mark`, and the clock.

        `version` is that of the answer that would be made: see `Answer.version`.
        """
        self._version = version
        self._capacity = capacity
        self._key = key
        self._make = make
        self._mark = mark
        self._now = now
        self._seen: object = None
        self._fresh: dict[_Key, KeptAnswer] = {}
        self._kept: OrderedDict[_Key, KeptAnswer] = OrderedDict()
        self._bytes = 0
        self._being_made: dict[tuple[_Key, object], asyncio.Future[KeptAnswer | Answer]] = {}
        self._threads: CapacityLimiter | None = None

    @property
    def is_busy(self) -> bool:
        """Return whether answers are being made."""
        return bool(self._being_made)

    def offer(self, scope: Scope, now: datetime) -> Messages | None:
        """Return the messages of an answer to GET or HEAD that needs not be made.

        None too for a request that bears a body.
        """
        mark = self._mark(now)
        if mark is not self._seen:
            self._fresh, self._seen = {}, mark
        found = self._fresh.get(self._key(scope))
        if found is None:
            return None
        headers = _joined(scope["headers"])
        if b"content-length" in headers or b"transfer-encoding" in headers:
            return None
        return _messages(found, headers, scope["method"])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - the signature of ASGI
        """Answer a GET or HEAD."""
        mark = self._mark(self._now())
        if mark is not self._seen:
            self._fresh, self._seen = {}, mark
        key = self._key(scope)
        found = self._fresh.get(key) or await self._newly_made(key, mark)
        if isinstance(found, Answer):
            await _send_pieces(found, scope, send)
        else:
            await _send(found, scope, send)

    async def _newly_made(self, key: _Key, mark: object) -> KeptAnswer | Answer:
        """Make an answer; whoever asks for the same meanwhile waits for the same.

        Making it began after `mark` was read: it is at least as new as this request needs.
        """
        making = self._being_made.get((key, mark))
        if making is None:
            making = asyncio.ensure_future(self._make_in_thread(key, mark))
            self._being_made[key, mark] = making
            making.add_done_callback(lambda _: self._being_made.pop((key, mark), None))
        # A client that leaves takes the answer from nobody else.
        return await asyncio.shield(making)

    async def _make_in_thread(self, key: _Key, mark: object) -> KeptAnswer | Answer:
        if self._threads is None:  # it belongs to a running loop
            self._threads = self._capacity.threads()
        before = self._kept.get(key)
        found = await to_thread.run_sync(self._made, key, before, limiter=self._threads)
        if isinstance(found, Answer):
            return found
        if found.answer.keeps and found.size <= self._capacity.largest:
            self._keep(key, found)
            # While it was made, the log may have grown: then the next request makes it again.
            if self._mark(self._now()) is mark is self._seen:
                self._fresh[key] = found
        return found

    def _made(self, key: _Key, before: KeptAnswer | None) -> KeptAnswer | Answer:
        if before is not None and before.answer.version is not None:
            # Most appends change few of the feeds.
            with suppress(KalendsError):  # then making it says why
                if self._version(key) == before.answer.version:
                    return before
        answer = self._make(key)
        return answer if answer.pieces is not None else ready(answer, before)

    def _keep(self, key: _Key, found: KeptAnswer) -> None:
        before = self._kept.pop(key, None)
        self._bytes += found.size - (before.size if before else 0)
        self._kept[key] = found
        most = self._capacity
        while len(self._kept) > most.kept or self._bytes > most.total:
            gone, answer = self._kept.popitem(last=False)
            self._bytes -= answer.size
            self._fresh.pop(gone, None)


def _messages(found: KeptAnswer, headers: Mapping[bytes, bytes], method: str) -> Messages:
    """Return the answer to a request with these headers."""
    encoding = chosen(headers.get(b"accept-encoding", b""))
    if encoding not in found.bodies:
        encoding = IDENTITY
    none_match = headers.get(b"if-none-match")
    modified_since = headers.get(b"if-modified-since")
    if (
        (none_match or modified_since)
        and found.answer.status == 200  # noqa: PLR2004 - RFC 9110, section 13.2.1
        and is_unchanged(none_match, modified_since, found.tags, found.answer.changed)
    ):
        return found.unchanged[encoding], NOTHING
    return found.starts[encoding], NOTHING if method == "HEAD" else found.bodies[encoding]


async def _send(found: KeptAnswer, scope: Scope, send: Send) -> None:
    for message in _messages(found, _joined(scope["headers"]), scope["method"]):
        await send(message)


def send_answer(answer: Answer) -> App:
    """Return what answers any request with this."""
    found = ready(answer)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - the signature of ASGI
        await _send(found, scope, send)

    return app


async def _send_pieces(answer: Answer, scope: Scope, send: Send) -> None:
    """Send a large answer piece by piece, each made in a thread."""
    await send(start_of_pieces(answer))
    pieces = answer.pieces
    if pieces is not None and scope["method"] != "HEAD":
        while piece := await to_thread.run_sync(next, pieces, b""):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send(NOTHING)


def _joined(headers: Sequence[Header]) -> Mapping[bytes, bytes]:
    """Return headers by name; those that come several times are lists (RFC 9110, section 5.3)."""
    found = dict(headers)
    if len(found) < len(headers):
        found = {}
        for name, value in headers:
            found[name] = found[name] + b"," + value if name in found else value
    return found
