import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.words import words
from kalends.words.visible import visible

HIDDEN = st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp"])
TEXTS = st.text(
    st.one_of(
        HIDDEN, st.characters(), st.sampled_from("☺❤👩💻🏽♂\u200d\ufe0f\u20e3\u3164\u2800\ufeff")
    )
)


@given(TEXTS)
def test_nothing_hidden_is_left_but_what_dresses_a_picture(text):
    for before, character in zip(["", *visible(text)], visible(text), strict=False):
        if character in "\u200d\ufe0e\ufe0f":
            assert before, "at the beginning it dresses nothing"
            continue
        assert unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        assert character not in "\u034f\u115f\u1160\u3164\uffa0\u2800\U000e0100"


@given(TEXTS)
def test_a_json_document_stays_one_and_says_the_same(text):
    document = json.dumps({"said": text}, ensure_ascii=False)

    assert json.loads(visible(document)) == json.loads(document)


@given(TEXTS)
def test_what_is_visible_is_not_changed_again(text):
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("召开推进会", "召开推进会"),
        ("a\x1b[2Jb", "a\\u001b[2Jb"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("团\u202e委", "团\\u202e委"),
        ("\U000e0041", "\\udb40\\udc41"),
        ("\udc80", "\\udc80"),
        ("\u3164市", "\\u3164市"),
        ("a\u200db", "a\\u200db"),
        ("教\ufe00", "教\\ufe00"),
        ("👩🏽\u200d💻", "👩🏽\u200d💻"),
        ("❤\ufe0f 1\ufe0f\u20e3", "❤\ufe0f 1\ufe0f\u20e3"),
    ],
)
def test_these_are_written_so(text, shown):
    assert visible(text) == shown


def test_what_may_stay_stays():
    assert visible("a\nb\x07", but="\n") == "a\nb\\u0007"


def test_a_field_of_a_message_is_made_visible():
    assert words("en").say("{name}: {value}", name="a\x1b", value=3) == "a\\u001b: 3"
