"""Measure Kalends against peers in the same run, and print every figure as a ratio.

    python bench/run.py            the sizes that docs/explanation/performance.md speaks of
    python bench/run.py --short    small sizes, to see that every benchmark still runs
    python bench/run.py NAME …     only these

A ratio is taken within one run on one machine, the two sides in turn; seconds are shown beside it.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import api
import append
import campaigns
import decode
import postgres
import scale
import startup
import typed

import audit
import feeds
import views
import web

BENCHMARKS: dict[str, Callable[[Path, bool], None]] = {
    "startup": startup.run,
    "append": append.run,
    "api": api.run,
    "decode": decode.run,
    "postgres": postgres.run,
    "campaigns": campaigns.run,
    "typed": typed.run,
    "views": views.run,
    "feeds": feeds.run,
    "audit": audit.run,
    "scale": scale.run,
    "web": web.run,
}


def main() -> None:
    """Run the benchmarks asked for, each in a folder of its own."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], metavar="NAME")
    parser.add_argument("--short", action="store_true")
    asked = parser.parse_args()
    for name in asked.names or BENCHMARKS:
        with tempfile.TemporaryDirectory() as folder:
            BENCHMARKS[name](Path(folder), asked.short)


if __name__ == "__main__":
    main()
