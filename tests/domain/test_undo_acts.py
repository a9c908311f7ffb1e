"""Which act an act undoes, by its id."""

import pytest

from kalends.domain.undo_acts import undoing_act, undone_act


@pytest.mark.parametrize("chosen", [None, "qk6fne9bxsqbb5db2tfxvqgj"])
@pytest.mark.parametrize("act", ["0y7n2r8w4tqe", "qk6fne9bxsqb0y7n2r8w4tqe"])
def test_an_act_that_undoes_names_the_act_that_it_undoes(act, chosen):
    made = undoing_act(act, chosen)
    assert undone_act(made) == act
    assert undone_act(act) is None
    assert made != undoing_act(act, "other")
