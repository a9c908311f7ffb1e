"""Tells whether a stranger's address leads to the internet or into the server's own network.

Whoever makes a webhook over the API could otherwise let this machine ask others that only it can
reach.
"""

import socket
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

# IPv6 addresses that stand for one of IPv4 (RFC 6052).
_TRANSLATED = IPv6Network("64:ff9b::/96")
# All else of IPv6 is special: it stays here, or stands for some address of IPv4 in its own way.
_GLOBAL = IPv6Network("2000::/3")
# What Python does not count as special, or only in part (RFC 6890, RFC 9637).
_SPECIAL = (IPv4Network("192.0.0.0/24"), IPv6Network("3fff::/20"))
# Names of the machine itself (RFC 6761), and those that a usual table of hosts gives it.
_OWN_NAMES = {"localhost", "ip6-localhost", "ip6-loopback", "localhost6"}
_OWN_ENDS = (".localhost", ".localdomain", ".localdomain6")
_OWN = ("127.0.0.1", "::1")


class InsideError(OSError):
    """An address leads into a network that is not open to it."""


def is_open(address: str, networks: Sequence[str]) -> bool:
    """Return whether an IP address is a public one, or in one of these networks."""
    found = _plain(ip_address(address.partition("%")[0]))
    if any(found in _network(each) for each in networks):
        return True
    if any(found in each for each in _SPECIAL) or (
        isinstance(found, IPv6Address) and found not in _GLOBAL
    ):
        return False
    return found.is_global and not found.is_multicast


def leads_inside(host: str, networks: Sequence[str]) -> bool:
    """Return whether a host has addresses, and none of them is open."""
    if _is_closed_name(host, networks):
        return True
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False  # it has none, which is said when something is sent
    return not any(is_open(str(place[0]), networks) for *_, place in found)


def connected(host: str, port: int, networks: Sequence[str], seconds: float) -> socket.socket:
    """Return a connection to a host, at an address that was looked at and no other.

    Raises `InsideError`, or `OSError`.
    """
    if _is_closed_name(host, networks):
        raise InsideError
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


def _is_closed_name(host: str, networks: Sequence[str]) -> bool:
    """Return whether a host is this machine by its name, whatever it is resolved to."""
    name = host.rstrip(".").lower()
    is_own = name in _OWN_NAMES or name.endswith(_OWN_ENDS)
    return is_own and not any(is_open(each, networks) for each in _OWN)


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
