"""Checkpoints: C2SP tlog-checkpoint, read no more kindly than written."""

import pytest

from audit_examples import KEY, NAME, OTHER
from kalends.audit.checkpoint import origin_of, read, signed
from kalends.audit.note import (
    ForeignNoteError,
    ForgedNoteError,
    NoteError,
    PrivateKey,
    PublicKey,
    RetiredNoteError,
    encoded,
)

ROOT = bytes(range(32))
ROOT_TEXT = encoded(ROOT)


def note(text, *signers):
    made = (signer.sign(text).rpartition("\n\n")[2] for signer in signers or [KEY])
    return f"{text}\n{''.join(made)}".encode()


def test_a_checkpoint_says_whose_log_how_long_and_its_root():
    checkpoint = signed(KEY, 48, ROOT)
    assert checkpoint.content.decode().startswith(f"{NAME}\n48\n{ROOT_TEXT}\n\n— {NAME} ")
    assert read(checkpoint.content, [KEY.public]) == checkpoint
    assert origin_of("0a1b2c3d4e5f") == NAME


@pytest.mark.parametrize("size", [0, 1, 10**15 - 1])
def test_any_size_comes_back(size):
    assert read(signed(KEY, size, ROOT).content, [KEY.public]).size == size


@pytest.mark.parametrize(
    "text",
    [
        "\n",
        f"{NAME}\n",
        f"{NAME}\n1\n",
        f"{NAME}\n1\n\n",
        f"{NAME}\n\n{ROOT_TEXT}\n",
        f"{NAME}\n1\n{ROOT_TEXT}\nmore\n",
        f"{NAME}\n1\n{ROOT_TEXT}\n\n",
        f"\n{NAME}\n1\n{ROOT_TEXT}\n",
        f"{NAME}\n01\n{ROOT_TEXT}\n",
        f"{NAME}\n-1\n{ROOT_TEXT}\n",
        f"{NAME}\n+1\n{ROOT_TEXT}\n",
        f"{NAME}\n1.0\n{ROOT_TEXT}\n",
        f"{NAME}\n1 \n{ROOT_TEXT}\n",
        f"{NAME}\n1_0\n{ROOT_TEXT}\n",
        f"{NAME}\n１\n{ROOT_TEXT}\n",
        f"{NAME}\n²\n{ROOT_TEXT}\n",
        f"{NAME}\n{10**15}\n{ROOT_TEXT}\n",
        f"{NAME}\n{'9' * 5000}\n{ROOT_TEXT}\n",
        f"{NAME}\n1\n{ROOT_TEXT.rstrip('=')}\n",
        f"{NAME}\n1\n{encoded(ROOT[:31])}\n",
        f"{NAME}\n1\n{encoded(ROOT + b'1')}\n",
        f"{NAME}\n1\n{ROOT_TEXT[:-2]}9=\n",
    ],
)
def test_what_is_signed_but_not_in_the_form_is_no_checkpoint(text):
    with pytest.raises(NoteError) as caught:
        read(note(text), [KEY.public])
    assert type(caught.value) is NoteError


def test_the_checkpoint_of_another_log_is_foreign_though_a_trusted_key_signed_it():
    other = PrivateKey("kalends/another00000", bytes(32))
    text = f"{NAME}\n1\n{ROOT_TEXT}\n"
    for keys in ([other.public], [other.public, KEY.public]):
        with pytest.raises(ForeignNoteError):
            read(note(text, other), keys)
    assert read(note(text, other, KEY), [other.public, KEY.public]).size == 1


def test_who_signed_is_told_from_who_forged():
    checkpoint = signed(OTHER, 1, ROOT)
    with pytest.raises(ForeignNoteError):
        read(checkpoint.content, [KEY.public])
    with pytest.raises(ForgedNoteError):
        read(checkpoint.content.replace(b"\n1\n", b"\n2\n"), [OTHER.public])


def test_no_bit_of_a_checkpoint_may_change():
    octets = signed(KEY, 48, ROOT).content
    for bit in range(8 * len(octets)):
        changed = bytearray(octets)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(NoteError):
            read(bytes(changed), [KEY.public])


def test_a_retired_key_has_signed_up_to_its_size_and_nothing_beyond():
    retired = KEY.public._replace(until=48)
    assert PublicKey.read(retired.written()) == retired
    for size in (0, 47, 48):
        assert read(signed(KEY, size, ROOT).content, [retired]).size == size
    beyond = signed(KEY, 49, ROOT).content
    for keys in ([retired], [retired, KEY.public], [KEY.public, retired], [OTHER.public, retired]):
        with pytest.raises(RetiredNoteError):
            read(beyond, keys)
    assert read(note(f"{NAME}\n49\n{ROOT_TEXT}\n", KEY, OTHER), [retired, OTHER.public]).size == 49


def test_who_was_not_the_retired_key_is_only_a_stranger():
    with pytest.raises(ForeignNoteError) as stranger:
        read(signed(OTHER, 49, ROOT).content, [KEY.public._replace(until=48)])
    assert not isinstance(stranger.value, RetiredNoteError)
