"""Proofs of one activity: made from the log, checked with nothing but a key."""

import json
from contextlib import closing
from types import SimpleNamespace

import pytest

from audit_examples import KEY, ONE, OTHER, TWO, checkpoint, lines, sample_history
from kalends.audit.checkpoint import signed
from kalends.audit.note import encoded
from kalends.audit.proof import check, document, is_of, prove
from kalends.domain.errors import DiskError, ProofError, RewrittenError
from kalends.views import schema, tree

POSITIONS = [3, 5, 7, 9]


def proved(octets, key=KEY):
    return check(octets, [key.public], "proof.json")


@pytest.fixture
def proof(place, views):
    return json.loads(prove(views, place.log, place.sign(), ONE, POSITIONS))


def changed(proof, **more):
    return document(proof | more).encode("utf-8", "surrogatepass")


def refused(octets, key=KEY):
    with pytest.raises(ProofError) as caught:
        proved(octets, key)
    return str(caught.value.fields["detail"])


def test_what_is_proved_is_shown(place, views):
    text = prove(views, place.log, place.sign(), ONE, POSITIONS)
    shown = proved(text.encode())
    assert (shown.activity, shown.checkpoint) == (ONE, checkpoint(lines(12)))
    assert [(entry.position, entry.version) for entry in shown.events] == list(zip(POSITIONS, [1, 2, 3, 4], strict=True))  # fmt: skip
    assert text == prove(views, place.log, place.sign(), ONE, POSITIONS)


def test_a_proof_of_an_older_checkpoint_is_as_good(place, views):
    shown = proved(prove(views, place.log, checkpoint(lines(6)), ONE, [3, 5]).encode())
    assert (shown.checkpoint.size, [entry.position for entry in shown.events]) == (6, [3, 5])


def test_the_log_begins_as_any_checkpoint_of_it_says(place, views):
    for size in (5, 0, 12, 1):
        assert is_of(views, place.log, checkpoint(lines(size)))
    place.append(sample_history(20)[12:])
    assert is_of(views, place.log, checkpoint(lines(20)))
    assert not is_of(views, place.log, signed(KEY, 12, bytes(32)))
    assert not is_of(views, place.log, checkpoint(lines(21)))


@pytest.mark.parametrize(
    "poison",
    [
        "UPDATE tile SET hashes = zeroblob(32 * 12)",
        "UPDATE tile SET hashes = 'text'",
        "UPDATE tile SET hashes = x'00'",
        "UPDATE tile SET number = 1000000",
        "UPDATE tile SET number = 'far'",
        "DELETE FROM tile",
        "INSERT INTO tile VALUES (0, 5, zeroblob(64))",
    ],
)
def test_nodes_that_are_poisoned_are_made_again(place, views, poison):
    checkpoint = place.sign()
    expected = prove(views, place.log, checkpoint, ONE, POSITIONS)
    views.execute(poison)
    assert prove(views, place.log, checkpoint, ONE, POSITIONS) == expected
    assert tree.reach(views) >= 12


@pytest.mark.parametrize(
    "poison",
    [
        "UPDATE tile SET hashes = zeroblob(32 * 12)",
        "UPDATE tile SET hashes = 'text'",
        "UPDATE tile SET number = 1000000",
        "INSERT INTO tile VALUES (0, 5, zeroblob(64))",
    ],
)
def test_a_root_of_poisoned_nodes_is_not_believed(place, views, poison):
    checkpoint_of_it = checkpoint(lines(12))
    assert is_of(views, place.log, checkpoint_of_it)
    views.execute(poison)
    assert is_of(views, place.log, checkpoint_of_it)
    assert not is_of(views, place.log, signed(KEY, 12, bytes(32)))


def test_a_log_that_is_not_what_was_signed_is_not_proved(place, views):
    with pytest.raises(RewrittenError):
        prove(views, place.log, signed(KEY, 12, bytes(32)), ONE, POSITIONS)


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"[]",
        b"\xff",
        b"{}",
        b"[" * 100_000,
        b'{"format":"kalends-proof/1","activity":"a","checkpoint":"","events":[{"index":1e99}]}',
    ],
)
def test_what_is_no_proof_is_said_to_be_none(octets):
    assert refused(octets) == "it is not a proof"


