"""The tree: against its definition, and against itself."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.log import merkle
from kalends.log.merkle import Frontier, is_included, leaf_hash, node_hash

SIZES = st.integers(1, 70)


def by_definition(lines):
    """RFC 9162, 2.1.1, word for word."""
    if not lines:
        return sha256(b"").digest()
    if len(lines) == 1:
        return sha256(b"\x00" + lines[0]).digest()
    k = 1
    while k * 2 < len(lines):
        k *= 2
    return sha256(b"\x01" + by_definition(lines[:k]) + by_definition(lines[k:])).digest()


def lines_of(size):
    return [b"line %d" % n for n in range(size)]


def root_of(lines):
    edge = Frontier()
    for line in lines:
        edge.append(leaf_hash(line))
    assert edge.size == len(lines)
    return edge.root()


def nodes_of(lines):
    return lambda level, index: by_definition(lines[index << level : (index + 1) << level])


@pytest.mark.parametrize("size", range(70))
def test_the_root_is_the_one_of_the_definition(size):
    assert root_of(lines_of(size)) == by_definition(lines_of(size))


def test_leaves_hashed_together_are_those_hashed_one_by_one():
    assert merkle.leaf_hashes(lines_of(70)) == [leaf_hash(line) for line in lines_of(70)]
    assert merkle.leaf_hashes([b""]) == [sha256(b"\x00").digest()]


# Facts of the published test vectors: eight leaves, the root at each size.
LEAVES = [bytes.fromhex(digits) for digits in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]  # fmt: skip
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


@pytest.mark.parametrize("size", range(9))
def test_the_root_is_the_published_one(size):
    assert root_of(LEAVES[:size]).hex() == ROOTS[size]


@given(SIZES, st.data())
def test_what_is_in_the_tree_can_be_shown_and_nothing_else(size, data):
    index = data.draw(st.integers(0, size - 1))
    lines = lines_of(size)
    root, leaf = by_definition(lines), leaf_hash(lines[index])
    proof = merkle.inclusion_proof(index, size, nodes_of(lines))
    assert is_included(leaf, index, size, proof, root)
    assert not is_included(leaf_hash(b"another"), index, size, proof, root)
    assert not is_included(leaf, index, size, [*proof, root], root)
    assert not is_included(leaf, index, size, proof, leaf_hash(b"another"))
    for other in range(-1, size + 3):
        if other != index:
            assert not is_included(leaf, other, size, proof, root)
    for n in range(len(proof)):
        assert not is_included(leaf, index, size, proof[:n] + proof[n + 1 :], root)
        changed = [*proof[:n], bytes(32), *proof[n + 1 :]]
        assert not is_included(leaf, index, size, changed, root)


@pytest.mark.campaign
@given(st.integers(0, 300), st.data())
def test_whole_subtrees_may_be_appended_at_once(size, data):
    lines, edge = lines_of(size), Frontier()
    while edge.size < size:
        room = [n for n in range(9) if edge.size % (1 << n) == 0 and edge.size + (1 << n) <= size]
        level = data.draw(st.sampled_from(room))
        leaves = [leaf_hash(line) for line in lines[edge.size : edge.size + (1 << level)]]
        edge.extend(merkle.subtree(leaves), level)
    assert edge.root() == by_definition(lines)
    assert Frontier(edge.size, edge.hashes).root() == edge.root()


def test_a_subtree_stands_where_one_can_stand():
    edge = Frontier(1, [leaf_hash(b"")])
    with pytest.raises(ValueError, match="1: 1"):
        edge.extend(node_hash(b"", b""), 1)


@pytest.mark.parametrize(("size", "hashes"), [(1, []), (3, [b""]), (0, [b""]), (-1, [b""])])
def test_an_edge_has_a_hash_for_each_subtree(size, hashes):
    with pytest.raises(ValueError, match=":"):
        Frontier(size, hashes)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_what_is_not_there_has_no_proof(index, size):
    with pytest.raises(ValueError, match="/"):
        merkle.inclusion_proof(index, size, nodes_of(lines_of(3)))


def test_a_tree_of_one_leaf_needs_no_proof():
    leaf = leaf_hash(b"")
    assert is_included(leaf, 0, 1, [], leaf)
    assert not is_included(leaf, 0, 1, [leaf], leaf)
    assert not is_included(leaf, 0, 1, [leaf, leaf], node_hash(leaf, leaf))


@pytest.mark.parametrize("size", range(70))
def test_a_root_is_put_together_from_its_subtrees(size):
    lines = lines_of(size)
    assert merkle.root_of(size, nodes_of(lines)) == by_definition(lines)


@pytest.mark.parametrize("size", range(1, 40))
def test_an_edge_is_found_among_the_subtrees(size):
    leaves = [leaf_hash(line) for line in lines_of(40)]
    edge = Frontier()
    for leaf in leaves[:size]:
        edge.append(leaf)
    assert merkle.edge_of(size, merkle.heights(leaves)) == edge.hashes
    assert merkle.edge_of(size, merkle.heights(leaves[:size])) == edge.hashes


def test_no_leaves_have_no_edge():
    assert merkle.edge_of(0, merkle.heights([])) == []
