"""Tells whether a stranger's address leads to the internet or into the server's own network.

Whoever makes a webhook over the API could otherwise let this machine ask others that only it can
reach.
"""

import socket
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

# IPv6 addresses that stand for one of IPv4 (RFC 6052).
_TRANSLATED = IPv6Network("64:ff9b::/96")


class InsideError(OSError):
    """An address leads into a network that is not open to it."""


def is_open(address: str, networks: Sequence[str]) -> bool:
    """Return whether an IP address is a public one, or in one of these networks."""
    found = _plain(ip_address(address.partition("%")[0]))
    if any(found in _network(each) for each in networks):
        return True
    return found.is_global and not found.is_multicast


def leads_inside(host: str, networks: Sequence[str]) -> bool:
    """Return whether a host has addresses, and none of them is open."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False  # it has none, which is said when something is sent
    return not any(is_open(str(place[0]), networks) for *_, place in found)


def connected(host: str, port: int, networks: Sequence[str], seconds: float) -> socket.socket:
    """Return a connection to a host, at an address that was looked at and no other.

    Raises `InsideError`, or `OSError`.
    """
    places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    error: OSError = InsideError()
    for family, kind, protocol, _, place in places:
        if not is_open(str(place[0]), networks):
            continue
        made = socket.socket(family, kind, protocol)
        try:
            made.settimeout(seconds)
            made.connect(place)
        except OSError as failure:
            made.close()
            error = failure
        else:
            return made
    raise error


@lru_cache
def _network(text: str) -> Any:
    return ip_network(text, strict=False)


def _plain(found: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the address of IPv4 that one of IPv6 stands for; else the address itself."""
    if isinstance(found, IPv4Address):
        return found
    if found in _TRANSLATED:
        return IPv4Address(int(found) & 0xFFFFFFFF)
    teredo = None if found.teredo is None else found.teredo[1]
    return found.ipv4_mapped or found.sixtofour or teredo or found
