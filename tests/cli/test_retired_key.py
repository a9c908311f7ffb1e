"""A key that was retired signs nothing beyond that, and what it signed before still counts."""

import json
import shutil
from pathlib import Path

import pytest

from kalends import config
from kalends.audit.checkpoint import signed
from kalends.audit.key_files import trusted_keys
from kalends.audit.note import PrivateKey
from kalends.cli.environment import settings_folder
from kalends.log.merkle import Frontier, leaf_hash

CHECKPOINT = Path("events/checkpoint")


def key_file():
    (path,) = (path for path in (settings_folder() / "keys").glob("*.key") if "." not in path.stem)
    return path


@pytest.fixture
def stolen(recorded, tmp_path):
    """Return the program, the old key, and a checkpoint that it signed in its time."""
    kalends, activity = recorded
    key = PrivateKey.read(key_file().read_text("ascii").strip())
    kept = Path(shutil.copy(CHECKPOINT, tmp_path / "kept.txt"))
    assert kalends("publish").code == 0
    assert kalends("audit", "checkpoint", "--new-key").code == 0
    assert kalends("add", "7月15日 团市委 开会").code == 0
    return kalends, activity, key, kept


def forged(key):
    """Return a checkpoint of the log as it is, signed by a key."""
    edge = Frontier()
    for line in Path("events/journal.jsonl").read_bytes().splitlines():
        edge.append(leaf_hash(line))
    return signed(key, edge.size, edge.root()).content


def test_a_new_key_retires_the_one_whose_place_it_takes_at_the_logs_position(stolen):
    _, _, key, _ = stolen
    first, second = config.load(Path()).keys
    assert first == f"{key.public.written()} 5"
    assert trusted_keys([second])[0].until is None
    assert f'"{first}"' in Path("kalends.toml").read_text("utf-8")


def test_beside_each_checkpoint_stands_the_key_that_signed_it(stolen):
    kalends, _, _, kept = stolen
    older, newer = ("+".join(key.split("+")[:2]) for key in config.load(Path()).keys)

    found = kalends("--json", "audit", "verify", "--against", kept).document["checkpoints"]
    assert {each["name"]: each["key"] for each in found} == {
        "events/checkpoint": newer, "events/checkpoints/5.txt": older, str(kept): older,
    }  # fmt: skip
    said = kalends("audit", "verify", "--against", kept).out.splitlines()
    (line,) = (line for line in said if line.endswith("  events/checkpoint"))
    assert f"  key {newer[-8:]}  " in line


def test_what_it_signed_before_counts_and_what_it_signs_afterwards_does_not(stolen, tmp_path):
    kalends, _, key, kept = stolen
    said = kalends("--json", "audit", "verify", "--against", kept)
    assert said.code == 0
    assert said.document["proved_by"]["kept"]["proved"] == 5
    late = tmp_path / "late.txt"
    late.write_bytes(forged(key))
    both = [word for key in config.load(Path()).keys for word in ("--key", key)]
    for more in ([], both, ["--key", key.public.written(), *both]):
        said = kalends("--json", "audit", "verify", "--against", late, *more)
        assert said.code == 8
        assert [problem["what"] for problem in said.document["problems"]] == ["retired"]
    assert "had been retired before" in kalends("audit", "verify", "--against", late).out
    # Whoever still believes the old key alone is not told otherwise.
    assert (
        kalends("audit", "verify", "--checkpoint", late, "--key", key.public.written()).code == 0
    )


def test_in_the_folder_it_is_no_checkpoint(stolen):
    kalends, activity, key, _ = stolen
    right = CHECKPOINT.read_bytes()
    CHECKPOINT.write_bytes(forged(key))
    for command in (
        ["audit", "verify"], ["audit", "prove", activity], ["agenda", "--known-at", CHECKPOINT],
        ["doctor"],
    ):  # fmt: skip
        said = kalends(*command)
        assert (said.code, "retired before" in said.out + said.err) == (8, True), command
    said = kalends("add", "7月16日 团市委 学习")
    assert (said.code, "retired before" in said.err) == (0, True)
    CHECKPOINT.write_bytes(right)
    assert kalends("add", "7月17日 团市委 学习").err == ""
    assert kalends("audit", "verify").code == 0


def test_proofs_and_packs_are_held_to_it(stolen, tmp_path):
    kalends, activity, key, _ = stolen
    trusted = Path("kalends.toml").read_text("utf-8")
    first, second = config.load(Path()).keys
    CHECKPOINT.write_bytes(forged(key))
    Path("kalends.toml").write_text(trusted.replace(first, key.public.written()), "utf-8")
    made = tmp_path / "proof.json", tmp_path / "pack.zip"
    assert kalends("audit", "prove", activity, "-o", made[0]).code == 0
    assert kalends("audit", "pack", "-o", made[1]).code == 0
    for command, file in zip(("check", "check-pack"), made, strict=True):
        assert kalends("audit", command, file).code == 0
        said = kalends("audit", command, file, "--key", first, "--key", second)
        assert (said.code, "retired before" in said.err) == (8, True)
        assert kalends("audit", command, file, "--key", first.replace(" 5", " 6")).code == 0
        assert kalends("audit", command, file, "--key", first.replace(" 5", " x")).code == 8
    Path("kalends.toml").write_text(trusted, "utf-8")
    assert kalends("audit", "check", made[0]).code == 8


def test_a_pack_says_which_keys_are_retired(stolen, tmp_path):
    kalends, _, _, _ = stolen
    pack = tmp_path / "pack.zip"
    assert kalends("audit", "pack", "-o", pack).code == 0
    keys = config.load(Path()).keys
    shutil.unpack_archive(pack, tmp_path / "unpacked")
    assert (tmp_path / "unpacked/key.txt").read_text("ascii").splitlines() == list(keys)
    assert kalends("audit", "check-pack", pack, "--key", tmp_path / "unpacked/key.txt").code == 0


def test_where_the_old_key_still_lies_the_log_goes_on_unsigned_and_it_is_said(stolen):
    kalends, _, key, _ = stolen
    key_file().write_text(key.written() + "\n", "ascii")
    said = kalends("add", "7月16日 团市委 学习")
    assert said.code == 0
    assert "retired at position 5" in said.err
    said = json.loads(kalends("--json", "audit", "checkpoint").out)
    assert said["error"]["code"] == "retired-key"
    assert kalends("audit", "checkpoint", "--new-key").code == 0  # as the hint says
    assert config.load(Path()).keys[0] == f"{key.public.written()} 5"  # retired once, at 5
    assert kalends("audit", "verify").code == 0


def test_a_key_that_is_not_here_is_not_retired(recorded):
    kalends, _ = recorded
    key_file().unlink()
    before = config.load(Path()).keys
    assert kalends("audit", "checkpoint", "--new-key").code == 0
    assert config.load(Path()).keys[:-1] == before
