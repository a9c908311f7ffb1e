"""The tree's nodes, stored so that a proof costs no more than its own length."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from kalends.log.merkle import Node, subtree
from kalends.views.database import Views
from kalends.views.schema import transaction

# How many hashes of a height are in a tile; its root is in a tile of the next (C2SP tlog-tiles).
HEIGHT = 8
_WIDTH = 1 << HEIGHT
_HASH = 32
_PAGE = 64 * _WIDTH


def reach(db: Views) -> int:
    """Return how many leaves are stored."""
    return _width(db, 0)


def grow(db: Views, leaves: Iterable[bytes], *, after: int) -> None:
    """Add the hashes of the leaves that follow so many, in a transaction for each batch.

    Nothing more is added where another thread or process has added some meanwhile.
    """
    coming = iter(leaves)
    while page := list(islice(coming, _PAGE)):
        with transaction(db):
            if reach(db) != after:
                return
            after += len(page)
            level, found = 0, page
            while found:
                level, found = level + 1, list(_filled(db, level, found))


def forget(db: Views) -> None:
    """Delete all nodes, as when they turn out not to belong to the log."""
    with transaction(db):
        db.execute("DELETE FROM tile")


def tile(db: Views, level: int, number: int, width: int) -> bytes:
    """Return the first hashes of a tile, joined; raise `LookupError` if there are fewer.

    `level` counts tiles, not nodes: the hashes of level 1 are the roots of full tiles of level 0.
    """
    hashes = _tile(db, level, number)
    if len(hashes) < width:
        raise LookupError(level, number)
    return b"".join(hashes[:width])


def width_of(size: int, level: int, number: int) -> int:
    """Return how many hashes a tile has in a tree of so many leaves; 0 if it has no such tile."""
    return max(0, min(_WIDTH, (size >> HEIGHT * level) - number * _WIDTH))


def nodes(db: Views) -> Node:
    """Return a function that finds the hash of a complete subtree; it raises `LookupError`."""

    def node(level: int, index: int) -> bytes:
        height, inner = divmod(level, HEIGHT)
        first = index << inner
        hashes = _tile(db, height, first // _WIDTH)
        start = first % _WIDTH
        wanted = hashes[start : start + (1 << inner)]
        if len(wanted) != 1 << inner:
            raise LookupError(level, index)
        return subtree(wanted)

    return node


def _filled(db: Views, level: int, hashes: Iterable[bytes]) -> Iterator[bytes]:
    """Add hashes behind those of a height; yield the roots of the tiles that are now full."""
    width = _width(db, level)
    number, kept = width // _WIDTH, width % _WIDTH
    coming: Iterator[bytes] = iter(hashes)
    if kept:
        coming = chain(_tile(db, level, number), coming)
    while tile := list(islice(coming, _WIDTH)):
        db.execute("INSERT OR REPLACE INTO tile VALUES (?, ?, ?)", (level, number, b"".join(tile)))
        if len(tile) == _WIDTH:
            yield subtree(tile)
        number += 1


def _width(db: Views, level: int) -> int:
    found = db.execute(
        "SELECT number, length(hashes) FROM tile WHERE level = ? AND typeof(number) = 'integer' "
        "AND number >= 0 AND typeof(hashes) = 'blob' ORDER BY number DESC LIMIT 1",
        (level,),
    ).fetchone()
    return 0 if found is None else found[0] * _WIDTH + found[1] // _HASH


def _tile(db: Views, level: int, number: int) -> list[bytes]:
    found = db.execute(
        "SELECT hashes FROM tile WHERE level = ? AND number = ?", (level, number)
    ).fetchone()
    hashes = found[0] if found is not None and isinstance(found[0], bytes) else b""
    return [hashes[n : n + _HASH] for n in range(0, len(hashes), _HASH)]
