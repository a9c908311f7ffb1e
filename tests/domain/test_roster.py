"""The departments: names belong to one of them, and everything has its day."""

from datetime import date

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.domain.campaign_settings import Settings
from kalends.domain.commands import (
    AbbreviateDepartment,
    AliasDepartment,
    CloseDepartment,
    MergeDepartment,
    MoveDepartment,
    RegisterDepartment,
    RenameDepartment,
    ReopenDepartment,
    RestoreDepartment,
    UnaliasDepartment,
    WithdrawDepartment,
)
from kalends.domain.department import Department, Name, Pause
from kalends.domain.details import Participation
from kalends.domain.errors import (
    AliasError,
    CodeError,
    DepartmentClosedError,
    DepartmentInUseError,
    DepartmentNeverOpenError,
    DepartmentNotFoundError,
    DepartmentNotYetError,
    DepartmentPausedError,
    EmptyTextError,
    KalendsError,
    MergedError,
    MergeError,
    NameTakenError,
    ParentError,
)
from kalends.domain.events import (
    CampaignOpened,
    DepartmentAbbreviated,
    DepartmentAliased,
    DepartmentClosed,
    DepartmentMerged,
    DepartmentMoved,
    DepartmentRegistered,
    DepartmentRenamed,
    DepartmentReopened,
    DepartmentRestored,
    DepartmentUnaliased,
    DepartmentWithdrawn,
)
from kalends.domain.roster import Roster, check_acting, evolve, known
from kalends.domain.roster_decider import decide
from kalends.domain.transition_checker import TransitionChecker
from specification import STAMP, given

JUNE, JULY, AUGUST = date(2020, 6, 1), date(2020, 7, 1), date(2020, 8, 1)
LEAGUE = DepartmentRegistered(
    **STAMP, code="tuanshiwei", name="团市委", aliases=("共青团辽源市委员会", "共青团")
)
CULTURE = DepartmentRegistered(**STAMP, code="wenlianju", name="文联")
CHILD = DepartmentRegistered(**STAMP, code="xuexiao", name="青年学校", parent="tuanshiwei")
RENAMED = DepartmentRenamed(**STAMP, code="wenlianju", name="文学艺术界联合会", on=JULY)
CLOSED = DepartmentClosed(**STAMP, code="wenlianju", on=JULY, reason="机构改革")
MERGED = DepartmentMerged(**STAMP, code="wenlianju", into="tuanshiwei", on=JULY)


def roster(*events):
    state = Roster()
    for event in events:
        state = evolve(state, event)
    return state


# --- registered --------------------------------------------------------------------------------


def test_a_department_is_registered_with_its_names():
    given().when(
        RegisterDepartment(
            code="tuanshiwei", name=" 团市委", aliases=("共青团辽源市委员会", "共青团", "共青团 ")
        )
    ).then(LEAGUE)


def test_a_department_is_found_by_code_name_and_alias_however_they_are_typed():
    state = roster(DepartmentRegistered(**STAMP, code="cdc", name="疾控中心 (CDC)"), LEAGUE)
    assert state.find("疾控中心（ｃｄｃ）") == known(state, "cdc")
    assert state.find("TUANSHIWEI") == state.find("共青团") == known(state, "tuanshiwei")
    assert state.find("团 市\u200b委") == known(state, "tuanshiwei")
    assert state.find("妇联") is None


def test_departments_are_found_by_a_part_of_a_name():
    state = roster(CULTURE, LEAGUE, CHILD)
    assert [department.code for department in state.containing("青")] == ["tuanshiwei", "xuexiao"]
    assert state.containing("妇联") == []
    assert state.containing(" ") == []


@pytest.mark.parametrize(
    "code",
    [
        *("", "a b", "A", "1a", "a_b", "-a", "a-", "a--b", "团市委", "a" * 41, "a\n"),
        *("all", "full", "manifest", "con", "nul", "com1", "lpt9", "tag-a"),
    ],
)
def test_a_code_that_cannot_be_a_file_is_refused(code):
    given().when(RegisterDepartment(code=code, name="团市委")).then_refused(CodeError, name=code)


