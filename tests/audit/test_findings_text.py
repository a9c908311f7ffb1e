"""What an audit says of its findings, whoever asks."""

from datetime import UTC, datetime

import pytest

from kalends.audit.findings import Report, Vouched
from kalends.audit.findings_text import conclusions, problem_text, report_shape
from kalends.audit.problem import Problem
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
            ["The journal is what was signed; th", "What you kept contradicts this fol"],
        ),
        (
            {"problems": [CHANGED], "altered": "journal"},
            ["The database is what was signed; t"],
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


def test_the_shape_has_every_problem():
    shape = report_shape(GOOD._replace(problems=[CHANGED], altered="journal"))
    assert (shape["ok"], shape["altered"], shape["proved_since"]) == (False, "journal", None)
    assert shape["problems"] == [CHANGED._asdict()]


def test_a_database_on_a_server_is_no_file_to_move_away():
    report = GOOD._replace(problems=[CHANGED], altered="database")
    (message, _), *_ = conclusions(report, UTC, is_file=False)
    assert "on the server" in message
    journal = report._replace(altered="journal")
    assert next(conclusions(journal, UTC, is_file=False)) == next(conclusions(journal, UTC))
