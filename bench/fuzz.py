"""Spoil files of a workspace at random and call commands: what must not happen is printed.

python bench/fuzz.py MINUTES [TARGET…]       whatever file, some hundred tries a minute
python bench/fuzz.py --opinions TIMES        the verifiers against each other, so many times as many
python bench/fuzz.py --again SEED            one try again

Exit code 1 when anything was found. Each finding has a seed, for `--again`.
"""

import argparse
import os
import random  # noqa: TID251 - what is tried is no secret
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from spoiling import TARGETS, Sample, tried


def once(sample: Sample, scratch: Path, seed: str) -> tuple[object, ...] | None:
    name = seed.partition(" ")[0]
    try:
        return tried(sample, scratch, random.Random(seed), name)  # noqa: S311 - nor is it guessed
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def fuzzed(minutes: float, names: list[str]) -> tuple[int, dict[tuple[object, str], int]]:
    """Try until the time is over; return how often, and what was found how often."""
    found: dict[tuple[object, str], int] = {}
    count, begun = 0, time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="kalends-fuzz-") as folder:
        sample = Sample(Path(folder) / "sample")
        while time.perf_counter() - begun < 60 * minutes:
            seed = f"{names[count % len(names)]} {os.getpid()}-{count}"
            wrong = once(sample, Path(folder) / "try", seed)
            count += 1
            if wrong is not None:
                kind = wrong[0], re.sub(r"[0-9]+", "#", str(wrong[2]))[:120]
                found[kind] = found.get(kind, 0) + 1
                if found[kind] == 1:
                    print(f"{seed}: {wrong[1]} {str(wrong[2])[:500]}", flush=True)
    return count, found


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("minutes", nargs="?", type=float, default=0.1)
    asked.add_argument("targets", nargs="*")
    asked.add_argument("--opinions", type=int)
    asked.add_argument("--again")
    options = asked.parse_args()
    if options.opinions:
        command = [sys.executable, "-m", "pytest", "-q", "tests/audit/test_one_opinion.py"]
        environment = {**os.environ, "KALENDS_FUZZ": str(options.opinions)}
        sys.exit(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)
    if options.again:
        with tempfile.TemporaryDirectory() as folder:
            print(once(Sample(Path(folder) / "sample"), Path(folder) / "try", options.again))
        return
    count, found = fuzzed(options.minutes, options.targets or list(TARGETS))
    print(f"{count} files spoiled, {len(found)} kinds of findings")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
