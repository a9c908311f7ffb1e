"""Words that can stand in the record, and those that cannot."""

import sys
import unicodedata

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.domain import text as texts
from kalends.domain.errors import CharacterError, EmptyTextError, LongTextError, TextError
from kalends.domain.text import (
    LIMITS,
    clean,
    clean_actor,
    clean_or_none,
    clean_tag,
    fold,
    unseen,
    without_unseen,
)

FORBIDDEN = {
    "controls of ASCII": range(0x20),
    "delete and controls of Latin 1, among them the next-line U+0085": range(0x7F, 0xA0),
    "separators of lines and paragraphs": (0x2028, 0x2029),
    "marks that turn the direction of writing": (
        *(0x061C, 0x200E, 0x200F),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ),
    "the mark of byte order": (0xFEFF,),
    "half of a pair": range(0xD800, 0xE000),
    "characters that are none": (
        *range(0xFDD0, 0xFDF0),
        *(plane * 0x10000 + last for plane in range(17) for last in (0xFFFE, 0xFFFF)),
    ),
}


@pytest.mark.parametrize("codes", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_a_character_that_breaks_readers_is_refused_by_name_and_place(codes):
    for code in codes:
        with pytest.raises(CharacterError) as refused:
            clean(f"推进{chr(code)}会", "title")
        assert refused.value.fields == {
            "field": "title",
            "character": f"U+{code:04X}",
            "place": 3,
        }


def test_the_place_of_a_character_is_counted_in_what_was_typed():
    with pytest.raises(CharacterError) as refused:
        clean("　　a\tb", "title")
    assert refused.value.fields["place"] == 4


def test_every_direction_mark_of_unicode_is_among_them():
    turning = {
        chr(code)
        for code in range(0x110000)
        if unicodedata.bidirectional(chr(code))
        in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    }
    assert turning <= set(map(chr, FORBIDDEN["marks that turn the direction of writing"]))


def test_words_are_trimmed_and_composed():
    assert clean(" \u3000\u00a0推进会 \u3000", "title") == "推进会"
    assert clean("Cafe\u0301", "title") == "Café"


def test_what_people_write_stands():
    for text in ("第一届“创城”推进会（扩大）", "𠮷野家", "👨‍👩‍👧 family day", "naïve — ½ €"):
        assert clean(text, "title") == text


@pytest.mark.parametrize("text", ["", " ", "\u3000\u00a0", "\u200b", " \u2003\u00ad\u2060 "])
def test_a_text_of_which_nothing_is_seen_is_empty(text):
    with pytest.raises(EmptyTextError):
        clean(text, "title")
    assert clean_or_none(text, "place") is None


def test_what_is_not_given_stays_not_given():
    assert clean_or_none(None, "place") is None
    assert clean_or_none(" 会议室", "place") == "会议室"


def test_what_is_not_given_may_not_hide_a_control():
    with pytest.raises(CharacterError):
        clean_or_none("\x00", "place")


def test_only_a_description_has_lines():
    assert clean("\n第一行\n\n第二行\n ", "description") == "第一行\n\n第二行"
    assert clean_or_none("\n \n", "description") is None
    for field in LIMITS.keys() - {"description"}:
        with pytest.raises(CharacterError):
            clean("第一行\n第二行", field)


@pytest.mark.parametrize(("field", "limit"), LIMITS.items())
def test_a_text_may_be_as_long_as_its_field(field, limit):
    assert clean("字" * limit, field) == "字" * limit
    with pytest.raises(LongTextError) as refused:
        clean("字" * (limit + 1), field)
    assert refused.value.fields == {"field": field, "length": limit + 1, "limit": limit}


def test_a_text_is_measured_as_it_is_kept():
    assert len(clean("e\u0301" * 40, "tag")) == 40
    with pytest.raises(LongTextError):
        clean("\u0958" * 40, "tag")


# Whatever a keyboard, a file or an attacker may send, halves of pairs among it.
anything = st.text(st.characters(exclude_categories=()), max_size=30)


@for_all(anything, st.sampled_from([*LIMITS]))
def test_what_is_accepted_once_is_accepted_again(text, field):
    try:
        once = clean(text, field)
    except TextError:
        return
    assert clean(once, field) == once
    assert once.encode()
    assert fold(once)


def test_a_tag_loses_its_mark():
    assert clean_tag(" #推进会 ") == clean_tag("推进会") == "推进会"


@pytest.mark.parametrize("text", ["#", "# ", ""])
def test_a_mark_alone_is_no_tag(text):
    with pytest.raises(TextError):
        clean_tag(text)


@pytest.mark.parametrize(
    "text", [*("a" + sign + "b" for sign in ' ,;，；/\\:*?"<>|#@'), ".a", "a.", "..", "##a"]
)
def test_a_tag_is_one_word_that_can_be_a_files_name(text):
    with pytest.raises(TextError) as refused:
        clean_tag(text)
    assert refused.value.fields["field"] == "tag"


@for_all(anything)
def test_a_tag_accepted_once_is_accepted_again(text):
    try:
        tag = clean_tag(text)
    except TextError:
        return
    assert clean_tag(tag) == tag


@pytest.mark.parametrize("text", ["liu", " 刘洋 ", "liu.yang+office@liaoyuan", "_bot-1"])
def test_a_handle_is_letters_digits_and_a_few_marks(text):
    assert clean_actor(text) == text.strip()


@pytest.mark.parametrize("text", ["@liu", "liu yang", "-n", "a/b", "a:b", "<a>"])
def test_a_handle_is_nothing_else(text):
    with pytest.raises(TextError) as refused:
        clean_actor(text)
    assert refused.value.fields["field"] == "actor"
    assert refused.value.fields["value"] == text
    assert refused.value.fields["character"] in text


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("ＣＤＣ", "cdc"),
        ("团市委", "团 市　委"),
        ("团市委", "团\u200b市\u2060委"),
        ("Straße", "STRASSE"),
        ("（市）", "(市)"),
    ],
)
def test_names_that_look_alike_are_one_name(first, other):
    assert fold(first) == fold(other)


