"""Pieces of streams, sorted on the disk."""

from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from kalends.log.sqlite.sorted_streams import SortedStreams, StreamPiece

NUMBER = st.integers(-(2**70), 2**70)
PIECES = st.lists(
    st.builds(
        StreamPiece, stream=st.text(max_size=3), after=st.integers(0, 2**40), first=NUMBER,
        last=NUMBER,
    ),
    max_size=8, unique_by=lambda piece: piece[:2],
)  # fmt: skip


@given(PIECES, PIECES)
def test_pieces_come_back_by_stream_and_position(some, more):
    with closing(SortedStreams()) as streams:
        streams.add(some)
        streams.add(more)
        found = list(streams.sorted())

    assert [piece[:2] for piece in found] == sorted(
        (piece[:2] for piece in some + more), key=lambda pair: (pair[0].encode(), pair[1])
    )
    assert sorted(found) == sorted(some + more)


def test_what_does_not_fit_into_memory_is_sorted_all_the_same():
    with closing(SortedStreams()) as streams:
        for after in range(0, 60_000, 6_000):
            some = range(after, after + 6_000)
            streams.add((f"{n * 7919 % 60_000:050}", after, 1, 2) for n in some)
        found = [piece.stream for piece in streams.sorted()]

    assert len(found) == 60_000
    assert found == sorted(found)
