"""Rebuilding every view from the log, search included, against inserting the same rows raw."""

import sqlite3
import subprocess
import sys
from pathlib import Path

from decode import filled
from figures import both_at_least, measured

from kalends.views import catch_up, schema, search_text


def rebuild(path: Path, log_path: Path) -> None:
    """Build the views' file from the log, as a reader does."""
    from kalends.log.log import Log
    from kalends.log.sqlite.store import SQLiteLog

    log = Log(SQLiteLog(log_path))
    db = schema.connect(path)
    catch_up.catch_up(db, log.entries(), head_mark=lambda _: b"")
    db.close()
    log.close()


def rows(path: Path) -> dict[str, tuple[int, list[tuple[object, ...]]]]:
    """Return all rows of all tables: what the peer has to insert."""
    db = sqlite3.connect(path)
    names = [
        name
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith(("sqlite_", "pairs"))
    ]
    kept = {}
    for name in names:
        found = db.execute(f"SELECT * FROM {name}").fetchall()
        if found and name != "standing":
            kept[name] = (len(found[0]), found)
    # The index of pairs keeps no text: what was put in is made again.
    texts = dict(db.execute("SELECT number, body FROM indexed_text").fetchall())
    kept["pairs"] = (2, [*zip(texts, search_text.pairs([*texts.values()]), strict=True)])
    db.close()
    return kept


def insert_raw(path: Path, kept: dict[str, tuple[int, list[tuple[object, ...]]]]) -> None:
    """Insert the same rows into the same tables, then make the same indexes."""
    db = schema.connect(path)
    for name, (width, found) in kept.items():
        columns = " (rowid, body)" if name == "pairs" else ""
        marks = ",".join("?" * width)
        for start in range(0, len(found), 5_000):
            with schema.transaction(db):
                db.executemany(
                    f"INSERT INTO {name}{columns} VALUES ({marks})", found[start : start + 5_000]
                )
    schema.finish(db)
    db.close()


def memory(folder: Path, count: int) -> int:
    """Return the peak memory, in megabytes, of a process that rebuilds so many events."""
    path = folder / f"memory{count}.db"
    filled(path, count).close()
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r});"
        "from pathlib import Path; import views;"
        f"views.rebuild(Path({str(folder / f'm{count}.db')!r}), Path({str(path)!r}));"
        # Not getrusage: a child's peak begins with its parent's there.
        "status = Path('/proc/self/status').read_text();"
        "print(int(status.split('VmHWM:')[1].split()[0]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return int(done.stdout)


def run(folder: Path, short: bool) -> None:
    """Print the memory and the ratio."""
    small, large = (2_000, 4_000) if short else (100_000, 400_000)
    peaks = memory(folder, small), memory(folder, large)
    print(f"views, peak memory: {peaks[0]} MB at {small:,} events, {peaks[1]} MB at {large:,}")
    count = 5_000 if short else 1_000_000
    filled(folder / "log.db", count).close()
    ours = measured(lambda: rebuild(folder / "views.db", folder / "log.db"))
    kept = rows(folder / "views.db")
    peer = measured(lambda: insert_raw(folder / "raw.db", kept))
    what = f"views, rebuilt from {count:,} events ({count / ours.clock:,.0f} a second)"
    both_at_least(what, ours, peer, 0.75)
