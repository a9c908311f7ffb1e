"""Events to bytes and back: each event has exactly one encoding, for ever."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from kalends.domain.events import Event
from kalends.domain.when import Clock
from kalends.log.light_msgspec import msgspec

# Topics are looked up here only: a topic is never resolved as a module path.
TOPICS: dict[str, type[Event]] = {kind.TOPIC: kind for kind in get_args(Event)}

# A clock time as JSON, in a pattern that every program reads alike (JSON Schema).
CLOCK = Annotated[
    str, msgspec.Meta(pattern=r"^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)(?![\s\S])")
]

_zone, _microsecond = attrgetter("tzinfo"), attrgetter("microsecond")
_mirror_encoder = msgspec.json.Encoder()  # for mirrors, whose fields are sorted


class UnreadableStateError(ValueError):
    """Bytes that are not the encoding of an event of this topic; `str()` says why."""


class UnregisteredTopicError(LookupError):
    """A topic that this program does not know."""


def encode(event: Event) -> bytes:
    """Return an event's state: JSON with sorted keys, UTF-8, no spaces, `None` left out."""
    kind: Any = type(event)
    return _mirror_encoder.encode(msgspec.convert(event, _mirror(kind), from_attributes=True))


def decode(topic: str, state: bytes) -> Event:
    """Return the event, after checking that encoding it again gives the same bytes.

    Raises `UnregisteredTopicError` and `UnreadableStateError`.
    """
    mirror, kind = _checked(topic, state)
    try:
        event: Event = msgspec.convert(mirror, kind, from_attributes=True)
    except (msgspec.ValidationError, TypeError, ValueError, OverflowError) as error:
        raise UnreadableStateError(str(error)) from None
    return event


def recorded(topic: str, state: bytes) -> datetime:
    """Return when an event was recorded, after the same checks, without building the event."""
    at: datetime = _checked(topic, state)[0].at
    return at


def decode_all(topics: Sequence[str], states: Sequence[bytes]) -> list[Event]:
    """Return the events of some topics and states, after the same checks as `decode`.

    Decoding the events of a topic together takes two thirds of the time, but the error does not
    say which event is wrong. Raises what `decode` raises.
    """
    by_topic: dict[str, list[bytes]] = {topic: [] for topic in topics}
    for topic, state in zip(topics, states, strict=True):
        by_topic[topic].append(state)
    found: dict[str, Iterator[Event]] = {}
    for topic, together in by_topic.items():
        mirrors = _all_checked(topic, together)
        try:
            found[topic] = iter(msgspec.convert(mirrors, _listed(topic), from_attributes=True))
        except (msgspec.ValidationError, TypeError, ValueError, OverflowError) as error:
            raise UnreadableStateError(str(error)) from None
    return [next(found[topic]) for topic in topics]


@cache
def _listed(topic: str) -> Any:
    return list.__class_getitem__(TOPICS[topic])


def all_recorded(topic: str, states: Sequence[bytes]) -> list[datetime]:
    """Return when each of several events of a topic was recorded, after the same checks.

    Decoding them together takes a third of the time; the error does not say which event is wrong.
    """
    return [mirror.at for mirror in _all_checked(topic, states)]


def _all_checked(topic: str, states: Sequence[bytes]) -> list[Any]:
    decoder, _, instants = _reader(topic)
    # Encoded again there are as many line feeds as events: when the bytes are the same, none of
    # the states has one within, and each is the one encoding of an event.
    mirrors = _decoded_and_compared(
        decoder.decode_lines, _mirror_encoder.encode_lines, b"\n".join([*states, b""])
    )
    if len(mirrors) != len(states):
        detail = f"{len(mirrors)} ≠ {len(states)}"
        raise UnreadableStateError(detail)
    _check_instants(chain.from_iterable(map(instants, mirrors)))
    found: list[Any] = mirrors
    return found


def _checked(topic: str, state: bytes) -> tuple[Any, type[Event]]:
    decoder, kind, instants = _reader(topic)
    mirror = _decoded_and_compared(decoder.decode, _mirror_encoder.encode, state)
    _check_instants(instants(mirror))
    return mirror, kind


