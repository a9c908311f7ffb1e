"""The parts of a request that decide its answer: path, query and host name."""

import re
from typing import NamedTuple

from kalends.web.http.asgi import Scope

_HOST = re.compile(
    rb"[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::[0-9]{1,5})?"
)
CALENDAR = ".ics"


class Address(NamedTuple):
    """The path below the site's root, the query as it was sent, and the site's own address.

    `base` is empty where the answer does not depend on it.
    """

    path: str
    query: bytes
    base: str = ""


class AddressReader:
    """Reads the address of a request."""

    def __init__(self, root: str, base: str | None) -> None:
        """Take the path below which the site stands, and its address where that is fixed."""
        self._root = root
        self._base = base or None

    def below(self, path: str) -> str:
        """Return a path below the site's root; one that does not begin with it is that already."""
        if self._root and f"{path}/".startswith(f"{self._root}/"):
            return path[len(self._root) :] or "/"
        return path

    def __call__(self, scope: Scope) -> Address:
        """Return the address of a request."""
        path = self.below(scope["path"]) if self._root else scope["path"]
        if path.endswith(CALENDAR):
            return Address(path, scope["query_string"])
        base = self._base or f"{_asked_of(scope)}{self._root}"
        return Address(path, scope["query_string"], base)


def _asked_of(scope: Scope) -> str:
    """Return the address that a request names; this machine's if the name is not valid."""
    host = next((value for name, value in scope["headers"] if name == b"host"), b"")
    named = host.decode("ascii") if _HOST.fullmatch(host) else "localhost"
    return f"{scope['scheme']}://{named}"
