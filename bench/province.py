"""Simulate a province or a country: many cities, subscribers who ask for feeds, a CDN in front.

    python bench/province.py                     300 cities, ten million subscribers who ask hourly
    python bench/province.py --cities 9 --subscribers 200000
    python bench/province.py --help              every figure that it takes, and its default

One working day is played through: a part of the subscribers, each of whom stands for many, asks for
a feed again and again; departments record and cancel; a feed that was asked for before is sent
again only if it changed. What an answer costs was measured on one core by `bench/run.py web`.
"""

import argparse
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import mean, quantiles
from typing import NamedTuple

from working_day import ALL, DAY, DEPARTMENT, SPAN, Inputs, Played, play, sizes_of


class Peak(NamedTuple):
    """What a second of the busiest span brings: requests, of them whole answers, and bytes."""

    requests: float
    whole: float
    octets: float


def peak_of(inputs: Inputs, played: Played) -> Peak:
    """Return the busiest span; the bytes are those of the span in which most are sent."""
    weight = inputs.subscribers / inputs.sample / SPAN
    busiest = max(played.requests, key=lambda span: played.requests[span])
    octets = max(
        played.whole[span] * inputs.feed_bytes
        + (count - played.whole[span]) * inputs.unchanged_bytes
        for span, count in played.requests.items()
    )
    return Peak(played.requests[busiest] * weight, played.whole[busiest] * weight, octets * weight)


def passing(inputs: Inputs, requests: float, places: int) -> float:
    """Return how many of so many requests pass a CDN that has kept nothing yet in its places.

    Of several requests for one feed in one place, the first passes.
    """
    sizes = sizes_of(inputs)
    kinds = (
        (1, ALL),
        (inputs.departments, DEPARTMENT),
        (inputs.tags, 1 - ALL - DEPARTMENT),
    )
    found = 0.0
    for size in sizes:
        for number, share in kinds:
            each = requests * size / sum(sizes) * share / number / places
            found += number * places * (1 - math.exp(-each))
    return found


def table(inputs: Inputs) -> Iterator[tuple[str, str]]:
    """Yield what came of it: a name and a figure each."""
    played = play(inputs)
    yield from _asked(inputs, played)
    yield from _recorded(inputs, played)
    yield from _needed(inputs, played)
    yield from _behind(inputs, played)
    for seconds, found in played.late.items():
        kept = f"kept {seconds:,} s" if seconds else "not kept"
        yield f"minutes until a cancelled activity is shown, {kept}", _minutes(found)


def _asked(inputs: Inputs, played: Played) -> Iterator[tuple[str, str]]:
    asked, whole = sum(played.requests.values()), sum(played.whole.values())
    weight, peak = inputs.subscribers / inputs.sample, peak_of(inputs, played)
    sent = whole * inputs.feed_bytes + (asked - whole) * inputs.unchanged_bytes
    yield "requests a second, mean", _number(asked * weight / DAY)
    yield f"requests a second, the busiest {SPAN} seconds", _number(peak.requests)
    yield "answered with 304", f"{1 - whole / asked:.1%}"
    yield "sent a day", f"{sent * weight / 1e9:,.0f} GB"
    yield f"sent a second, the busiest {SPAN} seconds", f"{peak.octets * 8 / 1e9:.1f} Gbit"


def _recorded(inputs: Inputs, played: Played) -> Iterator[tuple[str, str]]:
    appends = sum(map(len, played.appends))
    yield "appends a day", _number(appends)
    yield "appends a second, the busiest hour", f"{_busiest_hour(played) / 3_600:.2g}"
    yield "appends, the busiest second of a city", f"{_busiest_city(played)}"
    yield "cores that make feeds anew, the busiest hour", f"{_making(inputs, played):.2f}"


