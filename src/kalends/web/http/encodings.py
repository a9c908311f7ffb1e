"""The encodings of an answer, made once and kept, and which of them is asked for."""

import gzip
from functools import lru_cache
from typing import NamedTuple

import zstandard

IDENTITY, GZIP, ZSTD = "identity", "gzip", "zstd"
# Where several are equally welcome, the first of these.
_OURS = (ZSTD, GZIP, IDENTITY)
_LEVELS = {GZIP: 6, ZSTD: 3}
# What is shorter is not made smaller by much.
_WORTH = 1_000


class Encoded(NamedTuple):
    """The same bytes in each encoding that is worth it, by its name; `identity` is as they are."""

    identity: bytes
    gzip: bytes | None
    zstd: bytes | None


def encoded(content: bytes) -> Encoded:
    """Return bytes in every encoding; the same bytes always give the same."""
    if len(content) < _WORTH:
        return Encoded(content, None, None)
    return Encoded(content, _packed(content, GZIP), _packed(content, ZSTD))


def once(content: bytes, accept: bytes) -> tuple[str, bytes]:
    """Return the encoding to answer with, and the bytes in it: for what is sent once."""
    encoding = chosen(accept) if len(content) >= _WORTH else IDENTITY
    return encoding, content if encoding == IDENTITY else _packed(content, encoding)


def _packed(content: bytes, encoding: str) -> bytes:
    if encoding == GZIP:
        return gzip.compress(content, _LEVELS[GZIP], mtime=0)
    return zstandard.ZstdCompressor(level=_LEVELS[ZSTD]).compress(content)


def as_it_is(content: bytes) -> Encoded:
    """Return bytes in no other encoding: for what is compressed, or random."""
    return Encoded(content, None, None)


@lru_cache(maxsize=256)
def chosen(accept: bytes) -> str:
    """Return the encoding to answer with (RFC 9110, section 12.5.3): the most welcome of ours."""
    given: dict[str, float] = {}
    for item in accept.decode("latin-1").lower().split(","):
        name, _, parameters = item.partition(";")
        given[name.strip()] = _weight(parameters)
    others = given.get("*", 0.0)
    welcome = {name: given.get(name, others) for name in (ZSTD, GZIP)}
    # What is not spoken of at all may come as it is, behind what is asked for.
    welcome[IDENTITY] = given.get(IDENTITY, 0.0001)
    return max(_OURS, key=lambda name: welcome[name])


def _weight(parameters: str) -> float:
    name, _, value = parameters.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
