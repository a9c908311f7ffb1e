"""Names that are suggested are close to what was typed."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kalends.domain.text import fold
from kalends.intake.vocabulary import close_names as rules
from kalends.intake.vocabulary.close_names import close_names
from kalends.intake.vocabulary.naming import near
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


def _compared_in_full(wanted, names):
    """Return what is closest if each name is compared with the text, letter by letter."""

    def alike(first, second):
        return SequenceMatcher(None, first, second).ratio()

    def likeness(name):
        core, other, whole = rules._core(wanted), rules._core(name), alike(name, wanted)
        rest = iter(other)
        is_shortened = not core.isascii() and all(letter in rest for letter in core)
        if not set(core) & set(other):
            return 0.0
        if (len(other) > 1 and other in core) or is_shortened:
            return 1.0 + whole
        if not core.isascii() and whole >= 0.55:
            return whole
        return alike(other, core) + whole if alike(other, core) >= 0.6 else 0.0

    letters = set(rules._core(wanted))
    found = [
        (likeness(name), name)
        for name in dict.fromkeys(names)
        if len(letters & set(name)) >= max(1, 0.42 * min(len(letters), len(name)))
    ]
    return [name for alike, name in sorted(found, key=lambda pair: -pair[0])[:3] if alike]


_KINDS = [
    LETTERS,
    st.builds("第{}街道{}".format, st.integers(1, 200), st.sampled_from(("", "办事处"))),
    st.builds("ward{}{}".format, st.integers(1, 99), st.sampled_from(("", "west", "ofthecity"))),
    st.text("abcd", min_size=3, max_size=6),
]


@pytest.mark.campaign
@settings(max_examples=500)
@given(st.sampled_from(_KINDS).flatmap(lambda kind: st.tuples(st.lists(kind, max_size=40), kind)))
def test_what_is_not_compared_would_not_have_been_among_the_closest(names_and_wanted):
    names, wanted = names_and_wanted

    assert close_names(wanted, names) == _compared_in_full(wanted, names)


def test_few_of_many_names_that_differ_by_their_numbers_are_compared_in_full(monkeypatch):
    compared = []
    ratio = SequenceMatcher.ratio
    monkeypatch.setattr(
        SequenceMatcher, "ratio", lambda each: compared.append(each.a) or ratio(each)
    )
    names = [f"第{number}街" for number in range(1_000)]

    assert close_names("第77街", names) == ["第77街", "第177街", "第277街"]
    assert len(compared) < 120
