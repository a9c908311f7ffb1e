"""How a figure is taken and printed."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass


def seconds(work: Callable[[], object], rounds: int = 1) -> float:
    """Return the shortest of so many rounds."""
    best = float("inf")
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """How long something took: by the clock, and by the processor, which other work changes less."""

    clock: float
    processor: float


def measured(work: Callable[[], object]) -> Took:
    """Return how long it took, all threads of this process included."""
    began, clock = time.process_time(), time.perf_counter()
    work()
    return Took(clock=time.perf_counter() - clock, processor=time.process_time() - began)


def both_at_least(what: str, ours: Took, peer: Took, reach: float) -> None:
    """Print how many times as fast as its peer something was, by the clock and the processor."""
    at_least(what, ours.clock, peer.clock, reach)
    load = f"load {os.getloadavg()[0]:.1f}"
    at_least(f"{what}, processor time ({load})", ours.processor, peer.processor, reach)


def alternately(
    ours: Callable[[], object], peer: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Return the shortest round of each, taken in turn so that both meet the same machine."""
    pairs = [(seconds(ours), seconds(peer)) for _ in range(rounds)]
    return min(ours for ours, _ in pairs), min(theirs for _, theirs in pairs)


def at_most(what: str, ours: float, peer: float, reach: float) -> None:
    """Print how many times as long as its peer something took."""
    verdict = "reached" if ours <= reach * peer else "NOT reached"
    print(
        f"{what}: {ours / peer:.2f} × the peer (at most {reach} ×: {verdict}); {ours:.3f} s against {peer:.3f} s"
    )


def at_least(what: str, ours: float, peer: float, reach: float) -> None:
    """Print how many times as fast as its peer something was, from the seconds of both."""
    verdict = "reached" if peer >= reach * ours else "NOT reached"
    print(
        f"{what}: {peer / ours:.2f} × as fast as the peer (at least {reach} ×: {verdict}); {ours:.3f} s against {peer:.3f} s"
    )
