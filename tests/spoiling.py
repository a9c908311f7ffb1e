"""Spoil any file of a workspace, and call the program: it must answer, whatever stands there.

An answer is one of the documented exit codes but 1 (a fault of ours), in words, within seconds,
and nothing outside the workspace is written. `tests/test_spoiled_files.py` tries a few hundred;
`python bench/fuzz.py MINUTES` goes on.
"""

import io
import json
import os
import re
import shutil
import signal
import sqlite3
import time
import tomllib
import zipfile
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from struct import error as struct_error

from kalends.cli.app import main

ANSWERS = {0, 2, 3, 4, 5, 6, 7, 8, 9, 10}
SECONDS = 30
EVIL_TEXT = [
    "", "\0", "\x1b[2J", "\u202e", "\udc80", "a" * 3_000, "../../victim", "/dev/zero", "..", ".",
    "\u3000", "٣", "é", "e\u0301", "all", "tag-", "2020-02-30", "9999-12-31T23:59:59Z", "NaN",
    "activity-", "kalends/", "1" * 5_000, "\n", "'; DROP TABLE component; --", "%s{0}{name}",
]  # fmt: skip
EVIL = [
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, -(2**63), 10**30, 1.5, 1e300, float("inf"), float("nan"),
    [], {}, [[]], {"": None}, {"a": {"a": {}}}, *EVIL_TEXT,
]  # fmt: skip


def nested(depth):
    made = []
    for _ in range(depth):
        made = [made]
    return made


def spoiled(octets, chance):
    """Return the octets with some of them flipped, cut out, doubled, moved or replaced."""
    made = bytearray(octets)
    for _ in range(chance.choice([1, 1, 2, 5])):
        at, length = chance.randrange(len(made) + 1), chance.choice([1, 1, 2, 9, 400, 5_000])
        match chance.randrange(8):
            case 0 | 1:
                made[at : at + 1] = bytes(
                    byte ^ 1 << chance.randrange(8) for byte in made[at : at + 1]
                )
            case 2:
                made[at : at + 1] = chance.choice([b"\0", b"\n", b"\r\n", b'"', b"{", b"[", b"9" * 5_000, b"\xff", b"\x1b", b"-", b"="])  # fmt: skip
            case 3:
                del made[at : at + length]
            case 4:
                made[at:at] = made[at : at + length]
            case 5:
                made[at : at + length] = bytes(
                    chance.randrange(256) for _ in range(min(length, 40))
                )
            case 6:
                del made[at:]
            case _:
                piece = made[at : at + length]
                del made[at : at + length]
                to = chance.randrange(len(made) + 1)
                made[to:to] = piece
    return bytes(made)


def places(value, path=()):
    """Yield the path of everything in a document."""
    yield path
    found = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, each in found:
        yield from places(each, (*path, key))


def changed(value, path, new):
    """Return a document with another value at a path."""
    if not path:
        return new
    made = dict(value) if isinstance(value, dict) else list(value)
    made[path[0]] = changed(made[path[0]], path[1:], new)
    return made


def said_otherwise(document, chance):
    """Return a document with something evil in it, somewhere."""
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        path = chance.choice(list(places(document)))
        match chance.randrange(5):
            case 0 if path:
                holder = document
                for key in path[:-1]:
                    holder = holder[key]
                if isinstance(holder, dict):
                    left = {key: each for key, each in holder.items() if key != path[-1]}
                    left[chance.choice(EVIL_TEXT)] = holder[path[-1]]
                    document = changed(document, path[:-1], left)
                    continue
                document = changed(document, path[:-1], holder * 2)
            case 1:
                document = changed(document, path, nested(chance.choice([3, 900, 20_000])))
            case _:
                document = changed(document, path, chance.choice(EVIL))
        if not isinstance(document, dict | list):
            break
    return document


