"""Packs: the whole record in one ZIP file, with everything needed to check it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from kalends.audit.archive import CHECKPOINT, JOURNAL, KEPT, MANIFEST, Archive, Contents
from kalends.audit.checkpoint import Checkpoint, read, why_not_believed
from kalends.audit.note import NoteError, PublicKey, keys_in
from kalends.audit.pack_page import page
from kalends.audit.scan import scan, sources
from kalends.domain.errors import KalendsError, ProofError, RewrittenError
from kalends.domain.transition_checker import TransitionChecker
from kalends.feeds.cache import Components
from kalends.feeds.every_feed import render_every
from kalends.log.backends import backend_of, spilled
from kalends.log.journal import restore
from kalends.log.journal_line import compose
from kalends.log.log import Log
from kalends.log.merkle import Frontier, leaf_hash
from kalends.log.untrusted_journal import Journal
from kalends.views import catch_up, schema
from kalends.views.database import Views
from kalends.words import Message

FORMAT = "kalends-pack/1"
KEYS = "key.txt"
_VERIFIERS = ("verify.py", "verify.mjs", "README.txt")
_PAGES = {"page.zh.html": "zh", "page.en.html": "en"}
# What another version of Kalends makes otherwise, unlike feeds.
_BY_VERSION = {*_PAGES, *_VERIFIERS}


class CheckedPack(NamedTuple):
    """The result of checking a pack: its checkpoint, and how many of its files were rebuilt."""

    checkpoint: Checkpoint
    files: int
    remade: int


def pack(
    db: Views,
    log: Log,
    checkpoint: Checkpoint,
    kept: Iterable[Checkpoint],
    keys: Sequence[PublicKey],
    output: Path,
) -> int:
    """Write a pack of the log as it was at a checkpoint; return its size in bytes.

    `kept` are older checkpoints. The same log at the same size gives the same bytes on any
    machine. Memory use does not grow with the log. Raises `RewrittenError` if the log does not
    match the checkpoint, or `DiskError`.
    """
    edge = Frontier()
    with Contents(output.parent) as contents:
        contents.put(JOURNAL, _lines(log, checkpoint, edge))
        if (edge.size, edge.root()) != (checkpoint.size, checkpoint.root):
            raise RewrittenError(size=checkpoint.size)
        contents.put(CHECKPOINT, [checkpoint.content])
        contents.put(KEYS, (f"{key.written()}\n".encode() for key in keys))
        for each in kept:
            if each.size <= checkpoint.size:
                contents.put(f"{KEPT}{each.size}.txt", [each.content])
        for name, pieces in _rendered(db, checkpoint):
            contents.put(name, pieces)
        contents.put(MANIFEST, [_manifest(checkpoint, contents.hashes)])
        return contents.write(output)


def _lines(log: Log, checkpoint: Checkpoint, edge: Frontier) -> Iterator[bytes]:
    """Yield the journal's lines, appending the hash of each to the tree's edge."""
    for row in log.rows(until=checkpoint.size):
        line = compose(row)
        edge.append(leaf_hash(line))
        yield line
        yield b"\n"


def check(archive: Archive, keys: Sequence[PublicKey], scratch: Path) -> CheckedPack:
    """Check a pack; raise `ProofError`, which says what is wrong.

    It checks what the small verifiers check, then rebuilds page and feeds from the journal in
    `scratch` and compares them.
    """
    name = archive.name
    listed = {each: held for each, held in archive.hashes.items() if each != MANIFEST}
    checkpoint = _checkpoint(
        archive.small(CHECKPOINT) if CHECKPOINT in listed else b"", keys, name
    )
    if _manifest(checkpoint, listed) != archive.small(MANIFEST):
        raise ProofError(name=name, detail=Message("its files are not those in its manifest"))
    try:
        brought = [PublicKey.read(key) for key in keys_in(archive.small(KEYS).decode())]
    except (LookupError, ValueError):
        brought = []
    if not brought:
        raise ProofError(name=name, detail=Message("it contains no keys"))
    _signed(archive, checkpoint, keys, scratch)
    return CheckedPack(checkpoint, len(archive.hashes), _compared(archive, checkpoint, scratch))


def own_keys(archive: Archive) -> list[str]:
    """Return the encoded keys inside a pack."""
    written = archive.small(KEYS) if KEYS in archive.hashes else b""
    return keys_in(written.decode("utf-8", "replace"))


def _rendered(
    db: Views, checkpoint: Checkpoint
) -> Iterator[tuple[str, Iterable[bytes | memoryview]]]:
    """Yield the pages and feeds made from the journal alone, and the files all packs share."""
    with closing(Components(None)) as components:
        for each in render_every(db, components, known_at=checkpoint.size):
            yield f"feeds/{each.feed.name}.ics", each.pieces
    for name, language in _PAGES.items():
        yield name, page(db, checkpoint, language)
    for name in _VERIFIERS:
        yield name, [files("kalends.audit.verifier").joinpath(name).read_bytes()]


def _manifest(checkpoint: Checkpoint, hashes: Mapping[str, str]) -> bytes:
    listed = {
        "files": hashes,
        "format": FORMAT,
        "origin": checkpoint.origin,
        "size": checkpoint.size,
    }
    return (json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _checkpoint(content: bytes, keys: Sequence[PublicKey], name: str) -> Checkpoint:
    try:
        return read(content, keys)
    except NoteError as error:
        raise ProofError(name=name, detail=why_not_believed(error)) from None


def _signed(
    archive: Archive, checkpoint: Checkpoint, keys: Sequence[PublicKey], scratch: Path
) -> None:
    """Check the journal against the checkpoint and against the older ones."""
    path, name = scratch / JOURNAL, archive.name
    archive.extract(JOURNAL, path)
    kept = {
        each: _checkpoint(archive.small(each), keys, name)
        for each in archive.hashes
        if each.startswith(KEPT)
    }
    scanned = scan(sources(Journal(path)), [each.size for each in kept.values()])
    if scanned.size != checkpoint.size:
        raise ProofError(
            name=name, detail=Message("its journal is longer or shorter than what was signed")
        )
    named = all(each == f"{KEPT}{held.size}.txt" for each, held in kept.items())
    roots = all(scanned.roots.get(held.size) == held.root for held in (checkpoint, *kept.values()))
    if not named or not roots:
        raise ProofError(name=name, detail=Message("its journal is not what was signed"))
    if scanned.problems or not scanned.size:
        raise ProofError(name=name, detail=Message("its journal is not consistent"))


def _compared(archive: Archive, checkpoint: Checkpoint, scratch: Path) -> int:
    """Rebuild page and feeds and compare them; return the number of files."""
    name, rebuilt = archive.name, set[str]()
    try:
        differs = _differing(archive, checkpoint, scratch, rebuilt)
    except (KalendsError, LookupError, ValueError):
        # Somebody with the key can also sign a journal that makes no sense.
        detail = Message("its journal is not consistent")
        raise ProofError(name=name, detail=detail) from None
    if differs and differs[-1] not in _BY_VERSION:
        detail = Message("it differs from what the journal gives")
        raise ProofError(name=f"{name}: {differs[-1]}", detail=detail)
    for each in sorted(archive.hashes.keys() - {JOURNAL, CHECKPOINT, KEYS, MANIFEST} - rebuilt):
        if not each.startswith(KEPT):
            raise ProofError(name=f"{name}: {each}", detail=Message("it belongs to no pack"))
    if differs:
        detail = Message(
            "it was changed, or another version of Kalends made it; the pack's journal and "
            "checkpoints are as they were signed, and its feeds follow from them"
        )
        raise ProofError(name=f"{name}: {differs[0]}", detail=detail)
    return len(rebuilt)


def _differing(
    archive: Archive, checkpoint: Checkpoint, scratch: Path, rebuilt: set[str]
) -> list[str]:
    """Return the files that are not what the journal gives, up to the first feed among them.

    The names of all that were rebuilt are added to `rebuilt`.
    """
    differs = []
    for name, pieces in _made_again(checkpoint, scratch):
        rebuilt.add(name)
        if not archive.holds(name, pieces):
            differs.append(name)
            if name not in _BY_VERSION:
                break
    return differs


def _made_again(
    checkpoint: Checkpoint, scratch: Path
) -> Iterator[tuple[str, Iterable[bytes | memoryview]]]:
    """Yield the files rebuilt from the journal in a scratch folder."""
    with (
        closing(
            restore(scratch / JOURNAL, backend_of(scratch), TransitionChecker(spilled()).follow)
        ) as log,
        closing(schema.connect(scratch / "views.db")) as db,
    ):
        catch_up.catch_up(db, log.entries(), head_mark=lambda _: b"")
        yield from _rendered(db, checkpoint)
