"""Facts and what they tell are the same when all their parts are."""

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
