"""Signing after each append, and refusing what does not go on from what was signed."""

import json
import os
import stat
from pathlib import Path

import pytest

from audit_examples import KEY, NAME, OTHER, checkpoint, lines, problems, sample_history
from kalends.audit import key_files, signer
from kalends.audit.checkpoint import read, signed
from kalends.audit.note import PrivateKey
from kalends.domain.errors import (
    BadKeyError,
    CheckpointError,
    DiskError,
    NoKeyError,
    RewrittenError,
    ShortenedError,
    UnfinishedKeyError,
    UnreadableKeyError,
    UnsignedError,
    UntrustedKeyError,
)
from kalends.log.log import Log

ID = "0a1b2c3d4e5f"
MOVE_BACK = (
    "UPDATE stored_events SET state = CAST(replace(state, '下雨', '天晴') AS BLOB) WHERE rowid = 5"
)


def append_more(place, count):
    place.append(sample_history(count)[place.log.position() :])


def test_the_first_checkpoint_covers_all(place):
    made = read(place.path.read_bytes(), [KEY.public])
    assert made == checkpoint(lines(12))
    assert json.loads(place.edge.read_text())["size"] == 12


def test_an_empty_log_can_be_signed(new_place):
    assert new_place(0).sign() == checkpoint([])


def test_each_append_is_signed_and_costs_only_its_own_events(place, monkeypatch):
    append_more(place, 20)
    asked = []

    def rows(self, *, after=0, until=None):
        asked.append(after)
        return real(self, after=after, until=until)

    real = Log.rows
    monkeypatch.setattr(Log, "rows", rows)
    assert place.sign() == checkpoint(lines(20))
    assert asked == [11, 12]  # the newest that was signed, then what is new


def test_with_nothing_new_nothing_is_written(place):
    before = place.path.stat().st_mtime_ns, place.edge.stat().st_mtime_ns
    assert place.sign() == checkpoint(lines(12))
    assert (place.path.stat().st_mtime_ns, place.edge.stat().st_mtime_ns) == before


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "\xff",
        "[]",
        "null",
        "{}",
        "[" * 100_000,
        '{"size": 12, "hashes": []}',
        '{"size": 12.0, "hashes": ["00", "00"]}',
        '{"size": 12, "hashes": [1, 2]}',
        '{"size": 12, "hashes": ["zz", "zz"]}',
        '{"size": 12, "hashes": 7}',
        '{"size": 12, "hashes": ["00", "00"]}',
        '{"size": -1, "hashes": []}',
        '{"size": 0, "hashes": []}',
        json.dumps({"size": 13, "hashes": ["00" * 32] * 3, "leaf": ""}),
    ],
)
def test_an_edge_that_is_lost_or_poisoned_only_costs_time(place, text):
    place.edge.unlink() if text is None else place.edge.write_text(text, "latin-1")
    append_more(place, 15)
    assert place.sign() == checkpoint(lines(15))


@pytest.mark.parametrize("cut", [0, 1, 31, 33, 63])
def test_an_edge_whose_hashes_share_their_bytes_otherwise_is_not_believed(place, cut):
    edge = json.loads(place.edge.read_text())
    *others, left, right = edge["hashes"]
    both = bytes.fromhex(left + right)
    shifted = {**edge, "hashes": [*others, both[:cut].hex(), both[cut:].hex()]}
    place.edge.write_text(json.dumps(shifted))  # its root is that of the log
    append_more(place, 15)
    assert place.sign() == checkpoint(lines(15))


def test_the_edge_of_another_log_is_not_believed(place, new_place):
    other = new_place(11, "other")
    place.edge.write_bytes(other.edge.read_bytes())
    append_more(place, 15)
    assert place.sign() == checkpoint(lines(15))
    place.path.unlink()
    assert place.sign(begins=True) == checkpoint(lines(15))


def test_where_nothing_signed_is_left_nothing_is_signed_unless_one_begins_anew(place):
    place.path.unlink()
    append_more(place, 15)
    with pytest.raises(UnsignedError):
        place.sign()
    assert not place.path.exists()


