"""The files of a campaign's private keys, and the public keys that are trusted."""

import os
import stat
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from kalends.audit.checkpoint import origin_of
from kalends.audit.note import NoteError, PrivateKey, PublicKey
from kalends.domain.errors import (
    BadKeyError,
    DiskError,
    NoKeyError,
    RetiredKeyError,
    UnfinishedKeyError,
    UnreadableKeyError,
    UntrustedKeyError,
)
from kalends.words import Message, os_error_message

_SUFFIX = ".key"
_PRIVATE = 0o600
# At most so much of a malformed key is shown; keys are shorter.
_SHOWN = 200
# No private key's file is longer.
_MOST = 1 << 12


def key_path(folder: Path, campaign_id: str) -> Path:
    """Return where a campaign's private key is, in the user's configuration folder."""
    return folder / "keys" / f"{campaign_id}{_SUFFIX}"


def make_key(
    path: Path,
    campaign_id: str,
    seed: Callable[[], bytes],
    trust: Callable[[PublicKey, PublicKey | None], object] = lambda *_: None,
) -> PrivateKey:
    """Make a key, have it trusted, and store it where only this user can read it.

    The key is written beside `path` until `trust(new, old)` is done, then moved there. Killed
    before `trust`, nothing has changed, and the next call uses the same key; killed after it, the
    next signing moves the key. An older key is kept beside it, named by its hash. Raises
    `DiskError`, `UnreadableKeyError`, and what `trust` raises.
    """
    older = _read_key(path)
    if older is None and _content(path) is not None:
        raise DiskError(
            name=path, detail=Message("the file there is not a key, and was not replaced")
        )
    begun = waiting(path)
    key = _read_key(begun)
    if key is None:
        key = PrivateKey(origin_of(campaign_id), seed())
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
            with os.fdopen(file, "w", encoding="ascii") as open_file:
                open_file.write(key.written() + "\n")
                open_file.flush()
                os.fsync(file)
        except OSError as error:
            raise DiskError(name=begun, detail=os_error_message(error)) from None
    trust(key.public, None if older is None else older.public)
    _take_place(path)
    return key


def waiting(path: Path) -> Path:
    """Return where a new key is stored until it is trusted."""
    return path.with_name(f"{path.name}.new")


def forget_begun(path: Path) -> None:
    """Remove a new key that was not trusted; if that fails, `check_finished` names it."""
    with suppress(OSError):
        waiting(path).unlink(missing_ok=True)


def check_finished(path: Path, trusted: Sequence[PublicKey]) -> None:
    """Raise `UnfinishedKeyError` if a killed command left a new key that was never trusted."""
    if _content(waiting(path)) is None:
        return
    begun = _read_key(waiting(path))
    if begun is None or begun.public not in trusted:
        raise UnfinishedKeyError(path=waiting(path))


def _content(path: Path) -> bytes | None:
    """Return what the file of a key holds, None if there is none; raise `UnreadableKeyError`.

    A pipe is not opened: nothing may ever come out of it.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableKeyError(path=path, detail=Message("it is not a file"))
        with path.open("rb") as file:
            return file.read(_MOST)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UnreadableKeyError(path=path, detail=os_error_message(error)) from None


def _read_key(path: Path) -> PrivateKey | None:
    """Return the key in a file, None if it holds none; raise `UnreadableKeyError`."""
    try:
        return PrivateKey.read((_content(path) or b"").decode("ascii").strip())
    except ValueError:
        return None


def _take_place(path: Path) -> None:
    """Move a waiting key into its place; keep the key that was there beside it."""
    try:
        older = _read_key(path)
        if older is not None:
            path.rename(path.with_name(f"{path.stem}.{older.public.hash.hex()}{_SUFFIX}"))
        waiting(path).replace(path)
    except OSError as error:
        raise DiskError(name=path, detail=os_error_message(error)) from None


def trusted_keys(written: Iterable[str]) -> tuple[PublicKey, ...]:
    """Decode public keys; raise `BadKeyError`."""
    found = []
    for text in written:
        try:
            found.append(PublicKey.read(text))
        except NoteError:
            shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
            raise BadKeyError(name=shown) from None
    return tuple(found)


def load_key(path: Path, trusted: Sequence[PublicKey]) -> PrivateKey:
    """Return the private key.

    Raises `NoKeyError`, `UnreadableKeyError`, `UntrustedKeyError`, `RetiredKeyError` or
    `BadKeyError`.

    A new key that is trusted but was not yet moved into its place is moved first.
    """
    begun = _read_key(waiting(path))
    if begun is not None and begun.public in trusted:
        _take_place(path)
    key = _read_key(path)
    if key is None:
        raise NoKeyError(path=path) if _content(path) is None else BadKeyError(name=path)
    found = [key_trusted.until for key_trusted in trusted if key_trusted[:2] == key.public[:2]]
    if not found:
        raise UntrustedKeyError(path=path)
    if retired := [until for until in found if until is not None]:
        raise RetiredKeyError(position=min(retired), path=path)
    return key
