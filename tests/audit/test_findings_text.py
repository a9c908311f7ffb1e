"""What an audit says of its findings, whoever asks."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.audit.checkpoint import Checkpoint
from kalends.audit.findings import CheckedCheckpoint, ComparedJournal, Report, Vouched
from kalends.audit.findings_text import conclusions, report_shape
from kalends.audit.problem import Problem
from kalends.audit.problem_texts import differing, problem_text, shown_problems
from kalends.words import words

AT = datetime(2020, 7, 1, 8, tzinfo=UTC)
GOOD = Report(
    size=9,
    root=b"\0" * 32,
    by_kept=Vouched(),
    by_folder=Vouched(),
    is_contradicted=False,
    checkpoints=[],
    problems=[],
    altered="",
    behind=0,
)
CHANGED = Problem(4, "roster", 2, "differs", "a", "b")


def signed(size, key, *, holds=True):
    checkpoint = Checkpoint(
        origin="kalends/x", size=size, root=b"", content=b"", key=f"kalends/x+{key}"
    )
    return CheckedCheckpoint("events/checkpoint", checkpoint, holds, is_own=True)


def said(**changes):
    """Return the first words of each conclusion."""
    found = conclusions(GOOD._replace(**changes), UTC)
    english = words("en")
    return [english.say(message, **fields)[:34] for message, fields in found]


@pytest.mark.parametrize(
    ("changes", "beginnings"),
    [
        ({}, ["Not proved: the newest 9; no check", "No checkpoint proves that what was"]),
        (
            {"by_kept": Vouched(9, AT), "by_folder": Vouched(9, AT)},
            ["Proved by what you kept: positions", "No checkpoint proves that what was"],
        ),
        (
            {"by_folder": Vouched(9, AT), "behind": 2},
            [
                "Proved only by this folder's own c",
                "Journal and database agree; one of",
                "No checkpoint proves that what was",
            ],
        ),
        (
            {"problems": [CHANGED], "altered": "database", "is_contradicted": True},
            [
                "The journal is what was signed; th",
                "What you kept contradicts this fol",
                "Nothing is proved. Copy the folder",
            ],
        ),
        (
            {"problems": [CHANGED], "altered": "journal"},
            ["The database is what was signed; t", "Nothing is proved. Copy the folder"],
        ),
        (
            {"problems": [CHANGED], "altered": "journal", "by_folder": Vouched(9, AT)},
            [
                "The database is what was signed; t",
                "What is proved is proved of the da",
                "Proved only by this folder's own c",
            ],
        ),
        (
            {"by_kept": Vouched(9, AT), "checkpoints": [signed(7, "a"), signed(9, "b")]},
            [
                "Proved by what you kept: positions",
                "Several keys have signed: a, b. Al",
                "No checkpoint proves that what was",
            ],
        ),
    ],
)
def test_what_is_proved_and_what_is_not_is_said(changes, beginnings):
    assert said(**changes) == beginnings


def test_since_when_is_said_in_the_zone():
    fields = [fields for _, fields in conclusions(GOOD._replace(by_kept=Vouched(9, AT)), UTC)]
    assert fields[0] == {"proved": 9, "since": "2020-07-01 08:00 (UTC)"}
    fields = [fields for _, fields in conclusions(GOOD._replace(by_kept=Vouched(9)), UTC)]
    assert fields[0]["since"] == "—"


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (CHANGED, "position 4  roster v2  journal and database differ"),
        (
            Problem(0, "", 0, "forged", "checkpoint", ""),
            "checkpoint  the signature of this checkpoint is wrong",
        ),
    ],
)
def test_a_problem_says_where_it_is_and_what(problem, text):
    assert problem_text(words("en"), problem) == text


def root(position):
    return Problem(position, "", 0, "root", "events/checkpoint: ours", "theirs")


def shown(problems, checkpoints=()):
    report = GOOD._replace(problems=problems, checkpoints=list(checkpoints))
    return [tuple(each) for each in shown_problems(words("en"), report)]


FIRST = "the first event that differs from what was signed is here"


def test_checkpoints_that_fail_are_one_problem_as_narrow_as_they_make_it():
    failing = [signed(size, "a", holds=False) for size in (9, 5, 8)]
    assert shown([root(1), root(1), root(1)], failing) == [(f"positions 1 to 5  {FIRST}", "", "")]
    holds = [signed(4, "a"), *failing]
    assert shown([root(5)], holds) == [
        (f"position 5  {FIRST}", "events/checkpoint: ours", "theirs")
    ]
    assert shown([root(6)]) == [(f"position 6  {FIRST}", "events/checkpoint: ours", "theirs")]


def test_where_a_kept_journal_shows_the_event_no_checkpoint_says_it_less_exactly():
    kept = Problem(3, "roster", 2, "kept", "a", "b")
    failing = [signed(5, "a", holds=False), signed(9, "a", holds=False)]
    assert [text for text, *_ in shown([kept, root(1), root(6)], failing)] == [
        "position 3  roster v2  the log differs from the journal that was kept",
        f"positions 6 to 9  {FIRST}",
    ]


def test_a_log_that_was_cut_is_said_once():
    cut = [Problem(8, "", 0, "shorter", f"{name}: 9", "7") for name in "ab"]
    assert [expected for _, expected, _ in shown(cut)] == ["a: 9"]


LINES = st.text(st.sampled_from("ab"), max_size=300)


@given(LINES, LINES, LINES, LINES)
def test_of_two_long_texts_at_least_what_differs_is_shown(before, ours, theirs, after):
    expected, found = f"{before}1{ours}{after}", f"{before}2{theirs}{after}"
    shown_expected, shown_found = differing(expected, found)
    assert shown_expected != shown_found
    for shown_part, text in ((shown_expected, expected), (shown_found, found)):
        assert shown_part.strip("…") in text
        assert len(shown_part) <= max(100, len(text))
    assert f"1{ours}"[:1] in shown_expected
    assert f"2{theirs}"[:1] in shown_found


def test_one_word_of_a_long_line_is_all_that_is_shown():
    line = (
        '{"by":"li","details":{"headcount":30,"links":[],"tags":[],"title":"x","when":{"day":1}}}'
    )
    line += " " * 30
    expected, found = differing(line, line.replace("30", "300"))
    assert expected == '…"li","details":{"headcount":30,"links":[],"tags":[],"title":…'
    assert found == '…"li","details":{"headcount":300,"links":[],"tags":[],"title":…'


def test_the_shape_has_every_problem():
    shape = report_shape(GOOD._replace(problems=[CHANGED], altered="journal"))
    assert (shape["ok"], shape["altered"], shape["proved_since"]) == (False, "journal", None)
    assert shape["problems"] == [CHANGED._asdict()]
    kept = GOOD._replace(journals=[ComparedJournal("kept.jsonl", 9, holds=True)])
    assert report_shape(kept)["journals"] == [{"name": "kept.jsonl", "events": 9, "ok": True}]


def test_a_database_on_a_server_is_no_file_to_move_away():
    report = GOOD._replace(problems=[CHANGED], altered="database")
    (message, _), *_ = conclusions(report, UTC, is_file=False)
    assert "on the server" in message
    journal = report._replace(altered="journal")
    assert next(conclusions(journal, UTC, is_file=False)) == next(conclusions(journal, UTC))
