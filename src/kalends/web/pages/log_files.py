"""What a reader needs to check the log: checkpoints, tiles, proofs, keys and small programs."""

import re
from collections.abc import Callable, Iterator, Mapping

from kalends.application.readers.public_log import WIDTH, PublicLog, verifier
from kalends.domain.errors import PageNotFoundError
from kalends.web.pages.files import WebFile
from kalends.web.pages.page_reader import Reader

_TEXT, _OCTETS = "text/plain; charset=utf-8", "application/octet-stream"
# A number in groups of three digits, all but the last after an x, in its only encoding.
_TILE = re.compile(
    r"(entries|0|[1-9][0-9]?)/((?:x(?!000/)[0-9]{3}/(?:x[0-9]{3}/){0,4})?[0-9]{3})"
    r"(?:\.p/([1-9][0-9]{0,2}))?"
)
_SIZE = re.compile(r"0|[1-9][0-9]{0,14}")


def checkpoint(reader: Reader) -> WebFile:
    """Return the newest checkpoint."""
    return WebFile(reader.log.checkpoint.content, _TEXT)


def kept_checkpoint(reader: Reader, size: str) -> WebFile:
    """Return the checkpoint that was kept of a size."""
    found = reader.log.kept.get(int(size)) if _SIZE.fullmatch(size) else None
    if found is None:
        raise PageNotFoundError(name=f"/checkpoints/{size}.txt")
    return WebFile(found.content, _TEXT)


def tile(reader: Reader, path: str) -> WebFile:
    """Return a tile of hashes, or a bundle of entries; neither ever changes."""
    found = _TILE.fullmatch(path)
    width = int(found[3] or WIDTH) if found else 0
    if found is None or (found[3] and width >= WIDTH):
        raise PageNotFoundError(name=f"/tile/{path}")
    number = int(re.sub("[x/]", "", found[2]))
    if found[1] == "entries":
        return WebFile(reader.log.bundle(number, width), _OCTETS, forever=True)
    return WebFile(reader.log.tile(int(found[1]), number, width), _OCTETS, forever=True)


def journal(reader: Reader) -> WebFile:
    """Return the journal, in pieces."""
    return WebFile(b"", "application/jsonl", pieces=reader.log.journal())


def pack(reader: Reader) -> WebFile:
    """Return the whole record in one ZIP file; raises `PageNotFoundError` if it is too long."""
    if reader.log.has_events and not reader.log.has_pack:
        raise PageNotFoundError(name="/pack.zip")
    return WebFile(reader.log.pack(), "application/zip")


def keys(reader: Reader) -> WebFile:
    """Return the public keys, one a line."""
    return WebFile("".join(f"{key}\n" for key in reader.log.keys).encode(), _TEXT)


def proof(reader: Reader, prefix: str) -> WebFile:
    """Return the proof of an activity's events, for our small programs."""
    return WebFile(reader.log.proof(reader.record, prefix).encode(), "application/json")


def last_proof(reader: Reader, prefix: str) -> WebFile:
    """Return the proof of an activity's last event, for others' programs."""
    return WebFile(reader.log.last_proof(reader.record, prefix).encode(), _TEXT)


def python_verifier(_: Reader) -> WebFile:
    """Return the small program in Python that checks a journal or a proof."""
    return WebFile(verifier("verify.py"), "text/x-python; charset=utf-8")


def script_verifier(_: Reader) -> WebFile:
    """Return the same for Node.js."""
    return WebFile(verifier("verify.mjs"), "text/javascript; charset=utf-8")


LOG_FILES: Mapping[str, Callable[..., WebFile]] = {
    "/checkpoint": checkpoint,
    "/checkpoints/{size}.txt": kept_checkpoint,
    "/tile/{path*}": tile,
    "/journal.jsonl": journal,
    "/pack.zip": pack,
    "/key.txt": keys,
    "/verify.py": python_verifier,
    "/verify.mjs": script_verifier,
    "/activities/{prefix}/proof.json": proof,
    "/activities/{prefix}/proof.txt": last_proof,
}


def log_paths(log: PublicLog) -> Iterator[str]:
    """Yield the paths of all these files but the proofs, for a site that is made of files."""
    yield from ("/key.txt", "/verify.py", "/verify.mjs")
    if log.is_signed:
        yield "/checkpoint"
        yield from (f"/tile/{path}" for path in log.tile_paths())
    yield from (f"/checkpoints/{size}.txt" for size in log.kept)
    if log.has_events:
        yield "/journal.jsonl"
    if log.has_pack:
        yield "/pack.zip"