def as_json(octets, chance):
    """Return JSON that says something else, in some spelling."""
    spelling = chance.choice([
        {}, {"indent": 1}, {"indent": 2, "sort_keys": True}, {"separators": (",", ":"), "sort_keys": True},
    ])  # fmt: skip
    try:
        made = said_otherwise(json.loads(octets), chance)
        text = json.dumps(made, ensure_ascii=chance.random() < 0.5, **spelling) + "\n"
    except (ValueError, RecursionError, TypeError):
        return spoiled(octets, chance)
    if chance.random() < 0.1:
        text = text.replace(
            chance.choice(["0", "1", "2"]), chance.choice(["1e999", "-0", "9" * 5_000, "1E400"]), 1
        )
    return text.encode("utf-8", "surrogatepass")


def as_lines(octets, chance):
    """Return lines of JSON of which some say something else."""
    made = octets.split(b"\n")
    for _ in range(chance.choice([1, 1, 3])):
        at = chance.randrange(len(made))
        match chance.randrange(5):
            case 0:
                made[at] = spoiled(made[at], chance)
            case 1:
                made.insert(at, made[chance.randrange(len(made))])
            case 2:
                del made[at]
                made = made or [b""]
            case _:
                made[at] = json_line(made[at], chance)
    return b"\n".join(made)


def json_line(line, chance):
    try:
        made = said_otherwise(json.loads(line), chance)
        text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    except (ValueError, RecursionError, TypeError):
        return spoiled(line, chance)
    return text.encode("utf-8", "surrogatepass")


def as_toml(octets, chance):
    """Return settings with something evil in them."""
    text = octets.decode()
    keys = ["language", "audit.keys", "audit.checkpoint", "[audit]\nkeys", "[[audit]]\nkeys", "audit", "x", '"\\u202e"']  # fmt: skip
    values = ['["zh"]', "1e999", "9" * 5_000, "[" * 3_000, "{a=" * 900, "nan", "1979-05-27", '"\\u0000"', '["append"]', '[["x"]]', "'''", "true", '["kalends/x+y+z"]']  # fmt: skip
    match chance.randrange(4):
        case 0:
            return spoiled(octets, chance)
        case 1:
            return f"{chance.choice(keys)} = {chance.choice(values)}\n{text}".encode()
        case 2:
            return f"{text}\n{chance.choice(keys)} = {chance.choice(values)}\n".encode()
    line = chance.choice(text.split("\n"))
    made = f"{line.partition('=')[0]}= {chance.choice(values)}"
    return text.replace(line, made).encode(chance.choice(["utf-8", "utf-8-sig", "utf-16"]))


