"""Names that are like what was typed: the same that the standard library finds, sooner."""

import difflib

from hypothesis import example, given
from hypothesis import strategies as st

from kalends.intake.naming import close_names

LETTERS = st.text(st.sampled_from("龙山区教育局市公安团委ab 1"), max_size=9)


@given(LETTERS, st.lists(LETTERS, max_size=30))
@example("", ["", "龙"])
@example("龙山", ["龙山区教育局市公"])  # just at the edge: 2 · 2 / 10
@example("教育局", ["教育局", "局育教", "教育局"])
def test_they_are_those_of_the_standard_library(wanted, names):
    assert close_names(wanted, names) == difflib.get_close_matches(wanted, names, n=3, cutoff=0.4)
