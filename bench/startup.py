"""Whole processes: help and one `add`, against importing click."""

import os
import subprocess
import sys
from itertools import count
from pathlib import Path

from figures import alternately, at_most

KALENDS = str(Path(sys.executable).with_name("kalends"))
PEER = [sys.executable, "-c", "import click"]


def run(folder: Path, short: bool) -> None:
    """Print how long `--help` and `add` take."""
    rounds = 3 if short else 20
    env = {**os.environ, "KALENDS_ACTOR": "bench"}

    def call(*arguments: str) -> None:
        subprocess.run([KALENDS, *arguments], check=True, capture_output=True, env=env)

    def peer() -> None:
        subprocess.run(PEER, check=True, capture_output=True)

    place = str(folder / "w")
    call("init", place, "--title", "创城", "--from", "2020-06-01", "--to", "2020-12-31")
    call("-C", place, "dept", "add", "团市委", "--code", "tsw", "--alias", "Youth League")
    at_most("startup, --help", *alternately(lambda: call("--help"), peer, rounds), 2.7)
    for name, sentence in {
        "Chinese": "7月14日上午团市委召开推进会",
        "ISO": "2020-07-14 14:30 tsw promotion meeting",
        "English": "July 14 2pm Youth League open day",
    }.items():
        turns = count()
        ours = alternately(
            lambda said=sentence, n=turns: call("-C", place, "add", f"{said} {next(n)}"),
            peer,
            rounds,
        )
        at_most(f"startup, add in {name}", *ours, 3.0)
