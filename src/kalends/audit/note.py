"""Signed notes: a short text with signatures (C2SP `signed-note`, Ed25519)."""

import base64
import binascii
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from kalends.audit.forms import KEY, SIGNED
from kalends.domain.sha256 import sha256
from kalends.words.encodings import encoding_of

_ED25519 = b"\x01"
_HASH = 4
_KEY = 32
_PRIVATE = "PRIVATE+KEY+"
_MARK = "— "
# RFC 8032, section 5.1; `_SMALL` has the y of all points whose order divides 8.
_P = 2**255 - 19
_EIGHTH = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL = {0, 1, _P - 1, _EIGHTH, _P - _EIGHTH}


Kind = Literal["not-a-checkpoint", "untrusted", "retired", "forged"]


class NoteError(ValueError):
    """A malformed key or note; `str()` says what is wrong.

    `kind` is the name of the problem in `audit verify`.
    """

    kind: Kind = "not-a-checkpoint"


class ForeignNoteError(NoteError):
    """A note that no trusted key has signed."""

    kind: Kind = "untrusted"


class RetiredNoteError(ForeignNoteError):
    """A note whose only trusted signatures come from keys that had been retired before."""

    kind: Kind = "retired"


class ForgedNoteError(NoteError):
    """A note with a wrong signature that names a trusted key."""

    kind: Kind = "forged"


class PublicKey(NamedTuple):
    """A trusted key: its name, its 32 bytes, and the last log size it may sign (None: no limit).

    Signatures of a retired key for larger sizes are not valid.
    """

    name: str
    raw: bytes
    until: int | None = None

    @classmethod
    def read(cls, text: str) -> Self:
        """Decode a key from `name+hash+base64`; raise `NoteError`.

        The size at which it was retired may follow after a space.
        """
        found = re.fullmatch(KEY, text)
        if found is None:
            raise NoteError(text)
        named, name, body, until = found.groups()
        key = cls(name, decoded(body)[1:], None if until is None else int(until))
        if key.named != named:
            raise NoteError(text)
        return key

    @property
    def hash(self) -> bytes:
        """Return the 4-byte key hash, with which a signature names its key."""
        hashed = self.name.encode() + b"\n" + _ED25519 + self.raw
        return sha256(hashed).digest()[:_HASH]

    @property
    def named(self) -> str:
        """Return the beginning of the key's encoding, which tells it from other keys."""
        return f"{self.name}+{self.hash.hex()}"

    def written(self) -> str:
        """Return the key's encoding."""
        retired = "" if self.until is None else f" {self.until}"
        return f"{self.named}+{encoded(_ED25519 + self.raw)}{retired}"

    def has_signed(self, text: bytes, signature: bytes) -> bool:
        """Return whether this key made this 64-byte signature over a text (RFC 8032, 5.1.7).

        Points of small order or with a second encoding, as key or as the signature's first half,
        are refused. Libraries accept some of them; we refuse all, as the small verifiers do.
        """
        points = [
            int.from_bytes(coordinate[:_KEY], "little") % 2**255
            for coordinate in (self.raw, signature)
        ]
        if points[0] >= _P or not _SMALL.isdisjoint(points):
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


class PrivateKey:
    """A signing key: its name, and its secret seed of 32 bytes."""

    def __init__(self, name: str, seed: bytes) -> None:
        """Take name and seed; raise `NoteError` if either is malformed."""
        if len(seed) != _KEY or not _is_name(name):
            raise NoteError(name)
        self._seed = seed
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = PublicKey(name, self._key.public_key().public_bytes_raw())

    @classmethod
    def read(cls, text: str) -> Self:
        """Decode a key; raise `NoteError`, which does not reveal the text."""
        name, _, rest = text.removeprefix(_PRIVATE).partition("+")
        body = decoded(rest.partition("+")[2])
        if body[:1] != _ED25519:
            raise NoteError(name)
        key = cls(name, body[1:])
        if key.written() != text:
            raise NoteError(name)
        return key

    def written(self) -> str:
        """Return the key's encoding, which is secret."""
        key = encoded(_ED25519 + self._seed)
        return f"{_PRIVATE}{self.public.name}+{self.public.hash.hex()}+{key}"

    def sign(self, text: str) -> str:
        """Return the signed note: the text, which must end with a line feed, and the signature."""
        signature = self.public.hash + self._key.sign(text.encode())
        return f"{text}\n{_MARK}{self.public.name} {encoded(signature)}\n"


def opened(content: bytes, keys: Sequence[PublicKey]) -> str:
    """Return a note's text, with its last line feed, if one of these keys has signed it.

    Signatures by other keys are ignored. Raises `NoteError`, `ForeignNoteError` or
    `ForgedNoteError`.
    """
    try:
        whole = content.decode()
    except UnicodeDecodeError:
        raise NoteError(encoding_of(content)) from None
    text, parted, signatures = whole.rpartition("\n\n")
    if not parted or not signatures.endswith("\n") or not _is_plain(whole):
        raise NoteError(whole.partition("\n")[0][:80])
    text += "\n"
    good = False
    for line in signatures.removesuffix("\n").split("\n"):
        name, signature = _signature(line)
        for key in keys:
            if (key.name, key.hash) != (name, signature[:_HASH]):
                continue
            if not key.has_signed(text.encode(), signature[_HASH:]):
                raise ForgedNoteError(line)
            good = True
    if not good:
        raise ForeignNoteError(signatures.partition("\n")[0])
    return text


def is_key(text: str) -> bool:
    """Return whether a text has the form of a public key."""
    return re.fullmatch(KEY, text) is not None


def keys_in(text: str) -> list[str]:
    """Return the encoded keys in a file, one from each line."""
    return [line for line in text.split("\n") if line]


def encoded(content: bytes) -> str:
    """Return bytes in base64 (RFC 4648, section 4)."""
    return base64.b64encode(content).decode("ascii")


def decoded(text: str) -> bytes:
    """Decode base64, accepting only its canonical form; raise `NoteError`."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteError(text) from None
    if encoded(content) != text:
        raise NoteError(text)
    return content


def _signature(line: str) -> tuple[str, bytes]:
    found = re.fullmatch(SIGNED, f"{line}\n")
    if found is None:
        raise NoteError(line)
    return found[1], decoded(found[2])


def _is_name(text: str) -> bool:
    is_text = not any(
        "\ud800" <= character <= "\udfff" for character in text
    )  # bytes that the shell passed and that are not UTF-8
    return is_text and "+" not in text and text.split() == [text]


def _is_plain(text: str) -> bool:
    """Return whether a text has no control characters except line feeds, as C2SP requires."""
    return not any(character < " " and character != "\n" for character in text)
