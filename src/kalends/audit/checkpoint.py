"""Checkpoints: signed statements of the log's size and root hash (C2SP `tlog-checkpoint`)."""

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
from kalends.domain.value import Value
from kalends.words import Message
from kalends.words.encodings import encoding_of

# No checkpoint is larger, even with many witnesses' signatures.
_MOST = 1 << 16


class Checkpoint(Value):
    """The log's name, its size in events, its root hash; `content` is the whole signed note.

    `key` names the key that signed it, by the beginning of its encoding.
    """

    origin: str
    size: int
    root: bytes
    content: bytes
    key: str


class SuppliedCheckpoint(NamedTuple):
    """A checkpoint's file: its name and its bytes.

    `size` is the size that the file's name gives, as for those kept for each publication, else
    None. `is_own` says that it comes from the workspace's folder, not from a copy kept elsewhere.
    """

    name: str
    content: bytes
    size: int | None = None
    is_own: bool = False


def origin_of(campaign_id: str) -> str:
    """Return the name of a campaign's log, which is also the name of its key."""
    return f"kalends/{campaign_id}"


def signed(key: PrivateKey, size: int, root: bytes) -> Checkpoint:
    """Return a signed checkpoint of a log of this size and root hash."""
    origin = key.public.name
    note = key.sign(f"{origin}\n{size}\n{encoded(root)}\n")
    return Checkpoint(
        origin=origin, size=size, root=root, content=note.encode(), key=key.public.named
    )


def content_in(path: Path) -> bytes:
    """Return a file's bytes; if it is too large, only as many as show that."""
    with path.open("rb") as file:
        return file.read(_MOST + 1)


def read(content: bytes, keys: Sequence[PublicKey]) -> Checkpoint:
    """Return the checkpoint in these bytes, if one of these keys has signed it.

    Raises `NoteError` if it is malformed; `ForeignNoteError` if no trusted key signed it, or the
    log is not the key's; `RetiredNoteError`; `ForgedNoteError` if the signature is wrong.
    """
    try:
        found = re.fullmatch(NOTE, content.decode())
    except UnicodeDecodeError:
        raise NoteError(encoding_of(content)) from None
    if found is None or len(content) > _MOST:
        raise NoteError(content.decode().partition("\n")[0][:80])
    _, origin, size, root, *_ = found.groups()
    # A key that is retired in one place stays retired, even if it is also given without `until`.
    retired = {key[:2] for key in keys if key.until is not None and key.until < int(size)}
    held = [key for key in keys if key[:2] not in retired]
    own = [key for key in held if key.name == origin]
    try:
        opened(content, held)
        if len(own) < len(held):
            opened(content, own)
    except ForeignNoteError as error:
        if any(_has_signed(content, key) for key in keys if key[:2] in retired):
            raise RetiredNoteError(str(error)) from None
        raise
    signer = own[0] if len(own) == 1 else next(key for key in own if _has_signed(content, key))
    return Checkpoint(
        origin=origin, size=int(size), root=decoded(root), content=content, key=signer.named
    )


def _has_signed(content: bytes, key: PublicKey) -> bool:
    try:
        opened(content, [key])
    except NoteError:
        return False
    return True


def why_not_believed(error: NoteError) -> Message:
    """Return the message that says why a checkpoint is not valid."""
    if isinstance(error, ForgedNoteError):
        return Message("the checkpoint's signature is wrong")
    if isinstance(error, RetiredNoteError):
        return Message("the key that signed the checkpoint had been retired before")
    if isinstance(error, ForeignNoteError):
        return Message("no trusted key has signed the checkpoint")
    return Message("the checkpoint is malformed")