@pytest.mark.parametrize(
    "command",
    [
        RegisterDepartment(code="tuanshiwei", name="妇联"),
        RegisterDepartment(code="fulian", name="团市委"),
        RegisterDepartment(code="fulian", name="妇联", aliases=("共 青 团",)),
        RegisterDepartment(code="fulian", name="TuanShiWei"),
        AliasDepartment(code="wenlianju", alias="共青团"),
        RenameDepartment(code="wenlianju", name="共青团"),
    ],
)
def test_a_name_belongs_to_one_department(command):
    given(LEAGUE, CULTURE).when(command).then_refused(NameTakenError, owner="团市委")


def test_a_department_may_belong_to_another_one():
    given(LEAGUE).when(
        RegisterDepartment(code="xuexiao", name="青年学校", parent="tuanshiwei")
    ).then(CHILD)


def test_a_department_cannot_belong_to_what_is_not_there_or_closed():
    child = RegisterDepartment(code="xuexiao", name="青年学校", parent="wenlianju")
    given().when(child).then_refused(DepartmentNotFoundError, name="wenlianju")
    given(CULTURE, CLOSED).when(child).then_refused(DepartmentClosedError, since=JULY)


def test_a_name_is_looked_at_before_the_code():
    nameless = RegisterDepartment(code="!", name="")
    given(LEAGUE).when(nameless).then_refused(EmptyTextError, field="name")
    again = RegisterDepartment(code="!", name="团市委")
    given(LEAGUE).when(again).then_refused(NameTakenError, name="团市委")


def test_a_department_has_a_name():
    given().when(RegisterDepartment(code="fulian", name="　")).then_refused(
        EmptyTextError, field="name"
    )


# --- called otherwise --------------------------------------------------------------------------


def test_an_alias_is_as_good_as_a_name():
    given(LEAGUE).when(AliasDepartment(code="tuanshiwei", alias="市团委")).then(
        DepartmentAliased(**STAMP, code="tuanshiwei", alias="市团委")
    )
    state = roster(LEAGUE, DepartmentAliased(**STAMP, code="tuanshiwei", alias="市团委"))
    assert state.find("市团委") == known(state, "tuanshiwei")


def test_an_alias_that_it_has_already_is_nothing_new():
    given(LEAGUE).when(AliasDepartment(code="tuanshiwei", alias="团市委 ")).then_nothing()


def test_only_what_is_registered_gets_an_alias():
    given().when(AliasDepartment(code="tuanshiwei", alias="市团委")).then_refused(
        DepartmentNotFoundError
    )


def test_a_department_is_renamed_from_a_day_on():
    given(CULTURE).when(RenameDepartment(code="wenlianju", name="文学艺术界联合会", on=JULY)).then(
        RENAMED
    )
    department = known(roster(CULTURE, RENAMED), "wenlianju")
    assert department.name == "文学艺术界联合会"
    assert department.name_on(date(2020, 6, 30)) == "文联"
    assert department.name_on(JULY) == "文学艺术界联合会"


def test_the_old_name_stays_an_alias():
    state = roster(CULTURE, RENAMED)
    assert state.find("文联") == state.find("文学艺术界联合会") == known(state, "wenlianju")


def test_a_rename_recorded_late_does_not_replace_a_later_name():
    earlier = DepartmentRenamed(**STAMP, code="wenlianju", name="文联会", on=JUNE)
    department = known(roster(CULTURE, RENAMED, earlier), "wenlianju")
    assert department.name == department.name_on(AUGUST) == "文学艺术界联合会"
    assert department.name_on(date(2020, 6, 15)) == "文联会"
    assert department.name_on(date(2020, 5, 31)) == "文联"


def test_a_name_without_a_day_is_valid_since_ever():
    ever = DepartmentRenamed(**STAMP, code="wenlianju", name="市文联")
    department = known(roster(CULTURE, RENAMED, ever), "wenlianju")
    assert department.name == department.name_on(JUNE) == "市文联"


def test_a_department_may_take_one_of_its_own_names():
    given(LEAGUE).when(RenameDepartment(code="tuanshiwei", name="共青团", reason="简称")).then(
        DepartmentRenamed(**STAMP, code="tuanshiwei", name="共青团", reason="简称")
    )