def test_a_checkpoint_that_was_kept_is_gone_on_from_where_the_newest_is_lost(place):
    place.signer().keep(checkpoint(lines(12)))
    (place.kept / "7.txt").write_bytes(checkpoint(lines(7)).content)
    (place.kept / "notes.txt").write_bytes(b"by hand")
    place.path.unlink()
    append_more(place, 15)
    assert place.sign() == checkpoint(lines(15))

    place.path.unlink()
    place.edge.unlink()
    place.tamper(MOVE_BACK)
    with pytest.raises(RewrittenError, match="12"):
        place.sign()


@pytest.mark.parametrize("position", [5, 12])
def test_a_log_that_was_rewritten_is_not_signed(place, position):
    before = place.path.read_bytes()
    if position < 12:  # with the edge, only what was signed last is looked at
        place.edge.unlink()
    place.tamper(
        "UPDATE stored_events SET state = CAST(replace(state, '会', '怀') AS BLOB) "
        f"WHERE rowid = {position}"
        if position == 12
        else MOVE_BACK
    )
    append_more(place, 15)
    with pytest.raises(RewrittenError, match="12"):
        place.sign()
    assert place.path.read_bytes() == before


def test_what_was_rewritten_before_the_newest_leaf_is_signed_on_and_found_by_verifying(place):
    place.tamper(MOVE_BACK)
    append_more(place, 15)
    assert place.sign() == checkpoint(lines(15))  # of what was signed, not of what stands now
    assert problems(place.verify()) == [(5, "differs")]
    place.journal.unlink()
    assert problems(place.verify(journal=None)) == [(1, "root")]


@pytest.mark.parametrize("lost", [True, False])
@pytest.mark.parametrize("more", [0, 1, 6])
def test_a_log_that_was_shortened_is_not_signed(place, lost, more):
    before = place.path.read_bytes()
    if lost:
        place.edge.unlink()
    place.tamper("DELETE FROM stored_events WHERE rowid > 9")
    place.append(
        [
            new._replace(originator_id=f"{new.originator_id}x")
            for new in sample_history(9 + more)[9:]
        ]
    )
    with pytest.raises(RewrittenError if more > 3 else ShortenedError):
        place.sign()
    assert place.path.read_bytes() == before


@pytest.mark.parametrize(
    "octets",
    [
        b"\n",
        b"\xff",
        b"something",
        checkpoint(lines(12), OTHER).content,
        checkpoint(lines(12)).content.replace(b"\n12\n", b"\n11\n"),
    ],
)
def test_nothing_is_signed_after_a_checkpoint_that_cannot_be_believed(place, octets):
    place.path.write_bytes(octets)
    with pytest.raises(CheckpointError):
        place.sign()
    assert place.path.read_bytes() == octets


def test_a_new_key_signs_again_what_a_trusted_one_had_signed(place):
    made = place.signer(OTHER, KEY).renew(place.log)
    assert made == checkpoint(lines(12), OTHER)
    assert place.path.read_bytes() == made.content


def test_a_checkpoint_is_kept_once(place):
    checkpoint = place.sign()
    assert place.signer().keep(checkpoint)
    assert not place.signer().keep(checkpoint)
    assert (place.kept / "12.txt").read_bytes() == checkpoint.content


def test_where_the_disk_would_not_the_old_checkpoint_stands(place, monkeypatch):
    before = place.path.read_bytes()
    append_more(place, 15)

    def fails(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fails)
        with pytest.raises(DiskError, match="No space"):
            place.sign()
    with monkeypatch.context() as patched:
        patched.setattr(signer.os, "fsync", fails)
        with pytest.raises(DiskError, match="No space"):
            place.signer().keep(checkpoint(lines(12)))
    assert place.path.read_bytes() == before
    assert not list(place.path.parent.glob(".*.part"))
    assert place.sign() == checkpoint(lines(15))


def test_a_checkpoint_that_cannot_be_read_is_said(place):
    place.path.unlink()
    place.path.mkdir()
    with pytest.raises(DiskError):
        place.sign()


