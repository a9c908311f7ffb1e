"""What somebody who can write the files may do to them, and what an auditor then finds.

Each campaign returns how often it tried, and what went unnoticed: nothing should. The tests call
them with small numbers, `bench/attacks.py` with large ones.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from audit_examples import KEY, Place, lines, rows, sample_history
from kalends.audit.checkpoint import SuppliedCheckpoint
from kalends.audit.findings import Report
from kalends.audit.verify import verify
from kalends.log.backends import backend_of
from kalends.log.log import Log
from kalends.log.sqlite.store import SQLiteLog
from kalends.log.sqlite.untrusted import UntrustedSQLiteLog

SHIM = Path(__file__).with_name("eio.c")
ADDED = "2020-07-14 tsw 会"


class Outcome(NamedTuple):
    """How many were tried, how many of these were found out, and what went unnoticed."""

    tried: int
    found: int
    unnoticed: list[str]


def counted(attempts: Iterable[tuple[str, bool, bool]]) -> Outcome:
    """Count attempts, each with its name, whether it was found out, and whether it did harm."""
    tried = list(attempts)
    found = sum(1 for _, is_found, _ in tried if is_found)
    missed = [name for name, is_found, is_harm in tried if is_harm and not is_found]
    return Outcome(len(tried), found, missed)


def journals(place: Place, changed: Iterable[tuple[str, bytes]], *, alone: bool = True) -> Outcome:
    """Verify changed journals with the checkpoint kept of the right one."""
    kept = [SuppliedCheckpoint("kept", place.path.read_bytes())]
    store = None if alone else UntrustedSQLiteLog(place.database)

    def attempts() -> Iterator[tuple[str, bool, bool]]:
        for name, octets in changed:
            place.journal.write_bytes(octets)
            yield name, not verify(store, place.journal, kept, [KEY.public]).is_good, True

    return counted(attempts())


def flipped(octets: bytes, bits: Iterable[int]) -> Iterator[tuple[str, bytes]]:
    """Yield copies with one bit flipped."""
    for bit in bits:
        wrong = bytearray(octets)
        wrong[bit // 8] ^= 1 << bit % 8
        yield f"bit {bit}", bytes(wrong)


def cut(octets: bytes, step: int) -> Iterator[tuple[str, bytes]]:
    """Yield beginnings."""
    return ((f"cut at {n}", octets[:n]) for n in range(0, len(octets), step))


def moved(octets: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield copies with lines swapped, repeated, dropped."""
    lines = octets.splitlines(keepends=True)
    for n in range(len(lines)):
        yield f"{n} dropped", b"".join(lines[:n] + lines[n + 1 :])
        yield f"{n} repeated", b"".join([*lines[: n + 1], *lines[n:]])
        for m in range(n):
            order = [*lines[:m], lines[n], *lines[m + 1 : n], lines[m], *lines[n + 1 :]]
            yield f"{m} and {n} swapped", b"".join(order)


