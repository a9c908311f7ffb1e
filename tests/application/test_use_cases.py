"""What a second door needs: every use case, without a terminal, from several threads."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from kalends import bootstrap
from kalends.application.proof import proofs
from kalends.application.recording import importing, recording
from kalends.application.recording.undo import undo
from kalends.application.workspaces.making import create
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.campaign_settings import Settings
from kalends.domain.commands import OpenCampaign, RegisterDepartment
from kalends.domain.errors import FormatError, OnRecordError, UnclearError
from kalends.intake.files.json_lines import JsonLines
from kalends.intake.files.rows import NumberedRow, Row
from kalends.views import activities, schema
from kalends.words import words

ENGLISH = words("en")
SETTINGS = Settings(title="创城", zone="Asia/Shanghai", language="zh", uid_domain="x.kalends")

# A door of its own: what it may not need is a terminal's.
SCRIPT = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from kalends import bootstrap
from kalends.application.recording import changing, given, importing, recording
from kalends.application.proof import proofs
from kalends.application import publish
from kalends.application.health import health
from kalends.application.workspaces.date_context import date_context
from kalends.application.queries.known_at import position_of
from kalends.application.recording.undo import undo
from kalends.application.workspaces.workspace import Workspace
from kalends.intake.files.json_lines import JsonLines
from kalends.presentation import history_text, json_shapes
from kalends.views import activities
from kalends.views import roster_view as rosters
from kalends.words import words

spoken = words("en")
folder, keys = Path(sys.argv[1]), Path(sys.argv[2])
LINE = '{"when": "2099-08-01", "title": "座谈", "departments": ["团市委"]}'

def visit(name):
    found = recording.read_activity(
        workspace, f"2099-07-14 团市委 走访{name}社区", recording.Given()
    )
    made = recording.record(workspace, spoken, found)
    changing.move(workspace, made.id, to="2099-07-15", reason="rain")
    return made.id

with Workspace(
    folder, machine=bootstrap.machine(), settings=keys, via="api", actor="wang"
) as workspace:
    with ThreadPoolExecutor(3) as pool:
        ids = list(pool.map(visit, "甲乙丙丁戊己"))
    rows = JsonLines(LINE.encode())
    done = importing.import_rows(workspace, spoken, rows, importing.Wanted())
    assert done.recorded == 1
    corrected = changing.correct(
        workspace, ids[0], given.Correction(title="走访一号社区"), reason="numbers"
    )
    assert corrected.details.title == "走访一号社区"
    assert undo(workspace).undone[0].event.TOPIC == "activity.corrected"
    assert len(undo(workspace, reason="twice").undone) == 1

    published = publish.publish(workspace)
    assert published.checkpoint and "feeds" not in published.feeds and not published.stray
    assert publish.check_feeds(workspace).is_right
    assert proofs.sign(workspace).size == workspace.log.position()
    assert proofs.checkpoints(workspace)[0].size == workspace.log.position()
    report = proofs.verify(workspace, workspace.signatures.trusted)
    assert report.is_good and report.proved == workspace.log.position()
    position = position_of(workspace, None)
    assert proofs.prove(workspace, ids[0], known_at=position).newer == 0
    assert not proofs.replay(workspace).wrong
    wrong = [found.error for found in health(workspace).findings if found.error]
    assert not wrong, wrong

    revisions = activities.revisions(workspace.views, ids[0], known_at=position)
    roster = rosters.roster(workspace.views, known_at=position)
    zone = date_context(workspace).now.tzinfo
    print(json_shapes.activity(revisions[-1], ref="x", roster=roster)["when"]["first_day"])
    print(*history_text.history(spoken, zone, revisions, roster), sep="\\n")
    print(*{entry.event.via for entry in workspace.log.entries(after=2)})
assert not {"click", "rich"} & sys.modules.keys(), sys.modules.keys()
"""


@pytest.fixture
def folder(tmp_path):
    """Return a workspace with one department."""
    machine, place = bootstrap.machine(), tmp_path / "w"
    command = OpenCampaign(id=machine.new_id(), settings=SETTINGS)
    create(
        place, command, language="zh", machine=machine, by="li", settings=tmp_path / "keys",
        unsigned=lambda error: pytest.fail(str(error)),
    )  # fmt: skip
    with opened(place) as workspace:
        workspace.service.change_roster(
            RegisterDepartment(code="tsw", name="共青团辽源市委员会", aliases=("团市委",))
        )
    return place


def opened(folder, **how):
    return Workspace(
        folder, machine=bootstrap.machine(), settings=folder.parent / "keys", via="web", **how
    )


def recorded(workspace, sentence, **how):
    found = recording.read_activity(workspace, sentence, recording.Given())
    return recording.record(workspace, ENGLISH, found, **how)


