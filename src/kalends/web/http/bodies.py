"""Reads the body of a request, which may be neither long nor slow."""

import asyncio
from collections.abc import Mapping
from typing import NamedTuple

from kalends.domain.errors import BodyTooLongError, BodyTooSlowError
from kalends.web.http.asgi import Receive


class Left(Exception):  # noqa: N818 - no error of ours
    """The client has gone before its request was whole."""


class Bounds(NamedTuple):
    """How many bytes a body may have, and how many seconds it may take to come."""

    most: int = 65_536
    seconds: float = 10.0


USUAL = Bounds()


async def body_of(headers: Mapping[str, str], receive: Receive, bounds: Bounds = USUAL) -> bytes:
    """Return the body of a request; raises `BodyTooLongError`, `BodyTooSlowError` or `Left`."""
    announced = headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > bounds.most:
        raise BodyTooLongError(most=bounds.most)
    found = bytearray()
    try:
        async with asyncio.timeout(bounds.seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Left
                found += message.get("body", b"")
                if len(found) > bounds.most:
                    raise BodyTooLongError(most=bounds.most)
                if not message.get("more_body", False):
                    return bytes(found)
    except TimeoutError:
        raise BodyTooSlowError(seconds=round(bounds.seconds)) from None