def _decoded_and_compared(
    read: Callable[[bytes], Any], encode_again: Callable[[Any], bytes], content: bytes
) -> Any:
    """Return what the bytes decode to; encoding it again must give the same bytes."""
    try:
        found = read(content)
        encoded = encode_again(found)
    except (msgspec.DecodeError, ValueError, OverflowError, RecursionError) as error:
        raise UnreadableStateError(str(error)) from None
    if encoded != content:
        raise UnreadableStateError(_difference(content, encoded))
    return found


def _check_instants(instants: Iterable[datetime | None]) -> None:
    """Only RFC 3339 in whole UTC seconds with a Z is allowed; msgspec keeps other offsets."""
    given = list(filter(None, instants))
    # A loop over each takes twice the time: it is only for the message.
    if {*map(_zone, given)} <= {UTC} and not any(map(_microsecond, given)):
        return
    wrong = (each for each in given if each.tzinfo is not UTC or each.microsecond)
    raise UnreadableStateError(str(next(wrong)))


_Instants = Callable[[Any], tuple[datetime | None, ...]]


@cache
def _reader(topic: str) -> tuple[msgspec.json.Decoder[Any], type[Event], _Instants]:
    try:
        kind: Any = TOPICS[topic]
    except KeyError:
        raise UnregisteredTopicError(topic) from None
    paths = sorted(_instants(kind))
    # At least two: for a single path `attrgetter` returns no tuple.
    instants: _Instants = attrgetter(*paths, *paths[: len(paths) == 1])
    return msgspec.json.Decoder(_mirror(kind)), kind, instants


def _instants(kind: Any, prefix: str = "") -> Iterator[str]:
    """Yield the paths of all instants in an event, found by their type.

    Raises `TypeError` for an instant without a fixed path: in a list, or in an optional part.
    """
    for name, hint in _types(kind).items():
        path = prefix + name
        if set(get_args(hint) or [hint]) <= {datetime, NoneType}:
            yield path
        elif dataclasses.is_dataclass(hint) and isinstance(hint, type):
            yield from _instants(hint, f"{path}.")
        elif any(_holds_instant(part) for part in get_args(hint)):
            raise TypeError(path, hint)


def _holds_instant(hint: Any) -> bool:
    if hint is datetime:
        return True
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return any(True for _ in _instants(hint))
    return any(_holds_instant(part) for part in get_args(hint))


@cache
def _mirror(kind: Any) -> type[msgspec.Struct]:
    """Return a closed struct of the same fields, sorted: no unknown fields, None left out.

    msgspec alone ignores unknown fields of a dataclass and writes None as null.
    """
    fields: list[Any] = []
    for name, hint in sorted(_types(kind).items()):
        optional = NoneType in get_args(hint)
        fields.append((name, _mirrored(hint), None) if optional else (name, _mirrored(hint)))
    return msgspec.defstruct(
        f"{kind.__name__}State",
        fields,
        kw_only=True,
        omit_defaults=True,
        forbid_unknown_fields=True,
        gc=False,
    )


def _types(kind: Any) -> dict[str, Any]:
    """Return the type of each field. The domain names its types themselves, never in quotes."""
    return {field.name: field.type for field in dataclasses.fields(kind)}


def state_types() -> dict[str, type[msgspec.Struct]]:
    """Return the type of a state as it is stored, by topic."""
    kinds: dict[str, Any] = dict(TOPICS)
    return {topic: _mirror(kind) for topic, kind in kinds.items()}


def _mirrored(hint: Any) -> Any:
    if hint is Clock:
        return CLOCK
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _mirror(hint)
    return with_parts(hint, _mirrored)


def with_parts(hint: Any, replaced: Callable[[Any], Any]) -> Any:
    """Return a union or a tuple type with its parts replaced; any other type as it is."""
    if get_origin(hint) in {Union, UnionType}:
        return Union[tuple(map(replaced, get_args(hint)))]  # noqa: UP007 - of a list
    if get_origin(hint) is tuple:
        return tuple[tuple(map(replaced, get_args(hint)))]  # type: ignore[misc]
    return hint


def _difference(found: bytes, expected: bytes) -> str:
    at = next(
        (i for i, (a, b) in enumerate(zip(found, expected, strict=False)) if a != b),
        min(len(found), len(expected)),
    )
    there, wanted = (
        content[at : at + 20].decode("utf-8", "backslashreplace") for content in (found, expected)
    )
    return f"byte {at + 1}: “{there}” ≠ “{wanted}”"