@pytest.mark.parametrize("on", [JULY, AUGUST])
def test_a_name_that_it_bears_on_that_day_is_nothing_new(on):
    given(CULTURE, RENAMED).when(
        RenameDepartment(code="wenlianju", name="文学艺术界联合会", on=on)
    ).then_nothing()


def test_the_same_name_from_an_earlier_day_is_something_new():
    command = RenameDepartment(code="wenlianju", name="文学艺术界联合会", on=JUNE)
    given(CULTURE, RENAMED).when(command).then(
        DepartmentRenamed(**STAMP, code="wenlianju", name="文学艺术界联合会", on=JUNE)
    )


def test_the_name_that_it_always_had_is_nothing_new():
    ever = DepartmentRenamed(**STAMP, code="wenlianju", name="市文联")
    command = RenameDepartment(code="wenlianju", name="市文联")
    given(CULTURE, RENAMED, ever).when(command).then_nothing()


def test_a_closed_department_is_not_renamed():
    given(CULTURE, CLOSED).when(RenameDepartment(code="wenlianju", name="市文联")).then_refused(
        DepartmentClosedError, name="文联", since=JULY
    )


# --- called shortly ----------------------------------------------------------------------------

CITY = DepartmentRegistered(**STAMP, code="city", name="辽源市", aliases=("我市",))


@pytest.mark.parametrize(
    ("name", "aliases", "short"),
    [
        ("共青团辽源市委员会", ("共青团", "团市委"), "共青团"),
        ("团市委", ("共青团辽源市委员会", "共青团"), "团市委"),
        ("团市委", ("共青团辽源市委员会", "团委"), "团委"),
        ("文联", (), "文联"),
    ],
)
def test_the_short_name_is_the_first_alias_given_that_is_shorter_than_the_name(
    name, aliases, short
):
    department = DepartmentRegistered(**STAMP, code="a", name=name, aliases=aliases)
    assert known(roster(department), "a").short_on(JUNE) == short


def test_an_alias_given_later_stands_behind_those_of_the_registration():
    later = DepartmentAliased(**STAMP, code="city", alias="市")
    assert known(roster(CITY, later), "city").short_on(JUNE) == "我市"


def test_an_alias_is_measured_against_the_name_valid_on_the_day():
    alias = DepartmentAliased(**STAMP, code="wenlianju", alias="市文联")
    department = known(roster(CULTURE, RENAMED, alias), "wenlianju")
    assert department.short_on(JUNE) == "文联"
    assert department.short_on(JULY) == "市文联"


@pytest.mark.parametrize("short", ["辽源市", "我市", "city", "辽 源 市", "辽源"])
def test_a_short_name_is_one_of_its_names_or_free(short):
    set_to = DepartmentAbbreviated(**STAMP, code="city", short=short)
    given(LEAGUE, CITY).when(AbbreviateDepartment(code="city", short=f"{short} ")).then(set_to)
    state = roster(LEAGUE, CITY, set_to)
    assert known(state, "city").short_on(JUNE) == short
    assert state.find(short) == known(state, "city")
    given(LEAGUE, CITY, set_to).when(AbbreviateDepartment(code="city", short=short)).then_nothing()


def test_another_departments_name_is_no_short_name():
    command = AbbreviateDepartment(code="city", short="共 青 团")
    given(LEAGUE, CITY).when(command).then_refused(NameTakenError, owner="团市委")


def test_a_short_name_is_not_empty():
    command = AbbreviateDepartment(code="city", short=" ")
    given(CITY).when(command).then_refused(EmptyTextError, field="short name")


def test_a_short_name_taken_back_finds_nothing_any_more():
    set_to = DepartmentAbbreviated(**STAMP, code="city", short="辽源")
    back = DepartmentAbbreviated(**STAMP, code="city")
    given(CITY, set_to).when(AbbreviateDepartment(code="city")).then(back)
    given(CITY).when(AbbreviateDepartment(code="city")).then_nothing()
    assert roster(CITY, set_to, back) == roster(CITY)
    free = DepartmentAbbreviated(**STAMP, code="tuanshiwei", short="辽源")
    assert roster(CITY, LEAGUE, set_to, back, free).find("辽源").code == "tuanshiwei"


def test_a_short_name_taken_back_that_is_an_alias_too_still_finds_it():
    set_to = DepartmentAbbreviated(**STAMP, code="city", short="我市")
    back = DepartmentAbbreviated(**STAMP, code="city")
    assert roster(CITY, set_to, back).find("我市").code == "city"


