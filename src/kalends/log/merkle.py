"""The tree over the journal's lines, which reveals any later change: RFC 9162, section 2.1.

Only bytes and integers. Leaf indexes count from 0, sizes are numbers of leaves, hashes 32 bytes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from kalends.domain.sha256 import sha256

EMPTY = sha256(b"").digest()

# Returns the hash of a complete subtree: 2 ** level leaves from `index << level`.
Node = Callable[[int, int], bytes]


def leaf_hash(line: bytes) -> bytes:
    """Return the hash of a leaf."""
    return sha256(b"\x00" + line).digest()


def leaf_hashes(lines: Iterable[bytes]) -> list[bytes]:
    """Return the hashes of leaves; copying a prepared hash is faster than starting anew."""
    from hashlib import sha256 as faster  # noqa: PLC0415 - for many lines, and slow to load

    begun = faster(b"\x00")
    hashes: list[bytes] = []
    for line in lines:
        hashing = begun.copy()
        hashing.update(line)
        hashes.append(hashing.digest())
    return hashes


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node from its two children's."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a tree: all that is needed to append to it and to compute its root.

    `hashes` belong to the complete subtrees, the largest first: a hash for each 1 bit in `size`.
    """

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        """Continue from a known edge; `ValueError` when its hashes do not fit.

        Each has its 32 bytes: where two divide theirs otherwise, the root is the same, but not the
        next one.
        """
        self.size = size
        self.hashes = list(hashes)
        is_whole = all(len(digest) == len(EMPTY) for digest in self.hashes)
        if size < 0 or len(self.hashes) != size.bit_count() or not is_whole:
            detail = f"{size}: {len(self.hashes)}"
            raise ValueError(detail)

    def append(self, leaf: bytes) -> None:
        """Add the next leaf's hash."""
        self.extend(leaf, 0)

    def extend(self, subtree: bytes, level: int) -> None:
        """Add the hash of the next complete subtree of 2 ** level leaves.

        `ValueError` where no such subtree can start.
        """
        if self.size & ((1 << level) - 1):
            detail = f"{self.size}: {level}"
            raise ValueError(detail)
        size = self.size >> level
        while size & 1:
            subtree = node_hash(self.hashes.pop(), subtree)
            size >>= 1
        self.hashes.append(subtree)
        self.size += 1 << level

    def root(self) -> bytes:
        """Return the hash of the whole tree."""
        if not self.hashes:
            return EMPTY
        *left, root = self.hashes
        for subroot in reversed(left):
            root = node_hash(subroot, root)
        return root


def subtree(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes whose number is a power of two."""
    level = list(leaves)
    while len(level) > 1:
        level = [node_hash(*pair) for pair in zip(level[::2], level[1::2], strict=True)]
    return level[0]


def heights(leaves: Sequence[bytes]) -> list[Sequence[bytes]]:
    """Return the hashes of all complete subtrees over some leaves, a list for each height."""
    found = [leaves]
    while len(found[-1]) > 1:
        lefts, rights = found[-1][::2], found[-1][1::2]
        found.append(
            [sha256(b"\x01" + a + b).digest() for a, b in zip(lefts, rights, strict=False)]
        )
    return found


def edge_of(size: int, subtrees: Sequence[Sequence[bytes]]) -> list[bytes]:
    """Return the right edge of the tree over the first leaves, from the result of `heights`."""
    levels = [level for level in reversed(range(size.bit_length())) if size >> level & 1]
    return [subtrees[level][(size >> level) - 1] for level in levels]


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """Return the proof that a leaf is in a tree of this size, from the leaf upwards (2.1.3.1).

    `ValueError` when the tree has no such leaf.
    """
    if not 0 <= index < size:
        detail = f"{index} / {size}"
        raise ValueError(detail)
    return [_hash_of(first, last, node) for first, last in _beside(index, 0, size)][::-1]


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether a proof shows that a leaf's hash is in the tree of this root (2.1.3.2)."""
    return 0 <= index < size and _climbed(leaf, index, size - 1, proof) == root


def _climbed(found: bytes, place: int, last: int, proof: Sequence[bytes]) -> bytes | None:
    """Return the hash at the top, None when the proof has the wrong length."""
    for beside in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = node_hash(beside, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def root_of(size: int, node: Node) -> bytes:
    """Return the root of a tree of this size, computed from complete subtrees."""
    return _hash_of(0, size, node) if size else EMPTY


def _split(size: int) -> int:
    """Return the largest power of two that is smaller than a size."""
    return 1 << (size - 1).bit_length() - 1


def _beside(index: int, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the range of leaves beside each step down to a leaf: first leaf, and past the last."""
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            yield middle, stop
            stop = middle
        else:
            yield start, middle
            start = middle


def _hash_of(start: int, stop: int, node: Node) -> bytes:
    """Return the hash over some leaves, computed from complete subtrees."""
    size = stop - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    middle = start + _split(size)
    return node_hash(_hash_of(start, middle, node), _hash_of(middle, stop, node))
