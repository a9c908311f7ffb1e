"""The whole record in one file, with all that is needed to check it."""

import hashlib
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from kalends.audit.checkpoint import Checkpoint, read, told
from kalends.audit.note import NoteError, PublicKey, keys_in
from kalends.audit.page import page
from kalends.audit.walk import sources, walk
from kalends.domain.course import Course
from kalends.domain.errors import KalendsError, ProofError, RewrittenError
from kalends.feeds.cache import Components
from kalends.feeds.feed import made
from kalends.feeds.selection import feeds
from kalends.log.evidence import Journal
from kalends.log.journal import compose, restore
from kalends.log.merkle import Frontier, leaf_hash
from kalends.log.store import Log
from kalends.views import catch_up, schema
from kalends.words import Message

FORMAT = "kalends-pack/1"
MANIFEST = "manifest.json"
JOURNAL = "journal.jsonl"
CHECKPOINT = "checkpoint"
KEPT = "checkpoints/"
KEYS = "key.txt"
_VERIFIERS = ("verify.py", "verify.mjs", "README.txt")
_PAGES = {"page.zh.html": "zh", "page.en.html": "en"}
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o644 << 16


class Checked(NamedTuple):
    """What a pack shows: its checkpoint, how many files it holds, and which were made again."""

    checkpoint: Checkpoint
    files: int
    remade: int


def pack(
    db: sqlite3.Connection,
    log: Log,
    one: Checkpoint,
    kept: Iterable[Checkpoint],
    keys: Sequence[PublicKey],
) -> bytes:
    """Return the pack of the log as it was at a checkpoint: a ZIP file, octets and all.

    `kept` are older checkpoints. The same log at the same size gives the same octets, on any
    machine. Raises `RewrittenError` when the log is not what the checkpoint says.
    """
    lines = [compose(row) for row in log.rows(until=one.size)]
    edge = Frontier()
    for line in lines:
        edge.append(leaf_hash(line))
    if (edge.size, edge.root()) != (one.size, one.root):
        raise RewrittenError(size=one.size)
    contents = {
        JOURNAL: b"".join(line + b"\n" for line in lines),
        CHECKPOINT: one.octets,
        KEYS: "".join(f"{key.written()}\n" for key in keys).encode(),
        **{f"{KEPT}{each.size}.txt": each.octets for each in kept if each.size <= one.size},
        **dict(_made(db, one)),
    }
    return _zipped({MANIFEST: _manifest(one, contents), **contents})


def check(octets: bytes, keys: Sequence[PublicKey], name: str, scratch: Path) -> Checked:
    """Return what a pack shows; raise `ProofError`, which says why it shows nothing.

    All that the small verifiers look at is looked at; then page and feeds are made again from the
    journal, in `scratch`, and compared.
    """
    contents = _opened(octets, name)
    manifest = contents[MANIFEST]
    listed = {each: held for each, held in contents.items() if each != MANIFEST}
    one = _checkpoint(contents.get(CHECKPOINT, b""), keys, name)
    if _manifest(one, listed) != manifest:
        raise ProofError(name=name, detail=Message("its files are not those of its manifest"))
    try:
        brought = [PublicKey.read(key) for key in keys_in(contents[KEYS].decode())]
    except (LookupError, ValueError):
        brought = []
    if not brought:
        raise ProofError(name=name, detail=Message("it brings no keys"))
    _signed(contents, one, keys, name, scratch)
    remade = _compared(contents, one, name, scratch)
    return Checked(one, len(contents), remade)


def _made(db: sqlite3.Connection, one: Checkpoint) -> Iterator[tuple[str, bytes]]:
    """Yield what is made from the journal alone: pages, feeds; and what is the same in all."""
    with closing(Components(None)) as components:
        for feed in feeds(db, known_at=one.size):
            for each in made(db, components, feed, known_at=one.size):
                yield f"feeds/{each.feed.name}.ics", b"".join(each.pieces)
    for name, language in _PAGES.items():
        yield name, page(db, one, language)
    for name in _VERIFIERS:
        yield name, files("kalends.audit.verifier").joinpath(name).read_bytes()


