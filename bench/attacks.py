"""The long campaign against the audit: how much was tried, and what went unnoticed.

python bench/attacks.py            all of it, some minutes
python bench/attacks.py --short    to see that it still runs
"""

import argparse
import importlib
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

attacks: Any = importlib.import_module("attacks_on_logs")


def said(what: str, work: Callable[[], Any]) -> bool:
    """Do it, print its numbers, and tell whether nothing went unnoticed."""
    began = time.perf_counter()
    done = work()
    seconds = time.perf_counter() - began
    print(
        f"{what}: {done.tried:,} tried, {done.found:,} found out, "
        f"{len(done.unnoticed)} unnoticed ({seconds:.0f} s)",
        *done.unnoticed[:10],
        sep="\n    ",
        flush=True,
    )
    return not done.unnoticed


def of_files(folder: Path, short: bool) -> list[bool]:
    """Change a small log's files."""
    place, octets = attacks.fresh(folder / "log")
    bits = range(0, 8 * len(octets), 997 if short else 1)
    few = range(0, 8 * len(octets), 4_999 if short else 13)
    found = [
        said(
            "every bit of a journal flipped",
            lambda: attacks.journals(place, attacks.flipped(octets, bits)),
        ),
        said(
            "bits of a journal beside its database flipped",
            lambda: attacks.journals(place, attacks.flipped(octets, few), alone=False),
        ),
        said(
            "a journal cut at every octet",
            lambda: attacks.journals(place, attacks.cut(octets, 499 if short else 1)),
        ),
        said(
            "lines swapped, repeated, dropped",
            lambda: attacks.journals(place, attacks.moved(octets)),
        ),
        said(
            "random octets of database and WAL changed",
            lambda: attacks.databases(place, folder, 40 if short else 2_000, seed=11),
        ),
    ]
    place.close()
    return found


def of_machines(folder: Path, short: bool) -> list[bool]:
    """Kill, and let the disk fail, while activities are added."""
    workspace = attacks.Workspace(folder)
    found = [
        said(
            "killed while adding (found out: none is wrong)",
            lambda: attacks.kills(workspace, 2 if short else 200, seed=12),
        )
    ]

    def limit(size: int) -> Callable[[], None]:
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    sizes = [0, 40_000] if short else [*range(0, 1_000, 50), *range(1_000, 200_000, 9_973)]
    ways = [(f"{size} octets", {"limited": limit(size)}) for size in sizes]
    found.append(said("a file-size limit while adding", lambda: attacks.failing(workspace, ways)))
    library = attacks.shim(folder)
    if library is None:
        print("no compiler: EIO and ENOSPC are not tried")
        return found
    for number, name in ((5, "EIO"), (28, "ENOSPC")):
        for lasts in (False, True):
            calls = [1, 9] if short else range(1, 31)
            again = attacks.eio(workspace, library, calls, lasts=lasts, error=number)
            what = f"{name} at each of the first {len(calls)} writes" + (" and all later" * lasts)
            found.append(said(what, lambda w=again: attacks.failing(workspace, w)))
    workspace.call("add", "--allow-duplicates", attacks.ADDED)
    report = workspace.verified()
    print(f"afterwards: {report['size']} events, {report['proved']} proved, ok: {report['ok']}")
    return [*found, report["ok"], report["size"] == report["proved"]]


def main() -> None:
    """Run the campaign; exit 1 when anything went unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--short", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        good = of_files(Path(folder), asked.short) + of_machines(Path(folder), asked.short)
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
