"""Limits how often one address may ask, across all processes of a server.

We count by ourselves: the library `limits` takes 7 microseconds a request, a fifth of what the
whole answer takes, and its counts in memory belong to one process.
"""

from copy import copy
from ipaddress import IPv6Address, ip_address, ip_network
from mmap import mmap
from pathlib import Path
from struct import Struct
from zlib import crc32

_WINDOW_SECONDS = 60
# Somebody with one IPv6 address has the whole network of this length.
_PREFIX = 64
# A slot: the minute, which address it is, and how often it asked.
_SLOT = Struct("<III")
_SLOTS, _TRIES = 1 << 16, 8


class RateLimit:
    """Counts the requests of each address within a minute, which begins for all at once."""

    def __init__(self, rate: int, shared: Path | None = None) -> None:
        """Take how many are answered in a minute, 0 for any number.

        `shared` is a file through which processes count together. It has room for a fixed number
        of addresses: beyond that, a few may be counted as one until the minute ends.
        """
        self.rate = rate
        self._table = _table(shared)
        self._begin = 0

    def of(self, campaign: str) -> "RateLimit":
        """Return the limit of one of several campaigns, which counts by itself."""
        theirs = copy(self)
        theirs._begin = crc32(campaign.encode())  # noqa: SLF001 - a copy
        return theirs

    def seconds_to_wait(self, client: str, now: float) -> int:
        """Count a request; return 0, or how long to wait where there were too many.

        `now` are seconds that only grow, the same for all processes of the machine.
        """
        if not self.rate:
            return 0
        client = _network(client) if ":" in client else client
        minute = int(now // _WINDOW_SECONDS) + 1
        count = self._counted(minute, crc32(client.encode(), self._begin ^ minute))
        return 0 if count <= self.rate else max(1, round(minute * _WINDOW_SECONDS - now))

    def _counted(self, minute: int, mark: int) -> int:
        """Return how often an address has asked in a minute.

        Two processes that count in the same instant may count once.
        """
        place, who, count = 0, mark, 0
        for number in range(mark, mark + _TRIES):
            place = number % _SLOTS * _SLOT.size
            then, who, count = _SLOT.unpack_from(self._table, place)
            if then != minute:  # nobody's yet
                who, count = mark, 0
            if who == mark:
                break
        _SLOT.pack_into(self._table, place, minute, who, count + 1)
        return int(count) + 1


def _table(shared: Path | None) -> mmap:
    size = _SLOTS * _SLOT.size
    if shared is None:
        return mmap(-1, size)
    with shared.open("a+b") as file:
        file.truncate(size)
        return mmap(file.fileno(), size)


def _network(client: str) -> str:
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if not isinstance(address, IPv6Address):
        return client
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network(f"{address}/{_PREFIX}", strict=False))
