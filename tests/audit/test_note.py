"""Keys and signed notes, in their one form and in every wrong one."""

import hashlib

import pytest

from audit_examples import KEY, NAME, OTHER
from kalends.audit.note import (
    ForeignNoteError,
    ForgedNoteError,
    NoteError,
    PrivateKey,
    PublicKey,
    decoded,
    encoded,
    opened,
)

TEXT = "one\ntwo\n"
NOTE = KEY.sign(TEXT)
PUBLIC = KEY.public.written()

# The note of golang.org/x/mod/sumdb/note's documentation: facts of another program.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SPOKEN = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETERS = (
    f"{SPOKEN}\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()


def spelt(octets):
    return f"{NAME}+{KEY.public.hash.hex()}+{encoded(octets)}"


def open_(text, *keys):
    return opened(text.encode(), keys or [KEY.public])


def test_a_note_of_another_program_is_opened():
    name, _, body = PETER.split("+")
    assert opened(PETERS, [PublicKey(name, decoded(body)[1:])]) == SPOKEN


def test_a_note_is_opened_as_it_was_signed():
    assert open_(NOTE) == TEXT
    assert KEY.sign(TEXT) == NOTE


def test_what_was_signed_may_hold_empty_lines():
    assert open_(KEY.sign("one\n\n\ntwo\n")) == "one\n\n\ntwo\n"


def test_the_keys_come_back_from_their_text():
    assert PublicKey.read(PUBLIC) == KEY.public
    again = PrivateKey.read(KEY.written())
    assert (again.public, again.sign(TEXT)) == (KEY.public, NOTE)


def test_other_signatures_are_passed_over():
    also = OTHER.sign(TEXT).partition("\n\n")[2]
    assert open_(NOTE + also) == TEXT
    assert open_(NOTE + also, OTHER.public, KEY.public) == TEXT
    assert open_(KEY.sign(TEXT) + "— witness AAAAAAE=\n") == TEXT


def test_a_trusted_key_s_wrong_signature_is_forged_even_beside_a_good_one():
    with pytest.raises(ForgedNoteError):
        open_(NOTE.replace("one", "two"))
    wrong = OTHER.sign("another\n").partition("\n\n")[2]
    with pytest.raises(ForgedNoteError):
        open_(NOTE + wrong, KEY.public, OTHER.public)
    with pytest.raises(ForgedNoteError, match=NAME):
        open_(f"{TEXT}\n— {NAME} {encoded(KEY.public.hash + bytes(63))}\n")


def test_a_note_that_nobody_trusted_has_signed_is_foreign():
    for keys in ([OTHER.public], []):
        with pytest.raises(ForeignNoteError):
            opened(NOTE.encode(), keys)
    renamed = PublicKey("someone", KEY.public.raw)
    with pytest.raises(ForeignNoteError):
        open_(NOTE, renamed)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\n\n",
        "one\n",
        "one\n\n",
        NOTE.removesuffix("\n"),
        NOTE + "\n",
        NOTE + "more\n",
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("one", "o\tne"),
        NOTE.replace("—", "-"),
        NOTE.replace("— ", "—"),
        NOTE.replace(f"{NAME} ", f"{NAME}  "),
        NOTE.replace(NAME, "a+b"),
        NOTE.replace(NAME, ""),
        NOTE.replace(NAME, "a\u3000b"),
        f"{TEXT}\n— {NAME} \n",
        f"{TEXT}\n— {NAME} {encoded(KEY.public.hash + bytes(64)).rstrip('=')}\n",
        f"{TEXT}\n— {NAME} é\n",
    ],
)
def test_what_is_not_in_the_form_of_a_note_is_none(text):
    with pytest.raises(NoteError) as caught:
        open_(text)
    assert type(caught.value) is NoteError


@pytest.mark.parametrize(
    ("signature", "error"),
    [(b"", NoteError), (b"x", ForeignNoteError), (KEY.public.hash, ForgedNoteError)],
)
def test_a_signature_that_is_too_short_is_nobodys(signature, error):
    with pytest.raises(NoteError) as caught:
        open_(f"{TEXT}\n— {NAME} {encoded(signature)}\n")
    assert type(caught.value) is error


