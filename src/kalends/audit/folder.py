"""Compares the published folder with rebuilt feeds, and says where they differ."""

from collections.abc import Iterator
from io import BytesIO
from itertools import islice, zip_longest
from pathlib import Path
from typing import IO, NamedTuple

from kalends.domain.errors import FeedNotFoundError
from kalends.feeds.cache import Components
from kalends.feeds.check import of_later_feeds
from kalends.feeds.feed import feed_bytes
from kalends.feeds.feed_folder import MANIFEST, feed_name, file_name
from kalends.feeds.manifest import begun, is_feed, parsed
from kalends.feeds.publishing import publish_feeds
from kalends.feeds.selection import FULL
from kalends.views import catch_up
from kalends.views.database import Views

_BLOCK = 1 << 20
# The `where` of a calendar file that no feed has written.
STRAY = "stray"


class Difference(NamedTuple):
    """A difference from what the events give: table or file, where in it, expected, found."""

    place: str
    where: str
    expected: str
    found: str


class FolderComparison(NamedTuple):
    """What a comparison of the published folder found."""

    files: int
    differences: list[Difference]
    finished: bool


def look(  # noqa: PLR0913 - all that it compares
    fresh: Views,
    made: Components,
    feeds: Path,
    scratch: Path,
    manifest: bytes,
    *,
    deep: bool,
    due: bool,
) -> FolderComparison:
    """Compare the published folder with feeds rebuilt in a scratch folder."""
    (stated, files), coming = parsed(manifest), begun(manifest)
    last = catch_up.position(fresh)
    position = min(max(stated, 0), last) if manifest else last
    count, found = 0, list[Difference]()
    if due or _is_published(feeds):
        publish_feeds(fresh, made, scratch / "then", known_at=position)
        pairs = list(_files(scratch / "then", feeds))
        count, found = len(pairs), [pair for pair in pairs if pair is not None]
    for newer in coming:
        # The manifest itself says that some files are newer than it.
        found = [difference for difference in found if difference.place != f"feeds/{MANIFEST}"]
        if found:
            publish_feeds(fresh, made, scratch / f"{newer}", known_at=newer)
            found = [
                difference
                for difference in found
                if not _is_brought(difference, scratch / f"{newer}", feeds)
            ]
    stray = {
        difference.place.removeprefix("feeds/")
        for difference in found
        if difference.where == STRAY
    }
    later = {f"feeds/{name}" for name in of_later_feeds(fresh, stray)}
    found = [difference for difference in found if difference.place not in later]
    for name in filter(is_feed, files if deep else ()):
        found += _again(fresh, made, name, position, scratch / "then")
    return FolderComparison(count, found, finished=not coming and not later)


def _is_brought(difference: Difference, ours: Path, theirs: Path) -> bool:
    """Return whether a differing file equals the one in `ours`, or is missing from both."""
    name = file_name(difference.place.removeprefix("feeds/"))
    expected, found = ours / name, theirs / name
    if not expected.exists():
        return not found.exists()
    return _is_same(expected, found)


def _is_published(feeds: Path) -> bool:
    """Return whether there is a manifest, or a feed that should be listed in one."""
    return (feeds / MANIFEST).exists() or any(feeds.rglob("*.ics"))


def _files(ours: Path, theirs: Path) -> Iterator[Difference | None]:
    """Compare all files; yield for each its first difference, or None."""
    names = {
        feed_name(path.relative_to(folder).as_posix())
        for folder in (ours, theirs)
        for path in folder.rglob("*")
        if path.is_file() and (path.suffix == ".ics" or path.name == MANIFEST)
    }
    for name in sorted(names):
        expected, found = ours / file_name(name), theirs / file_name(name)
        if name.startswith(FULL) and not found.exists():
            continue  # a clone has none, because git ignores them
        if name != MANIFEST and not expected.exists():
            yield Difference(f"feeds/{name}", STRAY, "", "")
        elif not _is_same(expected, found):
            yield _first_apart(f"feeds/{name}", expected, found)
        else:
            yield None


def _again(
    fresh: Views, made: Components, name: str, position: int, folder: Path
) -> Iterator[Difference]:
    """Compare a feed's file with the feed rendered alone, as `feed show` does."""
    try:
        expected = feed_bytes(fresh, made, name.removesuffix(".ics"), known_at=position)
    except FeedNotFoundError:
        expected = b""
    found = _read(folder / file_name(name)) or b""
    if expected != found:
        yield line_of(f"feeds/{name}", expected, found)


def line_of(place: str, expected: bytes, found: bytes) -> Difference:
    """Return the first line that differs."""
    ours, theirs = expected.split(b"\n"), found.split(b"\n")
    both = zip(ours, theirs, strict=False)
    at = next((n for n, (a, b) in enumerate(both) if a != b), min(len(ours), len(theirs)))
    texts = [text_of(b"".join(islice(lines, at, at + 1))).rstrip("\r") for lines in (ours, theirs)]
    return Difference(place, f"{at + 1}", *texts)


def _is_same(ours: Path, theirs: Path) -> bool:
    """Return whether both files exist with the same bytes, without loading either whole."""
    try:
        with ours.open("rb") as expected, theirs.open("rb") as found:
            while block := expected.read(_BLOCK):
                if found.read(_BLOCK) != block:
                    return False
            return not found.read(1)
    except OSError:
        return False


def _first_apart(place: str, ours: Path, theirs: Path) -> Difference:
    """Return the first line in which two files differ; a missing file counts as empty."""
    both = zip_longest(_lines_of(ours), _lines_of(theirs))
    pairs = enumerate(both, 1)
    at, lines = next(((n, pair) for n, pair in pairs if pair[0] != pair[1]), (1, (b"", b"")))
    return Difference(place, f"{at}", *(text_of(line or b"").rstrip("\r") for line in lines))


def _lines_of(path: Path) -> Iterator[bytes]:
    """Yield a file's lines as `split` does; an unreadable file has one empty line."""
    last = b"\n"
    file: IO[bytes]
    try:
        file = path.open("rb")
    except OSError:
        file = BytesIO()
    with file:
        for last in file:
            yield last.removesuffix(b"\n")
        if last.endswith(b"\n"):
            yield b""


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (OSError, ValueError):  # a name in a manifest may be no valid file name
        return None


def text_of(content: bytes) -> str:
    """Return bytes as text; those that are not UTF-8 become escapes."""
    return content.decode("utf-8", "backslashreplace")
