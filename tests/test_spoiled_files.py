"""Every file that somebody else can write gets an answer, whatever stands in it; see spoiling."""

import os
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.feeds.manifest import is_feed, parsed
from spoiling import TARGETS, Sample, called, tried

pytestmark = pytest.mark.campaign

TRIES = 12  # of each; `python bench/fuzz.py` goes on


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", "")
        patch.setenv("KALENDS_ACTOR", "li")
        patch.setattr(click, "get_app_dir", lambda name: f"{os.environ['XDG_CONFIG_HOME']}/{name}")
        yield Sample(tmp_path_factory.mktemp("spoiled") / "sample")


@pytest.fixture(autouse=True)
def _settings_of_the_copy(sample, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(sample.folder / "home"))
    monkeypatch.setenv("KALENDS_ACTOR", "li")
    monkeypatch.setattr(
        click, "get_app_dir", lambda name: f"{os.environ['XDG_CONFIG_HOME']}/{name}"
    )


@pytest.mark.parametrize("name", TARGETS)
def test_a_spoiled_file_is_answered(sample, tmp_path, name):
    for n in range(TRIES):
        wrong = tried(sample, tmp_path / f"{n}", random.Random(f"{name} {n}"), name)
        assert wrong is None, (n, wrong)


def test_what_is_kept_beside_the_log_is_thrown_away_when_it_cannot_be_read(sample, tmp_path):
    work = sample.copied(tmp_path / "copy")
    expected = called(work, "history", "tsw")
    with closing(sqlite3.connect(work / ".kalends/views.db")) as db, db:
        db.execute("UPDATE revision SET details = x'7b'")

    code, said, _ = called(work, "history", "tsw")
    assert code == 8
    assert ".kalends" in said
    assert called(work, "history", "tsw")[:2] == expected[:2]


def test_an_entry_that_the_disk_spoiled_is_made_again(sample, tmp_path):
    work = sample.copied(tmp_path / "copy")
    expected = called(work, "feed", "show", "all")
    with closing(sqlite3.connect(work / ".kalends/components.db")) as db, db:
        changed = db.execute(
            "UPDATE component SET body = CAST(replace(CAST(body AS TEXT), '推进', '庆功') AS BLOB)"
        ).rowcount
    assert changed
    assert "推进" in expected[1]

    assert called(work, "feed", "show", "all")[:2] == expected[:2]
    with closing(sqlite3.connect(work / ".kalends/components.db")) as db:
        bodies = db.execute("SELECT CAST(body AS TEXT) FROM component").fetchall()
    assert not any("庆功" in body for (body,) in bodies)


@pytest.mark.parametrize(
    "poison",
    [
        "DELETE FROM revision WHERE version = 1",
        "UPDATE revision SET version = version + 1, position = position + 100",
        "UPDATE tile SET hashes = zeroblob(64)",
        "DELETE FROM entry",
    ],
)
def test_poisoned_views_give_no_proof_that_proves_nothing(sample, tmp_path, poison):
    work = sample.copied(tmp_path / "copy")
    with closing(sqlite3.connect(work / ".kalends/views.db")) as db, db:
        db.execute(poison)

    code, said, _ = called(work, "audit", "prove", sample.activity, "-o", "../mine.json")

    if code == 0:
        code, said, _ = called(work, "audit", "check", "../mine.json")
        assert code == 0, said
        assert (work / "../mine.json").read_bytes() == (work / "../proof.json").read_bytes()
    else:
        assert not (work / "../mine.json").exists()


def calendar(size, line):
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    return head + line * (size // len(line))


@pytest.mark.parametrize(
    "line",
    [
        b"UID:activity-aaaaaaaaaaaa@x\r\n",
        b"BEGIN:VEVENT\r\nUID:activity-aaaaaaaaaaaa@x\r\n",
        b"BEGIN:VEVENT\r\n",
        b"SEQUENCE:1\r\n",
        b"BEGIN:VEVENT\r\nUID:activity-aaaaaaaaaaaa@x\r\nSEQUENCE:1\r\nEND:VEVENT\r\n",
        b"UID:activity-",
        b"\r\n ",
    ],
)
def test_a_saved_calendar_is_read_in_time_with_its_length(sample, tmp_path, line):
    work = sample.copied(tmp_path / "copy")
    (work / "../kept.ics").write_bytes(calendar(600_000, line))
    began = time.process_time()

    assert called(work, "audit", "served", "../kept.ics")[0] == 8
    assert time.process_time() - began < 3


def test_a_manifest_with_a_number_that_is_none_is_none():
    for number in (b"1e999", b"-1", b"1.5", b"true", b'"3"', b"9" * 5_000, b"null", b"[]"):
        assert parsed(b'{"feeds":{},"format":1,"position":%b}' % number) == (0, {})


@given(st.text(alphabet=st.sampled_from("./\\full a\0.ics"), max_size=20))
def test_no_name_of_a_manifest_leads_out_of_its_folder(name):
    if is_feed(name):
        path = Path("/top/feeds", name)
        assert ".." not in path.parts
        assert path.parent in {Path("/top/feeds"), Path("/top/feeds/full")}
