"""Checks files that you were given: proofs, packs and saved calendars."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple

from kalends.application.given_files import text_of
from kalends.application.queries.known_at import is_file
from kalends.application.workspaces.workspace import Workspace
from kalends.audit.checkpoint import Checkpoint
from kalends.audit.key_files import trusted_keys
from kalends.audit.note import PublicKey, encoded, is_key, keys_in
from kalends.audit.proof import Proved
from kalends.audit.proof import check as proved_by
from kalends.audit.served import Served
from kalends.domain.errors import EncodedFileError, FileNotReadableError, PackGivenError
from kalends.log.event_log import StoredEvent
from kalends.words import Message, os_error_message
from kalends.words.encodings import encoding_of

__all__ = [
    "CheckedPack", "Proved", "PublicKey", "Served", "check_pack", "check_proof", "encoded",
    "keys_of", "moment_of", "recorded_words", "served",
]  # fmt: skip

_ZIP = b"PK\3\4"
_SAID = (("at",), ("by",), ("reason",), ("details", "title"))
# A larger file holds no keys.
_MOST = 1 << 20


class CheckedPack(NamedTuple):
    """A pack that is right: its checkpoint, how many files it has, and how many were rebuilt.

    `own_key` says that no other key was given than those in the pack.
    """

    checkpoint: Checkpoint
    files: int
    remade: int
    own_key: bool


def keys_of(written: Sequence[str]) -> tuple[PublicKey, ...]:
    """Return the public keys that are written out, or in files; raises `BadKeyError`."""
    found: list[str] = []
    for text in written:
        if is_key(text) or not is_file(text):  # a key is a key, even if a file has the same name
            found.append(text)
            continue
        try:
            keys = keys_in(text_of(Path(text), _MOST).decode())
        except UnicodeDecodeError as error:
            raise EncodedFileError(name=text, encoding=encoding_of(error.object)) from None
        found += keys or [text]
    return trusted_keys(found)


def check_proof(file: Path, trusted: Sequence[PublicKey]) -> Proved:
    """Check a proof; raises `ProofError`, `FileNotReadableError`, `EncodedFileError`."""
    content = text_of(file)
    if content.startswith(_ZIP):
        raise PackGivenError(name=file.name)
    return proved_by(content, trusted, file.name)


def recorded_words(event: StoredEvent) -> list[str]:
    """Return what a proved event says, for people: when and by whom it was recorded, and what.

    What is proved may be anything; nothing is said of what has another form.
    """
    try:
        state = json.loads(event.state)
    except (ValueError, RecursionError):
        return []
    found = [_text(state, *path) for path in _SAID]
    when = _text(state, "when", "text") or _text(state, "details", "when", "text")
    return [text for text in (*found, f"“{when}”" if when else "") if text]


def _text(state: object, *path: str) -> str:
    for name in path:
        state = state.get(name) if isinstance(state, dict) else None
    return state if isinstance(state, str) else ""


def check_pack(
    file: Path, trusted: Sequence[PublicKey] | None, *, by_own_key: Callable[[], None]
) -> CheckedPack:
    """Check a pack; raises `ProofError`, `FileNotReadableError`.

    Without `trusted`, it is checked with the keys that it holds; `by_own_key` is called before.
    """
    from kalends.audit.archive import Archive  # noqa: PLC0415 - a proof needs none of it
    from kalends.audit.pack import check, own_keys  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="kalends-pack-") as scratch, _opened(file) as given:
        archive, is_own = Archive(given, file.name), trusted is None
        if trusted is None:
            trusted = trusted_keys(own_keys(archive))
            by_own_key()
        shown = check(archive, trusted, Path(scratch))
    return CheckedPack(shown.checkpoint, shown.files, shown.remade, is_own)


def served(workspace: Workspace, content: bytes) -> Served:
    """Return at which positions a feed had exactly these bytes; else the first difference.

    Views and feed entries are made again from the events: whoever can write in the folder could
    have put a forged calendar into those that are kept there.
    """
    from kalends.audit.rebuilt import rebuilt  # noqa: PLC0415 - a proof needs none of it
    from kalends.audit.served import served as served_at  # noqa: PLC0415

    last = workspace.log.position()
    with rebuilt(workspace.log, last) as (views, components):
        return served_at(views, components, content, last=last)


def moment_of(workspace: Workspace, position: int) -> datetime:
    """Return when the event at a position was recorded, as the log has it."""
    return next(workspace.log.entries(after=position - 1, until=position)).event.at


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading in any order; input from a pipe is copied to a temporary file.

    Raises `FileNotReadableError`.
    """
    with tempfile.TemporaryFile() as kept:
        if path.exists() and not (path.is_file() or path.is_dir() or path.is_fifo()):
            raise FileNotReadableError(name=path, detail=Message("it is not a file"))
        try:
            file = path.open("rb")
        except OSError as error:
            raise FileNotReadableError(name=path, detail=os_error_message(error)) from None
        with file:
            if file.seekable():
                yield file
                return
            shutil.copyfileobj(file, kept)
        yield kept