def test_a_program_of_its_own_records_changes_publishes_verifies_and_reads(folder):
    command = [sys.executable, "-c", SCRIPT, str(folder), str(folder.parent / "keys")]

    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    assert done.returncode == 0, done.stderr
    day, *history, via = done.stdout.splitlines()
    assert (day, via) == ("2099-07-15", "api")
    assert "reason: rain" in "\n".join(history)


@pytest.mark.campaign
def test_several_threads_record_and_read_in_one_workspace(folder):
    with opened(folder) as workspace:

        def work(thread):
            for n in range(10):
                recorded(workspace, f"2020-07-14 团市委 走访{thread}号社区{n}")
                seen = activities.by_day(
                    workspace.views, None, None, known_at=workspace.log.position()
                )
                assert len(list(seen)) > n
            return workspace.log.position()

        with ThreadPoolExecutor(4) as pool:
            reached = list(pool.map(work, "甲乙丙丁"))
        assert max(reached) == 42
        found = list(activities.by_day(workspace.views, None, None, known_at=42))
    assert len(found) == 40
    assert {activity.details.title[:2] for activity in found} == {"走访"}
    with opened(folder) as again:
        assert {entry.event.via for entry in again.log.entries(after=2)} == {"web"}


@pytest.mark.campaign
def test_a_reader_follows_what_another_process_appends(folder):
    with opened(folder) as reader:
        assert not list(activities.by_day(reader.views, None, None, known_at=2))
        done = subprocess.run(
            [sys.executable, "-m", "kalends", "-C", str(folder), "add", "2020-07-14 团市委 走访"],
            capture_output=True, text=True, check=False, encoding="utf-8",
            env={"XDG_CONFIG_HOME": str(folder.parent), "PATH": "", "LANG": "C.UTF-8"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

        assert reader.log.position() == 3
        (found,) = activities.by_day(reader.views, None, None, known_at=3)
        assert found.details.title == "走访"


def test_what_is_unclear_or_on_record_is_raised_where_nobody_can_be_asked(folder):
    with opened(folder) as workspace:
        with pytest.raises(UnclearError):
            recording.read_activity(workspace, "团市委 走访", recording.Given())
        recorded(workspace, "2020-07-14 团市委 走访")
        with pytest.raises(OnRecordError):
            recorded(workspace, "2020-07-14 团市委 走访")
        assert recorded(workspace, "2020-07-14 团市委 走访", allow_duplicate=True).entries


def test_a_file_of_lines_is_imported_and_undone_as_one_act(folder):
    line = '{"when": "2020-07-%d", "title": "会", "departments": ["团市委"]}'
    document = "\n".join(line % day for day in (14, 15, 16)).encode()
    with opened(folder) as workspace:
        rows = JsonLines(document)
        done = importing.import_rows(workspace, ENGLISH, rows, importing.Wanted())
        again = importing.import_rows(workspace, ENGLISH, rows, importing.Wanted())
        assert (done.recorded, again.recorded, again.already) == (3, 0, 3)

        undone = undo(workspace, reason="twice")

        assert len(undone.undone) == 3


class Diary:
    """A format of our own: a day a line, each of them a visit."""

    digest = "0" * 64

    def __init__(self, *days):
        self._days = days

    def __len__(self):
        return len(self._days)

    def __iter__(self):
        for number, day in enumerate(self._days, 1):
            row = Row(when=day, title="走访", departments=["团市委"])
            yield NumberedRow(number, row if day else FormatError(detail="empty"))


def test_a_file_of_another_format_needs_nothing_but_a_decoder(folder):
    diary, wanted = (
        Diary("7月14日", "", "7月15日上午", "7月不知道"),
        importing.Wanted(keep_going=True),
    )
    with opened(folder) as workspace:
        done = importing.import_rows(workspace, ENGLISH, diary, wanted)

        assert done.recorded == 2
        assert [(number, error.code) for number, error in done.left_out] == [
            (2, "bad-format"),
            (4, "unreadable-date"),
        ]


def test_one_recording_reads_campaign_and_roster_once(folder):
    with opened(folder) as workspace:
        read, real = [], workspace.log.stream

        def stream(name):
            read.append(name)
            return real(name)

        workspace.log.stream = stream

        recorded(workspace, "2020-07-14 团市委 走访")

        assert read == ["campaign", "roster"]


def test_views_whose_maker_was_killed_before_their_indexes_are_finished_by_the_next(folder):
    with opened(folder) as workspace:
        workspace.views.execute("DROP INDEX entry_act")
    with opened(folder) as workspace:
        assert not proofs.replay(workspace).wrong
        assert schema.is_finished(workspace.views)
