"""How many took part: read where it is exact, and no word of it is ever lost."""

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.intake.titles import headcount, headcount_words
from kalends.intake.titles.headcount import take_headcount

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
MORE = ("，{}名师生参加", "，{}位居民参与", ", {} residents attended")
BEFORE = ("约", "共约", "近", "超过", "逾", "不少于", "大约", "大概", "不足", "上", "约 ")
BEHIND = ("余", "多", "来", "+")
ABOUT = (
    *(f"，{word}{{}}人" for word in BEFORE),
    *(f" {word}{{}}人参加" for word in BEFORE),
    *(f"，{{}}{word}人" for word in BEHIND),
    *(f"，共{{}}{word}人次参与" for word in BEHIND),
    *(
        "，{}人左右",
        "，{}人上下参加",
        "（约{}人）",
        "，约{}名师生参加",
        "，10-{}人",
        "，10 - {}人参加",
    ),
    *(
        ", about {} people",
        ", nearly {} people attended",
        " (some {} people)",
        ", 10 to {} people",
    ),
    *(" with about {} participants", ", over {} residents took part", ", {} or so people"),
)
LEFT = (
    " {}多人",
    "社区{}人",
    " for {} people",
    ", {} schools took part",
    "，{}个社区参与",
    "，每组{}人",
)


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


@for_all(st.sampled_from(("走访", "visit")), st.sampled_from(ABOUT), COUNTS)
def test_what_is_about_a_number_is_no_headcount_and_is_kept_in_words(title, form, count):
    words = form.format(_typed(*count))
    kept = words.strip(" ，,（()）")
    assert take_headcount(title + words) == (title, None, kept)


@for_all(
    st.sampled_from(("走访", "visit ", "走访，", "visit, ")),
    st.sampled_from((*BEFORE, "about ", "some ", "10-", "10 to ", "十到", "10、", "")),
    st.integers(1, 999_999),
    st.sampled_from((*BEHIND, " or so ", "")),
    st.sampled_from(("人", "名群众", " people", "人次", "")),
    st.sampled_from(("参加", "到场", " attended", "左右", "")),
)
def test_no_word_beside_a_number_is_lost(title, before, count, behind, persons, ending):
    said = f"{title}{before}{count}{behind}{persons}{ending}"
    left, number, kept = take_headcount(said)
    if before or behind or ending == "左右":
        assert number is None
    if number is None:
        assert "".join(f"{left}{kept or ''}".split()) == "".join(
            said.replace("，", "" if kept else "，").replace(", ", "" if kept else ", ").split()
        )


@for_all(st.sampled_from(("走访", "visit")), st.sampled_from(LEFT), COUNTS)
def test_what_does_not_say_that_they_took_part_stays_in_the_title(title, form, count):
    words = form.format(_typed(*count))
    assert take_headcount(title + words) == (title + words, None, None)


@pytest.mark.parametrize(
    "title",
    [
        "走访社区1，200人参加",  # 200 in one community, or 1,200?
        "走访 三十多人",
        "visit, 12,34 people",
        "10人",
        "fair, Police and 20 people attended",
        "清扫，每户10人参加",
    ],
)
def test_a_count_that_may_be_another_stays_in_the_title(title):
    assert take_headcount(title) == (title, None, None)


@pytest.mark.parametrize(
    ("title", "count", "words"),
    [
        ("走访，三十人参加", 30, None),
        ("走访，三十多人", None, "三十多人"),
        ("走访，近百人参加", None, "近百人参加"),
        ("走访，三五人参加", None, "三五人参加"),
        ("visit, hundreds of people attended", None, "hundreds of people attended"),
    ],
)
def test_numbers_in_words_are_read_as_in_tables(title, count, words):
    assert take_headcount(title)[1:] == (count, words)


@pytest.mark.campaign
@for_all(
    st.sampled_from((headcount_words._PLAIN, headcount_words._SAYING_MORE)),
    st.data(),
)
def test_whatever_is_read_as_a_headcount_holds_a_word_that_is_looked_for_first(pattern, data):
    counted = data.draw(st.from_regex(pattern.compiled))

    assert any(word in counted.casefold() for word in headcount.WORDS)
    assert counted.strip()[-1].casefold() in headcount.LAST or counted.strip()[-1].isdigit()


@for_all(
    st.integers(2, 99),
    st.integers(2, 99),
    st.sampled_from(
        ("走访，老师{}人，学生{}人", "走访，志愿者{}名，居民{}人", "走访，{}人，学生{}人")
    ),
)  # fmt: skip
def test_of_two_counts_none_is_the_headcount(first, second, sentence):
    title = sentence.format(first, second)
    assert take_headcount(title) == (title, None, None)