# --- merged and closed -------------------------------------------------------------------------


def test_a_department_goes_up_in_another_one():
    command = MergeDepartment(code="wenlianju", into="tuanshiwei", on=JULY)
    given(LEAGUE, CULTURE).when(command).then(MERGED)
    given(LEAGUE, CULTURE, MERGED).when(command).then_nothing()


def test_a_department_goes_up_in_one_only():
    given(LEAGUE, CULTURE, CHILD, MERGED).when(
        MergeDepartment(code="wenlianju", into="xuexiao")
    ).then_refused(DepartmentClosedError, name="文联")


@pytest.mark.parametrize("into", ["tuanshiwei", "xuexiao"])
def test_a_department_does_not_go_up_in_itself_or_its_own_child(into):
    given(LEAGUE, CHILD).when(MergeDepartment(code="tuanshiwei", into=into)).then_refused(
        MergeError, code="tuanshiwei", into=into
    )


def test_a_department_does_not_go_up_in_what_is_not_there_or_closed():
    command = MergeDepartment(code="tuanshiwei", into="wenlianju")
    given(LEAGUE).when(command).then_refused(DepartmentNotFoundError, name="wenlianju")
    given(LEAGUE, CULTURE, CLOSED).when(command).then_refused(DepartmentClosedError, name="文联")


def test_a_department_is_closed_on_a_day():
    given(CULTURE).when(CloseDepartment(code="wenlianju", on=JULY, reason="机构改革")).then(CLOSED)


@pytest.mark.parametrize("on", [None, JULY])
def test_a_closed_department_need_not_be_closed_again(on):
    given(CULTURE, CLOSED).when(CloseDepartment(code="wenlianju", on=on)).then_nothing()


def test_a_closed_department_is_not_closed_on_another_day():
    given(CULTURE, CLOSED).when(CloseDepartment(code="wenlianju", on=AUGUST)).then_refused(
        DepartmentClosedError, since=JULY
    )


def test_a_department_closed_without_a_day_is_given_one_later():
    closed = DepartmentClosed(**STAMP, code="wenlianju")
    given(CULTURE, closed).when(CloseDepartment(code="wenlianju")).then_nothing()
    given(CULTURE, closed).when(
        CloseDepartment(code="wenlianju", on=JULY, reason="机构改革")
    ).then(CLOSED)
    assert roster(CULTURE, closed, CLOSED).departments["wenlianju"].closed_on == JULY


def test_a_department_merged_without_a_day_is_given_one_later():
    merged = DepartmentMerged(**STAMP, code="wenlianju", into="tuanshiwei")
    again = MergeDepartment(code="wenlianju", into="tuanshiwei", on=JULY)
    given(LEAGUE, CULTURE, merged).when(
        MergeDepartment(code="wenlianju", into="tuanshiwei")
    ).then_nothing()
    given(LEAGUE, CULTURE, merged).when(again).then(MERGED)
    given(LEAGUE, CULTURE, merged).when(CloseDepartment(code="wenlianju", on=JULY)).then_refused(
        DepartmentNeverOpenError
    )


def test_a_closed_department_acts_until_the_day_before():
    state = roster(LEAGUE, CULTURE, CLOSED)
    acting = [Participation(code=code, role="lead") for code in ("tuanshiwei", "wenlianju")]
    check_acting(state, acting, JUNE, date(2020, 6, 30))
    with pytest.raises(
        DepartmentClosedError, match="文联 has been closed or merged since 2020-07-01"
    ):
        check_acting(state, acting, JULY, JULY)


def test_a_department_closed_without_a_day_never_acted():
    state = roster(CULTURE, DepartmentClosed(**STAMP, code="wenlianju"))
    with pytest.raises(DepartmentNeverOpenError, match="since the beginning"):
        check_acting(state, [Participation(code="wenlianju", role="lead")], JUNE, JUNE)


def test_a_department_acts_only_from_its_first_day_on():
    state = roster(DepartmentRegistered(**STAMP, code="fulian", name="妇联", on=JULY))
    acting = [Participation(code="fulian", role="lead")]
    check_acting(state, acting, JULY, JULY)
    check_acting(state, acting, JUNE, AUGUST)  # it began while that went on
    with pytest.raises(DepartmentNotYetError, match="妇联 exists only from 2020-07-01 on"):
        check_acting(state, acting, JUNE, date(2020, 6, 30))


