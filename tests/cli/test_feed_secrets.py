"""`kalends feed secret`: made once, listed by mark, ended."""

import re
import stat
from pathlib import Path

import pytest


def test_a_secret_address_is_made_listed_and_ended(recorded):
    kalends, _ = recorded
    made = kalends("feed", "secret", "new", "tsw", "--note", "团市委 张三")
    assert made.code == 0
    address = made.out.strip()
    assert re.fullmatch(r"/feeds/secret/[a-z2-7]{52}/tsw\.ics", address)
    assert "shown only now" in made.err
    listed = kalends("feed", "secret", "ls").out
    mark = listed.split()[0]
    assert listed == f"{mark}  tsw  2020-07-20T02:06:00Z  团市委 张三\n"
    assert f"revoke {mark}" in made.err
    assert address.split("/")[3] not in listed
    ended = kalends("feed", "secret", "revoke", mark)
    assert ended.out == f"{mark} ended: its address of tsw no longer works.\n"
    assert kalends("feed", "secret", "ls").out == ""
    assert "no secret addresses" in kalends("feed", "secret", "ls").err


def test_programs_are_answered_in_json(recorded):
    kalends, _ = recorded
    made = kalends(
        "--json", "feed", "secret", "new", "all.ics", "--public-url", "https://x.example/city/"
    ).document
    assert made["address"].startswith("https://x.example/city/feeds/secret/")
    assert made["address"].endswith("/all.ics")
    (kept,) = kalends("--json", "feed", "secret", "ls").document["secrets"]
    assert kept == {
        "mark": made["mark"], "name": "all", "created": "2020-07-20T02:06:00Z", "note": "",
    }  # fmt: skip
    ended = kalends("--json", "feed", "secret", "revoke", made["mark"]).document
    assert ended == {"ok": True, "mark": made["mark"], "name": "all"}


@pytest.mark.parametrize("note", ["a\nb", "\u202e", "x" * 101, "\x1b[2J"])
def test_a_note_is_one_line_that_all_can_see(recorded, note):
    kalends, _ = recorded
    assert kalends("feed", "secret", "new", "all", "--note", note).code in {2, 6}
    assert kalends("--json", "feed", "secret", "ls").document["secrets"] == []
    assert kalends("feed", "secret", "new", "all", "--note", "  ").code == 0


def test_a_feed_or_a_mark_that_is_not_there_is_told(recorded):
    kalends, _ = recorded
    assert kalends("feed", "secret", "new", "nothing").code == 3
    assert kalends("feed", "secret", "revoke", "nothing").code == 3
    assert not Path(".kalends-secrets").exists()
    assert "没有标记为" in kalends("--lang", "zh", "feed", "secret", "revoke", "x").err


def test_nothing_of_it_is_recorded_or_published(recorded):
    kalends, _ = recorded
    journal = Path("events/journal.jsonl").read_bytes()
    kalends("feed", "secret", "new", "all")
    assert Path("events/journal.jsonl").read_bytes() == journal
    assert kalends("publish").code == 0
    assert not [path for path in Path("feeds").rglob("*") if "secret" in path.name]
    assert kalends("doctor").code == 0
    assert "√ secret addresses can be read" in kalends("doctor").out


@pytest.mark.parametrize("name", [".kalends-secrets", ".kalends-secrets/feeds.json"])
def test_no_link_is_followed(recorded, tmp_path, name):
    kalends, _ = recorded
    kalends("feed", "secret", "new", "all")
    place = Path(name)
    aside = tmp_path / "aside"
    place.rename(aside)
    place.symlink_to(aside)
    for command in (("feed", "secret", "new", "all"), ("feed", "secret", "ls"), ("agenda",)):
        answer = kalends(*command)
        assert (answer.code, "link" in answer.err) == (6, True)


def test_git_does_not_take_it(recorded):
    import subprocess

    kalends, _ = recorded
    subprocess.run(["git", "init", "-q", "."], check=True)
    kalends("feed", "secret", "new", "all")
    status = subprocess.run(
        ["git", "status", "--porcelain", "--ignored=no", "-uall"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "events/journal.jsonl" in status
    assert "secrets" not in status
    subprocess.run(["git", "add", "-f", ".kalends-secrets"], check=True)
    assert kalends("agenda").code == 6


def test_the_file_stays_its_owners(recorded):
    kalends, _ = recorded
    for _ in range(2):
        kalends("feed", "secret", "new", "all")
        mode = Path(".kalends-secrets/feeds.json").stat().st_mode
        assert stat.S_IMODE(mode) == 0o600
