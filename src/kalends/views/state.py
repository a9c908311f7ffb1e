"""How details, departments and settings are stored in the views and read back."""

from collections.abc import Callable, Hashable
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

_State = TypeVar("_State")


encode = msgspec.json.Encoder().encode


def decode(kind: type[_State], state: bytes) -> _State:
    """Return the encoded value of this kind."""
    read: Callable[[bytes], _State] = reader(cast("Hashable", kind))
    return read(state)


@cache
def reader(kind: Any) -> Callable[[bytes], Any]:
    """Return what decodes values of this kind, for many of them."""
    return msgspec.json.Decoder(kind).decode
