"""A cell that says how many people took part: an exact number, or words that are about one."""

from kalends.dates.numerals import CHINESE, TwoNumbersError, number
from kalends.domain.errors import FieldTypeError
from kalends.domain.patterns import Pattern
from kalends.words import Message

WIDE = str.maketrans("０１２３４５６７８９，．＋", "0123456789,.+")
_FIGURES = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+"
_PERSONS = "(?:[名位个]?人(?:次|员)?|[名位]|people|persons?|participants?|attendees?)"
_TOTAL = "(?:共计|共有|共|合计|总计|total:?)"
_ATTENDED = "(?:参加|参与|参会|到会|到场|出席|attended|took part|participated)"
_EXACT = Pattern(
    rf"{_TOTAL}? ?({_FIGURES}|{CHINESE})(?:\.0+)? ?{_PERSONS}? ?{_ATTENDED}?",
)
_NUMERALS = "[〇零一二三四五六七八九十廿卅百千万亿两几数半]+"
_WORDS = (
    "(?:dozens|scores|hundreds|thousands|a (?:few )?(?:dozen|hundred|thousand)|"
    "(?:two|three|several) hundred) ?(?:of)?"
)
_NUMBER = rf"(?:(?:{_FIGURES})(?:\.[0-9]+)?[百千万亿]+|{_FIGURES}|{_NUMERALS}|{_WORDS}|若干)"
ABOUT = (
    "(?:共约|大约|大概|约莫|约|将近|接近|近|超过|超|逾|不少于|不足|不到|至少|最多|最少|上|小|估计|预计|"
    "[~～≈><≥≤]|about|around|roughly|approximately|approx\\.?|circa|ca?\\.|some|nearly|almost|over|"
    "more than|less than|fewer than|up to|at least|at most|an estimated|estimated)"
)
_OR_SO = "(?:[余多来几+]|左右|上下|以上|以下|以内|不到|or so|or more|plus)"
_WHO = "(?:[名位个][一-鿿]{1,8})"
_SAID = (
    rf"{_TOTAL}? ?{ABOUT}? ?{_NUMBER} ?{_OR_SO}? ?(?:{_WHO}|{_PERSONS})? ?{_OR_SO}? ?{_ATTENDED}?"
)
_IN_WORDS = Pattern(rf"{_SAID}(?: ?(?:[-–—~～至到]|to) ?{_SAID})?")
# In a sentence (`headcount_words`) the words also say that it is people who are counted.
ROUGHLY = (
    rf"{_TOTAL}? ?{ABOUT}? ?{_NUMBER} ?{_OR_SO}?"
    rf"(?: ?(?:[-–—~～至到或、]|to|or) ?{_NUMBER} ?{_OR_SO}?)?"
)


def exact_count(text: str) -> int | None:
    """Return the exact number that words are, or None: 三十人, not 三十多人."""
    folded = " ".join(text.translate(WIDE).casefold().split())
    found = _EXACT.fullmatch(folded)
    try:
        return None if found is None else number(found[1].replace(",", ""))
    except TwoNumbersError:  # 三五人, three to five
        return None


def headcount_of(text: str) -> int | None:
    """Return the exact number in a cell; None for words that are about a number (约30人).

    Raises `FieldTypeError` for anything else, so that it comes back with a reason.
    """
    folded = " ".join(text.translate(WIDE).casefold().split())
    if _EXACT.fullmatch(folded) is None and _IN_WORDS.fullmatch(folded) is None:
        raise FieldTypeError(
            name=Message("headcount"), expected=Message("a whole number"), found=Message("a text")
        )
    return exact_count(text)