def _needed(inputs: Inputs, played: Played) -> Iterator[tuple[str, str]]:
    peak = peak_of(inputs, played)
    answering, tls = _answering(inputs, peak), peak.requests * inputs.tls_us / 1e6
    making = _making(inputs, played)
    gigabytes = (60 + inputs.cities * inputs.campaign_mb) / 1_000
    yield "cores that answer then", f"{answering:.1f}"
    yield "cores for TLS then", f"{tls:.1f}"
    yield "memory of a process with all campaigns open", f"{gigabytes:.1f} GB"
    cores = answering + tls + making
    yield "machines without a CDN", f"{_machines(inputs, cores, peak.octets)}"
    shares = {
        "TLS": tls / inputs.cores,
        "the network": peak.octets * 8 / 1e9 / inputs.gigabits,
        "answering": answering / inputs.cores,
        "making feeds anew, in each process": making,
        "the appends of one city": _busiest_city(played) / inputs.turns,
    }
    wall = max(shares, key=lambda each: shares[each])
    yield "the first wall", f"{wall}: {shares[wall]:.1f} × what one machine has"


def _behind(inputs: Inputs, played: Played) -> Iterator[tuple[str, str]]:
    kept, peak = inputs.cdn_seconds, peak_of(inputs, played)
    if not kept:
        return
    average = sum(played.requests.values()) * inputs.subscribers / inputs.sample / DAY
    for places, name in ((inputs.places, f"{inputs.places} places"), (1, "a shield")):
        through = passing(inputs, average * kept, places) / kept
        busiest = passing(inputs, peak.requests, places)
        what = f"behind a CDN that keeps {kept} s, {name}"
        yield f"requests a second {what}", f"{_number(through)} ({through / average:.0%})"
        yield f"requests in the busiest second {what}", _number(busiest)
    # A CDN keeps its connections open: of each ten requests, one has a handshake.
    cores = busiest * (inputs.unchanged_us + inputs.tls_us / 10) / 1e6
    octets = busiest * inputs.unchanged_bytes + peak.whole / peak.requests * busiest * (
        inputs.feed_bytes
    )
    machines = _machines(inputs, cores + _making(inputs, played), octets)
    yield "machines behind the shield", f"{machines}"


def _busiest_hour(played: Played) -> int:
    hours = Counter(int(at // 3_600) for city in played.appends for at in city)
    return max(hours.values(), default=0)


def _busiest_city(played: Played) -> int:
    """Return how many appends the busiest second of a city has."""
    return max(
        (
            bisect_right(moments, at + 1) - n
            for moments in played.appends
            for n, at in enumerate(moments)
        ),
        default=0,
    )


def _answering(inputs: Inputs, peak: Peak) -> float:
    return (peak.requests * inputs.unchanged_us + peak.whole * inputs.whole_us) / 1e6


def _making(inputs: Inputs, played: Played) -> float:
    """Return the cores that make what changed, and look at the other feeds of the same city.

    That is for one copy of the answers: each process makes its own.
    """
    feeds = inputs.departments + inputs.tags + 1
    each = 3 * inputs.made_ms + max(0, feeds - 3) * inputs.looked_ms
    return _busiest_hour(played) / 3_600 * each / 1_000


def _machines(inputs: Inputs, cores: float, octets: float) -> int:
    """Return how many machines are needed, half of each kept free; at least two."""
    network = octets * 8 / 1e9 / inputs.gigabits
    return max(2, math.ceil(2 * cores / inputs.cores), math.ceil(2 * network))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def _minutes(found: Sequence[float]) -> str:
    if len(found) < 2:
        return "none"
    last = quantiles(found, n=20)[-1]
    return f"{mean(found) / 60:.0f} on average, 95 % within {last / 60:.0f}, the last {max(found) / 60:.0f}"


def main() -> None:
    """Print the table for the inputs given."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    for name, default in vars(Inputs()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default)
    inputs = Inputs(**vars(parser.parse_args()))
    print("| what | |\n|---|---|")
    for name, figure in table(inputs):
        print(f"| {name} | {figure} |")


if __name__ == "__main__":
    main()
