"""`add --from` of many activities, against eventsourcing saving the same in batches of 1,000."""

import json
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

from campaign import DEPARTMENTS, PLACES, WORDS, details, new_events
from decode import noted, peer_application
from figures import at_least, seconds

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
    """Print the ratio; ours is the whole command, reading, dates and deciding included."""
    count = 2_000 if short else 100_000
    env = {**os.environ, "KALENDS_ACTOR": "bench"}
    place, source = folder / "w", folder / "many.jsonl"

    def call(*arguments: str) -> None:
        subprocess.run([KALENDS, *arguments], check=True, capture_output=True, env=env)

    call("init", str(place), "--title", "创城")
    for n in range(DEPARTMENTS):
        call("-C", str(place), "dept", "add", f"第{n}局", "--code", f"d{n}")
    source.write_text("".join(f"{line(n)}\n" for n in range(count)), "utf-8")
    ours = seconds(lambda: call("-C", str(place), "add", "--from", str(source)))

    app = peer_application(folder / "peer.db")
    made = list(new_events(count))

    def peer() -> None:
        left = iter(made)
        while page := list(islice(left, 1_000)):
            app.save(*(noted(new) for new in page))

    at_least(f"append, {count:,} activities through add --from", ours, seconds(peer), 1.0)
