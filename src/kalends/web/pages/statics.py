"""The files that all pages share, each also under a name that changes with its bytes."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

PREFIX = "/static/"
_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


class Static(NamedTuple):
    """A file of the pages: its bytes, what they are, and the path that only these bytes have."""

    content: bytes
    media_type: str
    path: str


@cache
def statics() -> Mapping[str, Static]:
    """Return all of them, by the path without a hash."""
    found = {}
    for file in files("kalends.web").joinpath("static").iterdir():
        stem, _, kind = file.name.rpartition(".")
        if kind in _TYPES:
            content = file.read_bytes()
            digest = hashlib.sha256(content).hexdigest()[:12]
            path = f"{PREFIX}{stem}-{digest}.{kind}"
            found[f"{PREFIX}{file.name}"] = Static(content, _TYPES[kind], path)
    return found


@cache
def by_path() -> Mapping[str, Static]:
    """Return them by the path that has the hash."""
    return {static.path: static for static in statics().values()}


def hashed(path: str) -> str:
    """Return the path of a file with its hash; another path as it is."""
    static = statics().get(path)
    return path if static is None else static.path
