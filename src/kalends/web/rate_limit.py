"""How often one address may ask.

We count by ourselves: the library `limits` takes 7 microseconds a request, a fifth of what the
whole answer takes.
"""

from ipaddress import IPv6Address, ip_address, ip_network

_WINDOW_SECONDS = 60
# So many addresses are remembered at most; then the minute begins anew.
_MOST_CLIENTS = 100_000
# Whoever has one address of IPv6 has the whole network of such a length.
_PREFIX = 64


class RateLimit:
    """Counts the requests of each address within a minute, which begins for all at once."""

    def __init__(self, rate: int) -> None:
        """Take how many are answered in a minute, 0 for any number."""
        self.rate = rate
        self._ends = 0.0
        self._counts: dict[str, int] = {}

    def seconds_to_wait(self, client: str, now: float) -> int:
        """Count a request; return 0, or how long to wait where there were too many.

        `now` are seconds that only grow.
        """
        if not self.rate:
            return 0
        if now >= self._ends or len(self._counts) >= _MOST_CLIENTS:
            self._counts, self._ends = {}, now + _WINDOW_SECONDS
        client = _network(client) if ":" in client else client
        count = self._counts[client] = self._counts.get(client, 0) + 1
        return 0 if count <= self.rate else max(1, round(self._ends - now))


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
