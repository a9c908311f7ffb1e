"""The tree's nodes, kept in tiles."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.log import merkle
from kalends.log.merkle import Frontier, leaf_hash
from kalends.views import schema, tree


@pytest.fixture
def db():
    with_nodes = schema.connect(None)
    yield with_nodes
    with_nodes.close()


def leaves(size):
    return [leaf_hash(b"%d" % n) for n in range(size)]


def root(size):
    edge = Frontier()
    for leaf in leaves(size):
        edge.append(leaf)
    return edge.root()


@pytest.mark.parametrize("steps", [[1], [255, 1, 1], [256], [300, 300], [16_500, 3]])
def test_it_grows_at_any_pace_and_holds_every_node(db, steps):
    size = 0
    for step in steps:
        tree.grow(db, leaves(size + step)[size:], after=size)
        size += step
        assert tree.reach(db) == size
    nodes = tree.nodes(db)
    for size_then in {0, 1, size // 2, size - 1, size}:
        assert merkle.root_of(size_then, nodes) == root(size_then)
    for index in {0, size // 2, size - 1}:
        proof = merkle.inclusion_proof(index, size, nodes)
        assert merkle.is_included(leaves(size)[index], index, size, proof, root(size))


def test_what_others_have_added_meanwhile_is_not_added_again(db):
    tree.grow(db, leaves(300), after=0)
    tree.grow(db, leaves(400), after=0)
    assert tree.reach(db) == 300
    tree.grow(db, leaves(400)[300:], after=300)
    assert merkle.root_of(400, tree.nodes(db)) == root(400)


def test_nothing_new_is_no_growth(db):
    tree.grow(db, [], after=0)
    assert tree.reach(db) == 0
    tree.grow(db, leaves(2), after=0)
    tree.grow(db, [], after=2)
    assert tree.reach(db) == 2


def test_what_is_not_kept_is_not_found(db):
    tree.grow(db, leaves(300), after=0)
    for level, index in ((0, 300), (1, 150), (8, 1), (16, 0)):
        with pytest.raises(LookupError):
            tree.nodes(db)(level, index)
    tree.forget(db)
    assert tree.reach(db) == 0
    with pytest.raises(LookupError):
        tree.nodes(db)(0, 0)


@pytest.mark.parametrize("value", ["'text'", "NULL", "7", "1.5", "x'00'"])
def test_a_tile_that_is_none_is_as_good_as_not_kept(db, value):
    tree.grow(db, leaves(300), after=0)
    db.execute("DROP TABLE tile")
    db.execute("CREATE TABLE tile (level, number, hashes)")
    db.execute(f"INSERT INTO tile VALUES (0, 0, {value})")
    with pytest.raises(LookupError):
        tree.nodes(db)(1, 0)
    db.execute("INSERT INTO tile VALUES (0, 'far', x'00')")
    assert tree.reach(db) in {0, 1}


def test_a_hash_is_of_32_octets(db):
    tree.grow(db, leaves(1), after=0)
    assert tree.nodes(db)(0, 0) == sha256(b"\x000").digest()


def test_tiles_hold_the_first_hashes_of_their_level(db):
    tree.grow(db, leaves(600), after=0)
    assert tree.tile(db, 0, 2, 88) == b"".join(leaves(600)[512:])
    assert tree.tile(db, 0, 1, 3) == b"".join(leaves(600)[256:259])
    assert tree.tile(db, 1, 0, 2) == tree.nodes(db)(8, 0) + tree.nodes(db)(8, 1)
    for level, number, width in ((0, 2, 89), (0, 3, 1), (1, 0, 3), (2, 0, 1)):
        with pytest.raises(LookupError):
            tree.tile(db, level, number, width)


@given(st.integers(0, 10**9), st.integers(0, 4), st.integers(0, 1_000))
def test_a_tile_is_as_wide_as_the_tree_fills_it(size, level, number):
    nodes_of_level = size // 256**level
    wanted = sum(number * 256 + n < nodes_of_level for n in range(256))
    assert tree.width_of(size, level, number) == wanted
