"""What the server did, for Prometheus; the figures of all its processes together."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from kalends.web.operations.access_log import Finished
from kalends.web.operations.options import SHARED

MEDIA_TYPE = CONTENT_TYPE_LATEST
_LABELS = ("kind", "status")
# What programs ask to know how the server is: no reader does.
_PROBES = {"/healthz", "/metrics"}


class Metrics:
    """Counts requests by what was asked for and by status; of several campaigns, by campaign."""

    def __init__(self, campaign_of: Callable[[str], tuple[str, str]] | None = None) -> None:
        """Begin to count; `campaign_of` returns a path's campaign, and the path below it."""
        self._campaign_of = campaign_of
        labels = _LABELS if campaign_of is None else ("campaign", *_LABELS)
        self._registry = CollectorRegistry()
        self._counters = [
            Counter(f"kalends_{name}", text, labels, registry=self._registry)
            for name, text in (
                ("requests", "Requests that were answered."),
                ("sent_bytes", "Bytes of their answers."),
                ("answering_seconds", "How long answering took, in seconds."),
            )
        ]

    def count(self, requests: Iterable[Finished]) -> None:
        """Count requests that were answered."""
        sums: dict[tuple[str, str, int], list[float]] = defaultdict(lambda: [0, 0, 0])
        for _, _, _, whole, status, sent, seconds in requests:
            name, path = self._campaign_of(whole) if self._campaign_of else ("", whole)
            found = sums[name, _kind(path), status // 100]
            found[0] += 1
            found[1] += sent
            found[2] += seconds
        for (name, kind, hundreds), found in sums.items():
            named = (name,) if self._campaign_of else ()
            for counter, amount in zip(self._counters, found, strict=True):
                counter.labels(*named, kind, f"{hundreds}xx").inc(amount)

    def text(self) -> bytes:
        """Return the figures as Prometheus reads them."""
        registry = self._registry
        if SHARED in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it has no types
        return generate_latest(registry)


@lru_cache(maxsize=4_096)
def _kind(path: str) -> str:
    """Return what a path asks for: `feed`, `data`, `file`, `static`, `probe` or `page`."""
    if path.startswith("/static/"):
        return "static"
    name = path.rpartition("/")[2]
    ending = name.rpartition(".")[2] if "." in name else ""
    if path in _PROBES:
        return "probe"
    if path.startswith("/tile/") or path == "/checkpoint":
        return "file"
    return {"": "page", "ics": "feed", "json": "data"}.get(ending, "file")
