"""What is looked for by hand, because its expression takes long to compile, is what that would find."""

import re

from hypothesis import given
from hypothesis import strategies as st

from kalends.dates.chinese_hours import _MORE, _OCLOCK, _PARTS, _stands
from kalends.dates.numerals import NUMBER
from kalends.intake.dates import durations, mending, torn_dates
from kalends.intake.departments import listed_names
from kalends.intake.departments.part_words import PART, PART_GOING_ON
from kalends.intake.heads import linked
from kalends.intake.vocabulary.joining_words import BEFORE_MARK, PARTS
from kalends.intake.vocabulary.naming import city_of
from kalends.intake.vocabulary.tags_and_place import SEAM
from kalends.intake.vocabulary.unknown_departments import DOING

OF = "0-9一二三四五六七八九十廿年月日号点时分半刻初末底上中下旬午早晚前后第季:apm"
PIECE = re.compile(f"[ ,]{{0,2}}(?:at |[至到~] ?)?([{OF}][{OF}-]{{0,9}})(?![^ ,.;:{SEAM}])")
MISTYPED = re.compile(
    f"[ ,]{{0,2}}(?:at |[至到~] ?)?[{OF}.]{{0,6}}([b-ln-oq-zB曰目用占])[{OF}.]{{0,6}}"
    f"(?![^ ,.;:{SEAM}])"
)
GOING_ON = re.compile(
    rf"\s*({PARTS}|(?:{'|'.join(BEFORE_MARK)})(?=\s*(?:[,，;；、的]|$)))"
    rf"(?=\s|(?<=主办|承办|协办)(?!方|单位|权|人|者|地)[一-鿿]"
    rf"|\s*(?:[,，;；、。的“《\"（({SEAM}]|$|{DOING}))"
)
CITY = re.compile("(?:共青团|中共)?([一-鿿]{2,3}市)(?=[一-鿿]{2})")
OF_CITIES = st.lists(
    st.sampled_from(["共青团", "中共", "市", "辽源", "委员会", "教", "局", "a", "县"]), max_size=6
).map("".join)
LINKS = re.compile(r"(?:[\s:：,，;；]|(?<=\s)[-–—](?=\s))+")
MARKS = re.compile(f"[^\\s\\w,，.。、;；:：{SEAM}]|_")
DANGLING = re.compile(r"[:/\\_|：／](?=\s|$)")
OF_MARKS = st.text(f" \t\u3000:：,，;；-–—/\\_|／。a团1{SEAM}", max_size=8)
OF_COUNTS = st.lists(
    st.sampled_from([*"1 -,", "two", "Ten", "day", "days", "weeks", "DAY", "for", "s", "open"])
).map(" ".join)
DIGITS_AND_MARKS = st.text(f" ,.;:-~至到atpmx1209月日点曰B团{SEAM}", max_size=11)
OF_PARTS = st.lists(
    st.sampled_from([*PARTS.split("|"), *BEFORE_MARK, *"，、的方局赴 a;", "联合", "走访", SEAM])
).map("".join)
OF_HOURS = st.text("0912一十两点时钟半整过分许 人位召间多晚早晨夜上午茶饭", max_size=8)


@given(DIGITS_AND_MARKS)
def test_a_piece_of_a_date_behind_a_date_is_found(text):
    piece, wrong = PIECE.match(text), MISTYPED.match(text)

    assert mending._piece(text) == (piece and piece.span(1))
    assert mending._mistyped(text) == (wrong.start(1) if wrong else None)


@given(OF_PARTS)
def test_a_part_going_on_is_found(text):
    found, expected = PART_GOING_ON.match(text), GOING_ON.match(text)

    assert (found and found.span(1)) == (expected and expected.span(1))
    assert PART.match(text) is None or PART.match(text)[1] in {
        *PARTS.split("|"), *BEFORE_MARK, "联合",
    }  # fmt: skip


@given(OF_HOURS)
def test_a_plain_hour_has_nothing_that_goes_on(text):
    whole, plain = re.match(_OCLOCK, text), re.match(f"({NUMBER}) ?([点时])", text)

    assert whole is None or plain is not None
    if plain and text[plain.end() :].lstrip(" ")[:1] not in _MORE:
        assert (whole.end(), whole[1], whole[2]) == (plain.end(), plain[1], plain[2])
        assert not any(whole.groups()[2:])


@given(OF_HOURS)
def test_a_part_of_the_day_is_found(text):
    from kalends.dates.chinese_hours import _PART

    found = re.match(_PART, text)
    assert next((word for word in _PARTS if _stands(text, 0, word)), None) == (found and found[1])


@given(OF_CITIES)
def test_the_city_of_an_office_is_found(text):
    found = CITY.match(text)

    assert city_of(text) == (found and found[1])


@given(OF_MARKS)
def test_marks_are_found(text):
    link, start = LINKS.match(text, 1), min(1, len(text))

    assert linked(text, start) == (link.end() if link else start)
    assert mending._has_mark(text) == (MARKS.search(text) is not None)
    assert torn_dates._without_dangling(text) == DANGLING.sub(" ", text)


@given(OF_COUNTS)
def test_counted_days_are_found(text):
    for words in (text, text.replace(" - ", "-")):
        assert durations._ENGLISH.search(words) is None or durations.is_counted(words)


@given(OF_PARTS)
def test_what_joins_departments_is_found(text):
    found = listed_names._BETWEEN.match(text)

    assert found is None or listed_names._may_join(text[:1])
