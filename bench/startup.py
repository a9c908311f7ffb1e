"""Whole processes: help, one `add`, `agenda` and `history`, against importing click.

They are called in the workspace's own folder, as people do, and compared by the processor time that
the operating system counts: of so short a process the time by the clock says how busy a machine is.
"""

import os
import subprocess
import sys
from itertools import count
from pathlib import Path

from figures import at_most

KALENDS = str(Path(sys.executable).with_name("kalends"))
PEER = (sys.executable, "-c", "import click")
# As installed: compiled modules are kept, whatever this shell says.
_ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
} | {"KALENDS_ACTOR": "bench"}
SENTENCES = {
    "Chinese": "7月14日上午团市委召开推进会",
    "ISO": "2020-07-14 14:30 tsw promotion meeting",
    "English": "July 14 2pm Youth League open day",
}


def processor_seconds(folder: Path, *arguments: str) -> float:
    """Run a program in a folder and return the processor time that it took."""
    process = subprocess.Popen(
        arguments,
        cwd=folder,
        env=_ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    return used.ru_utime + used.ru_stime


def run(folder: Path, short: bool) -> None:
    """Print how long each takes: the least of so many rounds, the peer in each of them."""
    rounds, turns = 3 if short else 25, count()
    place = folder / "w"
    place.mkdir()

    def call(*arguments: str) -> float:
        return processor_seconds(place, KALENDS, *arguments)

    call("init", ".", "--title", "创城", "--from", "2020-06-01", "--to", "2020-12-31")
    call("dept", "add", "团市委", "--code", "tsw", "--alias", "Youth League")
    call("add", SENTENCES["Chinese"])
    call("agenda")  # the first one builds the views
    commands = {
        "--help": (2.7, lambda: call("--help")),
        "agenda": (2.8, lambda: call("agenda")),
        "history": (2.8, lambda: call("history", "tsw")),
    }
    for name, sentence in SENTENCES.items():
        commands[f"add in {name}"] = (
            3.0,
            lambda said=sentence: call("add", f"{said} {next(turns)}"),
        )
    least = dict.fromkeys(commands, float("inf"))
    peer = float("inf")
    for _ in range(rounds):
        peer = min(peer, processor_seconds(place, *PEER))
        for name, (_, taken) in commands.items():
            least[name] = min(least[name], taken())
    for name, (reach, _) in commands.items():
        at_most(f"startup, {name}, processor time", least[name], peer, reach)
