"""Addresses without a language: pictures, proofs, checkpoints, lists for programs."""

from collections.abc import Iterator
from typing import NamedTuple


class WebFile(NamedTuple):
    """The bytes of a file and what they are; `forever` where they never change.

    A large one comes in `pieces`.
    """

    content: bytes
    media_type: str
    forever: bool = False
    pieces: Iterator[bytes] | None = None
