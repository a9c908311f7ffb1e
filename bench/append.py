"""Appending to the log, many events and one at a time, against eventsourcing saving the same."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median

from campaign import DEPARTMENTS, PLACES, WORDS, details, new_events, stamp
from decode import Peer, noted, peer_application
from figures import at_least, seconds

from kalends.domain.events import ActivityRecorded, activity_stream
from kalends.log.event_log import NewEvent
from kalends.log.log import Log
from kalends.log.sqlite.store import SQLiteLog

KALENDS = str(Path(sys.executable).with_name("kalends"))


def line(n: int) -> str:
    """Return the nth activity as a line of a file."""
    known = details(n)
    document = {
        "when": known.when.text,
        "title": known.title,
        "departments": [f"第{n % DEPARTMENTS}局", f"第{(n * 7 + 1) % DEPARTMENTS}局"],
        "tags": [WORDS[n % len(WORDS)]],
        "description": known.description,
        "headcount": known.headcount,
        "planned": False,
    }
    place = PLACES[n % len(PLACES)]
    return json.dumps({**document, "place": place} if place else document, ensure_ascii=False)


def run(folder: Path, short: bool) -> None:
    """Print the ratios: of many, of one at a time, and of a whole command with starting."""
    count = 2_000 if short else 100_000
    made = list(new_events(count))
    log = Log(SQLiteLog(folder / "ours.db", is_new=True))
    app = peer_application(folder / "peer.db")
    _many(log, app, made)
    _single(log, app, 20 if short else 200)
    log.close()
    _command(folder, count, made)


def _many(log: Log, app: Peer, made: list[NewEvent]) -> None:
    def ours() -> None:
        with log.turn() as append:
            for page in _pages(made):
                append(page)

    def peer() -> None:
        for page in _pages(made):
            app.save(*(noted(new) for new in page))

    what = f"append, {len(made):,} events to the log in batches of 1,000"
    at_least(what, seconds(ours), seconds(peer), 1.0)


def _single(log: Log, app: Peer, times: int) -> None:
    """Print how long one durable append takes: the median, the two in turn."""
    ours, peer = [], []
    for n in range(times):
        event = ActivityRecorded(**stamp(10**7 + n), details=details(n))
        new = NewEvent(activity_stream(f"s{n:011d}"), 1, event)
        ours.append(seconds(lambda new=new: _append(log, new)))
        peer.append(seconds(lambda new=new: app.save(noted(new))))
    at_least("append, one durable event, the turn included", median(ours), median(peer), 0.9)


def _append(log: Log, new: NewEvent) -> None:
    with log.turn() as append:
        append([new])


def _pages(made: list[NewEvent]) -> Iterator[list[NewEvent]]:
    left = iter(made)
    while page := list(islice(left, 1_000)):
        yield page


def _command(folder: Path, count: int, made: list[NewEvent]) -> None:
    """Print how the whole command compares; ours reads, resolves and decides as well."""
    env = {**os.environ, "KALENDS_ACTOR": "bench"}
    place, source = folder / "w", folder / "many.jsonl"

    def call(*arguments: str) -> None:
        subprocess.run([KALENDS, *arguments], check=True, capture_output=True, env=env)

    call("init", str(place), "--title", "创城")
    for n in range(DEPARTMENTS):
        call("-C", str(place), "dept", "add", f"第{n}局", "--code", f"d{n}")
    source.write_text("".join(f"{line(n)}\n" for n in range(count)), "utf-8")
    ours = seconds(lambda: call("-C", str(place), "add", "--from", str(source)))
    app = peer_application(folder / "from.db")

    def peer() -> None:
        for page in _pages(made):
            app.save(*(noted(new) for new in page))

    print(
        f"append, {count:,} activities through add --from, starting, reading and dates included: "
        f"{seconds(peer) / ours:.2f} × as fast as the peer appends"
    )