def test_a_proof_has_its_keys_once_and_no_others(proof):
    assert refused(changed(proof, more=1)) == "it is not a proof"
    assert refused(changed(proof, format="kalends-proof/2")) == "it is not a proof"
    assert refused(changed(proof, events=[])) == "it is not a proof"
    assert (
        refused(changed(proof, events=[proof["events"][0] | {"more": 1}])) == "it is not a proof"
    )
    assert refused(json.dumps(proof).encode()) == "it is not a proof"  # in another spelling
    octets = document(proof).encode()
    assert (
        refused(octets.replace(b'{\n "format"', b'{\n "format": "x",\n "format"', 1))
        == "it is not a proof"
    )
    assert (
        refused(octets.replace(b'{\n   "index"', b'{\n   "index": 7,\n   "index"', 1))
        == "it is not a proof"
    )
    assert refused(octets + b" " + octets) == "it is not a proof"
    assert proved(octets).activity == ONE


def test_a_checkpoint_that_is_not_to_be_believed_is_said(proof):
    note = proof["checkpoint"]
    assert refused(changed(proof, checkpoint="")) == "the checkpoint is malformed"
    assert refused(changed(proof, checkpoint="\ud800")) == "it is not a proof"
    assert "is wrong" in refused(changed(proof, checkpoint=note.replace("\n12\n", "\n13\n")))
    assert "no trusted key" in refused(changed(proof), OTHER)


def test_an_event_that_was_changed_or_moved_is_not_in_the_log(proof):
    first, *others = proof["events"]

    def with_first(**more):
        return changed(proof, events=[first | more, *others])

    assert "not in the log" in refused(with_first(line=first["line"].replace("创", "建").replace("会议室", "广场")))  # fmt: skip
    assert "not in the log" in refused(with_first(index=3))
    assert "not in the log" in refused(with_first(index=12))
    assert "not a proof" in refused(with_first(index=-1))
    assert "not in the log" in refused(with_first(hashes=first["hashes"][:-1]))
    assert "not in the log" in refused(with_first(hashes=[*first["hashes"], first["hashes"][0]]))
    assert "not in the log" in refused(with_first(line=first["line"] + " "))
    assert "a hash" in refused(with_first(hashes=[encoded(b"short")]))
    assert "not a proof" in refused(with_first(index=10**15))
    assert "a hash" in refused(with_first(hashes=["?"]))


def test_what_was_signed_but_is_no_line_is_no_event(proof):
    event = proof["events"][0] | {"index": 0, "hashes": [], "line": "{}"}
    note = checkpoint([b"{}"]).content.decode()
    assert "a line" in refused(changed(proof, checkpoint=note, events=[event]))


def test_events_stand_in_order_from_the_first_and_are_all_of_one_activity(place, views, proof):
    first, second, *_ = proof["events"]
    assert "in order" in refused(changed(proof, events=[second]))
    assert "in order" in refused(changed(proof, events=[second, first]))
    assert "in order" in refused(changed(proof, events=[first, first]))
    assert "in order" in refused(changed(proof, activity=TWO))
    assert proved(changed(proof, events=[first, second])).activity == ONE
    mixed = json.loads(prove(views, place.log, place.sign(), ONE, [3, 8]))
    assert "in order" in refused(document(mixed).encode())


@pytest.mark.campaign
def test_no_bit_of_a_proof_may_change_what_it_says(proof):
    octets = document(proof).encode()
    expected = proved(octets)
    for bit in range(0, 8 * len(octets), 13):
        wrong = bytearray(octets)
        wrong[bit // 8] ^= 1 << bit % 8
        try:
            assert proved(bytes(wrong)) == expected
        except ProofError:
            continue


def test_who_asks_at_the_same_time_as_another_adds_no_node_twice(place, tmp_path):
    """The threads of a server share a file of views, and each has a connection of its own."""
    place.append(sample_history(300)[12:])
    asked = checkpoint(lines(300))
    with (
        closing(schema.connect(tmp_path / "views.db")) as views,
        closing(schema.connect(tmp_path / "views.db")) as others,
    ):

        def rows(**which):
            assert is_of(others, place.log, asked)
            yield from place.log.rows(**which)

        assert is_of(views, SimpleNamespace(rows=rows), asked)
        assert tree.reach(views) == 300


def test_where_no_node_can_be_kept_a_proof_is_made_all_the_same(place, views, monkeypatch):
    expected = prove(views, place.log, checkpoint(lines(12)), ONE, [3])
    tree.forget(views)
    real = tree.grow

    def full(db, leaves, after):
        if db is views:
            raise DiskError(name="views.db", detail="full")
        real(db, leaves, after=after)

    monkeypatch.setattr(tree, "grow", full)
    assert prove(views, place.log, checkpoint(lines(12)), ONE, [3]) == expected
    assert is_of(views, place.log, checkpoint(lines(12)))
    assert tree.reach(views) == 0
