"""Many campaigns in one process: what each costs, and whether they wait for one another."""

import gc
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from statistics import median

from campaign import new_events
from figures import at_least
from postgres import reached_by_tcp

from kalends.log.event_log import NewEvent
from kalends.log.log import Log
from kalends.log.postgres.statements import statements_of
from kalends.log.postgres.store import PostgresBackend
from kalends.log.sqlite.store import SQLiteBackend
from kalends.store_address import StoreAddress

_CAMPAIGNS, _WRITERS = 8, 8
_SLOW = "5000"
# Until then each connection has met each campaign often enough to keep its statements.
_BEFORE = 800


def _memory() -> float:
    """Return the memory of this process, in megabytes."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4_096 / 1e6


def _opened(short: bool) -> None:
    """Open a thousand campaigns through one pool, and follow all of them."""
    most = 100 if short else 1_000
    server, url = reached_by_tcp()
    count_of = (
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kalends' "
        "AND backend_type = 'client backend'"
    )
    try:
        server.sql("".join(statements_of(f"c{n}").create.decode() for n in range(most)))
        with ExitStack() as until_done:
            began, before = time.perf_counter(), 0.0
            for n in range(most):
                log = Log(PostgresBackend(StoreAddress(url, f"c{n}")).open())
                until_done.enter_context(closing(log))
                log.follow()
                log.change_counter()
                if n + 1 in {most // 10, most}:
                    (connections,) = server.sql(count_of)[0]
                    memory = _memory()
                    took = (time.perf_counter() - began) / (n + 1)
                    print(
                        f"campaigns, {n + 1:,} open through one pool: {connections} connections "
                        f"(at most 11), {memory:.0f} MB, {took * 1e3:.0f} ms each to open"
                    )
                    if before:
                        each = (memory - before) * 1e3 / (most - most // 10)
                        print(f"campaigns, each more that is open: {each:.0f} kB (at most 50 kB)")
                    before = memory
    finally:
        server.stop()


def _appended(logs: Sequence[Log], events: Sequence[NewEvent], turns: int) -> float:
    """Return the seconds in which writers, spread over the logs, take so many turns together."""
    numbers, began = count(), time.perf_counter()

    def write(log: Log) -> None:
        while (number := next(numbers)) < turns:
            with log.turn(wait=60) as append:
                append([events[number]])

    threads = [
        threading.Thread(target=write, args=(logs[n % len(logs)],)) for n in range(_WRITERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def _compare(what: str, create: Callable[[int], Log], turns: int) -> None:
    """Print how many times as many appends a second eight campaigns take as one does."""
    with ExitStack() as until_done:
        logs = [until_done.enter_context(closing(create(n))) for n in range(_CAMPAIGNS)]
        events = list(new_events(4 * turns + _BEFORE))
        _appended(logs, events[-_BEFORE:], _BEFORE)
        rounds = []
        for n in range(2):
            begin = n * 2 * turns
            many = _appended(logs, events[begin : begin + turns], turns)
            alone = _appended(logs[:1], events[begin + turns : begin + 2 * turns], turns)
            rounds.append((many, alone))
    many, alone = (min(pair[side] for pair in rounds) for side in (0, 1))
    at_least(
        f"campaigns, {_WRITERS} writers, {_CAMPAIGNS} campaigns against one, {what} "
        f"({turns / many:,.0f} and {turns / alone:,.0f} a second)", many, alone, 4,
    )  # fmt: skip


def _on_server(what: str, turns: int, **environment: str) -> None:
    server, url = reached_by_tcp(**environment)
    try:
        addresses = [StoreAddress(url, f"c{n}") for n in range(_CAMPAIGNS)]
        _compare(what, lambda n: Log(PostgresBackend(addresses[n]).create()), turns)
    finally:
        server.stop()


def _slow_disk(folder: Path) -> dict[str, str]:
    """Return the environment in which each write to the disk waits; none without a compiler.

    The library stands where the server's user finds it: that is not whoever runs this.
    """
    compiler = shutil.which("cc")
    if compiler is None:
        print("campaigns, a slow disk: not measured, there is no C compiler here")
        return {}
    folder.chmod(0o755)
    made, source = folder / "slow_disk.so", Path(__file__).with_name("slow_disk.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", made, source, "-ldl"], check=True)
    return {"LD_PRELOAD": str(made), "SLOW_DISK_MICROSECONDS": _SLOW}


def _flush_ms(folder: Path) -> float:
    """Return how long this disk takes to keep a page, the median, in milliseconds."""
    took = []
    with (folder / "flushed").open("wb", buffering=0) as file:
        for _ in range(101):
            file.write(bytes(8_192))
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - began)
    return median(took) * 1e3


def run(folder: Path, short: bool) -> None:
    """Print what opening many takes, and the ratios of appending."""
    _opened(short)
    turns = 100 if short else 800
    _on_server(f"PostgreSQL, this disk of {_flush_ms(folder):.1f} ms", turns)
    if slow := _slow_disk(folder):
        _on_server(f"PostgreSQL, a disk of {int(_SLOW) / 1e3:.0f} ms", turns, **slow)
    files = [folder / f"{n}.db" for n in range(_CAMPAIGNS)]
    _compare("SQLite", lambda n: Log(SQLiteBackend(files[n]).create()), turns)