def test_only_what_is_registered_acts():
    with pytest.raises(DepartmentNotFoundError):
        check_acting(Roster(), [Participation(code="wenlianju", role="lead")], JUNE, JUNE)


# --- reopened ----------------------------------------------------------------------------------

REOPENED = DepartmentReopened(**STAMP, code="wenlianju", on=AUGUST, reason="恢复")


def test_a_closed_department_is_there_again_from_a_day_on():
    command = ReopenDepartment(code="wenlianju", on=AUGUST, reason="恢复")
    given(CULTURE, CLOSED).when(command).then(REOPENED)
    given(CULTURE).when(command).then_nothing()
    state = roster(CULTURE, CLOSED, REOPENED)
    department = known(state, "wenlianju")
    assert department.pauses == (Pause(since=JULY, until=AUGUST),)
    assert [department.acts_on(day) for day in (JUNE, JULY, date(2020, 7, 31), AUGUST)] == [
        True,
        False,
        False,
        True,
    ]
    acting = [Participation(code="wenlianju", role="lead")]
    check_acting(state, acting, AUGUST, AUGUST)
    with pytest.raises(DepartmentPausedError, match="closed from 2020-07-01 until 2020-08-01"):
        check_acting(state, acting, JULY, AUGUST)


@pytest.mark.parametrize("on", [None, JUNE, JULY])
def test_reopened_from_its_closing_day_on_it_was_never_closed(on):
    assert roster(CULTURE, CLOSED, DepartmentReopened(**STAMP, code="wenlianju", on=on)) == roster(
        CULTURE
    )


def test_closed_since_ever_it_acts_from_the_day_on_which_it_is_reopened():
    closed = DepartmentClosed(**STAMP, code="wenlianju")
    state = roster(CULTURE, closed, REOPENED)
    assert known(state, "wenlianju").acts_on(AUGUST)
    with pytest.raises(DepartmentPausedError, match="from the beginning until 2020-08-01"):
        check_acting(state, [Participation(code="wenlianju", role="lead")], JULY, JULY)


def test_a_reopened_department_can_be_closed_again():
    command = CloseDepartment(code="wenlianju", on=date(2020, 9, 1))
    given(CULTURE, CLOSED, REOPENED).when(command).then(
        DepartmentClosed(**STAMP, code="wenlianju", on=date(2020, 9, 1))
    )


def test_a_merged_department_is_not_reopened():
    given(LEAGUE, CULTURE, MERGED).when(ReopenDepartment(code="wenlianju")).then_refused(
        MergedError, name="文联", into="团市委"
    )


# --- moved, an alias removed ----------------------------------------------------------------


def test_a_department_is_given_another_parent_or_none():
    moved = DepartmentMoved(**STAMP, code="wenlianju", parent="tuanshiwei")
    to_none = DepartmentMoved(**STAMP, code="wenlianju", reason="独立")
    into = MoveDepartment(code="wenlianju", parent="tuanshiwei")
    given(LEAGUE, CULTURE).when(into).then(moved)
    given(LEAGUE, CULTURE, moved).when(into).then_nothing()
    assert roster(LEAGUE, CULTURE, moved).within("tuanshiwei") == {"tuanshiwei", "wenlianju"}
    given(LEAGUE, CULTURE, moved).when(MoveDepartment(code="wenlianju", reason="独立")).then(
        to_none
    )
    assert roster(LEAGUE, CULTURE, moved, to_none) == roster(LEAGUE, CULTURE)


@pytest.mark.parametrize("parent", ["tuanshiwei", "xuexiao", "wenlianju"])
def test_a_department_does_not_stand_above_itself(parent):
    merged = DepartmentMerged(**STAMP, code="wenlianju", into="xuexiao")
    reopened = DepartmentRestored(
        **STAMP, code="wenlianju", names=(Name(name="文联"),), aliases=(), closed=False,
        pauses=(), merged_into="xuexiao", reason="误",
    )  # fmt: skip
    given(LEAGUE, CHILD, CULTURE, merged, reopened).when(
        MoveDepartment(code="tuanshiwei", parent=parent)
    ).then_refused(ParentError, name="团市委")


