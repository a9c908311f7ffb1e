"""Proofs in the form that others' programs read: C2SP `tlog-proof`."""

import msgspec

from kalends.audit.note import encoded

_FIRST = "c2sp.org/tlog-proof@v1"


class _Event(msgspec.Struct):
    index: int
    line: str
    hashes: list[str]


class _Bundle(msgspec.Struct):
    checkpoint: str
    events: list[_Event]


def tlog_proof(proof: str) -> str:
    """Return the proof of the last event of a proof of ours; the extra data is the event's line.

    Such a proof shows that a single line is in the log; the line itself is not a part of it.
    """
    bundle = msgspec.json.decode(proof, type=_Bundle)
    event = bundle.events[-1]
    lines = [
        _FIRST,
        f"extra {encoded(event.line.encode())}",
        f"index {event.index}",
        *event.hashes,
        "",
        bundle.checkpoint,
    ]
    return "\n".join(lines)
