"""An answer: its bytes in each encoding, with their headers."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from kalends.web.http.asgi import Header, Message
from kalends.web.http.conditional import http_date
from kalends.web.http.encodings import GZIP, IDENTITY, ZSTD, Encoded, as_it_is, encoded

LINES = "kalends.lines"
NOTHING: Message = {"type": "http.response.body", "body": b""}
_SUFFIX = {IDENTITY: b"", GZIP: b"-gz", ZSTD: b"-zs"}
_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer that is not sent yet; a large one comes in `pieces`.

    `changed` is when the bytes last changed, where that is known. `keeps` says whether the same
    address gives the same answer until the log or the day changes. `is_packed` are bytes that
    nothing makes smaller. `version` is the same only for the same answer at an address, where that
    can be known before it is made.
    """

    content: bytes = b""
    headers: tuple[Header, ...] = ()
    status: int = _OK
    changed: datetime | None = None
    keeps: bool = True
    is_packed: bool = False
    pieces: Iterator[bytes] | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer ready to be sent: by encoding, its messages with the whole, or with 304."""

    digest: bytes
    answer: Answer
    encodings: Encoded
    tags: frozenset[bytes]
    starts: dict[str, Message] = field(default_factory=dict)
    unchanged: dict[str, Message] = field(default_factory=dict)
    bodies: dict[str, Message] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Return how many bytes are kept."""
        return sum(len(content) for content in self.encodings if content is not None)


def ready(answer: Answer, before: KeptAnswer | None = None) -> KeptAnswer:
    """Return an answer ready to be sent; the bytes of `before` are not encoded again."""
    digest = hashlib.sha256(answer.content).digest()
    if before is not None and before.digest == digest:
        if _same(before.answer, answer):
            return before
        encodings = before.encodings
    else:
        encodings = (as_it_is if answer.is_packed else encoded)(answer.content)
    found = KeptAnswer(digest, answer, encodings, _tags(digest))
    for encoding, content in encodings._asdict().items():
        if content is not None:
            _add(found, encoding, content)
    return found


def _same(before: Answer, answer: Answer) -> bool:
    kept = before.headers, before.changed, before.version
    return kept == (answer.headers, answer.changed, answer.version)


def _add(found: KeptAnswer, encoding: str, content: bytes) -> None:
    """Add the messages of one encoding."""
    answer = found.answer
    both: list[Header] = [*answer.headers]
    if answer.status == _OK:
        both.append((b"etag", _tag(found.digest, encoding)))
    if answer.changed is not None:
        both.append((b"last-modified", http_date(answer.changed)))
    if not answer.is_packed:
        both.append((b"vary", b"accept-encoding"))
    whole = [*both, (b"content-length", b"%d" % len(content))]
    if encoding != IDENTITY:
        whole.append((b"content-encoding", encoding.encode()))
    unchanged = [pair for pair in both if pair[0] != b"content-type"]
    found.starts[encoding] = _start(answer.status, whole)
    found.unchanged[encoding] = _start(304, unchanged)
    found.bodies[encoding] = {"type": "http.response.body", "body": content}


def _start(status: int, headers: list[Header]) -> Message:
    lines = b"".join(b"%s: %s\r\n" % header for header in headers)
    return {
        "type": "http.response.start",
        "status": status,
        "headers": headers,
        # The same as bytes, for a connection that is answered without a task.
        LINES: lines,
    }


def start_of_pieces(answer: Answer) -> Message:
    """Return the first message of an answer in pieces, whose length nobody knows."""
    return _start(answer.status, [*answer.headers])


def _tag(digest: bytes, encoding: str) -> bytes:
    return b'"%s%s"' % (digest[:16].hex().encode(), _SUFFIX[encoding])


def _tags(digest: bytes) -> frozenset[bytes]:
    return frozenset(_tag(digest, encoding) for encoding in _SUFFIX)