def databases(place: Place, scratch: Path, count: int, seed: int) -> Outcome:
    """Change a random octet of the database or of its WAL, so many times."""
    dice = random.Random(seed)
    place.append(sample_history(80)[place.log.position() :])
    place.close()  # these are in the database's file now, the next ones in its WAL
    with closing(sqlite3.connect(place.database, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")  # as Kalends 0.1.0 did
        db.executemany(
            "INSERT INTO stored_events VALUES (?, ?, ?, ?)", [row[1:] for row in rows(85)[80:]]
        )
        files = {path: path.read_bytes() for path in place.database.parent.glob("kalends.db*")}
    kept = [SuppliedCheckpoint("kept", place.sign().content)]
    expected = list(place.log.rows())
    files = {path.name: held for path, held in files.items() if path.suffix in {".db", ".db-wal"}}
    assert set(files) == {"kalends.db", "kalends.db-wal"}
    assert files["kalends.db-wal"]

    def attempts() -> Iterator[tuple[str, bool, bool]]:
        for n in range(count):
            name = sorted(files)[n % 2]
            at, by = dice.randrange(len(files[name])), dice.randrange(1, 256)
            folder = scratch / "flipped"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for path, held in files.items():
                changed = bytearray(held)
                if path == name:
                    changed[at] ^= by
                (folder / path).write_bytes(changed)
            report = verify(UntrustedSQLiteLog(folder / "kalends.db"), None, kept, [KEY.public])
            attack = f"{name} {at} ^ {by}"
            yield attack, not report.is_good, report.is_good and read(folder) != expected

    return counted(attempts())


def read(folder: Path) -> object:
    """Return what Kalends reads of a log, or what it complains of."""
    try:
        with closing(Log(SQLiteLog(folder / "kalends.db"))) as log:
            return list(log.rows())
    except Exception as error:  # noqa: BLE001 - any complaint is another reading
        return error


class Workspace:
    """A workspace that the program itself is called in, as a process."""

    def __init__(self, folder: Path) -> None:
        """Make it, with a department and a first activity."""
        self.root, self.user = folder / "w", folder / "user"
        self.env = {
            **os.environ, "KALENDS_ACTOR": "li", "LANG": "C.UTF-8", "XDG_CONFIG_HOME": str(self.user),
        }  # fmt: skip
        for words in (
            ("init", str(self.root), "--title", "创城", "--lang", "en"),
            ("-C", str(self.root), "dept", "add", "团市委", "--code", "tsw"),
            ("-C", str(self.root), "add", "--allow-duplicates", ADDED),
        ):
            done = self.run(*words)
            assert done.returncode == 0, done

    def run(
        self, *words: str, limited: object = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        """Call the program; `limited` is called in the child first."""
        command = [sys.executable, "-X", "utf8", "-m", "kalends", *words]
        done = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", check=False,
            env=self.env | env, preexec_fn=limited,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def call(self, *words: str, **more: object) -> subprocess.CompletedProcess[str]:
        """Call the program in this workspace."""
        return self.run("-C", str(self.root), *words, **more)

    def verified(self) -> dict:
        """Return what `audit verify` says."""
        return json.loads(self.call("--json", "audit", "verify").stdout)

    def streams(self) -> set[str]:
        """Return the streams of the log, read past the program."""
        with closing(sqlite3.connect(self.root / "events/kalends.db")) as db:
            return {stream for (stream,) in db.execute("SELECT originator_id FROM stored_events")}


# Adds for ever, each a whole command, and says the id once it was acknowledged.
ADDING = """
import io, json, sys
from contextlib import redirect_stdout
from kalends.cli.app import main
while True:
    said = io.StringIO()
    with redirect_stdout(said):
        try:
            main(["-C", sys.argv[1], "--json", "add", "--allow-duplicates", sys.argv[2]])
        except SystemExit as left:
            assert not left.code, (left.code, said.getvalue())
    print(json.loads(said.getvalue())["activity"]["id"], flush=True)
"""


def kills(workspace: Workspace, count: int, seed: int) -> Outcome:
    """Kill so many adding processes, each at a random moment."""
    dice = random.Random(seed)
    acknowledged: set[str] = set()

    def attempts() -> Iterator[tuple[str, bool, bool]]:
        for n in range(count):
            command = [sys.executable, "-X", "utf8", "-c", ADDING, str(workspace.root), ADDED]
            with subprocess.Popen(
                command, stdout=subprocess.PIPE, text=True, env=workspace.env
            ) as adding:
                said = [adding.stdout.readline()]
                time.sleep(dice.uniform(0, 0.2))
                adding.send_signal(signal.SIGKILL)
                said += adding.stdout
            acknowledged.update(f"activity-{line.strip()}" for line in said if line.endswith("\n"))
            lost = acknowledged - workspace.streams()
            report = looked_at(workspace)
            wrong = [f"{problem.position} {problem.what}" for problem in report.problems]
            yield f"kill {n}: {lost} {wrong}", False, bool(lost or wrong)

    return counted(attempts())


def looked_at(workspace: Workspace) -> Report:
    """Verify a workspace in this process."""
    from kalends import config
    from kalends.audit.key_files import trusted_keys

    here = config.load(workspace.root)
    kept = [SuppliedCheckpoint("checkpoint", here.checkpoint.read_bytes())]
    text = here.journal if here.journal.exists() else None
    return verify(backend_of(here.events).untrusted(), text, kept, trusted_keys(here.keys))


def failing(workspace: Workspace, ways: Iterable[tuple[str, dict]]) -> Outcome:
    """Add once in each way in which the disk fails; what was acknowledged must be there."""

    def attempts() -> Iterator[tuple[str, bool, bool]]:
        before = workspace.streams()
        for name, more in ways:
            done = workspace.call("--json", "add", "--allow-duplicates", ADDED, **more)
            after = workspace.streams()
            document = json.loads(done.stdout) if done.stdout else {"ok": False}
            lost = before - after
            if done.returncode == 0:
                lost |= {f"activity-{document['activity']['id']}"} - after
            wrong = [
                f"{problem.position} {problem.what}" for problem in looked_at(workspace).problems
            ]
            yield (
                f"{name}: {done.returncode} {lost} {wrong}",
                done.returncode != 0,
                bool(lost or wrong),
            )
            before = after

    return counted(attempts())


def shim(folder: Path) -> Path | None:
    """Return the library that lets writing fail, None where there is no compiler."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    made = folder / "eio.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(SHIM), "-ldl"]
    done = subprocess.run(command, capture_output=True, check=False)
    return made if done.returncode == 0 else None


def eio(
    workspace: Workspace, library: Path, calls: Iterable[int], *, lasts: bool, error: int = 5
) -> Iterator[tuple[str, dict]]:
    """Yield the ways in which one write after the other fails, and with `lasts` all that follow."""
    environment = {
        "LD_PRELOAD": str(library), "EIO_UNDER": str(workspace.root), "EIO_ERROR": str(error),
    } | ({"EIO_LASTS": "1"} if lasts else {})  # fmt: skip
    return ((f"call {n}", environment | {"EIO_AT": str(n)}) for n in calls)


def fresh(folder: Path, count: int = 12) -> tuple[Place, bytes]:
    """Return a small log and its journal's octets."""
    folder.mkdir(parents=True, exist_ok=True)
    place = Place(folder, count)
    octets = place.journal.read_bytes()
    assert octets == b"".join(line + b"\n" for line in lines(count))
    return place, octets