def test_an_edge_that_cannot_be_kept_is_done_without(place):
    place.edge.unlink()
    place.edge.mkdir()
    append_more(place, 15)
    assert place.sign() == checkpoint(lines(15))


def test_a_key_is_made_for_this_user_alone_and_an_older_one_stays(tmp_path):
    path = key_files.key_path(tmp_path / "user", ID)
    first = key_files.make_key(path, ID, lambda: bytes(32))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert first.public.name == NAME
    second = key_files.make_key(path, ID, lambda: bytes(range(32)))
    older = path.with_name(f"{ID}.{first.public.hash.hex()}.key")
    assert key_files.load_key(older, [first.public]).public == first.public
    assert key_files.load_key(path, [second.public, first.public]).public == second.public


def test_who_is_killed_while_a_key_is_trusted_has_the_same_key_afterwards(tmp_path):
    path, trusted = key_files.key_path(tmp_path, ID), []

    def killed(key, _):
        trusted.append(key)
        raise KeyboardInterrupt

    for seed in (bytes(32), bytes(range(32))):
        with pytest.raises(KeyboardInterrupt):
            key_files.make_key(path, ID, lambda seed=seed: seed, killed)
        assert not path.exists()
    assert trusted[0] == trusted[1]
    assert key_files.load_key(path, trusted).public == trusted[0]
    assert path.exists()


@pytest.mark.parametrize("text", ["", "something", "\xff"])
def test_a_key_that_is_none_is_neither_replaced_nor_used(tmp_path, text):
    path = key_files.key_path(tmp_path, ID)
    path.parent.mkdir()
    path.write_text(text, "latin-1")
    with pytest.raises(DiskError):
        key_files.make_key(path, ID, lambda: bytes(32))
    with pytest.raises(BadKeyError):
        key_files.load_key(path, [KEY.public])
    assert path.read_text("latin-1") == text


def test_a_key_that_cannot_be_kept_or_put_into_its_place_is_said(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DiskError):
        key_files.make_key(tmp_path / "file" / "ID.key", ID, lambda: bytes(32))
    lost = tmp_path / "lost.key"
    with pytest.raises(DiskError):
        key_files.make_key(
            lost, ID, lambda: bytes(32), lambda *_: key_files.waiting(lost).unlink()
        )
    taken = tmp_path / "taken.key"
    with pytest.raises(UnreadableKeyError):
        key_files.make_key(taken, ID, lambda: bytes(32), lambda *_: taken.mkdir())


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (os.mkfifo, "it is not a file"),
        (Path.mkdir, "it is not a file"),
        (lambda path: path.symlink_to("/dev/zero"), "it is not a file"),
        (lambda path: path.symlink_to(path), "Too many levels"),
    ],
)
@pytest.mark.parametrize("ending", ["", ".new"])
def test_a_key_that_cannot_be_read_is_said_and_never_waited_for(tmp_path, spoil, said, ending):
    path = key_files.key_path(tmp_path, ID)
    path.parent.mkdir()
    spoil(path.with_name(f"{path.name}{ending}"))
    for use in (
        lambda: key_files.load_key(path, [KEY.public]),
        lambda: key_files.make_key(path, ID, lambda: bytes(32)),
    ):
        with pytest.raises(UnreadableKeyError) as error:
            use()
        assert said in str(error.value.fields["detail"])


def test_a_new_key_that_was_never_trusted_is_named(tmp_path):
    path = key_files.key_path(tmp_path, ID)
    key_files.check_finished(path, [])
    with pytest.raises(KeyboardInterrupt):
        key_files.make_key(path, ID, lambda: bytes(32), interrupted)
    with pytest.raises(UnfinishedKeyError):
        key_files.check_finished(path, [])
    key = key_files.make_key(path, ID, lambda: bytes(range(32)))
    assert key.public == PrivateKey(f"kalends/{ID}", bytes(32)).public
    key_files.check_finished(path, [])

    key_files.waiting(path).write_text(key.written(), "ascii")
    key_files.check_finished(path, [key.public])
    key_files.waiting(path).write_bytes(b"")  # killed before it was written
    with pytest.raises(UnfinishedKeyError):
        key_files.check_finished(path, [key.public])
    for _ in range(2):
        key_files.forget_begun(path)
    key_files.check_finished(path, [])


