"""Names that are suggested are close to what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.domain.text import fold
from kalends.intake.close_names import close_names
from kalends.intake.naming import near
from specification import registered

NAMES = [
    "共青团辽源市委员会", "团市委", "辽源市教育局", "市教育局", "辽源市公安局", "交通运输局", "市统计局",
    "市文化广播电视和旅游局", "南康街道", "Health Bureau", "Education Bureau", "Fire Brigade", "City Library",
]  # fmt: skip
LETTERS = st.text(st.sampled_from("龙山区教育局市公安团委ab 1"), max_size=9)


@pytest.mark.parametrize(
    ("typed", "closest"),
    [
        ("市教委", "市教育局"),
        ("教育", "市教育局"),
        ("教肓局", "市教育局"),
        ("文旅局", "市文化广播电视和旅游局"),
        ("市交通局", "交通运输局"),
        ("Helth Bureau", "Health Bureau"),
        ("Education Office", "Education Bureau"),
        ("Fire Department", "Fire Brigade"),
        ("Library staff", "City Library"),
        ("教育局基教科", "市教育局"),
        ("南康街道幸福村", "南康街道"),
    ],
)
def test_a_slip_a_short_form_and_another_kind_of_office_are_close(typed, closest):
    assert close_names(fold(typed), map(fold, NAMES))[0] == fold(closest)


@pytest.mark.parametrize(
    "typed",
    [
        "Youth League",
        "Youth Office",
        "Tax Bureau",
        "市水利局",
        "市民政局",
        "市卫健委",
        "消防支队",
        "",
        "局",
    ],
)
def test_that_both_are_offices_is_not_close(typed):
    assert close_names(fold(typed), map(fold, NAMES)) == []


@given(st.lists(LETTERS, max_size=30), st.data())
def test_what_is_on_the_list_is_the_closest_and_no_more_than_three_are_said(names, data):
    wanted = data.draw(st.sampled_from([*names, "教育局"]))
    found = close_names(wanted, [*names, wanted])

    assert len(found) <= 3
    assert set(found) <= {*names, wanted}
    if wanted:
        assert found[0] == wanted


def test_what_many_names_hold_and_a_single_character_mean_nobody():
    few = registered({f"jd-{n}": (f"长宁{n}街道",) for n in range(6)})
    many = registered({f"jd-{n}": (f"长宁{n}街道",) for n in range(7)})
    assert [department.code for department in near(few, "街道")] == list(few.departments)
    assert near(many, "街道") == []
    assert near(few, "街") == []
