"""A checkpoint: a signed statement of how long the log is, and of the hash over all of it."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kalends.audit.forms import NOTE
from kalends.audit.note import (
    ForeignNoteError,
    ForgedNoteError,
    NoteError,
    PrivateKey,
    PublicKey,
    RetiredNoteError,
    decoded,
    encoded,
    opened,
)
from kalends.words import Message

# None is larger, with all the witnesses that may have signed it.
_MOST = 1 << 16


class Checkpoint(NamedTuple):
    """Whose log, how many events, the tree's root; `octets` are the bytes of the signed note."""

    origin: str
    size: int
    root: bytes
    octets: bytes


def origin_of(campaign_id: str) -> str:
    """Return the name of a campaign's log, and of the key that vouches for it."""
    return f"kalends/{campaign_id}"


def signed(key: PrivateKey, size: int, root: bytes) -> Checkpoint:
    """Return the checkpoint of a log of that size (C2SP `tlog-checkpoint`)."""
    origin = key.public.name
    note = key.sign(f"{origin}\n{size}\n{encoded(root)}\n")
    return Checkpoint(origin, size, root, note.encode())


def octets_in(path: Path) -> bytes:
    """Return what stands in a file, of a larger one no more than shows that it is too large."""
    with path.open("rb") as file:
        return file.read(_MOST + 1)


def read(octets: bytes, keys: Sequence[PublicKey]) -> Checkpoint:
    """Return the checkpoint that one of these keys has signed.

    Raises `NoteError`, or one of its kinds, `ForeignNoteError` (signed by nobody trusted, or of a
    log that is not the key's), `RetiredNoteError` and `ForgedNoteError`.
    """
    try:
        found = re.fullmatch(NOTE, octets.decode())
    except UnicodeDecodeError as error:
        raise NoteError(str(error)) from None
    if found is None or len(octets) > _MOST:
        raise NoteError(octets[:80])
    _, origin, size, root, *_ = found.groups()
    # Retired once is retired, though the key may be given a second time without it.
    retired = {key[:2] for key in keys if key.until is not None and key.until < int(size)}
    held = [key for key in keys if key[:2] not in retired]
    own = [key for key in held if key.name == origin]
    try:
        opened(octets, held)
        if len(own) < len(held):
            opened(octets, own)
    except ForeignNoteError as error:
        if any(_has_signed(octets, key) for key in keys if key[:2] in retired):
            raise RetiredNoteError(str(error)) from None
        raise
    return Checkpoint(origin, int(size), decoded(root), octets)


def _has_signed(octets: bytes, key: PublicKey) -> bool:
    try:
        opened(octets, [key])
    except NoteError:
        return False
    return True


def why_not_believed(error: NoteError) -> Message:
    """Return in words why a checkpoint is not to be believed."""
    if isinstance(error, ForgedNoteError):
        return Message("the checkpoint's signature is wrong")
    if isinstance(error, RetiredNoteError):
        return Message("the key that signed the checkpoint had been retired before")
    if isinstance(error, ForeignNoteError):
        return Message("nobody trusted has signed the checkpoint")
    return Message("the checkpoint is not in its form")
