"""Which tiles a tree has, for those who know an older checkpoint too."""

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.audit.tiles import WIDTH, paths

_SIZES = st.one_of(st.integers(1, 3 * WIDTH), st.sampled_from([WIDTH, 2 * WIDTH, WIDTH**2]))


def known(size):
    """Return the tiles of a tree of so many leaves, counted by hand."""
    found, level = set(), 0
    while size:
        found |= {(level, number, WIDTH) for number in range(size // WIDTH)}
        if size % WIDTH:
            found.add((level, size // WIDTH, size % WIDTH))
        size, level = size // WIDTH, level + 1
    return found


@for_all(_SIZES, st.lists(_SIZES, max_size=4))
def test_every_tile_of_every_size_is_there_once_or_its_full_one_is(size, older):
    older = [each for each in older if each < size]
    there = list(paths(size, older))
    assert len(there) == len(set(there))
    assert known(size) <= set(there)
    assert set(there) <= known(size).union(*map(known, older))
    for level, number, width in set().union(*map(known, older)):
        assert {(level, number, width), (level, number, WIDTH)} & set(there)


@pytest.mark.parametrize("full", [WIDTH, 2 * WIDTH])
def test_a_size_whose_tiles_are_all_full_adds_none(full):
    assert set(paths(full + 5, [full])) == known(full + 5)