@pytest.mark.parametrize(
    "name", ["a\u00a0b", "a\u2028b", "a\u202eb", "a\u200bb", "a\x7fb", "a\x85b", "\ufeffa"]
)
def test_a_name_with_a_character_that_nobody_sees_is_none(name):
    assert open_(NOTE + "— witness.例 AAAAAAE=\n") == TEXT
    with pytest.raises(NoteError) as caught:
        open_(NOTE + f"— {name} AAAAAAE=\n")
    assert type(caught.value) is NoteError


def small_orders():
    """Return every spelling of every point of small order, canonical or not."""
    p, eighth = 2**255 - 19, 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
    ys = [0, 1, p - 1, p, p + 1, eighth, p - eighth, 2 * p]
    return [
        (y + sign * 2**255).to_bytes(32, "little") for y in ys for sign in (0, 1) if y < 2**255
    ]


@pytest.mark.parametrize("octets", small_orders())
def test_a_key_of_small_order_has_signed_nothing(octets):
    key = PublicKey(NAME, octets)
    for r in small_orders():
        for s in (0, 1, 8, 2**252 + 27742317777372353535851937790883648493):
            assert not key.has_signed(b"any", r + s.to_bytes(32, "little"))


@pytest.mark.parametrize("r", small_orders())
def test_a_signature_that_begins_with_small_order_is_nobodys(r):
    # With the seed known, S = k·a is a right signature for R = 0: libraries take it.
    digest = hashlib.sha512(KEY._seed).digest()
    a = int.from_bytes(digest[:32], "little") & (2**254 - 8) | 2**254
    k = int.from_bytes(hashlib.sha512(r + KEY.public.raw + b"any").digest(), "little")
    s = k * a % (2**252 + 27742317777372353535851937790883648493)
    assert not KEY.public.has_signed(b"any", r + s.to_bytes(32, "little"))


def test_octets_that_are_no_text_are_no_note():
    with pytest.raises(NoteError):
        opened(b"\xff" + NOTE.encode(), [KEY.public])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000",
        PUBLIC + "\n",
        " " + PUBLIC,
        PUBLIC.replace(NAME, ""),
        PUBLIC.replace(NAME, "na me"),
        PUBLIC.replace(NAME, "another"),
        PUBLIC.replace(NAME, "\udcff"),
        PUBLIC.replace(KEY.public.hash.hex(), KEY.public.hash.hex().upper()),
        PUBLIC.replace(KEY.public.hash.hex(), ""),
        spelt(b"\x02" + KEY.public.raw),
        spelt(b"\x01" + KEY.public.raw[1:]),
        spelt(b"\x01" + KEY.public.raw + b"1"),
        KEY.written(),
    ],
)
def test_a_public_key_has_one_encoding(text):
    with pytest.raises(NoteError):
        PublicKey.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        PUBLIC,
        KEY.written() + "\n",
        KEY.written().removeprefix("PRIVATE+KEY+"),
        KEY.written().replace(KEY.public.hash.hex(), "00000000"),
        "PRIVATE+KEY+" + spelt(b"\x02" + bytes(range(32))),
        "PRIVATE+KEY+" + spelt(b"\x01" + bytes(range(31))),
        f"PRIVATE+KEY+{NAME}+{KEY.public.hash.hex()}+!",
    ],
)
def test_a_private_key_has_one_encoding_and_is_never_told(text):
    with pytest.raises(NoteError) as caught:
        PrivateKey.read(text)
    assert encoded(bytes(range(32)))[2:20] not in str(caught.value)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\n", "\udcff"])
def test_a_key_has_a_name_that_a_signature_can_bear(name):
    with pytest.raises(NoteError):
        PrivateKey(name, bytes(32))


@pytest.mark.parametrize("text", ["AA", "AA=", "AA==\n", "AB==", "A A=", "AA-_", "é"])
def test_octets_have_one_encoding_in_base64(text):
    with pytest.raises(NoteError):
        decoded(text)
    assert decoded("AA==") == b"\0"
