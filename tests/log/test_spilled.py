"""A mapping that spills is a dictionary, whatever it is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.domain.errors import DiskError
from kalends.log.sqlite.spilled import Spilled

_KEYS = st.sampled_from("abcdefgh")


@given(st.lists(st.tuples(_KEYS, st.integers(0, 9))), st.integers(0, 9))
def test_it_answers_as_a_dictionary_does(changes: list[tuple[str, int]], most: int) -> None:
    spilled, expected = Spilled[int](most), dict[str, int]()
    for key, value in changes:
        assert spilled.get(key) == expected.get(key)
        spilled[key] = expected[key] = value
    assert [spilled.get(key) for key in "abcdefgh"] == [expected.get(key) for key in "abcdefgh"]


def test_values_keep_their_type() -> None:
    spilled = Spilled[str](0)
    spilled["number"] = "12"
    assert spilled.get("number") == "12"


def _set_many(spilled: Spilled[str]) -> None:
    for number in range(50_000):
        spilled[f"activity-{number:020d}"] = "planned"


def test_a_full_disk_is_a_disk_error() -> None:
    limited, signals = pytest.importorskip("resource"), pytest.importorskip("signal")
    soft, hard = limited.getrlimit(limited.RLIMIT_FSIZE)
    before = signals.signal(signals.SIGXFSZ, signals.SIG_IGN)
    limited.setrlimit(limited.RLIMIT_FSIZE, (1 << 16, hard))
    try:
        with pytest.raises(DiskError):
            _set_many(Spilled(1_000))
    finally:
        limited.setrlimit(limited.RLIMIT_FSIZE, (soft, hard))
        signals.signal(signals.SIGXFSZ, before)
