"""What calendar programs make of a scripted life, step by step, in both formats and languages.

    python bench/readers.py [--python VENV] [--node DIR] [--libical FILE]

VENV is a virtual environment with khal, vdirsyncer, vobject and recurring-ical-events, DIR holds
`node_modules` with ical.js and node-ical, FILE is libical's shared library. icalendar is always
asked. After each step every feed is published, fetched over HTTP by vdirsyncer, and read by all of
them; what they show is compared with what the script itself knows to be right. The exit code is 1
when a program read anything else.
"""

import argparse
import json
import sys
import tempfile
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import reader_programs
from reader_programs import Reader, Reading
from scripted_life import Life


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def main() -> int:
    """Read every step, and return the exit code."""
    asked = _arguments()
    wrong = count = 0
    with tempfile.TemporaryDirectory(prefix="kalends-readers-") as place:
        for feed_format, language in ((1, "zh"), (1, "en"), (2, "zh"), (2, "en")):
            folder = Path(place) / f"{feed_format}-{language}"
            life = Life(folder / "city", feed_format=feed_format, language=language)
            with _served(life.feeds) as address:
                readers = list(_readers(asked, folder, address))
                for step in life.steps():
                    for feed, expected in life.expected().items():
                        for reader in readers:
                            count += 1
                            found = reader.read(life.feeds / f"{feed}.ics", feed)
                            if found not in (
                                expected,
                                {reading._replace(uid="") for reading in expected},
                            ):
                                wrong += 1
                                where = f"format {feed_format}, {language}, {step}, {feed}"
                                _tell(reader, where, expected, found)
            names = ", ".join(reader.name for reader in readers)
            print(f"format {feed_format}, {language}: {names}")
    print(f"{count} readings, {wrong} of them wrong")
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("python", "node", "libical"):
        parser.add_argument(f"--{name}", type=Path)
    return parser.parse_args()


def _readers(asked: argparse.Namespace, folder: Path, address: str) -> Iterator[Reader]:
    yield reader_programs.ICalendar()
    if asked.python:
        yield reader_programs.InPython("recurring-ical-events", asked.python)
        yield reader_programs.InPython("vobject", asked.python)
        yield reader_programs.Khal(asked.python, folder / "khal", address)
    if asked.node:
        yield reader_programs.InNode("ical.js", asked.node)
        yield reader_programs.InNode("node-ical", asked.node)
    if asked.libical:
        yield reader_programs.Libical(asked.libical)


class _served:  # noqa: N801 - it is used as a function is
    """Serve a folder over HTTP while it lasts."""

    def __init__(self, folder: Path) -> None:
        handler = partial(_Quiet, directory=folder)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _tell(reader: Reader, where: str, expected: set[Reading], found: set[Reading]) -> None:
    print(f"× {reader.name}, {where}")
    for sign, some in (("-", expected - found), ("+", found - expected)):
        for reading in sorted(some):
            print(f"    {sign} {json.dumps(reading, ensure_ascii=False)}")


if __name__ == "__main__":
    sys.exit(main())
