"""A line of the journal: one event, composed around the bytes of its stored state."""

import msgspec

from kalends.domain.patterns import Pattern
from kalends.log.event_log import Columns, StoredEvent

# No line is longer: readers stop there, as there may be a hole of gigabytes without a line feed.
LONGEST = 1 << 26


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    stream: str
    version: int
    topic: str
    state: msgspec.Raw


_STREAM = Pattern("[0-9a-z-]+")
_decoder = msgspec.json.Decoder(_Line)
_encoder = msgspec.json.Encoder()
_encode = _encoder.encode


def compose(row: StoredEvent) -> bytes:
    """Return an event's line without newline: the leaf of the tree, with the state's own bytes."""
    return encoded_line(row.stream, row.version, row.topic, row.state)


def encoded_line(stream: str, version: int, topic: str, state: bytes) -> bytes:
    """Return the line of an event given in parts; see `compose`."""
    return b'{"stream":%b,"version":%d,"topic":%b,"state":%b}' % (
        _encode(stream),
        version,
        _encode(topic),
        state,
    )


def is_stream(name: str) -> bool:
    """Return whether a stream may be called so; the small verifiers refuse every other name."""
    return _STREAM.fullmatch(name) is not None


def parse(line: bytes, position: int) -> StoredEvent | None:
    """Return the event on a line (without newline), or None if the line is not its encoding."""
    try:
        read = _decoder.decode(line)
    except (msgspec.DecodeError, RecursionError):
        return None
    row = StoredEvent(position, read.stream, read.version, read.topic, bytes(read.state))
    return row if compose(row) == line else None


def parse_all(block: bytes, count: int) -> Columns:
    """Return the events on `count` whole lines; `ValueError` if a line is not an encoding."""
    try:
        found = _decoder.decode_lines(block)
    except RecursionError as error:
        raise ValueError from error
    # As many events as line feeds: so no event contains a line feed.
    if len(found) != count or _encoder.encode_lines(found) != block:
        raise ValueError
    return Columns(
        [line.stream for line in found],
        [line.version for line in found],
        [line.topic for line in found],
        [bytes(line.state) for line in found],
    )