def as_zip(octets, chance):
    """Return a pack that lies: names, sizes, methods, entries twice, a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as packed:
            files = [(member.filename, packed.read(member)) for member in packed.infolist()]
    except (zipfile.BadZipFile, OSError):
        return spoiled(octets, chance)
    made, held = io.BytesIO(), list(files)
    name, content = chance.choice(files)
    how = zipfile.ZIP_STORED
    match chance.randrange(7):
        case 0:
            return spoiled(octets, chance)
        case 1:
            how = chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
        case 2:
            held.append(
                (chance.choice([*EVIL_TEXT[5:12], "/etc/x", "C:\\x", "a/" * 900]), content)
            )
        case 3:
            held[held.index((name, content))] = name, spoiled(content, chance)
        case 4:
            held.remove((name, content))
        case 5:
            held.append(("bomb", bytes(10 << 20)))
            how = zipfile.ZIP_DEFLATED
        case _:
            at = octets.rfind(b"PK\5\6") + chance.randrange(22)
            return octets[:at] + bytes([chance.randrange(256)]) + octets[at + 1 :]
    with zipfile.ZipFile(made, "w", how) as packed:
        for member, each in held:
            with suppress(ValueError, UnicodeError, struct_error):
                packed.writestr(member, each)
    return made.getvalue()


def as_calendar(octets, chance):
    """Return a calendar with lines of their own kind of evil."""
    made = octets.split(b"\r\n")
    for _ in range(chance.choice([1, 2, 4])):
        at = chance.randrange(len(made))
        match chance.randrange(5):
            case 0:
                made[at] = spoiled(made[at], chance)
            case 1:
                made[at:at] = [b"UID:activity-aaaaaaaaaaaa@x"] * chance.choice([1, 50, 5_000])
            case 2:
                made[at:at] = [b"SEQUENCE:" + chance.choice([b"-1", b"9" * 10, b"9" * 5_000, b"1"])] * chance.choice([1, 99])  # fmt: skip
            case 3:
                made[at:at] = chance.choice(
                    [[b"BEGIN:VEVENT"], [b"END:VEVENT"], [b" "], [b"BEGIN:VEVENT"] * 5_000]
                )
            case _:
                del made[at]
                made = made or [b""]
    return chance.choice([b"\r\n", b"\r\n", b"\r\n", b"\n"]).join(made)


def as_sqlite(path, chance):
    """Spoil a database by what SQL can say."""
    value = chance.choice(["NULL", "''", "x''", "-1", "0", "9223372036854775807", "1.5", "'x'", "zeroblob(10)", "x'ff'", "9e999"])  # fmt: skip
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            tables = [
                name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type='table'")
            ]
            table = chance.choice(
                [table for table in tables if not table.startswith("sqlite")] or ["x"]
            )
            columns = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')] or ["x"]
            column = chance.choice(columns)
            statements = [
                f'UPDATE "{table}" SET "{column}" = {value}',
                f'UPDATE "{table}" SET "{column}" = {value} WHERE rowid % 3 = 1',
                f'DELETE FROM "{table}"',
                f'DELETE FROM "{table}" WHERE rowid % 2',
                f'DROP TABLE "{table}"',
                f'ALTER TABLE "{table}" RENAME TO y',
                f'ALTER TABLE "{table}" RENAME COLUMN "{column}" TO y',
                f'ALTER TABLE "{table}" ADD COLUMN y',
                f'CREATE TRIGGER t AFTER INSERT ON "{table}" BEGIN DELETE FROM "{table}"; END',
                f'INSERT INTO "{table}" SELECT * FROM "{table}" LIMIT 3',
                f"PRAGMA user_version = {chance.choice([0, -1, 99])}",
                f'CREATE VIEW v AS SELECT * FROM "{table}"',
                f'UPDATE "{table}" SET rowid = rowid + 9000000000',
            ]
            with suppress(sqlite3.Error):
                db.execute(chance.choice(statements))
    except sqlite3.Error:
        path.write_bytes(spoiled(path.read_bytes(), chance))


def in_place(path, octets):
    path.write_bytes(octets)


# What is spoiled, how, and with which commands it is looked at; "~" is the activity.
READ = (["agenda"], ["history", "tsw"], ["show", "~"], ["search", "会"], ["late"], ["diff", "1", "5"], ["log"], [], ["dept", "ls"], ["campaign", "show"])  # fmt: skip
FEEDS = (["publish"], ["feed", "check"], ["feed", "ls"], ["feed", "show", "all"], ["feed", "explain", "~"], ["audit", "replay"], ["audit", "replay", "--deep"], ["doctor"])  # fmt: skip
AUDIT = (["audit", "verify"], ["audit", "prove", "~"], ["audit", "pack", "-o", "../made.zip"], ["audit", "checkpoint"], ["doctor"])  # fmt: skip
WRITE = (["add", "7月16日 团市委 走访"], ["undo"], ["publish"])
TARGETS = {
    "kalends.toml": (as_toml, (["agenda"], ["audit", "verify"], ["doctor"], ["when", "7月14日"], *WRITE)),
    "events/journal.jsonl": (as_lines, (*READ, *AUDIT, ["doctor"], *WRITE)),
    "events/checkpoint": (spoiled, (*AUDIT, *WRITE, ["agenda", "--known-at", "events/checkpoint"])),
    "events/checkpoints/7.txt": (spoiled, (*AUDIT, *WRITE)),
    "feeds/manifest.json": (as_json, (*FEEDS, [], *WRITE)),
    "feeds/all.ics": (as_calendar, FEEDS),
    ".kalends/views.db": (as_sqlite, (*READ, *FEEDS, *AUDIT)),
    ".kalends/components.db": (as_sqlite, FEEDS),
    ".kalends/edge.json": (as_json, (*WRITE, ["audit", "checkpoint"])),
    ".kalends/journal.json": (as_json, (*WRITE, ["agenda"], ["doctor"])),
    "events/kalends.db": (as_sqlite, (*READ, *AUDIT, *WRITE)),
    "../home/keys/KEY": (spoiled, (*WRITE, ["audit", "checkpoint"])),
    "../proof.json": (as_json, (["audit", "check", "../proof.json"],)),
    "../pack.zip": (as_zip, (["audit", "check-pack", "../pack.zip"],)),
    "../kept.ics": (as_calendar, (["audit", "served", "../kept.ics"], ["agenda", "--known-at", "../kept.ics"])),
    "../lines.jsonl": (as_lines, (["add", "--from", "../lines.jsonl"], ["add", "--from", "../lines.jsonl", "--keep-going"])),
    "../key.txt": (spoiled, (["audit", "verify", "--key", "../key.txt"], ["audit", "check", "../proof.json", "--key", "../key.txt"])),
    "../kept.txt": (spoiled, (["audit", "verify", "--against", "../kept.txt"],)),
    "../kept.jsonl": (as_lines, (["audit", "verify", "--against", "../kept.jsonl"], ["audit", "verify", "--journal", "../kept.jsonl"])),
}  # fmt: skip
_LINES = "".join(
    json.dumps(line, ensure_ascii=False) + "\n"
    for line in (
        {"when": "7月18日", "title": "走访", "departments": ["团市委"]},
        {"when": "7月19日上午", "title": "讲座", "departments": [{"name": "tsw", "role": "lead"}], "place": "馆", "tags": ["学习"],
         "description": "一\n二", "headcount": 20, "links": ["https://example.org/"], "planned": True, "source": "一"},
    )
)  # fmt: skip


class OutOfTimeError(BaseException):
    """The program did not answer in time."""


@contextmanager
def within(seconds):
    def late(*_):
        raise OutOfTimeError

    kept = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, kept)


class Output(io.TextIOWrapper):
    """Standard output as a program has it, kept."""

    def __init__(self):
        super().__init__(io.BytesIO(), "utf-8", write_through=True)

    def fileno(self):
        raise io.UnsupportedOperation


def called(folder, *arguments):
    """Return exit code, what was said, and the seconds that it took."""
    here, began = Path.cwd(), time.perf_counter()
    out, err = Output(), Output()
    os.chdir(folder)
    code = None
    try:
        with redirect_stdout(out), redirect_stderr(err), within(SECONDS):
            main(list(arguments))
    except SystemExit as left:
        code = left.code
    finally:
        os.chdir(here)
    said = (out.buffer.getvalue() + err.buffer.getvalue()).decode("utf-8", "replace")
    return code, said, time.perf_counter() - began


class Sample:
    """A workspace with everything beside it that somebody else can write, to be copied."""

    def __init__(self, folder):
        self.folder = folder
        work = folder / "w"
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["XDG_CONFIG_HOME"] = str(folder / "home")
        self._do(
            folder,
            "init",
            "w",
            "--title",
            "创城",
            "--from",
            "2020-06-01",
            "--to",
            "2020-12-31",
            "--lang",
            "zh",
        )
        self._do(work, "dept", "add", "团市委", "--code", "tsw", "--alias", "共青团")
        _, said, _ = called(work, "--json", "add", "7月14日上午 团市委 召开推进会 #推进会 @会议室")
        self.activity = json.loads(said)["activity"]["id"]
        self._do(work, "add", "7月15日 团市委 走访")
        self._do(work, "correct", self.activity, "--title", "推进会议", "--reason", "错字")
        self._do(work, "publish")
        shutil.copy(work / "feeds" / "all.ics", folder / "kept.ics")
        self._do(work, "add", "8月1日 团市委 培训")
        self._do(
            work, "dept", "rename", "tsw", "共青团市委", "--on", "2020-08-01", "--reason", "改名"
        )
        self._do(work, "publish")
        self._do(work, "audit", "prove", self.activity, "-o", "../proof.json")
        self._do(work, "audit", "pack", "-o", "../pack.zip")
        shutil.copy(work / "events" / "checkpoint", folder / "kept.txt")
        shutil.copy(work / "events" / "journal.jsonl", folder / "kept.jsonl")
        keys = tomllib.loads((work / "kalends.toml").read_text("utf-8"))["audit"]["keys"]
        (folder / "key.txt").write_text("\n".join(keys) + "\n", "utf-8")
        (folder / "lines.jsonl").write_text(_LINES, "utf-8")
        (key,) = (path for path in folder.rglob("*.key"))
        key.rename(key.with_name("KEY"))
        self._key = key.relative_to(folder)
        self.kept = sorted(int(path.stem) for path in (work / "events/checkpoints").glob("*.txt"))

    def _do(self, folder, *arguments):
        code, said, _ = called(folder, *arguments)
        assert code == 0, (arguments, said)

    def copied(self, to):
        """Copy everything to a folder; return the workspace's."""
        shutil.copytree(self.folder, to, symlinks=True)
        key = to / self._key.with_name("KEY")
        key.rename(to / self._key)
        os.environ["XDG_CONFIG_HOME"] = str(to / "home")
        return to / "w"

    def path(self, work, name):
        """Return the file that a target names, in a copy."""
        if name.endswith("KEY"):
            return work.parent / self._key
        return work / name.replace("7.txt", f"{self.kept[-1]}.txt")


