"""A working day of many cities: what is recorded, and what subscribers ask for."""

import math
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from random import Random  # noqa: TID251 - the same dice give the same day
from typing import NamedTuple

DAY = 86_400
# Requests are counted in spans of so many seconds.
SPAN = 10
# Offices record from eight to twelve and from two to six, most of it before they close.
_HOURS = {8: 2, 9: 3, 10: 3, 11: 3, 14: 2, 15: 3, 16: 4, 17: 4}
# What subscribers choose: the whole city, a department, or a tag.
ALL, DEPARTMENT = 0.4, 0.5
# For so many seconds a CDN may keep a feed.
_LATENESS = (0, 60, 300, 3_600)


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What is simulated. Seconds are of one core; bytes are what is sent, compressed."""

    cities: int = 300
    departments: int = 120
    tags: int = 30
    subscribers: int = 10_000_000
    interval: int = 3_600
    on_the_hour: float = 0.3
    recorded_weekly: float = 3.0
    cancelled: float = 0.1
    feed_bytes: int = 39_000
    unchanged_bytes: int = 450
    unchanged_us: float = 50.0
    whole_us: float = 40.0
    made_ms: float = 10.0
    looked_ms: float = 0.7
    tls_us: float = 400.0
    turns: float = 260.0
    cores: int = 16
    gigabits: float = 1.0
    campaign_mb: float = 1.6
    cdn_seconds: int = 60
    places: int = 30
    sample: int = 100_000
    seed: int = 1


class Feed(NamedTuple):
    """A feed: its city, and what of it."""

    city: int
    what: str


class Played(NamedTuple):
    """A day: requests and whole answers by span, appends by city, and when feeds changed."""

    requests: Counter[int]
    whole: Counter[int]
    appends: list[list[float]]
    changes: dict[Feed, list[float]]
    late: dict[int, list[float]]


def sizes_of(inputs: Inputs) -> list[float]:
    """Return how large the cities are: the fourth is half as large as the first."""
    return [1 / math.sqrt(n + 1) for n in range(inputs.cities)]


def play(inputs: Inputs) -> Played:
    """Play a working day."""
    dice = Random(inputs.seed)  # noqa: S311 - the same dice give the same day
    appends, changes, cancels = _appended(inputs, dice)
    requests: Counter[int] = Counter()
    whole: Counter[int] = Counter()
    late: dict[int, list[float]] = {seconds: [] for seconds in _LATENESS}
    cities = dice.choices(range(inputs.cities), sizes_of(inputs), k=inputs.sample)
    for city in cities:
        feed = _chosen(inputs, dice, city)
        changed, before = changes.get(feed, ()), None
        first = _phase(inputs, dice)
        for second in range(int(first), DAY, inputs.interval):
            seen = bisect_right(changed, second)
            requests[second // SPAN] += 1
            whole[second // SPAN] += before is not None and seen != before
            before = seen
        for at in cancels.get(feed, ()):
            for seconds, found in late.items():
                found.append(_late(inputs, dice, at, first, seconds))
    return Played(requests, whole, appends, changes, late)


def _appended(
    inputs: Inputs, dice: Random
) -> tuple[list[list[float]], dict[Feed, list[float]], dict[Feed, list[float]]]:
    appends: list[list[float]] = []
    changes: dict[Feed, list[float]] = {}
    cancels: dict[Feed, list[float]] = {}
    daily = inputs.departments * inputs.recorded_weekly / 5
    for city in range(inputs.cities):
        hours = dice.choices([*_HOURS], [*_HOURS.values()], k=_around(dice, daily))
        moments = sorted(hour * 3_600 + dice.random() * 3_600 for hour in hours)
        appends.append(moments)
        for at in moments:
            is_cancelled = dice.random() < inputs.cancelled
            for what in (
                "all",
                f"d{dice.randrange(inputs.departments)}",
                f"t{dice.randrange(inputs.tags)}",
            ):
                changes.setdefault(Feed(city, what), []).append(at)
                if is_cancelled:
                    cancels.setdefault(Feed(city, what), []).append(at)
    return appends, changes, cancels


def _around(dice: Random, expected: float) -> int:
    """Return a whole number that is Poisson's for small, and normal for large ones."""
    if expected > 50:
        return max(0, round(dice.gauss(expected, math.sqrt(expected))))
    left, number = math.exp(-expected), 0
    product = dice.random()
    while product > left:
        number, product = number + 1, product * dice.random()
    return number


def _chosen(inputs: Inputs, dice: Random, city: int) -> Feed:
    kind = dice.random()
    if kind < ALL:
        return Feed(city, "all")
    if kind < ALL + DEPARTMENT:
        return Feed(city, f"d{dice.randrange(inputs.departments)}")
    return Feed(city, f"t{dice.randrange(inputs.tags)}")


def _phase(inputs: Inputs, dice: Random) -> float:
    """Return when a program first asks: some ask as the hour strikes, within half a minute."""
    if dice.random() < inputs.on_the_hour:
        return min(abs(dice.gauss(0, 15)), inputs.interval - 1)
    return dice.random() * inputs.interval


def _late(inputs: Inputs, dice: Random, at: float, first: float, kept: int) -> float:
    """Return after how long a program shows a change, if a CDN keeps feeds for some seconds."""
    fetched = at + dice.random() * kept  # when the CDN asks again for the first time
    asks = first + math.ceil(max(0.0, fetched - first) / inputs.interval) * inputs.interval
    return asks - at
