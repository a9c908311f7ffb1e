"""What a command takes, and its memory, at a hundred times as many activities: whole processes.

The campaign of this benchmark is hard on lists: everything was recorded today, a third of it is
planned and its day has passed, a third is still to come, a third was recorded long after it
happened. One small department has the same fifty activities at every size.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from campaign import DEPARTMENTS, PLACES, ZONE, details
from figures import at_most

from kalends.domain.details import Details, Participation
from kalends.domain.events import (
    ActivityCorrected,
    ActivityHeld,
    ActivityMoved,
    ActivityPlanned,
    ActivityRecorded,
    DepartmentRegistered,
    Stamp,
    activity_stream,
)
from kalends.domain.when import OfficeHours, When, resolved
from kalends.log.event_log import NewEvent
from kalends.log.log import Log
from kalends.log.sqlite.store import SQLiteLog

KALENDS = str(Path(sys.executable).with_name("kalends"))
SMALL, SMALL_SIZE = "small", 50
_PAGE = 5_000
_AROUND = 200
# What a person asks daily, at most twice as long at a hundred times as many activities.
DAILY = {
    "kalends alone": [],
    "agenda": ["agenda"],
    "late": ["late"],
    "diff of a day": ["diff", "today"],
    "history as known at half": ["history", SMALL, "--known-at", "HALF"],
    "add, signed": ["add", "2020-07-14 小局 会议 ID", "--allow-duplicates"],
}
# Whatever reads the log, or all of the views: its memory is to stay flat.
WHOLE = {
    "feed ls": ["feed", "ls"],
    "when": ["when", "7月14日"],
    "agenda --all": ["agenda", "--all"],
    "history of a department of a third": ["history", "d1"],
    "search": ["search", "环境"],
    "log": ["log"],
    "diff --all": ["diff", "1", "--all"],
    "late --json": ["late", "--json"],
    "publish": ["publish"],
    "feed check": ["feed", "check"],
    "doctor": ["doctor"],
    "audit verify": ["audit", "verify"],
    "audit replay": ["audit", "replay"],
    "audit pack": ["audit", "pack", "-o", "PACK"],
    "audit check-pack": ["audit", "check-pack", "PACK"],
    "restoring": ["agenda"],
    "add --from of 1,000": ["add", "--from", "LINES", "--allow-duplicates"],
}


class Run(NamedTuple):
    """One run of a command: seconds, and the most memory that it held, in megabytes."""

    seconds: float
    memory: float


class Place:
    """A workspace that is measured."""

    def __init__(self, root: Path, activities: int = 0) -> None:
        """Name its folder; beside it are the keys."""
        self.root = root
        self.activities = activities
        self.asked = 0
        self.env = {
            **os.environ,
            "KALENDS_ACTOR": "bench",
            "XDG_CONFIG_HOME": str(root.parent / "config"),
            "PYTHONDONTWRITEBYTECODE": "",
        }

    def ask(self, arguments: list[str]) -> Run:
        """Run a command, its words in capitals filled in."""
        self.asked += 1
        names = {
            "HALF": str(self.activities // 2),
            "ID": f"{self.asked}",
            "PACK": str(self.root.parent / f"pack-{self.activities}.zip"),
            "LINES": str(self.root.parent / "lines.jsonl"),
        }
        words = re.compile("|".join(names))
        return self.call(
            *(words.sub(lambda found: names[found[0]], argument) for argument in arguments)
        )

    def call(self, *arguments: str, fails: bool = False) -> Run:
        """Run a command as a process of its own."""
        # A process that grows from this one would begin with this one's peak.
        wanted = [sys.executable, str(Path(__file__).with_name("peak.py")), KALENDS, "-C"]
        began = time.perf_counter()
        done = subprocess.run(
            [*wanted, str(self.root), *arguments],
            capture_output=True,
            check=False,
            env=self.env,
        )
        took = time.perf_counter() - began
        if done.returncode and not fails:
            raise RuntimeError(done.stderr.decode())
        peak = float(done.stderr.rsplit(b"peak ", 1)[1])
        return Run(took, peak / 1024)


def made(folder: Path, activities: int) -> Place:
    """Return a workspace with so many activities, signed and published; one that is there stays."""
    place = Place(folder / f"campaign-{activities}", activities)
    if (place.root / "whole").exists():
        return place
    subprocess.run(
        [KALENDS, "init", str(place.root), "--title", "创城", "--timezone", "Asia/Shanghai"],
        check=True,
        capture_output=True,
        env=place.env,
    )
    log = Log(SQLiteLog(place.root / "events" / "kalends.db"))
    at = log.last_at()
    assert at is not None
    coming = _events(activities, at)
    while page := list(islice(coming, _PAGE)):
        with log.turn() as append:
            append(page)
    log.close()
    (place.root / "events" / "checkpoint").unlink()
    place.call("audit", "checkpoint")
    place.call("publish")
    (place.root / "whole").touch()
    return place


def _events(activities: int, at: datetime) -> Iterator[NewEvent]:
    """Yield the departments and the activities, all recorded within a minute."""
    began = at
    for n in range(DEPARTMENTS):
        parent = f"d{n % 4}" if n >= 4 else None
        stamp = Stamp(at=at, by="clerk0", via="cli", act=f"dept{n:08d}")
        event = DepartmentRegistered(**stamp, code=f"d{n}", name=f"第{n}局", parent=parent)
        yield NewEvent("roster", n + 1, event)
    stamp = Stamp(at=at, by="clerk0", via="cli", act=f"dept{DEPARTMENTS:08d}")
    event = DepartmentRegistered(**stamp, code=SMALL, name="小局")
    yield NewEvent("roster", DEPARTMENTS + 1, event)
    for n in range(activities):
        at = began + timedelta(seconds=60 * n // activities)
        is_small = n % (activities // SMALL_SIZE) == 0
        yield from _events_of(n, at, began, is_small=is_small)


def _events_of(n: int, at: datetime, today: datetime, *, is_small: bool) -> list[NewEvent]:
    """Return the events of an activity: one in three passed unsaid, is to come, or was late."""
    known = _dated(details(n), n, today)
    if is_small:
        named = replace(known, departments=(Participation(code=SMALL, role="lead"),))
        known = named
    stream = activity_stream(f"b{n * 7919 % 10**11:011d}")

    def stamp(version: int) -> Stamp:
        return Stamp(at=at, by=f"clerk{n % 7}", via="cli", act=f"a{n:09d}v{version}")

    if n % 3:
        events = [ActivityPlanned(**stamp(1), details=known)]
        if n % 10 == 0:
            moved = _dated(details(n), n + 3, today).when
            events += [ActivityMoved(**stamp(2), when=moved, reason="下雨")]
    else:
        events = [ActivityRecorded(**stamp(1), details=known)]
        if n % 10 == 0:
            changed = replace(known, title=known.title + "（更正）")
            events += [
                ActivityCorrected(**stamp(2), details=changed, status="held", reason="更正")
            ]
        elif n % 20 == 3:
            events = [ActivityPlanned(**stamp(1), details=known), ActivityHeld(**stamp(2))]
    return [NewEvent(stream, version, event) for version, event in enumerate(events, 1)]


def _dated(known: Details, n: int, today: datetime) -> Details:
    """Return the details on a day before today, or after it for one in three."""
    ahead = 1 + n % _AROUND if n % 3 == 1 else -4 - n % _AROUND
    day = (today + timedelta(days=ahead)).date()
    when = When(first_day=day, last_day=day, precision="day", zone="Asia/Shanghai", text=f"{day}")
    return replace(known, when=resolved(when, ZONE, OfficeHours()), place=PLACES[n % len(PLACES)])


def _spread(runs: list[tuple[float, float]]) -> str:
    """Return how far the ratios of some runs lie apart."""
    ratios = sorted(ours / peer for ours, peer in runs)
    return f"spread {ratios[0]:.2f} to {ratios[-1]:.2f}"


def _daily(small: Place, large: Place, rounds: int) -> None:
    for name, arguments in DAILY.items():
        runs = [
            (large.ask(arguments).seconds, small.ask(arguments).seconds) for _ in range(rounds)
        ]
        what = f"scale, {name}, at {large.activities:,} against {small.activities:,}"
        ours, peer = (median(each) for each in zip(*runs, strict=True))
        at_most(f"{what} ({_spread(runs)})", ours, peer, 2)


def _after_one_append(small: Place, large: Place) -> None:
    """Print what the first command takes whose views have one event to catch up with."""
    took = []
    for place in (large, small):
        place.ask(DAILY["add, signed"])
        took.append(place.ask([]).seconds)
    at_most("scale, kalends alone, the first time after one append", *took, 2)


def _memory(middle: Place, large: Place) -> None:
    lines = [
        {"when": "2020-07-14", "title": f"会议{n}", "departments": ["小局"]} for n in range(1_000)
    ]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (large.root.parent / "lines.jsonl").write_text(text, "utf-8")
    for name, arguments in WHOLE.items():
        runs = []
        for place in (middle, large):
            if name == "publish":
                place.ask(DAILY["add, signed"])
            if name == "restoring":
                place.ask(["publish"])
                (place.root / "events" / "kalends.db").unlink()
            runs.append(place.ask(arguments))
        small, other = runs
        print(
            f"scale, memory of {name}: {small.memory:.0f} MB at {middle.activities:,} activities, "
            f"{other.memory:.0f} MB at {large.activities:,}; {small.seconds:.1f} and {other.seconds:.1f} s"
        )


def _checks(place: Place, rounds: int) -> None:
    runs = []
    for _ in range(rounds):
        ours = place.ask(["doctor"]).seconds + place.ask(["feed", "check"]).seconds
        peer = place.ask(["audit", "verify"]).seconds + place.ask(["audit", "replay"]).seconds
        runs.append((ours, peer))
    what = f"scale, doctor and feed check against verify and replay at {place.activities:,}"
    ours, peer = (median(each) for each in zip(*runs, strict=True))
    at_most(f"{what} ({_spread(runs)})", ours, peer, 1)


def run(folder: Path, short: bool) -> None:
    """Print the ratios and the memory."""
    few, some, many = (150, 600, 1_500) if short else (2_000, 20_000, 200_000)
    rounds = 2 if short else 7
    small, middle, large = (made(folder, count) for count in (few, some, many))
    for place in (small, middle, large):
        place.ask([])  # the views are caught up
    _daily(small, large, rounds)
    _after_one_append(small, large)
    for place in (small, middle, large):
        place.ask(["publish"])
    _checks(middle, 1 if short else 3)
    _memory(middle, large)