def outside(folder):
    """Return what stands beside the workspace."""
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
        and "w" not in path.relative_to(folder).parts[:1]
        and path.name != "made.zip"
    }


def tried(sample, scratch, chance, name):  # noqa: PLR0911 - an answer each
    """Spoil one file, call commands, and return what went wrong, None where nothing did."""
    spoil, commands = TARGETS[name]
    work = sample.copied(scratch)
    path = sample.path(work, name)
    if spoil is as_sqlite and chance.random() < 0.6:
        as_sqlite(path, chance)
    else:
        made = (spoiled if spoil is as_sqlite or chance.random() < 0.3 else spoil)(
            path.read_bytes(), chance
        )
        path.write_bytes(made)
    if name == "events/journal.jsonl" and chance.random() < 0.6:
        for each in (*(work / "events").glob("kalends.db*"), *(work / ".kalends").glob("*")):
            each.unlink()
    before = outside(scratch)
    for arguments in chance.sample(commands, min(len(commands), 3)):
        given = [sample.activity if argument == "~" else argument for argument in arguments]
        form = chance.choice([[], [], ["--json"], ["--lang", "en"]])
        try:
            code, said, seconds = called(work, *form, *given)
        except OutOfTimeError:
            return name, arguments, "no answer in time", path
        except BaseException as error:  # noqa: BLE001 - none may come out
            return name, arguments, f"{type(error).__name__}: {error}", path
        if code not in ANSWERS or "Traceback" in said:
            return name, arguments, f"exit {code}: {said[:600]}", path
        if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said.replace("\r\n", "\n")):
            return name, arguments, f"raw: {said[:600]!r}", path
        if code and not said.strip():
            return name, arguments, f"exit {code} without a word", path
        del seconds
    if outside(scratch) != before and not name.startswith("../home"):
        return name, "", "something outside was written", path
    return None
