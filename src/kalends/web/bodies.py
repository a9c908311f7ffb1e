"""Reads the body of a request, which may be neither long nor slow."""

import asyncio
from collections.abc import Mapping

from kalends.domain.errors import BodyTooLongError, BodyTooSlowError
from kalends.web.asgi import Receive

_MOST_BYTES, _BODY_SECONDS = 65_536, 10.0


class Left(Exception):  # noqa: N818 - no error of ours
    """The client has gone before its request was whole."""


async def body_of(headers: Mapping[str, str], receive: Receive) -> bytes:
    """Return the body of a request; raises `BodyTooLongError`, `BodyTooSlowError` or `Left`."""
    announced = headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > _MOST_BYTES:
        raise BodyTooLongError(most=_MOST_BYTES)
    found = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Left
                found += message.get("body", b"")
                if len(found) > _MOST_BYTES:
                    raise BodyTooLongError(most=_MOST_BYTES)
                if not message.get("more_body", False):
                    return bytes(found)
    except TimeoutError:
        raise BodyTooSlowError(seconds=round(_BODY_SECONDS)) from None
