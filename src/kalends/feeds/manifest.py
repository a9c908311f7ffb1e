"""The list of what is published: every feed with its hash, and up to which position."""

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated

import msgspec

from kalends.domain.errors import ManifestError
from kalends.feeds.feed_folder import MANIFEST, SUFFIX, feed_name
from kalends.feeds.selection import FULL

_FORMAT = 1
# No manifest is larger: that of 10,000 feeds has 3 MB.
_LARGEST = 1 << 26
# How many unfinished publications are listed.
_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFile:
    """A feed's file: its title, activities, bytes, SHA-256, and the position since which it is so.

    `position` is the last one at which anything changed that these bytes may depend on.
    """

    title: str
    activities: int
    size: int
    sha256: str
    position: int


def read_manifest(folder: Path) -> tuple[int, dict[str, FeedFile]]:
    """Return the position of a folder and its files; 0 and none without a manifest.

    Raises `ManifestError` when it cannot be read.
    """
    manifest = contents(folder)
    position, files = parsed(manifest)
    if manifest and not position and not begun(manifest):
        raise ManifestError(name=MANIFEST)
    return position, files


def strays(folder: Path, files: Collection[str]) -> list[str]:
    """Return the calendar files in the folder that are not of these feeds, by name."""
    found = (feed_name(path.relative_to(folder).as_posix()) for path in folder.rglob(f"*{SUFFIX}"))
    return sorted(set(found).difference(files))


def contents(folder: Path) -> bytes:
    """Return the manifest's bytes, empty when there is none; of a file too large the first."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            return file.read(min(os.fstat(file.fileno()).st_size, _LARGEST))
    except OSError:
        return b""


def parsed(manifest: bytes) -> tuple[int, dict[str, FeedFile]]:
    """Return what a manifest says; 0 and none when it is not a manifest of this format."""
    try:
        document = _decoder.decode(manifest)
    except (ValueError, RecursionError):
        return 0, {}
    if document.format != _FORMAT:
        return 0, {}
    return document.position, {
        name: feed for name, feed in document.feeds.items() if is_feed(name)
    }


def begun(manifest: bytes) -> tuple[int, ...]:
    """Return the positions whose publication was begun and not finished, from a manifest.

    A file is then as it was at the manifest's position, or already as at one of these.
    """
    try:
        document = _decoder.decode(manifest)
    except (ValueError, RecursionError):
        return ()
    return tuple(document.publishing) if document.format == _FORMAT else ()


def composed(
    files: dict[str, FeedFile], position: int, *, publishing: Iterable[int] = ()
) -> bytes:
    """Return a manifest with this content; `publishing` are the positions of `begun`."""
    document: dict[str, object] = {"feeds": files, "format": _FORMAT, "position": position}
    if positions := sorted(set(publishing))[-_MOST:]:
        document["publishing"] = positions
    return msgspec.json.format(_encoder.encode(document), indent=2) + b"\n"


def is_feed(name: str) -> bool:
    """Return whether a feed's file can have this name: nothing outside the folder is removed."""
    path = PurePosixPath(name.removeprefix(FULL))
    return path.name == str(path) and path.suffix == SUFFIX and not set("\\\0") & set(name)


_Position = Annotated[int, msgspec.Meta(ge=0, lt=2**53)]


class _Manifest(msgspec.Struct):
    feeds: dict[str, FeedFile]
    format: int
    position: _Position
    publishing: Annotated[list[_Position], msgspec.Meta(max_length=_MOST)] = []


_decoder = msgspec.json.Decoder(_Manifest)
_encoder = msgspec.json.Encoder(order="sorted")