def test_a_parent_is_there_and_open():
    command = MoveDepartment(code="tuanshiwei", parent="wenlianju")
    given(LEAGUE).when(command).then_refused(DepartmentNotFoundError, name="wenlianju")
    given(LEAGUE, CULTURE, CLOSED).when(command).then_refused(DepartmentClosedError)


def test_an_alias_is_taken_back_and_free_again():
    gone = DepartmentUnaliased(**STAMP, code="tuanshiwei", alias="共青团", reason="停用")
    command = UnaliasDepartment(code="tuanshiwei", alias="共 青 团", reason="停用")
    given(LEAGUE).when(command).then(gone)
    given(LEAGUE, gone).when(command).then_nothing()
    assert roster(LEAGUE, gone).find("共青团") is None
    again = DepartmentAliased(**STAMP, code="wenlianju", alias="共青团")
    given(LEAGUE, CULTURE, gone).when(AliasDepartment(code="wenlianju", alias="共青团")).then(
        again
    )


@pytest.mark.parametrize("alias", ["团市委", "tuanshiwei", "文联"])
def test_a_name_a_code_or_another_ones_name_is_no_alias(alias):
    given(LEAGUE, CULTURE).when(UnaliasDepartment(code="tuanshiwei", alias=alias)).then_refused(
        AliasError, name=alias, department="团市委"
    )


# --- undone ------------------------------------------------------------------------------------


def restored(department, **changes):
    fields = {
        "code": department.code,
        "names": tuple(Name(name=name, on=on) for on, name in department.names),
        "aliases": department.aliases,
        "short": department.short,
        "parent": department.parent,
        "since": department.since,
        "closed": department.is_closed,
        "closed_on": department.closed_on,
        "merged_into": department.merged_into,
        "pauses": department.pauses,
        "reason": "误记",
    }
    return DepartmentRestored(**STAMP, **(fields | changes))


def test_a_department_is_set_back_to_what_it_was():
    before = known(roster(LEAGUE, CULTURE), "wenlianju")
    command = RestoreDepartment(department=before, reason=" 误记")
    assert command.code == "wenlianju"
    given(LEAGUE, CULTURE, RENAMED, MERGED).when(command).then(restored(before))
    given(LEAGUE, CULTURE).when(command).then_nothing()
    assert roster(LEAGUE, CULTURE, RENAMED, MERGED, restored(before)) == roster(LEAGUE, CULTURE)


def test_a_name_that_another_one_took_since_is_not_given_back():
    before = known(roster(LEAGUE), "tuanshiwei")
    gone = DepartmentUnaliased(**STAMP, code="tuanshiwei", alias="共青团")
    taken = DepartmentAliased(**STAMP, code="wenlianju", alias="共青团")
    given(LEAGUE, CULTURE, gone, taken).when(
        RestoreDepartment(department=before, reason="误记")
    ).then_refused(NameTakenError, name="共青团", owner="文联")


def test_nobody_is_set_back_under_a_part_of_itself():
    child = DepartmentMoved(**STAMP, code="tuanshiwei", parent="wenlianju")
    before = Department(code="wenlianju", names=((None, "文联"),), parent="tuanshiwei")
    given(LEAGUE, CULTURE, child).when(
        RestoreDepartment(department=before, reason="误记")
    ).then_refused(ParentError)


def test_a_registration_is_withdrawn_and_code_and_names_are_free():
    gone = DepartmentWithdrawn(**STAMP, code="wenlianju", reason="误记")
    command = WithdrawDepartment(code="wenlianju", reason="误记")
    given(LEAGUE, CULTURE).when(command).then(gone)
    state = roster(LEAGUE, CULTURE, gone)
    assert state.find("文联") is None
    assert [department.code for department in state.listed] == ["tuanshiwei"]
    given(LEAGUE, CULTURE, gone).when(command).then_refused(DepartmentNotFoundError)
    given(LEAGUE, CULTURE, gone).when(RegisterDepartment(code="wenlianju", name="文联")).then(
        CULTURE
    )
    assert roster(LEAGUE, CULTURE, gone, CULTURE) == roster(LEAGUE, CULTURE)


