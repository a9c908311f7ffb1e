"""How many took part: read where it is exact, and no word of it is ever lost."""

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.intake import headcount
from kalends.intake.headcount import take_headcount

EXACT = (
    "，{}人",
    ", {}人",
    " 共{}人",
    "，共计{}人",
    " {}人参加",
    "，{}人参与",
    "，参加人数{}",
    "，参会{}人",
    "（{}人）",
    ", {} people",
    " ({} people)",
    ", {} participants",
    ", {} people attended",
    " with {} participants",
    ", attended by {} people",
)
MORE = ("，约{}人参加", " {}余人参加", "，{}名师生参加", ", about {} people attended")
LEFT = ("，约{}人", "，{}余人", " {}多人", ", about {} people", "社区{}人", " for {} people")


def _typed(count, way):
    digits = f"{count:,}" if way == "thousands" else str(count)
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return digits.translate(wide) if way == "wide" else digits


COUNTS = st.tuples(st.integers(1, 999_999), st.sampled_from(("plain", "thousands", "wide")))


@for_all(st.sampled_from(("走访", "visit")), st.sampled_from(EXACT), COUNTS)
def test_an_exact_count_is_read_however_it_is_written(title, form, count):
    assert take_headcount(title + form.format(_typed(*count))) == (title, count[0], None)


@for_all(st.sampled_from(("走访", "visit")), st.sampled_from(MORE), COUNTS)
def test_what_says_more_than_the_number_is_kept_in_words(title, form, count):
    words = form.format(_typed(*count))
    assert take_headcount(title + words) == (title, count[0], words.strip(" ，,"))


@for_all(st.sampled_from(("走访", "visit")), st.sampled_from(LEFT), COUNTS)
def test_what_is_not_exact_stays_in_the_title(title, form, count):
    words = form.format(_typed(*count))
    assert take_headcount(title + words) == (title + words, None, None)


@pytest.mark.parametrize(
    "title",
    [
        "走访社区1，200人参加",  # 200 in one community, or 1,200?
        "走访，三十人参加",
        "走访 三十多人",
        "走访，20-30人参加",
        "visit, 12,34 people",
        "10人",
    ],
)
def test_a_count_that_may_be_another_stays_in_the_title(title):
    assert take_headcount(title) == (title, None, None)


@for_all(st.sampled_from((headcount._PLAIN, headcount._SAYING_MORE)), st.data())
def test_whatever_is_read_as_a_headcount_holds_a_word_that_is_looked_for_first(pattern, data):
    counted = data.draw(st.from_regex(pattern.compiled))

    assert any(word in counted.casefold() for word in headcount._WORDS)
