"""The folder that is published: a function of the log, written only where it differs."""

import errno
import hashlib
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.domain.commands import (
    CancelActivity,
    MergeDepartment,
    ReleaseActivity,
    RenameDepartment,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.errors import DiskError
from kalends.feeds import selection
from kalends.feeds.cache import Components
from kalends.feeds.manifest import read_manifest
from kalends.feeds.publishing import publish_feeds
from kalends.views import schema

ONE, TWO, THREE = "aaaa11112222", "bbbb11112222", "cccc11112222"


def publish(ledger, folder, components=None, known_at=None):
    kept = components or ledger.components
    return publish_feeds(ledger.db, kept, folder, known_at=known_at or ledger.position)


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def assert_as_from_nothing(ledger, folder, empty):
    fresh = Components(None)
    publish(ledger, empty, fresh)
    fresh.close()
    assert contents(folder) == contents(empty)


def test_publishing_writes_every_feed_and_a_manifest_that_tells_of_them(ledger, tmp_path):
    ledger.record(ONE, tags=("创城",))
    names = ["all.ics", "tsw.ics", "tag-创城.ics", "manifest.json"]
    assert publish(ledger, tmp_path) == names
    document = json.loads((tmp_path / "manifest.json").read_bytes())
    assert (document["format"], document["position"]) == (1, 3)
    octets = ledger.feed("tag-创城")
    assert document["feeds"]["tag-创城.ics"] == {
        "activities": 1,
        "position": 3,
        "sha256": hashlib.sha256(octets).hexdigest(),
        "size": len(octets),
        "title": "创建文明城市 · #创城",
    }
    position, files = read_manifest(tmp_path)
    assert (position, sorted(files)) == (3, ["all.ics", "tag-创城.ics", "tsw.ics"])
    assert read_manifest(tmp_path / "nowhere") == (0, {})


def test_publishing_again_writes_nothing(ledger, tmp_path):
    ledger.record(ONE)
    publish(ledger, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert publish(ledger, tmp_path) == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
    fresh = Components(None)
    assert publish(ledger, tmp_path, fresh) == []
    fresh.close()


def test_only_what_something_happened_to_is_written(ledger, tmp_path):
    ledger.register("cgj", "城管局")
    ledger.record(ONE, "会", None, "tsw", tags=("创城",))
    ledger.record(TWO, "会", None, "cgj")
    publish(ledger, tmp_path)
    ledger.correct(TWO, title="座谈会")
    assert publish(ledger, tmp_path) == ["all.ics", "cgj.ics", "manifest.json"]
    _, files = read_manifest(tmp_path)
    assert {name: file.position for name, file in files.items()} == {
        "all.ics": 6, "cgj.ics": 6, "tag-创城.ics": 4, "tsw.ics": 4,
    }  # fmt: skip


def test_a_file_that_was_lost_or_changed_by_others_is_written_again(ledger, tmp_path):
    ledger.record(ONE, tags=("创城",))
    publish(ledger, tmp_path)
    before = contents(tmp_path)
    (tmp_path / "tsw.ics").unlink()
    (tmp_path / "tag-创城.ics").write_bytes(b"")
    (tmp_path / ".all.ics.part").write_bytes(b"half")
    assert publish(ledger, tmp_path) == ["tsw.ics", "tag-创城.ics"]
    assert contents(tmp_path) == before
    (tmp_path / "manifest.json").write_text("{}", "utf-8")
    assert publish(ledger, tmp_path) == ["manifest.json"]
    os.utime(tmp_path / "all.ics", ns=(1, 1))
    assert publish(ledger, tmp_path) == []
    assert contents(tmp_path) == before


def test_a_complete_feed_is_there_only_while_something_is_left_out(ledger, tmp_path, monkeypatch):
    monkeypatch.setattr(selection, "MOST_ACTIVITIES", 1)
    ledger.record(ONE)
    ledger.record(TWO)
    (tmp_path / "own.ics").write_bytes(b"not ours")
    changed = ["all.ics", "full/all.ics", "tsw.ics", "full/tsw.ics", "manifest.json"]
    assert publish(ledger, tmp_path) == changed
    assert read_manifest(tmp_path)[1]["full/all.ics"].activities == 2
    assert publish(ledger, tmp_path) == []
    ledger.change(ONE, WithholdActivity(reason="未公开"))
    assert publish(ledger, tmp_path) == ["full/all.ics", "full/tsw.ics", "manifest.json"]
    assert (tmp_path / "own.ics").exists()


def test_a_manifest_removes_nothing_outside_its_folder(ledger, tmp_path):
    ledger.record(ONE)
    folder = tmp_path / "feeds"
    publish(ledger, folder)
    document = json.loads((folder / "manifest.json").read_bytes())
    for name in ("../victim.ics", "gone.ics", "full/../../victim.ics", "..\\victim.ics"):
        document["feeds"][name] = document["feeds"]["all.ics"]
    (folder / "manifest.json").write_text(json.dumps(document), "utf-8")
    (tmp_path / "victim.ics").write_bytes(b"")
    (folder / "gone.ics").write_bytes(b"")
    assert publish(ledger, folder) == ["gone.ics", "manifest.json"]
    assert (tmp_path / "victim.ics").exists()


def test_before_the_campaign_is_opened_nothing_is_published(ledger, tmp_path):
    empty = schema.connect(None)
    assert publish_feeds(empty, ledger.components, tmp_path, known_at=0) == []
    assert contents(tmp_path) == {}
    empty.close()


def test_a_disk_that_would_not_is_told(ledger, tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    publish(ledger, tmp_path)
    before = contents(tmp_path)
    ledger.record(ONE)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskError, match="No space left"):
        publish(ledger, tmp_path)
    assert {
        name: octets for name, octets in contents(tmp_path).items() if name in before
    } == before
    monkeypatch.undo()
    publish(ledger, tmp_path)
    assert not list(tmp_path.glob(".*"))


def test_an_older_position_can_be_published(ledger, tmp_path):
    ledger.record(ONE)
    publish(ledger, tmp_path / "old")
    ledger.record(TWO, tags=("创城",))
    publish(ledger, tmp_path / "new")
    changed = publish(ledger, tmp_path / "new", known_at=3)
    assert changed == ["all.ics", "tsw.ics", "tag-创城.ics", "manifest.json"]
    assert contents(tmp_path / "new") == contents(tmp_path / "old")


def undone(ledger, activity_id):
    ledger.plan(activity_id, "会", ledger.when(), "cgj", tags=("乙",))
    ledger.change(activity_id, RetractActivity(reason="误记"))


STEPS = {
    "record": lambda ledger, activity_id: ledger.record(activity_id, "会", ledger.when(), "cgj", tags=("甲",)),
    "plan": lambda ledger, activity_id: ledger.plan(activity_id, "会", ledger.when(), "jcd", tags=("乙",)),
    "move": lambda ledger, activity_id: ledger.move(activity_id, ledger.when("2020-07-30"), "冲突"),
    "cancel": lambda ledger, activity_id: ledger.change(activity_id, CancelActivity(reason="下雨")),
    "retag": lambda ledger, activity_id: ledger.correct(activity_id, tags=("丙",)),
    "coarse": lambda ledger, activity_id: ledger.correct(activity_id, when=ledger.when(precision="month")),
    "withhold": lambda ledger, activity_id: ledger.change(activity_id, WithholdActivity(reason="未公开")),
    "release": lambda ledger, activity_id: ledger.change(activity_id, ReleaseActivity()),
    "rename": lambda ledger, activity_id: ledger.roster(RenameDepartment(code="jcd", name=f"队{activity_id}")),
    "merge": lambda ledger, _: ledger.roster(MergeDepartment(code="tsw", into="cgj")),
    "retitle": lambda ledger, activity_id: ledger.revise(title=f"创城{activity_id}"),
    "format": lambda ledger, _: ledger.revise(feed_format=3 - ledger.settings.feed_format),
    "retract": lambda ledger, activity_id: ledger.change(activity_id, RetractActivity(reason="误记")),
    "undone": undone,
    "last day": lambda ledger, activity_id: ledger.correct(activity_id, when=ledger.when("9999-12-31")),
}  # fmt: skip


@pytest.mark.campaign
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from((ONE, TWO, THREE))),
        max_size=12,
    )
)
def test_published_step_by_step_the_folder_is_as_from_nothing(
    steps, ledger_type, tmp_path_factory
):
    ledger, folder = ledger_type(), tmp_path_factory.mktemp("feeds")
    before = selection.MOST_ACTIVITIES
    selection.MOST_ACTIVITIES = 2
    try:
        ledger.register("cgj", "城管局")
        ledger.register("jcd", "监察大队", parent="cgj")
        for step, activity_id in steps:
            try:
                STEPS[step](ledger, activity_id)
            except Exception as error:
                if not type(error).__module__.startswith("kalends"):
                    raise
            publish(ledger, folder / "feeds")
        publish(ledger, folder / "feeds")
        assert_as_from_nothing(ledger, folder / "feeds", folder / "nothing")
    finally:
        selection.MOST_ACTIVITIES = before
        ledger.close()
