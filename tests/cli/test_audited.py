"""What the audit must not say, and what it must: found by trying it out for the documents."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kalends import config
from kalends.application import given_files
from kalends.audit.checkpoint import signed
from kalends.audit.note import PrivateKey
from kalends.cli.environment import settings_folder
from kalends.log.merkle import Frontier, leaf_hash

EVENTS, CACHE = Path("events"), Path(".kalends")
FEED = Path("feeds/all.ics")


def _execute(statement, database=EVENTS / "kalends.db"):
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute(statement)


def _rewritten(kalends):
    """Change a title, throw away what tells of it, and have all of it signed anew."""
    state = "CAST(replace(CAST(state AS TEXT), '召开推进会', '召开庆功会') AS BLOB)"
    _execute(f"UPDATE stored_events SET state = {state} WHERE rowid = 5")
    (EVENTS / "checkpoint").unlink()
    (EVENTS / "journal.jsonl").unlink()
    shutil.rmtree(CACHE)
    assert kalends("audit", "checkpoint").code == 0


def test_on_a_log_that_was_cut_nothing_is_recorded_or_signed(recorded):
    kalends, _ = recorded
    signed = (EVENTS / "checkpoint").read_bytes()
    journal = EVENTS / "journal.jsonl"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:3]))
    _execute("DELETE FROM stored_events WHERE rowid > 3")

    before = journal.read_bytes()

    said = kalends("add", "7月15日 团市委 开会")

    assert said.code == 8
    assert "The log holds 3 events; 5 were signed." in said.err
    assert (EVENTS / "checkpoint").read_bytes() == signed
    assert journal.read_bytes() == before


def test_what_git_pull_brought_is_verified_before_it_is_read(recorded, tmp_path):
    kalends, _ = recorded
    shutil.copytree(".", tmp_path / "clone")
    assert kalends("add", "7月15日 团市委 开会").code == 0
    clone = ["-C", tmp_path / "clone"]
    for name in ("journal.jsonl", "checkpoint"):
        shutil.copy(EVENTS / name, tmp_path / "clone" / EVENTS / name)

    said = kalends("--json", *clone, "audit", "verify")
    assert (said.code, said.document["behind"], said.document["proved"]) == (0, 1, 6)
    assert kalends(*clone, "agenda").code == 0
    assert kalends("--json", *clone, "audit", "verify").document["behind"] == 0

    _execute(
        "DELETE FROM stored_events WHERE rowid = 6", tmp_path / "clone" / EVENTS / "kalends.db"
    )
    said = kalends("--json", *clone, "audit", "verify")
    assert (said.code, said.document["problems"][0]["what"]) == (8, "missing")


def test_nothing_counts_as_proved_that_a_kept_checkpoint_speaks_against(recorded, tmp_path):
    kalends, _ = recorded
    kept = shutil.copy(EVENTS / "checkpoint", tmp_path / "kept.txt")
    _rewritten(kalends)

    assert kalends("--json", "audit", "verify").document["proved"] == 5
    said = kalends("--json", "audit", "verify", "--against", kept)

    assert said.code == 8
    assert said.document["proved"] == 0
    assert said.document["proved_since"] is None
    assert "Proved" not in kalends("audit", "verify", "--against", kept).out


def test_what_a_file_that_is_no_checkpoint_is_called_is_said_first(recorded, tmp_path):
    kalends, _ = recorded
    (tmp_path / "note.txt").write_text("nothing\n", "utf-8")

    said = kalends("audit", "verify", "--against", tmp_path / "note.txt")

    assert said.code == 8
    assert f"× {tmp_path / 'note.txt'}  this is not a checkpoint\n" in said.out


def test_a_calendar_that_was_put_into_the_caches_was_never_served(recorded):
    kalends, _ = recorded
    assert kalends("publish").code == kalends("agenda").code == 0
    for column in ("title", "details"):
        forged = f"CAST(replace(CAST({column} AS TEXT), '召开推进会', '召开庆功会') AS BLOB)"
        _execute(f"UPDATE revision SET {column} = {forged}", CACHE / "views.db")
    (CACHE / "components.db").unlink()
    FEED.write_bytes(kalends("feed", "show", "all").out.encode())
    assert "庆功会" in FEED.read_text("utf-8")

    said = kalends("audit", "served", FEED)

    assert said.code == 8
    assert "召开推进会" in said.out


def test_a_feed_with_an_empty_line_more_was_never_served(recorded):
    kalends, _ = recorded
    kalends("publish")
    FEED.write_bytes(FEED.read_bytes() + b"\r\n")

    said = kalends("audit", "served", FEED)

    assert said.code == 8
    assert said.err.startswith(
        "No feed ever had the contents of all.ics: all is most like it at position 5, and differs in line "
    )


def test_an_entry_kept_of_an_earlier_revision_is_what_the_events_give(recorded):
    kalends, activity = recorded
    kalends("publish")
    kalends("correct", activity, "--title", "召开工作推进会", "--reason", "漏字")
    kalends("publish")

    assert kalends("audit", "replay", "--deep").code == 0
    _execute("UPDATE component SET body = x'00' WHERE position = 5", CACHE / "components.db")
    assert kalends("audit", "replay").code == 8


def test_a_pack_says_which_of_its_files_is_not_what_its_journal_gives(recorded, monkeypatch):
    kalends, _ = recorded
    with monkeypatch.context() as patch:
        patch.setattr("kalends.audit.pack.page", lambda *_: [b"another page"])
        assert kalends("audit", "pack", "-o", "pack.zip").code == 0

    said = kalends("audit", "check-pack", "pack.zip")

    assert said.code == 8
    assert said.err.startswith(
        "pack.zip: page.zh.html proves nothing: it was changed, or another version of Kalends made it;"
    )
    assert "its feeds follow from them" in said.err


def test_a_pack_says_how_many_events_it_leaves_out_unsigned(recorded, tmp_path):
    kalends, _ = recorded
    whole = kalends("audit", "pack", "-o", tmp_path / "whole.zip")
    shutil.rmtree(settings_folder() / "keys")  # as in a clone elsewhere
    assert kalends("add", "7月15日 团市委 开会").code == 0
    assert kalends("dept", "rename", "jyj", "辽源市教体局").code == 0
    said = kalends("audit", "pack", "-o", tmp_path / "record.zip")
    chinese = kalends("--lang", "zh", "audit", "pack", "-o", tmp_path / "record.zip")
    shown = kalends("--json", "audit", "pack", "-o", tmp_path / "record.zip")
    asked = kalends("--json", "--known-at", 5, "audit", "pack", "-o", tmp_path / "record.zip")
    assert kalends("audit", "checkpoint", "--new-key").code == 0
    after = kalends("--json", "audit", "pack", "-o", tmp_path / "record.zip")

    assert (whole.code, whole.err) == (0, "")
    assert (said.code, "events: 5, root" in said.out) == (0, True)
    assert said.err.startswith("! The newest events are not signed, and were left out: 2.\n→ ")
    assert "`kalends audit checkpoint --new-key`" in said.err
    assert chinese.err.startswith("! 最新的事件尚未签署，未收入存档：2 条。\n→ ")
    assert (shown.document["known_at"], shown.document["unsigned"]) == (5, 2)
    assert shown.err == said.err
    assert (asked.document["unsigned"], asked.err) == (0, "")
    assert (after.document["known_at"], after.document["unsigned"]) == (7, 0)


def test_it_is_told_whose_key_a_pack_was_believed_on(recorded, tmp_path, monkeypatch):
    kalends, _ = recorded
    assert kalends("audit", "pack", "-o", tmp_path / "pack.zip").code == 0

    inside = kalends("--json", "audit", "check-pack", tmp_path / "pack.zip")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    outside = kalends("--json", "audit", "check-pack", tmp_path / "pack.zip")

    assert (inside.code, inside.document["own_key"]) == (0, False)
    assert (outside.code, outside.document["own_key"]) == (0, True)
    assert "with its own key" in outside.err


def test_a_checkpoint_that_is_none_is_not_shown_as_one(recorded):
    kalends, activity = recorded
    (EVENTS / "checkpoint").write_text("kalends/x\n1\n", "utf-8")

    said = kalends("audit", "prove", activity)

    assert said.code == 8
    assert said.err.startswith(
        "checkpoint is not a valid checkpoint: the checkpoint is malformed."
    )


def test_a_key_is_never_read_from_a_file_of_its_name(recorded, tmp_path):
    """Whoever owns the folder would put his own key there."""
    kalends, _ = recorded
    (key,) = config.load(Path()).keys
    forger = PrivateKey(key.partition("+")[0], bytes(32))
    lines = (EVENTS / "journal.jsonl").read_bytes().replace("推进会".encode(), "庆功会".encode())
    (tmp_path / "journal.jsonl").write_bytes(lines)
    tree = Frontier()
    for line in lines.splitlines():
        tree.append(leaf_hash(line))
    forged = tmp_path / "forged"
    forged.write_bytes(signed(forger, tree.size, tree.root()).content)
    Path(key).parent.mkdir(parents=True)
    Path(key).write_text(forger.public.written(), "utf-8")
    (tmp_path / "forger.txt").write_text(forger.public.written(), "utf-8")
    walk = ["audit", "verify", "--journal", tmp_path / "journal.jsonl", "--checkpoint", forged]

    assert kalends(*walk, "--key", key).code == 8
    assert kalends(*walk, "--key", tmp_path / "forger.txt").code == 0


@pytest.mark.parametrize(
    "command",
    [
        "audit check {0}", "audit served {0}", "agenda --known-at {0}", "audit check-pack {0}",
        "audit verify --key {0}", "audit verify --against {0}", "audit verify --checkpoint {0}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("source", ["/dev/zero", "large"])
def test_what_has_no_end_is_not_read_to_its_end(recorded, monkeypatch, command, source):
    kalends, _ = recorded
    monkeypatch.setattr(given_files, "_MOST", 1 << 20)
    monkeypatch.setattr(given_files.content_of, "__defaults__", (1 << 20,))
    with Path("large").open("wb") as file:
        file.truncate(1 << 34)  # a hole: nothing is on the disk

    said = kalends(*command.format(source).split())

    assert said.code in {2, 3, 4, 8}
    assert len(said.out + said.err) < 5_000


def test_of_what_is_no_key_little_is_shown(recorded):
    kalends, _ = recorded
    Path("keys").write_text("x" * 100_000, "utf-8")

    said = kalends("audit", "verify", "--key", "keys")

    assert said.code == 8
    assert len(said.err) < 1_000