@for_all(anything)
def test_a_folded_name_stays_as_it_is(text):
    assert fold(fold(text)) == fold(text)


UNSEEN = "\u00ad\u034f\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u2060\u2063\u206f\u2800\u3164\ufe00\ufe0f\uffa0\U000e0001\U000e0041\U000e0100"


@pytest.mark.parametrize("field", sorted(LIMITS.keys() - {"quote"}))
@pytest.mark.parametrize("sign", [*UNSEEN])
def test_what_nobody_sees_is_refused_in_every_field(field, sign):
    with pytest.raises(CharacterError) as refused:
        clean(f"5G{sign}市", field)
    assert refused.value.fields["place"] == 3


def test_a_quotation_holds_what_its_document_holds():
    assert clean("团\u200b市委", "quote") == "团\u200b市委"


@pytest.mark.parametrize(
    "text",
    [
        "👨\u200d👩\u200d👧 family day",
        "❤\ufe0f\u200d🔥 关爱日",
        "☎\ufe0e 热线",
        "1\ufe0f\u20e3 第一场",
        "👩🏽\u200d🚒 消防日",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "葛\U000e0101城街道",
        "辻\U000e0100老师讲座",
        "می\u200cخواهم",
        "क्\u200dष",
        "ᠮᠣᠩᠭᠣᠯ\u180bᠪᠣᠯ",
    ],
)
def test_what_letters_and_pictures_are_drawn_with_stands(text):
    assert clean(text, "title") == text
    assert without_unseen(text) == text


@pytest.mark.parametrize(
    "text", ["\ufe0f市", "\u200d🔥", "🔥\u200d", "市\ufe00", "a\u200db", "市\u200d委"]
)
def test_the_same_marks_are_refused_where_they_draw_nothing(text):
    assert unseen(text)
    with pytest.raises(CharacterError):
        clean(text, "title")


def test_what_writes_backwards_is_refused_and_never_dropped():
    assert without_unseen("团\u202e市\u200b委\u200e") == "团\u202e市委"


@for_all(st.text(st.sampled_from("团市委5G🔥❤葛क्" + UNSEEN)))
def test_what_is_left_without_the_unseen_has_none_and_compares_alike(text):
    left = without_unseen(text)
    assert unseen(left) == []
    assert fold(left) == fold(text)


def test_names_with_letters_that_nobody_sees_are_one_name():
    assert fold("团\u3164市\ufe00委\uffa0") == fold("团市委")
    assert fold("葛\U000e0101城") == fold("葛城")


def test_what_is_taken_as_plain_has_no_invisible_character():
    """Of all characters: a text of letters, digits and ASCII is not searched further."""
    for point in range(sys.maxunicode + 1):
        character = chr(point)
        if texts._IS_UNSEEN.search(character):
            assert not texts._is_plain(f"会{character}议 1")
            assert character not in texts.fold(f"会{character}议")
        elif character.isascii() or character.isalnum():
            assert texts._is_plain(f"会{character}议 1")


@pytest.mark.parametrize("character", ["\ufff9", "\ufffa", "\ufffb", "\ufffc"])
def test_what_stands_for_a_picture_or_a_note_is_no_letter(character):
    with pytest.raises(CharacterError):
        clean(f"民政{character}局", "name")
    assert without_unseen(f"民政{character}局") == "民政局"
    assert fold(f"民政{character}局") == "民政局"
