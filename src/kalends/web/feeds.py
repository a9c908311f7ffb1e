"""Feeds over HTTP: a bare ASGI function in front of everything else, because most requests ask
whether something is new, and the answer is no.
"""  # noqa: D205 - one sentence

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from anyio import to_thread

from kalends.application.feed_serving import ServedFeed
from kalends.web.asgi import Header, Message, Receive, Scope, Send
from kalends.web.conditional import http_date, is_unchanged
from kalends.web.encodings import GZIP, IDENTITY, ZSTD, Encoded, chosen, encoded

_TYPE = (b"content-type", b"text/calendar; charset=utf-8")
_PUBLIC = (
    (b"cache-control", b"public, max-age=0, must-revalidate"),
    (b"vary", b"accept-encoding"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"etag, last-modified"),
    (b"x-content-type-options", b"nosniff"),
)
_SUFFIX = {IDENTITY: b"", GZIP: b"-gz", ZSTD: b"-zs"}
_NOTHING: Message = {"type": "http.response.body", "body": b""}
# What is kept of feeds made: at most so many, and so many bytes.
_MOST_KEPT, _MOST_BYTES = 2_000, 64_000_000

# What is at a secret address is for whoever has it, and for no cache on the way.
PRIVATE = (
    (b"cache-control", b"private, no-store"),
    (b"vary", b"accept-encoding"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-robots-tag", b"noindex"),
    (b"referrer-policy", b"no-referrer"),
)

# Makes a calendar from the path and the query of its address.
Maker = Callable[[str, str], ServedFeed]


@dataclass(frozen=True, slots=True)
class KeptFeed:
    """A calendar ready to be sent: by encoding, the messages of an answer with 200 or 304."""

    digest: bytes
    encodings: Encoded
    changed: datetime
    tags: frozenset[bytes]
    starts: dict[str, Message]
    unchanged: dict[str, Message]
    bodies: dict[str, Message]

    @property
    def size(self) -> int:
        """Return how many bytes are kept."""
        return sum(len(octets) for octets in self.encodings if octets is not None)


def kept(
    digest: bytes, encodings: Encoded, changed: datetime, always: Iterable[Header]
) -> KeptFeed:
    """Return a calendar with the headers that go with each of its encodings."""
    found = KeptFeed(digest, encodings, changed, _tags(digest), {}, {}, {})
    for encoding, octets in encodings._asdict().items():
        if octets is None:
            continue
        both: list[Header] = [
            (b"etag", _tag(digest, encoding)),
            (b"last-modified", http_date(changed)),
            *always,
        ]
        whole = [_TYPE, (b"content-length", b"%d" % len(octets)), *both]
        if encoding != IDENTITY:
            whole.append((b"content-encoding", encoding.encode()))
        found.starts[encoding] = {"type": "http.response.start", "status": 200, "headers": whole}
        found.unchanged[encoding] = {"type": "http.response.start", "status": 304, "headers": both}
        found.bodies[encoding] = {"type": "http.response.body", "body": octets}
    return found


def _tag(digest: bytes, encoding: str) -> bytes:
    return b'"%s%s"' % (digest[:16].hex().encode(), _SUFFIX[encoding])


def _tags(digest: bytes) -> frozenset[bytes]:
    return frozenset(_tag(digest, encoding) for encoding in _SUFFIX)


class FeedServer:
    """Answers requests for calendars; `mark` changes whenever the log does, and costs little."""

    def __init__(
        self,
        make: Maker,
        mark: Callable[[], object],
        always: Iterable[Header] = _PUBLIC,
    ) -> None:
        """Take what makes a calendar, and what tells whether the log is still the same.

        `always` are headers of every answer.
        """
        self._make = make
        self._always = always
        self._mark = mark
        self._seen: object = None
        self._fresh: dict[tuple[str, bytes], KeptFeed] = {}
        self._kept: OrderedDict[tuple[str, bytes], KeptFeed] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - the signature of ASGI
        """Answer a GET or HEAD; raises the `KalendsError` of a calendar that cannot be made."""
        feed = self._newest((scope["path"], scope["query_string"]))
        if feed is None:
            feed = await self._made_anew((scope["path"], scope["query_string"]))
        none_match, modified_since, accept = _asked(scope["headers"])
        encoding = chosen(accept)
        if encoding not in feed.bodies:
            encoding = IDENTITY
        if (none_match or modified_since) and is_unchanged(
            none_match, modified_since, feed.tags, feed.changed
        ):
            await send(feed.unchanged[encoding])
            await send(_NOTHING)
            return
        await send(feed.starts[encoding])
        await send(_NOTHING if scope["method"] == "HEAD" else feed.bodies[encoding])

    def _newest(self, key: tuple[str, bytes]) -> KeptFeed | None:
        """Return a calendar if the log is still as it was when that was made."""
        mark = self._mark()
        if mark != self._seen:
            self._fresh, self._seen = {}, mark
        return self._fresh.get(key)

    async def _made_anew(self, key: tuple[str, bytes]) -> KeptFeed:
        mark = self._seen
        feed = await to_thread.run_sync(self._made, key)
        # While it was made, the log may have grown: then the next request makes it again.
        if self._mark() == mark == self._seen:
            self._fresh[key] = feed
        return feed

    def _made(self, key: tuple[str, bytes]) -> KeptFeed:
        """Return a calendar as it is now; bytes that did not change are not compressed again."""
        path, query = key
        made = self._make(path, query.decode("latin-1"))
        digest = hashlib.sha256(made.octets).digest()
        with self._lock:
            before = self._kept.get(key)
        if before is not None and before.digest == digest:
            if before.changed == made.changed:
                return before
            found = kept(digest, before.encodings, made.changed, self._always)
        else:
            found = kept(digest, encoded(made.octets), made.changed, self._always)
        with self._lock:
            self._keep(key, found)
        return found

    def _keep(self, key: tuple[str, bytes], found: KeptFeed) -> None:
        before = self._kept.pop(key, None)
        self._bytes += found.size - (before.size if before else 0)
        self._kept[key] = found
        while len(self._kept) > _MOST_KEPT or self._bytes > _MOST_BYTES:
            gone, feed = self._kept.popitem(last=False)
            self._bytes -= feed.size
            self._fresh.pop(gone, None)


def _asked(headers: Iterable[Header]) -> tuple[bytes | None, bytes | None, bytes]:
    """Return If-None-Match, If-Modified-Since and Accept-Encoding; None or empty where missing."""
    none_match = modified_since = None
    accept = b""
    for name, value in headers:
        if name == b"if-none-match":
            none_match = value if none_match is None else none_match + b"," + value
        elif name == b"if-modified-since":
            modified_since = value
        elif name == b"accept-encoding":
            accept = accept + b"," + value if accept else value
    return none_match, modified_since, accept