def _manifest(one: Checkpoint, contents: Mapping[str, bytes]) -> bytes:
    hashes = {name: hashlib.sha256(held).hexdigest() for name, held in contents.items()}
    listed = {"files": hashes, "format": FORMAT, "origin": one.origin, "size": one.size}
    return (json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def own_keys(octets: bytes, name: str) -> list[str]:
    """Return the keys that a pack brings with it, as they are written; raise `ProofError`."""
    return keys_in(_opened(octets, name).get(KEYS, b"").decode("utf-8", "replace"))


def _zipped(contents: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file, stored: what deflates differs from build to build."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            packed.writestr(entry, contents[name])
    return held.getvalue()


def _opened(octets: bytes, name: str) -> dict[str, bytes]:
    try:
        found = _unzipped(octets)
    except (ValueError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, OSError):
        found = {}
    # Packed again it is the same: no two readers can read it in two ways.
    if MANIFEST not in found or _zipped(found) != octets:
        raise ProofError(name=name, detail=Message("it is no pack"))
    return found


def _unzipped(octets: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(octets)) as packed:
        entries = packed.infolist()
        if len({one.filename for one in entries}) != len(entries):
            return {}
        if any(one.compress_type for one in entries):
            return {}
        return {one.filename: packed.read(one) for one in entries}


def _checkpoint(octets: bytes, keys: Sequence[PublicKey], name: str) -> Checkpoint:
    try:
        return read(octets, keys)
    except NoteError as error:
        raise ProofError(name=name, detail=told(error)) from None


def _signed(
    contents: Mapping[str, bytes],
    one: Checkpoint,
    keys: Sequence[PublicKey],
    name: str,
    scratch: Path,
) -> None:
    """Hold the journal against the checkpoint, and against those that were kept."""
    path = scratch / JOURNAL
    path.write_bytes(contents.get(JOURNAL, b""))
    kept = {
        each: _checkpoint(held, keys, name)
        for each, held in contents.items()
        if each.startswith(KEPT)
    }
    walked = walk(sources(Journal(path)), [each.size for each in kept.values()])
    if walked.size != one.size:
        raise ProofError(
            name=name, detail=Message("its journal has another length than was signed")
        )
    named = all(each == f"{KEPT}{held.size}.txt" for each, held in kept.items())
    roots = all(walked.roots.get(held.size) == held.root for held in (one, *kept.values()))
    if not named or not roots:
        raise ProofError(name=name, detail=Message("its journal is not what was signed"))
    if walked.problems or not walked.size:
        raise ProofError(name=name, detail=Message("its journal does not hold together"))


def _compared(contents: Mapping[str, bytes], one: Checkpoint, name: str, scratch: Path) -> int:
    """Make page and feeds again; return how many files that were."""
    try:
        again = _made_again(one, scratch)
    except (KalendsError, LookupError, ValueError):
        # Whoever has the key can sign what makes no sense.
        detail = Message("its journal does not hold together")
        raise ProofError(name=name, detail=detail) from None
    for each, octets in again.items():
        if contents.get(each) != octets:
            detail = Message("it is not what the journal gives")
            raise ProofError(name=f"{name}: {each}", detail=detail)
    known = {*again, JOURNAL, CHECKPOINT, KEYS, MANIFEST}
    for each in contents:
        if each not in known and not each.startswith(KEPT):
            raise ProofError(name=f"{name}: {each}", detail=Message("it belongs to no pack"))
    return len(again)


def _made_again(one: Checkpoint, scratch: Path) -> dict[str, bytes]:
    """Return what is made from the journal in a scratch place."""
    with (
        closing(restore(scratch / JOURNAL, scratch / "pack.db", Course().follow)) as log,
        closing(schema.connect(None)) as db,
    ):
        catch_up.catch_up(db, log.entries(), head_mark=lambda _: b"")
        return dict(_made(db, one))
