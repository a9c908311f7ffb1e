"""What a server says of its log is checked on the machine of whoever asks; nothing is believed."""

import json
import shutil

import pytest

from cli.both import a_server, both_of  # noqa: F401 - fixtures
from cli.served_thread import token_for


@pytest.fixture
def recorded(both):
    """Return a campaign in a folder and on a server, with the id of an activity."""
    made = both("--json", "add", "7月14日上午 团市委 召开推进会").document["activity"]["id"]
    both("add", "8月14日 市教育局 座谈会")
    return both, made


@pytest.fixture
def as_clerk(recorded, monkeypatch):
    """Return a call with the token of a clerk of 团市委."""
    both, _ = recorded
    token = token_for(
        both.far, both.settings, both.machine(both.far), actor="zhang", role="clerk",
        departments=["tsw"],
    )  # fmt: skip

    def call(*arguments):
        with monkeypatch.context() as patch:
            patch.setenv("KALENDS_TOKEN", token)
            return both.there(*arguments)

    return call


def served(both, lines):
    return both.restored([line + b"\n" for line in lines])


def journal_of(both):
    return (both.far / "events" / "journal.jsonl").read_bytes().splitlines()


def checkpoints_of(both):
    return {path: path.read_bytes() for path in (both.far / "events").rglob("checkpoint*")
            if path.is_file()}  # fmt: skip


def test_what_was_signed_is_proved_and_whose_keys_were_used_is_said(recorded):
    both, _ = recorded
    said = both.there("audit", "verify")
    assert said.code == 0, said
    assert "Proved only by the server's own checkpoints: positions 1 to 6" in said.out
    assert "Checked with the keys that the server names" in said.err
    # The second time, the server is compared with what it has shown before.
    again = both.there("--json", "audit", "verify")
    shape, near = again.document, both.here("--json", "audit", "verify").document
    assert shape["proved_by"]["kept"]["proved"] == 6
    assert shape["size"] == near["size"] == 6
    assert {each["by"] for each in shape["checkpoints"]} == {"folder", "kept"}
    key = (both.far / "kalends.toml").read_text().split('"')[1::2]
    key = next(each for each in key if "+" in each)
    given = both.there("audit", "verify", "--key", key)
    assert (given.code, given.err) == (0, "")


def test_another_key_is_not_believed(recorded, tmp_path):
    both, _ = recorded
    other = tmp_path / "other"
    both.here_far("init", other, "--title", "x")
    key = next(
        each for each in (other / "kalends.toml").read_text().split('"')[1::2] if "+" in each
    )
    said = both.there("--json", "audit", "verify", "--key", key)
    assert said.code == 8
    assert {each["what"] for each in said.document["problems"]} >= {"untrusted"}


def test_an_event_changed_on_the_server_is_found(recorded):
    both, _ = recorded
    lines, kept = journal_of(both), checkpoints_of(both)
    lines[4] = lines[4].replace("召开推进会".encode(), "召开动员会".encode())
    with served(both, lines):
        for path, content in kept.items():
            path.write_bytes(content)
        said = both.there("--json", "audit", "verify")
        doctor = both.there("--json", "doctor")
    assert said.code == 8
    assert {each["what"] for each in said.document["problems"]} == {"root"}
    failed = [each["error"]["code"] for each in doctor.document["checks"] if each["error"]]
    assert "rewritten" in failed, doctor
    assert doctor.code == 8


@pytest.mark.parametrize("spoil", ["cut", "changed"])
def test_what_was_signed_again_is_found_by_what_the_server_has_shown_before(recorded, spoil):
    """Whoever has the key signs everything anew; this machine remembers what it saw."""
    both, _ = recorded
    assert both.there("audit", "verify").code == 0
    lines = journal_of(both)
    if spoil == "cut":
        lines.pop()
    else:
        lines[4] = lines[4].replace("召开推进会".encode(), "召开动员会".encode())
    with served(both, lines):
        assert both.here_far("audit", "checkpoint").code == 0
        assert both.here_far("audit", "verify").code == 0  # the folder alone knows no better
        said = both.there("--json", "audit", "verify")
    assert said.code == 8, said
    found = {each["what"] for each in said.document["problems"]}
    assert found & {"shorter", "two-roots", "root"}
    assert said.document["contradicted"]


def test_what_is_recorded_meanwhile_is_no_problem(recorded):
    both, _ = recorded
    assert both.there("audit", "verify").code == 0
    both.here_far("add", "8月15日 市教育局 座谈会")
    said = both.there("--json", "audit", "verify")
    assert (said.code, said.document["size"], said.document["proved"]) == (0, 7, 7)


def test_proofs_and_packs_are_made_here_and_checked_anywhere(recorded, tmp_path):
    both, made = recorded
    proof, pack = tmp_path / "p.json", tmp_path / "p.zip"
    assert both.there("audit", "prove", made, "-o", proof).code == 0
    assert both.there("audit", "check", proof).code == 0
    assert json.loads(proof.read_text())["activity"] == made
    assert both.here_far("audit", "check", proof).code == 0
    assert both.there("audit", "pack", "-o", pack).code == 0
    assert both.there("audit", "check-pack", pack).code == 0
    # The folder makes the same bytes.
    there = tmp_path / "there.zip"
    assert both.here_far("audit", "pack", "-o", there).code == 0
    assert there.read_bytes() == pack.read_bytes()


def test_a_clerk_checks_it_while_nothing_is_hidden_and_is_told_when_something_is(
    recorded, as_clerk, tmp_path
):
    both, made = recorded
    assert as_clerk("audit", "verify").code == 0
    other = both.here_far("--json", "add", "8月16日 市教育局 秘密会商").document["activity"]["id"]
    both.here_far("withhold", other, "--reason", "内部")
    for arguments in (
        ["audit", "verify"],
        ["audit", "prove", made],
        ["audit", "pack", "-o", tmp_path / "x.zip"],
    ):
        said = as_clerk(*arguments)
        assert (said.code, said.out) == (7, ""), arguments
        assert "may not read every event" in said.err
    assert not (tmp_path / "x.zip").exists()
    doctor = as_clerk("--json", "doctor").document
    assert not any("webhook" in each["check"] for each in doctor["checks"])
    assert "秘密" not in json.dumps(doctor, ensure_ascii=False)


def test_doctor_says_what_it_finds_and_what_it_cannot_see(recorded):
    both, _ = recorded
    both.here_far("publish")
    said = both.there("doctor")
    assert said.code == 0, said
    assert said.out.count("√") == 7
    assert "Not checked from here: the server's disk" in said.out
    both.there("webhook", "new", "https://example.org/x")
    mark = both.there("--json", "webhook", "ls").document["webhooks"][0]["mark"]
    both.there("webhook", "pause", mark)
    assert both.there("doctor").code == 0  # paused by hand
    path = both.far / ".kalends-secrets" / f"sent-{mark}.json"
    stands = json.loads(path.read_text())
    path.write_text(json.dumps({**stands, "failing": stands["paused"]}))
    said = both.there("--json", "doctor")
    assert said.code == 9
    assert [each["error"]["code"] for each in said.document["checks"] if each["error"]] == [
        "hook-paused"
    ]
    both.here_far("add", "8月15日 市教育局 座谈会")
    shutil.rmtree(both.far / "events" / "checkpoints")
    (both.far / "events" / "checkpoint").unlink()
    said = both.there("--json", "doctor")
    codes = {each["error"]["code"] for each in said.document["checks"] if each["error"]}
    assert codes == {"unsigned", "unpublished-elsewhere", "hook-paused"}
