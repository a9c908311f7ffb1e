"""The roster at the terminal."""


def test_a_short_name_is_set_shown_and_taken_back(workspace):
    said = workspace("dept", "short", "我市", "辽源市")
    assert (said.code, said.out) == (0, "√ 辽源市 (city) is shown as 辽源市\n")
    assert "city  辽源市                我市\n" in workspace("dept", "ls").out
    assert workspace("dept", "short", "tsw", "团委").code == 0
    departments = workspace("--json", "dept", "ls").document["departments"]
    assert {one["code"]: one["short"] for one in departments} == {
        "city": "辽源市",
        "tsw": "团委",
        "jyj": "市教育局",
    }
    assert workspace("history", "团委").code == 0

    said = workspace("dept", "short", "我市", "--remove")
    assert said.out == "√ 辽源市 (city) is shown as 我市\n"
    assert workspace("dept", "short", "我市", "--remove").out == (
        "Nothing to do: it already is so.\n"
    )


def test_a_short_name_is_given_or_taken_back(workspace):
    for arguments in (["city"], ["city", "辽源", "--remove"]):
        said = workspace("dept", "short", *arguments)
        assert said.code == 2
        assert "give a short name, or --remove" in said.err


def test_another_departments_name_is_no_short_name(workspace):
    said = workspace("dept", "short", "city", "团市委")
    assert (said.code, said.err.splitlines()[0]) == (
        6,
        "“团市委” already belongs to 共青团辽源市委员会.",
    )
