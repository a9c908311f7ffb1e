"""The address of a server."""

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import urlsplit

from kalends.domain.errors import InsecureServerError, ServerAddressError

_PORTS = {"https": 443, "http": 80}
_PATH = re.compile(r"(?:/[A-Za-z0-9._~%@+-]+)*/?")
_OTHER = re.compile(r"[^A-Za-z0-9.-]+")


class ServerAddress(NamedTuple):
    """Where a server is: `path` has no slash at its end."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def name(self) -> str:
        """Return the address as it is written in messages."""
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{port}{self.path}"

    @property
    def file_name(self) -> str:
        """Return a name for files about it, like `example.org` or `example.org-8000-city`."""
        return _OTHER.sub("-", self.name.partition("://")[2]).strip("-").lower()


def server_address(text: str) -> ServerAddress:
    """Return the address that a text is; a scheme that is not written is https.

    Raises `ServerAddressError`, and `InsecureServerError` for http to another machine.
    """
    given = text.strip()
    try:
        found = urlsplit(given if "://" in given else f"https://{given}")
        host, port = found.hostname or "", found.port
    except ValueError:
        raise ServerAddressError(name=text) from None
    is_plain = found.username is None and not found.query and not found.fragment
    if found.scheme not in _PORTS or not host or not is_plain or not _PATH.fullmatch(found.path):
        raise ServerAddressError(name=text)
    if not (host.isascii() and host.isprintable() and " " not in host):
        raise ServerAddressError(name=text)
    made = ServerAddress(found.scheme, host, port or _PORTS[found.scheme], found.path.rstrip("/"))
    if made.scheme == "http" and not _is_this_machine(host):
        raise InsecureServerError(name=made.name)
    return made


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
