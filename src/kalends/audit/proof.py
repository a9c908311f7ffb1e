"""Proof that one activity's events are in the log: a small file that needs nothing else."""

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
from kalends.log.journal import compose
from kalends.log.log import Log, StoredEvent
from kalends.log.merkle import leaf_hash
from kalends.views import schema, tree
from kalends.views.database import Views
from kalends.words import Message

FORMAT = "kalends-proof/1"
# No log is so long; and any number below it is the same one in every program.
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
    """What a proof shows: whose events, in the log of which checkpoint."""

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
    """Return the proof of an activity's events at these positions, all within a checkpoint.

    Raises `RewrittenError` when the log is not what the checkpoint says.
    """
    with _nodes(db, log, checkpoint.size) as kept:
        for _ in range(2):
            _caught_up(kept, log, checkpoint.size)
            try:
                events = [_event(kept, log, checkpoint, position) for position in positions]
            except LookupError:  # nodes of another log, or poisoned: make them again
                tree.forget(kept)
                continue
            head = {
                "format": FORMAT,
                "activity": activity_id,
                "checkpoint": checkpoint.octets.decode(),
            }
            return document({**head, "events": events})
    raise RewrittenError(size=checkpoint.size)


def check(octets: bytes, keys: Sequence[PublicKey], name: str) -> Proved:
    """Return what a proof shows; raise `ProofError`, which says why it shows nothing."""
    try:
        bundle = msgspec.json.decode(octets, type=_Bundle)
        is_spelt = _spelt_again(octets.decode()) == octets
    except (ValueError, RecursionError):
        raise ProofError(name=name, detail=Message("it is no proof")) from None
    is_named = bundle.format == FORMAT and re.fullmatch(ID, bundle.activity)
    is_near = all(0 <= event.index < _FAR for event in bundle.events)
    if not is_spelt or not is_named or not bundle.events or not is_near:
        raise ProofError(name=name, detail=Message("it is no proof"))
    try:
        checkpoint = read(bundle.checkpoint.encode(), keys)
    except NoteError as error:
        raise ProofError(name=name, detail=why_not_believed(error)) from None
    return Proved(bundle.activity, checkpoint, list(_shown(bundle, checkpoint, name)))


def _shown(bundle: _Bundle, checkpoint: Checkpoint, name: str) -> Iterator[StoredEvent]:
    """Yield the events, each shown to be where the proof says it is, and in order."""
    before = -1
    for due, event in enumerate(bundle.events, 1):
        hashes = [each for each in event.hashes if re.fullmatch(HASH, each)]
        if len(hashes) < len(event.hashes):
            raise ProofError(name=name, detail=Message("a hash is not in its form"))
        leaf = leaf_hash(event.line.encode())
        path = [from_base64(each) for each in hashes]
        if not merkle.is_included(leaf, event.index, checkpoint.size, path, checkpoint.root):
            raise ProofError(name=name, detail=Message("an event is not in the log"))
        # Of a signed state only the time is read: what is signed is its bytes.
        found = re.fullmatch(LINE, event.line)
        if found is None:
            raise ProofError(name=name, detail=Message("a line is not in its form"))
        # Their times may go back: the clock may have been set right between them.
        stream, version, topic, _ = found.groups()
        is_next = event.index > before and version == str(due)
        if not is_next or stream != activity_stream(bundle.activity):
            raise ProofError(name=name, detail=Message("the events are not in order"))
        before = event.index
        yield StoredEvent(event.index + 1, stream, due, topic, b"")


def _spelt_again(text: str) -> bytes:
    """Return a document in its only encoding; `ValueError` if it has none."""
    made = json.loads(text, parse_float=int, parse_constant=int)
    return document(made).encode("utf-8", "surrogatepass")


def document(made: object) -> str:
    """Return the only encoding of a proof."""
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def is_of(db: Views, log: Log, checkpoint: Checkpoint) -> bool:
    """Tell whether the log begins as a checkpoint says."""
    with _nodes(db, log, checkpoint.size) as kept:
        for _ in range(2):
            with suppress(LookupError):
                _caught_up(kept, log, checkpoint.size)
                if merkle.root_of(checkpoint.size, tree.nodes(kept)) == checkpoint.root:
                    return True
            tree.forget(kept)  # they may be another log's, or poisoned
    return False


@contextmanager
def _nodes(db: Views, log: Log, size: int) -> Iterator[Views]:
    """Yield where the tree's nodes are kept: with the views, or in memory on a full disk."""
    try:
        _caught_up(db, log, size)
    except (DiskError, LockedError):
        with closing(schema.connect(None)) as scratch:
            yield scratch
    else:
        yield db


def _caught_up(db: Views, log: Log, size: int) -> None:
    known = tree.reach(db)
    if known < size:
        tree.grow(db, (leaf_hash(compose(row)) for row in log.rows(after=known, until=size)))


def _event(db: Views, log: Log, checkpoint: Checkpoint, position: int) -> dict[str, Any]:
    """Return an event with its proof, which is looked at before it is given away."""
    line = compose(next(log.rows(after=position - 1, until=position)))
    hashes = merkle.inclusion_proof(position - 1, checkpoint.size, tree.nodes(db))
    if not merkle.is_included(
        leaf_hash(line), position - 1, checkpoint.size, hashes, checkpoint.root
    ):
        raise LookupError(position)
    spelt = [to_base64(each) for each in hashes]
    return {"index": position - 1, "line": line.decode(), "hashes": spelt}
