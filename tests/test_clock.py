"""The clock that was wrong, and the stamps of events that follow each other fast."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from docs.transcript import Reader
from kalends.application.workspaces.workspace import Workspace
from kalends.audit.scan import scan, sources
from kalends.cli.context import Context
from kalends.domain import clock
from kalends.domain.errors import ClockAheadError, ClockBeforeError, ClockError
from kalends.log import journal
from kalends.log.untrusted_journal import Journal

JOURNAL = Path("events/journal.jsonl")
WRONG = datetime(2099, 1, 1, tzinfo=UTC)
RIGHT = datetime(2026, 7, 20, 2, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 - made aware
    lambda moment: moment.replace(tzinfo=UTC, microsecond=0)
)


@pytest.fixture
def office(monkeypatch, tmp_path):
    """Return somebody in a workspace with a department, on a day in 2026."""
    monkeypatch.chdir(tmp_path)
    reader = Reader(monkeypatch)
    reader.now = RIGHT
    for command in ("init w --title T --lang en", "-C w dept add 团市委 --code tsw"):
        types(reader, command)
    monkeypatch.chdir(tmp_path / "w")
    return reader


def types(reader, command, code=0, answers=()):
    got, said = reader.types(f"kalends {command}", answers)
    assert got == code, said
    return said


def stamps():
    found = re.findall(r'"at":"([^"]+)"', JOURNAL.read_text("utf-8"))
    return [datetime.fromisoformat(text) for text in found]


def test_a_clock_far_ahead_is_asked_about_before_anything_is_recorded(office):
    office.now = WRONG

    said = types(office, "add 2020-07-14 tsw 会", code=4)

    assert "This machine's clock says 2099-01-01 08:01:00+08:00" in said
    assert "--yes" in said
    assert JOURNAL.read_bytes().count(b"\n") == 2
    assert "2099" in types(office, "doctor", code=6)
    types(office, "add 2020-07-14 tsw 会 --yes")
    assert stamps()[-1].year == 2099


@pytest.mark.parametrize(("answer", "code", "events"), [("y", 0, 3), ("n", 4, 2), ("", 4, 2)])
def test_at_a_terminal_the_question_is_put(office, monkeypatch, answer, code, events):
    office.now = WRONG
    monkeypatch.setattr(Context, "can_ask", True)

    said = types(office, "add 2020-07-14 tsw 会", code=code, answers=[answer])

    assert "Is the clock right?" in said
    assert JOURNAL.read_bytes().count(b"\n") == events


def test_after_a_pause_of_two_years_at_most_one_question_is_put(office, monkeypatch):
    office.now = datetime.now(UTC).replace(microsecond=0) + timedelta(days=730)
    types(office, "add 2020-07-14 tsw 会 --yes")
    types(office, "add 2020-07-15 tsw 会")

    # A program that was brought up to date meanwhile is a trace: then there is none at all.
    office.now += timedelta(days=730)
    newer = office.now - timedelta(days=3)
    monkeypatch.setattr(Workspace, "_newest_trace", lambda _: newer)
    types(office, "add 2020-07-16 tsw 会")


@pytest.mark.campaign
def test_a_workspace_whose_clock_was_wrong_goes_on_with_a_reason_in_the_record(office):
    types(office, "add 2020-07-14 tsw 会")
    types(office, "add 2026-12-01 tsw 例会")
    office.now = WRONG
    types(office, "add 2026-07-19 tsw 走访 --yes")
    office.now = RIGHT + timedelta(hours=1)

    refused = types(office, "add 2020-07-16 tsw 会", code=6)
    assert "kalends campaign clock --reason TEXT" in refused
    assert "√" in types(office, "campaign clock --reason 'the battery was empty'")

    types(office, "add 2020-07-16 tsw 会")
    types(office, "add 2026-07-20 tsw 开会")
    assert [stamp.year for stamp in stamps()] == [2026, 2026, 2026, 2026, 2099, 2026, 2026, 2026]
    types(office, "publish")
    assert "own checkpoints: positions 1 to 8" in types(office, "audit verify")
    types(office, "audit replay --deep")
    types(office, "feed check")
    # What was stamped 2099 counts as known when the clock was set right: not before, not never.
    before, after = RIGHT + timedelta(minutes=30), RIGHT + timedelta(hours=2)
    assert "走访" not in types(office, f"agenda --all --known-at {before.isoformat()}")
    assert "走访" in types(office, f"agenda --all --known-at {after.isoformat()}")
    assert "走访" not in types(office, "late --days 3")
    assert "走访" in types(office, "diff 2026-07-20 2026-07-21") or "走访" in types(
        office, "diff 3"
    )
    assert "nothing to do" in types(office, "campaign clock --reason again").lower()
    types(office, "undo")
    # A clone restores it, and shows the same.
    for path in (*Path("events").glob("kalends.db*"), *Path(".kalends").glob("*")):
        path.unlink()
    assert "走访" in types(office, f"agenda --all --known-at {after.isoformat()}")


def test_a_clock_that_is_earlier_than_everything_is_asked_about_before_it_is_trusted(office):
    office.now = datetime(2001, 1, 1, tzinfo=UTC)

    said = types(office, "campaign clock --reason R", code=4)
    assert "every event was recorded later" in said
    assert JOURNAL.read_bytes().count(b"\n") == 2

    types(office, "campaign clock --reason R -n --yes")
    assert JOURNAL.read_bytes().count(b"\n") == 2
    types(office, "--json campaign clock --reason R --yes")
    assert stamps()[-1].year == 2001
    types(office, "campaign clock --reason '  '", code=0)  # nothing to do any more


def test_only_a_correction_of_the_clock_may_go_back(office):
    office.now = WRONG
    types(office, "add 2020-07-14 tsw 会 --yes")
    office.now = RIGHT + timedelta(hours=1)
    types(office, "campaign clock --reason R")
    lines = JOURNAL.read_bytes().splitlines(keepends=True)
    good = b"".join(lines)
    walked = scan(sources(Journal(JOURNAL)), [3])
    assert walked.problems == []
    assert walked.moments[3].year == 2026  # no later than the correction

    ours = b'"stream":"campaign","version":2,"topic":"clock.corrected"'
    activity = re.match(rb'{("stream":"[^"]+")', lines[2]).group(1)
    for other in (
        b'"stream":"roster","version":2,"topic":"clock.corrected"',
        activity + b',"version":2,"topic":"activity.released"',
    ):
        JOURNAL.write_bytes(good.replace(ours, other))
        assert "time" in {problem.what for problem in scan(sources(Journal(JOURNAL)), []).problems}
        with pytest.raises(Exception, match=r"broken|follow|damaged"):
            list(journal.read(JOURNAL))


@pytest.mark.campaign
def test_three_hundred_changes_within_a_second_are_taken_in_order(office):
    types(office, "add 2020-07-14 tsw 会")
    ref = types(office, "--json agenda --all").split('"ref": "')[1][:4]
    paused = []

    def pause(seconds):
        paused.append(seconds)
        office.now += timedelta(seconds=seconds)

    def at_once(command):
        office.now -= timedelta(minutes=1)  # that a call takes
        types(office, command)

    office.pause = pause
    for n in range(150):
        at_once(f"correct {ref} --title 会{n} --reason R")
    for _ in range(20):
        at_once("undo")

    found = stamps()[2:]
    assert all(earlier < other for earlier, other in pairwise(found))
    assert max(found) - office.now <= timedelta(seconds=61)
    assert sum(paused) <= 170
    types(office, "publish")
    assert "Proved" in types(office, "audit verify")


def test_each_change_of_a_feed_s_entry_moves_its_stamps(office):
    moved = []
    types(office, "add 2026-08-14 tsw 会")
    ref = types(office, "--json agenda --all").split('"ref": "')[1][:4]
    still = office.now
    for command in (
        f"correct {ref} --title 例会 --reason R", "undo", f"move {ref} --to 2026-08-15 --reason R",
        f"cancel {ref} --reason R", f"reinstate {ref} --reason R", f"held {ref}", "undo",
    ):  # fmt: skip
        office.now = still - timedelta(minutes=1)  # the clock stands still
        types(office, command)
        said = types(office, "feed show all").replace("\n ", "")
        moved.append(re.findall(r"(?:DTSTAMP|LAST-MODIFIED|SEQUENCE):(\S+)", said))

    for before, after in pairwise(moved):
        assert all(
            int(re.sub(r"\D", "", a)) < int(re.sub(r"\D", "", b))
            for a, b in zip(before, after, strict=True)
        )


@for_all(MOMENTS, st.lists(st.tuples(st.integers(0, 2), st.integers(-60, 5)), max_size=40))
def test_stamps_never_go_back_and_grow_within_a_stream(start, steps):
    now, last, streams = start, None, {}
    for stream, moved in steps:
        now += timedelta(seconds=moved)
        try:
            first = clock.stamped_at(now, last)
        except ClockError:
            assert now < last - timedelta(minutes=2)
            now = last
            first = clock.stamped_at(now, last)
        at = first
        if stream in streams:
            at = clock.next_of_stream(first, streams[stream], last)
            assert at > streams[stream]
        assert last is None or at >= last
        waited = clock.seconds_to_wait(now, first=first, last=at)
        assert 0 <= waited <= 1
        now += timedelta(seconds=waited)
        last = streams[stream] = at


@for_all(MOMENTS, MOMENTS, st.none() | MOMENTS)
def test_a_clock_is_doubted_only_when_it_is_far_ahead_of_everything(now, last, newest):
    trace = max(last, newest or last)
    try:
        clock.check_ahead(now, last, newest)
    except ClockAheadError:
        assert now - trace >= timedelta(days=366)
    else:
        assert now - trace < timedelta(days=366)
    try:
        clock.check_before(now, last)
    except ClockBeforeError:
        assert now < last
    else:
        assert now >= last


def test_a_clock_that_is_months_ahead_is_said_once_and_believed(office, monkeypatch):
    monkeypatch.setattr(Workspace, "_newest_trace", lambda _: RIGHT)
    office.now = RIGHT + timedelta(days=300)

    said = types(office, "add 2020-07-14 tsw 会")

    assert "This machine's clock says 2027-05-16" in said
    assert "events keep the time" in said
    assert "clock says" not in types(office, "add 2020-07-15 tsw 会")


def test_a_clock_that_is_weeks_ahead_is_no_matter(office, monkeypatch):
    monkeypatch.setattr(Workspace, "_newest_trace", lambda _: RIGHT)
    office.now = RIGHT + timedelta(days=89)

    assert "clock says" not in types(office, "add 2020-07-14 tsw 会")


def test_kalends_alone_says_that_the_clock_is_behind(office):
    types(office, "add 2020-07-14 tsw 会")
    office.now = RIGHT - timedelta(days=1)

    said = types(office, "")

    assert "This machine's clock says 2026-07-19" in said
    assert "kalends campaign clock" in said
