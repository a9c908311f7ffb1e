"""The tree of the log in tiles, and its leaves in bundles, as C2SP `tlog-tiles` has them."""

from collections.abc import Iterable, Iterator

from kalends.audit.checkpoint import Checkpoint
from kalends.audit.proof import matching
from kalends.domain.errors import LongEntryError, NotInTreeError
from kalends.log.journal_line import compose
from kalends.log.log import Log
from kalends.views import tree
from kalends.views.database import Views

# A level-0 tile has so many hashes, and a bundle so many entries.
WIDTH = 1 << tree.HEIGHT
# The length of an entry takes two bytes.
_LENGTH = 2
LONGEST = 0xFFFF


def path(level: int | None, number: int, width: int) -> str:
    """Return a tile's path below `tile/`, or that of a bundle of entries if `level` is None."""
    *above, last = _digits(number)
    partial = "" if width == WIDTH else f".p/{width}"
    steps = "".join(f"x{digits}/" for digits in above)
    return f"{'entries' if level is None else level}/{steps}{last}{partial}"


def paths(size: int, older: Iterable[int] = ()) -> Iterator[tuple[int, int, int]]:
    """Yield level, number and width of every tile of a tree of so many leaves.

    Also of the tiles that it had at older sizes, where they are not full yet: those who know only
    an older checkpoint ask for them.
    """
    edges = {edge for each in older if each < size for edge in _edge(each)}
    for level, number, width in sorted(edges):
        if width < tree.width_of(size, level, number) < WIDTH:
            yield level, number, width
    level = 0
    while count := size >> tree.HEIGHT * level:
        for number in range(-(-count // WIDTH)):
            yield level, number, tree.width_of(size, level, number)
        level += 1


def _edge(size: int) -> Iterator[tuple[int, int, int]]:
    """Yield the tiles of a tree that are not full: at most one of each level."""
    level = 0
    while count := size >> tree.HEIGHT * level:
        if width := count % WIDTH:
            yield level, count // WIDTH, width
        level += 1


def tile(
    db: Views, log: Log, checkpoint: Checkpoint, *, level: int, number: int, width: int
) -> bytes:
    """Return the hashes of a tile of the tree that a checkpoint signs.

    Raises `NotInTreeError`, or `RewrittenError` if the log does not match the checkpoint.
    """
    _check(checkpoint, level, number, width)
    with matching(db, log, checkpoint) as kept:
        return tree.tile(kept, level, number, width)


def bundle(log: Log, checkpoint: Checkpoint, *, number: int, width: int) -> bytes:
    """Return the events whose hashes are in a tile of level 0, each after its length.

    Raises `NotInTreeError`, or `LongEntryError` if one of them is too long for its length.
    """
    _check(checkpoint, 0, number, width)
    start = number * WIDTH
    pieces = []
    for row in log.rows(after=start, until=start + width):
        line = compose(row)
        if len(line) > LONGEST:
            raise LongEntryError(position=row.position, size=len(line), most=LONGEST)
        pieces += [len(line).to_bytes(_LENGTH, "big"), line]
    return b"".join(pieces)


def _check(checkpoint: Checkpoint, level: int, number: int, width: int) -> None:
    if not 0 < width <= tree.width_of(checkpoint.size, level, number):
        raise NotInTreeError(size=checkpoint.size, name=path(level, number, width))


def _digits(number: int) -> list[str]:
    """Return a number in groups of three digits."""
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.append(f"{number % 1000:03}")
    return groups[::-1]