def test_a_department_that_others_belong_to_is_not_withdrawn():
    command = WithdrawDepartment(code="tuanshiwei", reason="误记")
    given(LEAGUE, CHILD).when(command).then_refused(DepartmentInUseError, by="青年学校")
    given(LEAGUE, CULTURE, MERGED).when(command).then_refused(DepartmentInUseError, by="文联")


# --- who belongs to whom -----------------------------------------------------------------------


def test_a_department_is_within_its_parents_and_what_it_went_up_in():
    state = roster(LEAGUE, CHILD, CULTURE, MERGED)
    assert state.within("tuanshiwei") == {"tuanshiwei", "xuexiao", "wenlianju"}
    assert state.within("xuexiao") == {"xuexiao"}
    assert state.above("xuexiao") == {"xuexiao", "tuanshiwei"}
    assert state.above("wenlianju") == {"wenlianju", "tuanshiwei"}


def test_the_tree_has_every_department_after_its_parent():
    state = roster(LEAGUE, CULTURE, CHILD)
    assert [(depth, department.code) for depth, department in state.tree] == [
        (0, "tuanshiwei"),
        (1, "xuexiao"),
        (0, "wenlianju"),
    ]
    assert list(roster().tree) == []


def test_one_above_on_two_ways_is_named_once():
    sister = DepartmentRegistered(**STAMP, code="qingnian", name="青年宫", parent="tuanshiwei")
    merged = DepartmentMerged(**STAMP, code="qingnian", into="xuexiao")
    state = roster(LEAGUE, CHILD, sister, merged)
    assert state.above("qingnian") == {"qingnian", "xuexiao", "tuanshiwei"}


# --- laws --------------------------------------------------------------------------------------

codes = st.sampled_from(["a", "b", "c", "d", "all"])
names = st.sampled_from(["甲", "乙", "丙", "Ａ", "a", ""]) | st.text(max_size=4)
when = st.none() | st.dates(date(2020, 1, 1), date(2020, 12, 31))
commands = st.one_of(
    st.builds(
        RegisterDepartment,
        code=codes,
        name=names,
        aliases=st.lists(names, max_size=2).map(tuple),
        parent=st.none() | codes,
        on=when,
    ),
    st.builds(AliasDepartment, code=codes, alias=names),
    st.builds(AbbreviateDepartment, code=codes, short=st.none() | names),
    st.builds(RenameDepartment, code=codes, name=names, on=when),
    st.builds(MergeDepartment, code=codes, into=codes, on=when),
    st.builds(CloseDepartment, code=codes, on=when, reason=st.none() | names),
    st.builds(ReopenDepartment, code=codes, on=when),
    st.builds(MoveDepartment, code=codes, parent=st.none() | codes),
    st.builds(UnaliasDepartment, code=codes, alias=names),
    st.builds(WithdrawDepartment, code=codes, reason=st.just("误记")),
    # An old state, of the department or of a version that never was.
    st.builds(
        RestoreDepartment,
        department=st.builds(
            Department,
            code=codes,
            names=st.lists(st.tuples(when, st.sampled_from("甲乙丙")), min_size=1, max_size=2).map(
                tuple
            ),
            parent=st.none() | codes,
            merged_into=st.none() | codes,
        ),
        reason=st.just("误记"),
    ),
)
OPENED = CampaignOpened(
    **STAMP,
    id="c",
    settings=Settings(title="创城", zone="Asia/Shanghai", language="zh", uid_domain="d"),
)


@for_all(st.lists(commands, max_size=20))
def test_whatever_is_asked_is_refused_in_words_or_makes_a_roster_that_replays(asked):
    state, history, checker = Roster(), [], TransitionChecker()
    checker.follow(1, "campaign", OPENED)
    for command in asked:
        try:
            events = decide(state, command, stamp=STAMP)
        except KalendsError:
            continue
        for event in events:
            state = evolve(state, event)
            history.append(event)
            checker.follow(len(history) + 1, "roster", event)  # what is decided can be read
    assert roster(*history) == state
    for department in state.listed:
        assert all(state.find(name) == department for name in department.called)
        assert department.code in state.within(department.code) & state.above(department.code)
        assert all(department.code in state.within(up) for up in state.above(department.code))
