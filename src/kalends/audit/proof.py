"""Proofs that one activity's events are in the log: small files, checked with the key alone."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from typing import Any, NamedTuple

import msgspec

from kalends.audit.checkpoint import Checkpoint, read, why_not_believed
from kalends.audit.forms import HASH, ID, LINE
from kalends.audit.note import NoteError, PublicKey
from kalends.audit.note import decoded as from_base64
from kalends.audit.note import encoded as to_base64
from kalends.domain.errors import DiskError, LockedError, ProofError, RewrittenError
from kalends.domain.events import activity_stream
from kalends.log import merkle
from kalends.log.event_log import StoredEvent
from kalends.log.journal_line import compose
from kalends.log.log import Log
from kalends.log.merkle import leaf_hash
from kalends.views import schema, tree
from kalends.views.database import Views
from kalends.words import Message

FORMAT = "kalends-proof/1"
# No log is longer, and every program reads smaller numbers exactly.
_FAR = 10**15


class _Event(msgspec.Struct, forbid_unknown_fields=True):
    index: int
    line: str
    hashes: list[str]


class _Bundle(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    activity: str
    checkpoint: str
    events: list[_Event]


class Proved(NamedTuple):
    """What a valid proof shows: the activity, its events, and the checkpoint of their log."""

    activity: str
    checkpoint: Checkpoint
    events: list[StoredEvent]


def prove(
    db: Views,
    log: Log,
    checkpoint: Checkpoint,
    activity_id: str,
    positions: Sequence[int],
) -> str:
    """Return the proof for an activity's events at these positions, all covered by a checkpoint.

    Raises `RewrittenError` if the log does not match the checkpoint.
    """
    with _nodes(db, log, checkpoint.size) as kept:
        for _ in range(2):
            _caught_up(kept, log, checkpoint.size)
            try:
                events = [_event(kept, log, checkpoint, position) for position in positions]
            except LookupError:  # nodes of another log, or tampered with: recompute
                tree.forget(kept)
                continue
            head = {
                "format": FORMAT,
                "activity": activity_id,
                "checkpoint": checkpoint.content.decode(),
            }
            return document({**head, "events": events})
    raise RewrittenError(size=checkpoint.size)


def check(content: bytes, keys: Sequence[PublicKey], name: str) -> Proved:
    """Check a proof and return what it shows; raise `ProofError`, which says what is wrong."""
    try:
        bundle = msgspec.json.decode(content, type=_Bundle)
        is_canonical = _canonical(content.decode()) == content
    except (ValueError, RecursionError):
        raise ProofError(name=name, detail=Message("it is not a proof")) from None
    is_named = bundle.format == FORMAT and re.fullmatch(ID, bundle.activity)
    is_near = all(0 <= event.index < _FAR for event in bundle.events)
    if not is_canonical or not is_named or not bundle.events or not is_near:
        raise ProofError(name=name, detail=Message("it is not a proof"))
    if not all(re.fullmatch(HASH, each) for event in bundle.events for each in event.hashes):
        raise ProofError(name=name, detail=Message("a hash is malformed"))
    try:
        checkpoint = read(bundle.checkpoint.encode(), keys)
    except NoteError as error:
        raise ProofError(name=name, detail=why_not_believed(error)) from None
    return Proved(bundle.activity, checkpoint, list(_shown(bundle, checkpoint, name)))


def _shown(bundle: _Bundle, checkpoint: Checkpoint, name: str) -> Iterator[StoredEvent]:
    """Yield the events, checking their inclusion (RFC 9162, 2.1.3) and their order."""
    before = -1
    for due, event in enumerate(bundle.events, 1):
        leaf = leaf_hash(event.line.encode())
        path = [from_base64(each) for each in event.hashes]
        if not merkle.is_included(leaf, event.index, checkpoint.size, path, checkpoint.root):
            raise ProofError(name=name, detail=Message("an event is not in the log"))
        # Only the time is decoded: the signature covers the bytes, whatever they mean.
        found = re.fullmatch(LINE, event.line)
        if found is None:
            raise ProofError(name=name, detail=Message("a line is malformed"))
        # Times may go back, if the clock was corrected between two events.
        stream, version, topic, _ = found.groups()
        is_next = event.index > before and version == str(due)
        if not is_next or stream != activity_stream(bundle.activity):
            raise ProofError(name=name, detail=Message("the events are not in order"))
        before = event.index
        state = event.line.partition('"state":')[2].removesuffix("}")
        yield StoredEvent(event.index + 1, stream, due, topic, state.encode())


def _canonical(text: str) -> bytes:
    """Parse a document and encode it in the canonical form; raise `ValueError`."""
    made = json.loads(text, parse_float=int, parse_constant=int)
    return document(made).encode("utf-8", "surrogatepass")


def document(made: object) -> str:
    """Return the canonical encoding of a proof."""
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def is_of(db: Views, log: Log, checkpoint: Checkpoint) -> bool:
    """Return whether the beginning of the log matches a checkpoint."""
    try:
        with matching(db, log, checkpoint):
            return True
    except RewrittenError:
        return False


@contextmanager
def matching(db: Views, log: Log, checkpoint: Checkpoint) -> Iterator[Views]:
    """Yield the database of the tree's nodes, which give a checkpoint's root.

    Raises `RewrittenError` if the log does not match the checkpoint.
    """
    with _nodes(db, log, checkpoint.size) as kept:
        for _ in range(2):
            with suppress(LookupError):
                _caught_up(kept, log, checkpoint.size)
                if merkle.root_of(checkpoint.size, tree.nodes(kept)) == checkpoint.root:
                    break
            tree.forget(kept)  # they may be another log's, or tampered with
        else:
            raise RewrittenError(size=checkpoint.size)
        yield kept


@contextmanager
def _nodes(db: Views, log: Log, size: int) -> Iterator[Views]:
    """Yield the database of the tree's nodes: the views, or memory if the disk is full."""
    try:
        _caught_up(db, log, size)
    except (DiskError, LockedError):
        with closing(schema.connect(None)) as scratch:
            yield scratch
    else:
        yield db


def _caught_up(db: Views, log: Log, size: int) -> None:
    before, known = -1, tree.reach(db)
    while before < known < size:  # again if others added nodes meanwhile; not if the log ends
        leaves = (leaf_hash(compose(row)) for row in log.rows(after=known, until=size))
        tree.grow(db, leaves, after=known)
        before, known = known, tree.reach(db)


def _event(db: Views, log: Log, checkpoint: Checkpoint, position: int) -> dict[str, Any]:
    """Return an event with its inclusion proof, which is checked first."""
    line = compose(next(log.rows(after=position - 1, until=position)))
    hashes = merkle.inclusion_proof(position - 1, checkpoint.size, tree.nodes(db))
    if not merkle.is_included(
        leaf_hash(line), position - 1, checkpoint.size, hashes, checkpoint.root
    ):
        raise LookupError(position)
    encoded_hashes = [to_base64(each) for each in hashes]
    return {"index": position - 1, "line": line.decode(), "hashes": encoded_hashes}
