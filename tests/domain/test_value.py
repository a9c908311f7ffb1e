"""Facts and what they tell are the same when all their parts are."""

import pickle
from dataclasses import FrozenInstanceError

import pytest

from kalends.domain.details import Participation
from kalends.domain.errors import GapError
from kalends.domain.value import replace
from kalends.domain.when import OfficeHours
from specification import MEETING, changed


def test_values_of_the_same_parts_are_the_same():
    same = changed(MEETING, title=MEETING.title)

    assert same == MEETING
    assert hash(same) == hash(MEETING)
    assert {same, MEETING} == {MEETING}


def test_values_of_other_parts_or_kinds_are_others():
    assert changed(MEETING, title="另一个") != MEETING
    assert MEETING.when != MEETING
    assert MEETING != "推进会"


def test_a_value_shows_its_parts():
    assert repr(MEETING).startswith(f"Details(title={MEETING.title!r}, when=When(")


def test_a_value_takes_its_own_parts_and_no_others():
    with pytest.raises(TypeError, match="OfficeHours: dusk"):
        OfficeHours(dusk="18:00-19:00")
    with pytest.raises(TypeError, match="Participation: role"):
        Participation(code="tsw")


def test_a_copy_takes_its_own_parts_and_no_others():
    assert replace(MEETING, title="另一个") == changed(MEETING, title="另一个")
    with pytest.raises(TypeError, match="Details: colour"):
        replace(MEETING, colour="red")


def test_a_value_stays_as_it_is():
    with pytest.raises(FrozenInstanceError):
        MEETING.title = "另一个"
    with pytest.raises(FrozenInstanceError):
        del MEETING.title


def test_an_error_passes_whole_from_one_process_to_another():
    again = pickle.loads(pickle.dumps(GapError(detail="3 → 5")))  # noqa: S301 - our own
    assert (type(again), str(again)) == (GapError, "The log has a gap: 3 → 5")
