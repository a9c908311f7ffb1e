"""The page for people."""

from contextlib import closing
from dataclasses import replace

import pytest

from audit_examples import NAME, checkpoint, lines, sample_history
from kalends.audit.pack_page import page
from kalends.domain.events import DepartmentRegistered
from kalends.log.event_log import NewEvent
from kalends.log.log import Log
from kalends.log.sqlite.store import SQLiteLog
from kalends.views import catch_up, schema
from log_examples import STAMP


def shown(views, count=12, language="zh"):
    return b"".join(page(views, checkpoint(lines(count)), language)).decode()


def test_it_shows_departments_activities_changes_and_what_was_late(views):
    html = shown(views)
    assert '<html lang="zh-Hans">' in html
    assert html.count('<tr id="') == 4
    for text in (
        NAME,
        "团市委",
        "共青团",
        "推进会，更正",
        "会议室",
        "#推进会",
        "下雨",
        "记错",
        "重复",
    ):
        assert text in html
    assert "<del>推进会</del> → <ins>推进会，更正</ins>" in html


def test_it_speaks_either_language(views):
    html = shown(views, language="en")
    assert '<html lang="en">' in html
    assert "Changes, with their reasons (5)" in html
    assert "As known at position 12" in html


def test_it_shows_what_was_known_then(views):
    html = shown(views, 4)
    assert "共青团</td>" not in html
    assert "下雨" not in html
    assert html.count('<tr id="') == 2
    assert '<tr id="' not in shown(views, 2)


def test_the_same_position_gives_the_same_octets_however_far_the_log_goes(place, views):
    with closing(schema.connect(None)) as db:
        catch_up.catch_up(db, place.log.entries(until=7), head_mark=lambda _: b"")
        assert shown(db, 7) == shown(views, 7)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "“&”"])
def test_what_was_typed_stays_text(tmp_path, name):
    log = Log(SQLiteLog(tmp_path / "kalends.db", is_new=True))
    event = DepartmentRegistered(**STAMP, code="x", name=name, parent="tsw")
    with log.turn() as append, closing(schema.connect(None)) as db:
        append(
            [
                *sample_history(2),
                NewEvent("roster", 2, replace(event, at=sample_history(2)[1].event.at)),
            ]
        )
        catch_up.catch_up(db, log.entries(), head_mark=lambda _: b"")
        html = shown(db, 3)
    log.close()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html or "“&amp;”" in html
    assert html.count("团市委") == 2  # itself, and above the other


def test_what_nobody_sees_is_shown(tmp_path):
    log = Log(SQLiteLog(tmp_path / "kalends.db", is_new=True))
    event = DepartmentRegistered(**STAMP, code="x", name="委\u202e员\x1b会\u200b", parent="tsw")
    with log.turn() as append, closing(schema.connect(None)) as db:
        append(
            [
                *sample_history(2),
                NewEvent("roster", 2, replace(event, at=sample_history(2)[1].event.at)),
            ]
        )
        catch_up.catch_up(db, log.entries(), head_mark=lambda _: b"")
        html = shown(db, 3)
    log.close()
    assert "委\\u202e员\\u001b会\\u200b" in html
    assert not {"\u202e", "\x1b", "\u200b"} & set(html)
