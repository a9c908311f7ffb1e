"""A department that may be registered already, because only the place before its name differs."""

import pytest

from kalends.application.roster.same_offices import SameOffices
from kalends.domain.department import Department
from kalends.domain.roster import Roster
from kalends.domain.text import fold


def roster(**names):
    departments = {
        code: Department(code=code, names=((None, first),), aliases=tuple(others))
        for code, (first, *others) in names.items()
    }
    owners = {fold(name): code for code, called in names.items() for name in called}
    return Roster(departments=departments, owners=owners)


def other(names, **registered):
    found = SameOffices(roster(**registered)).other("new", names)
    return None if found is None else found.code


@pytest.mark.parametrize(
    ("new", "there"),
    [
        ("市民政局", "辽源市民政局"),
        ("辽源市民政局", "市民政局"),
        ("民政局", "辽源市民政局"),
        ("辽源市民政局", "民政局"),
        ("市民政局", "民政局"),
        ("市市场监督管理局", "辽源市市场监督管理局"),
        ("市场监督管理局", "辽源市市场监督管理局"),
        ("区教育局", "龙山区教育局"),
        ("呼和浩特市教育局", "市教育局"),
    ],
)
def test_the_same_office_with_and_without_its_city_is_found(new, there):
    assert other([new], mzj=[there]) == "mzj"
    assert other(["某某单位", new], mzj=["别的单位", there]) == "mzj"


@pytest.mark.parametrize(
    ("new", "there"),
    [
        ("辽源市民政局", "长春市民政局"),
        ("龙山区教育局", "市教育局"),
        ("市教育局", "市体育局"),
        ("教育局", "教育"),
        ("市委", "辽源市委"),
        ("Education Bureau", "Liaoyuan Education Bureau"),
        ("辽源市", "我市"),
    ],
)
def test_other_offices_are_not(new, there):
    assert other([new], mzj=[there]) is None


def test_offices_of_two_named_places_are_two_whatever_else_they_are_called():
    assert other(["龙山区民政局"], mzj=["辽源市民政局", "民政局"]) is None
    assert other(["龙山区民政局", "民政局"], mzj=["辽源市民政局"]) is None
    assert SameOffices(roster(mzj=["辽源市民政局", "民政局"])).other("mzj", ["民政局"]) is None