def interrupted(*_):
    raise KeyboardInterrupt


def test_a_key_that_is_missing_or_not_trusted_does_not_sign(tmp_path):
    path = key_files.key_path(tmp_path, ID)
    with pytest.raises(NoKeyError):
        key_files.load_key(path, [KEY.public])
    key_files.make_key(path, ID, lambda: bytes(32))
    with pytest.raises(UntrustedKeyError):
        key_files.load_key(path, [KEY.public])


WRONG_HASH = f"{KEY.public.name}+00000000+{KEY.public.written().split('+', 2)[2]}"


@pytest.mark.parametrize("text", ["", "x", "\udcff+00000000+AA==", WRONG_HASH])
def test_what_is_no_public_key_is_not_trusted(text):
    assert key_files.trusted_keys([KEY.public.written()]) == (KEY.public,)
    with pytest.raises(BadKeyError):
        key_files.trusted_keys([KEY.public.written(), text])


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DiskError):
        signer.write_whole(Path(tmp_path / "file" / "checkpoint"), b"")


def went_back(place, size):
    """Keep the newest checkpoint, and put an older one into its place, as git does."""
    place.signer().keep(place.sign())
    place.path.write_bytes(checkpoint(lines(size)).content)


def test_what_was_kept_since_the_newest_checkpoint_went_back_is_gone_on_from(place):
    went_back(place, 5)
    assert place.sign() == checkpoint(lines(12))
    assert place.path.read_bytes() == checkpoint(lines(12)).content

    went_back(place, 5)
    append_more(place, 13)
    assert place.sign() == checkpoint(lines(13))


def test_a_log_that_is_shorter_than_what_is_kept_is_not_signed(new_place):
    place = new_place(7)
    place.kept.mkdir()
    (place.kept / "12.txt").write_bytes(checkpoint(lines(12)).content)
    with pytest.raises(ShortenedError) as refused:
        place.sign()
    assert refused.value.fields == {"size": 12, "found": 7}


@pytest.mark.parametrize(
    "octets",
    [b"", b"no checkpoint", checkpoint(lines(3)).content, checkpoint(lines(99), OTHER).content],
)
def test_what_is_kept_under_a_larger_size_and_is_none_stops_nobody(place, octets):
    place.kept.mkdir()
    (place.kept / "99.txt").write_bytes(octets)
    append_more(place, 13)
    assert place.sign() == checkpoint(lines(13))


@pytest.mark.parametrize("octets", [b"", bytes(300)])
def test_what_a_power_failure_left_of_a_checkpoint_counts_as_gone(place, octets):
    place.path.write_bytes(octets)
    with pytest.raises(UnsignedError):
        place.sign()
    place.signer().keep(checkpoint(lines(12)))
    assert place.sign() == checkpoint(lines(12))


def test_what_a_killed_publication_left_of_a_kept_checkpoint_goes_with_the_next(place):
    place.signer().keep(checkpoint(lines(9)))
    for name in (".9.txt.4711.part", ".12.txt.new.part"):
        (place.kept / name).write_bytes(b"half")
    assert place.signer().keep(checkpoint(lines(12)))
    assert sorted(path.name for path in place.kept.iterdir()) == ["12.txt", "9.txt"]


def test_what_is_no_checkpoint_does_not_keep_a_place(place):
    place.kept.mkdir(exist_ok=True)
    path = place.kept / "12.txt"
    for octets in (b"", b"by hand"):
        path.write_bytes(octets)
        assert place.signer().keep(checkpoint(lines(12)))
        assert path.read_bytes() == checkpoint(lines(12)).content
    assert not place.signer().keep(checkpoint(lines(12)))
    path.write_bytes(signed(KEY, 12, bytes(32)).content)
    with pytest.raises(RewrittenError, match="12"):
        place.signer().keep(checkpoint(lines(12)))
