"""Nothing that a user has written lands on a file that the workspace keeps."""

from pathlib import Path

import pytest

OWN = [
    "events/journal.jsonl", "events/kalends.db", "events/checkpoint", "events/new.json",
    "events/checkpoints/7.txt", "feeds/all.ics", "feeds/manifest.json", "feeds/full/all.ics",
    ".kalends/views.db", "kalends.toml", "../city/events/journal.jsonl", "EVENTS/journal.jsonl",
]  # fmt: skip
WRITERS = [
    ["agenda", "--all", "--xlsx"],
    ["report", "--xlsx"],
    ["audit", "prove", "ID", "-o"],
    ["audit", "pack", "-o"],
]


def _contents(root):
    """Return every file, without those in which a reader remembers what it built."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path: path.read_bytes() for path in files if ".kalends" not in path.parts}


@pytest.fixture
def city(kalends, monkeypatch):
    """Return a published workspace with an activity, entered."""
    assert kalends("init", "city", "--title", "T").code == 0
    monkeypatch.chdir("city")
    assert kalends("dept", "add", "团市委", "--code", "tsw").code == 0
    assert kalends("add", "2020-07-14 团市委 走访").code == 0
    assert kalends("publish").code == 0
    return kalends


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer[-2])
def test_no_output_replaces_a_file_of_the_workspace(city, writer):
    activity = city("agenda", "--all", "--json").document["activities"][0]["id"]
    before = _contents(Path())
    for name in OWN:
        said = city(*[activity if word == "ID" else word for word in writer], name)
        assert (said.code, said.out) == (6, ""), name
        assert f"{name} is a file that a workspace keeps for itself." in said.err
    assert _contents(Path()) == before


def test_elsewhere_and_beside_the_feeds_files_are_written(city):
    assert city("agenda", "--all", "--xlsx", "july.xlsx").code == 0
    assert city("agenda", "--all", "--xlsx", "feeds/july.xlsx").code == 0
    Path("../events").mkdir()
    assert city("agenda", "--all", "--xlsx", "../events/july.xlsx").code == 0
    assert city("publish").code == 0


def test_a_link_to_the_record_is_replaced_and_not_followed(city):
    journal = Path("events/journal.jsonl").read_bytes()
    Path("out.xlsx").symlink_to("events/journal.jsonl")
    assert city("agenda", "--all", "--xlsx", "out.xlsx").code == 0
    assert Path("events/journal.jsonl").read_bytes() == journal
    Path("inside").symlink_to("events")
    assert city("agenda", "--all", "--xlsx", "inside/journal.jsonl").code == 6
    assert Path("events/journal.jsonl").read_bytes() == journal


def test_rejected_rows_are_not_written_among_the_events(city):
    Path("events/rows.csv").write_text("date,title,dept\n2020-07-32,走访,tsw\n", "utf-8")
    said = city("add", "--from", "events/rows.csv", "--keep-going")
    assert said.code == 6
    assert not Path("events/rows-rejected.csv").exists()


@pytest.mark.parametrize("command", [["add"], ["dept", "add"]])
def test_an_endless_file_is_not_read_to_its_end(city, monkeypatch, command):
    if not Path("/dev/zero").exists():
        pytest.skip("there is no endless device here")
    monkeypatch.setattr("kalends.application.given_files._MOST", 1_000)
    monkeypatch.setattr("kalends.application.given_files.content_of.__defaults__", (1_000,))
    monkeypatch.setattr("kalends.application.given_files.content_from.__defaults__", (1_000,))
    said = city(*command, "--from", "/dev/zero")
    assert said.code == 3
    assert "too large" in said.err
