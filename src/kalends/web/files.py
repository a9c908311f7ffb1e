"""What has an address and no language: pictures, proofs, checkpoints, lists for programs."""

from typing import NamedTuple


class WebFile(NamedTuple):
    """The bytes of a file and what they are; `forever` where they never change."""

    octets: bytes
    media_type: str
    forever: bool = False
