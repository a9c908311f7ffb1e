"""A clerk records what their departments lead, whatever the way in; an auditor nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from kalends import bootstrap
from kalends.application.access.permissions import Caller
from kalends.application.access.tokens import Tokens
from kalends.application.readers.callers_record import CallersRecord
from kalends.application.recording import changing, importing, recording
from kalends.application.recording.undo import undo
from kalends.application.workspaces.making import create
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.campaign_settings import Settings
from kalends.domain.commands import (
    CancelActivity,
    MergeDepartment,
    OpenCampaign,
    RegisterDepartment,
    ReleaseActivity,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.errors import (
    KalendsError,
    OfficeOnlyError,
    OtherDepartmentError,
    ReadsOnlyError,
    TokenRefusedError,
    WithheldByOtherError,
)
from kalends.intake.files.json_lines import JsonLines
from kalends.presentation.error_answers import in_words
from kalends.words import words

ENGLISH = words("en")
NAMES = {"city": "辽源市", "tsw": "团市委", "jyj": "市教育局", "school": "第一小学"}
CLERK = Caller("zhang", "clerk", ("jyj",))
AUDITOR = Caller("wu", "auditor")
OFFICE = Caller("office", "office")


def campaign(folder):
    """Return a workspace with a city, two departments, and a school below one of them."""
    machine = bootstrap.machine()
    settings_of = Settings(
        title="创城", zone="Asia/Shanghai", language="zh", uid_domain="x.kalends"
    )
    create(
        folder / "w", OpenCampaign(id=machine.new_id(), settings=settings_of), language="zh",
        machine=machine, by="li", settings=folder / "keys",
        unsigned=lambda error: pytest.fail(str(error)),
    )  # fmt: skip
    workspace = Workspace(
        folder / "w", machine=bootstrap.machine(), settings=folder / "keys", actor="li"
    )
    for code, name in NAMES.items():
        parent = {"city": None, "school": "jyj"}.get(code, "city")
        workspace.service.change_roster(RegisterDepartment(code=code, name=name, parent=parent))
    return workspace


@pytest.fixture
def workspace(tmp_path):
    with campaign(tmp_path) as made:
        yield made


def record(workspace, sentence):
    found = recording.read_activity(workspace, sentence, recording.Given())
    return recording.record(workspace, ENGLISH, found).id


def test_a_clerk_records_for_their_departments_and_those_below(workspace):
    theirs = workspace.acting_for(CLERK, "api")
    for sentence in (
        "2020-07-14 市教育局 家长会",
        "2020-07-15 第一小学 清扫",
        "2020-07-16 市教育局、团市委 讲座",
    ):
        record(theirs, sentence)
    last = list(workspace.log.entries())[-1].event
    assert (last.by, last.via) == ("zhang", "api")
    with pytest.raises(OtherDepartmentError) as refused:
        record(theirs, "2020-07-14 团市委、市教育局 推进会")
    assert refused.value.fields == {"actor": "zhang", "name": "团市委", "names": "市教育局"}


def test_a_clerk_changes_neither_the_activities_of_others_nor_the_campaign(workspace):
    other = record(workspace, "2099-07-14 团市委 推进会")
    own = record(workspace, "2099-07-14 市教育局 家长会")
    before = workspace.log.position()
    theirs = workspace.acting_for(CLERK, "web")
    for refused in (
        lambda: changing.change(theirs, other, CancelActivity(reason="x")),
        lambda: changing.move(theirs, other, to="2099-07-15", reason="x"),
        lambda: changing.correct(theirs, other, changing.Correction(title="y"), reason="x"),
        # taken over, or given away
        lambda: changing.correct(
            theirs, other, changing.Correction(dept=("市教育局",)), reason="x"
        ),
        lambda: changing.correct(theirs, own, changing.Correction(dept=("团市委",)), reason="x"),
    ):
        with pytest.raises(OtherDepartmentError):
            refused()
    with pytest.raises(OfficeOnlyError):
        theirs.service.change_roster(RegisterDepartment(code="new", name="新局"))
    assert workspace.log.position() == before
    changing.change(theirs, own, CancelActivity(reason="rain"))
    undo(theirs)


def test_a_clerk_releases_what_they_withheld_and_nothing_else(workspace):
    mine, other = (record(workspace, f"2099-07-{day} 市教育局 家长会") for day in (14, 15))
    theirs = workspace.acting_for(CLERK, "api")
    changing.change(theirs, mine, WithholdActivity(reason="x"))
    changing.change(theirs, mine, ReleaseActivity())
    changing.change(workspace, other, WithholdActivity(reason="x"))
    before = workspace.log.position()
    with pytest.raises(WithheldByOtherError) as refused:
        changing.change(theirs, other, ReleaseActivity())
    assert refused.value.fields == {"actor": "zhang", "name": "li"}
    assert workspace.log.position() == before
    changing.change(workspace.acting_for(OFFICE, "api"), other, ReleaseActivity())


def test_what_was_merged_into_a_department_is_theirs_too(workspace):
    old = record(workspace, "2099-07-14 团市委 推进会")
    workspace.service.change_roster(MergeDepartment(code="tsw", into="jyj"))
    changing.change(workspace.acting_for(CLERK, "api"), old, CancelActivity(reason="rain"))


def test_of_many_lines_none_is_recorded_if_one_is_not_theirs(workspace):
    rows = JsonLines(
        '{"when": "2020-07-14", "title": "a", "departments": ["市教育局"]}\n'
        '{"when": "2020-07-14", "title": "b", "departments": ["团市委"]}\n'.encode()
    )
    before = workspace.log.position()
    with pytest.raises(OtherDepartmentError):
        importing.import_rows(
            workspace.acting_for(CLERK, "import"), ENGLISH, rows, importing.Wanted()
        )
    assert workspace.log.position() == before


UNSEEN_TITLE = "机密会商"
_UNSEEN = {
    "another department's activity, then withheld": lambda w: hide(
        w, record(w, f"2099-07-14 团市委 {UNSEEN_TITLE}")
    ),
    "a correction of it while it is withheld": lambda w: changing.correct(
        w, hide(w, record(w, f"2099-07-14 团市委 {UNSEEN_TITLE}")),
        changing.Correction(place="三号楼"), reason="x",
    ),
    "a department that it names": lambda w: (
        record(w, "2099-07-13 第一小学 清扫"),
        register(w, "new", "新局"),
        hide(w.acting_for(OFFICE, "api"), record(w.acting_for(OFFICE, "api"),
                                                 f"2099-07-14 新局 {UNSEEN_TITLE}")),
    ),
    "a file with an activity that is withheld by now": lambda w: hide(
        w.acting_for(OFFICE, "api"), imported(w, "第一小学", "团市委")
    ),
}  # fmt: skip


def register(workspace, code, name):
    workspace.service.change_roster(RegisterDepartment(code=code, name=name, parent="city"))


def hide(workspace, target):
    changing.change(workspace, target, WithholdActivity(reason="x"))
    return target


def imported(workspace, *names):
    """Record an activity of each department as one act; return the id of the last."""
    lines = [
        f'{{"when": "2099-07-14", "title": "{UNSEEN_TITLE}", "departments": ["{name}"]}}'
        for name in names
    ]
    importing.import_rows(
        workspace, ENGLISH, JsonLines("\n".join(lines).encode()), importing.Wanted()
    )
    return list(workspace.log.entries())[-1].stream.partition("-")[2]


@pytest.mark.parametrize("act", _UNSEEN)
@pytest.mark.parametrize("is_trial", [True, False])
def test_undo_with_a_handle_of_the_office_names_nothing_that_a_clerk_may_not_read(
    workspace, act, is_trial
):
    own = record(workspace, "2099-07-01 市教育局 家长会")
    _UNSEEN[act](workspace)
    before = workspace.log.position()
    theirs = workspace.acting_for(CLERK._replace(actor="li"), "api", dry_run=is_trial)
    hidden = CallersRecord(theirs, CLERK).hidden
    assert hidden
    try:
        done = undo(theirs)
    except KalendsError as error:
        said = f"{in_words(ENGLISH, error)} {error.fields}"
        assert not [word for word in (UNSEEN_TITLE, "团市委", "三号楼") if word in said]
        assert not any(stream.partition("-")[2][:4] in said for stream in hidden)
        assert error.code in {"office-only", "undo-unseen"}  # noqa: PT017 - else it passed one over
        assert workspace.log.position() == before
    else:  # what they do not see is passed over
        assert {entry.stream for entry in [*done.undone, *done.made]} == {f"activity-{own}"}


def test_a_trial_run_says_it_too(tmp_path, workspace):
    with Workspace(
        workspace.folder.root, machine=bootstrap.machine(), settings=tmp_path / "keys",
        actor="li", dry_run=True,
    ) as trial, pytest.raises(OtherDepartmentError):  # fmt: skip
        record(trial.acting_for(CLERK, "api"), "2020-07-14 团市委 推进会")


def test_an_auditor_records_nothing_and_the_office_everything(workspace):
    with pytest.raises(ReadsOnlyError):
        record(workspace.acting_for(AUDITOR, "api"), "2020-07-14 市教育局 家长会")
    office = workspace.acting_for(OFFICE, "api")
    office.service.change_roster(RegisterDepartment(code="new", name="新局"))
    record(office, "2020-07-14 新局 家长会")
    assert AUDITOR.sees_withheld
    assert OFFICE.sees_withheld
    assert not CLERK.sees_withheld


_STEP = st.tuples(
    st.sampled_from(["add", "cancel", "take", "give", "retract", "undo"]),
    st.sampled_from(sorted(NAMES)),
    st.integers(0, 5),
)


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    with campaign(tmp_path_factory.mktemp("standing")) as made:
        yield made


@pytest.mark.campaign
@settings(max_examples=20)
@for_all(st.lists(_STEP, max_size=6))
def test_whatever_a_clerk_does_touches_only_what_their_departments_lead(standing, steps):
    theirs = standing.acting_for(CLERK, "api")
    begun = standing.log.position()
    for number, name in enumerate(NAMES.values()):
        record(standing, f"2099-08-{number + 1:02} {name} 走访K{begun}")
    for act, code, number in steps:
        ids = _ids(standing)
        chosen = ids[-1 - number % len(ids)]
        try:
            match act:
                case "add":
                    record(theirs, f"2099-07-14 {NAMES[code]} 走访L{standing.log.position()}")
                case "cancel":
                    changing.change(theirs, chosen, CancelActivity(reason="x"))
                case "retract":
                    changing.change(theirs, chosen, RetractActivity(reason="x"))
                case "undo":
                    undo(theirs, reason="x")
                case _:
                    changing.correct(
                        theirs, chosen, changing.Correction(dept=(NAMES[code],)), reason="x"
                    )
        except KalendsError:  # not theirs, or a rule
            continue
    own = {"jyj", "school"}
    led: dict[str, str] = {}
    for entry in standing.log.entries():
        details = getattr(entry.event, "details", None)
        before = led.get(entry.stream)
        if details is not None:
            led[entry.stream] = details.departments[0].code
        if entry.event.by == "zhang":
            assert led[entry.stream] in own
            assert before is None or before in own


def _ids(workspace):
    return [
        entry.stream.removeprefix("activity-")
        for entry in workspace.log.entries()
        if entry.version == 1 and entry.stream.startswith("activity-")
    ]


class Clock:
    def __init__(self):
        self.now = datetime(2020, 7, 20, 2, 0, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def tokens(workspace, clock):
    return Tokens(workspace.folder, clock)


def token(tokens, number=1, **how):
    wanted = {"actor": "zhang", "role": "clerk", "departments": ["jyj"], "by": "li", **how}
    return tokens.new(bytes([number]) * 32, **wanted)


def test_a_token_says_who_comes_and_that_is_written_down_once_a_day(tokens, clock):
    made = token(tokens)
    for _ in range(3):
        assert tokens.caller(made.secret, "10.0.0.1") == CLERK
    tokens.caller(made.secret, "10.0.0.2")
    clock.now += timedelta(days=1)
    tokens.caller(made.secret, "10.0.0.1")
    used = [(line.at[:10], line.host) for line in tokens.lines()[1:]]
    assert used == [
        ("2020-07-20", "10.0.0.1"), ("2020-07-20", "10.0.0.2"), ("2020-07-21", "10.0.0.1"),
    ]  # fmt: skip
    assert tokens.all()[0].used == "2020-07-21T02:00:00Z"


def test_each_server_sees_at_once_what_another_has_done(workspace, tokens, clock):
    other = Tokens(workspace.folder, clock)
    with pytest.raises(TokenRefusedError):
        other.caller("kalends_" + "a" * 52, "h")
    made = token(tokens)
    assert other.caller(made.secret, "h") == CLERK
    tokens.revoke(made.made.mark, by="li")
    with pytest.raises(TokenRefusedError):
        other.caller(made.secret, "h")


def test_a_token_that_is_over_or_wrong_is_refused(tokens, clock):
    made = token(tokens, lifetime=timedelta(days=90))
    for wrong in ("", made.secret[:-1], made.secret + "a", made.secret.upper(), made.made.sha256):
        with pytest.raises(TokenRefusedError):
            tokens.caller(wrong, "h")
    clock.now += timedelta(days=90) - timedelta(seconds=1)
    assert tokens.caller(made.secret, "h") == CLERK
    clock.now += timedelta(seconds=1)
    with pytest.raises(TokenRefusedError):
        tokens.caller(made.secret, "h")
