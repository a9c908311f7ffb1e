"""Which files git tracks, read from its index without starting git."""

import os
import struct
from pathlib import Path

_HEADER = struct.Struct(">4sLL")
_FIXED = 40  # the bytes before an entry's hash: two times, device, inode, mode, owner, group, size
_HASHES = (20, 32)
_EXTENDED = 0x4000
_COMPRESSED = 4
_OLDEST = 2
# The index of a tree with a million files takes some 100 MB.
_MOST = 1 << 28


def is_tracked(folder: Path, name: str) -> bool:
    """Return whether git tracks anything under `folder/name`; False without git."""
    folder = folder.resolve()
    found = _index_of(folder)
    if found is None:
        return False
    top, content = found
    wanted = os.fsencode("/".join((*folder.parts[len(top.parts) :], name, "")))
    if len(content) < _HEADER.size:
        return False
    mark, version, count = _HEADER.unpack_from(content)
    if mark != b"DIRC" or (version < _COMPRESSED and wanted not in content):
        return False
    return any(_has(content, version, count, hash_size, wanted) for hash_size in _HASHES)


def _index_of(folder: Path) -> tuple[Path, bytes] | None:
    """Return the root of the work tree that contains a folder, and its index file."""
    for top in (folder, *folder.parents):
        try:
            place = top / ".git"
            if place.is_file():  # a linked work tree or a submodule
                place = top / _content(place).decode().removeprefix("gitdir:").strip()
            if place.is_dir():
                return top, _content(place / "index")
        except (OSError, ValueError):
            return None
    return None


def _content(path: Path) -> bytes:
    """Return what a file holds; raise `OSError` for none, and for what git never writes there.

    A pipe would be waited for, a device or a hole of gigabytes read without end.
    """
    if not path.is_file() or path.stat().st_size > _MOST:
        raise FileNotFoundError(path)
    return path.read_bytes()


def _has(content: bytes, version: int, count: int, hash_size: int, wanted: bytes) -> bool:
    """Return whether a tracked path starts with `wanted`; False if the format is unknown."""
    at, path = _HEADER.size, b""
    try:
        for _ in range(count):
            start = at
            at += _FIXED + hash_size
            (flags,) = struct.unpack_from(">H", content, at)
            at += 4 if version > _OLDEST and flags & _EXTENDED else 2
            kept = 0
            if version == _COMPRESSED:
                less, at = _number(content, at)
                kept = len(path) - less
            end = content.index(b"\0", at)
            path = path[:kept] + content[at:end]
            if path.startswith(wanted):
                return True
            at = end + 1
            if version < _COMPRESSED:  # each entry is padded to a multiple of eight
                at += -(at - start) % 8
    except (struct.error, ValueError, IndexError):
        return False
    return False


def _number(content: bytes, at: int) -> tuple[int, int]:
    """Decode a variable-length number as in git's packs; return it and where it ends."""
    value = content[at] & 0x7F
    while content[at] & 0x80:
        at += 1
        value = ((value + 1) << 7) | (content[at] & 0x7F)
    return value, at + 1
