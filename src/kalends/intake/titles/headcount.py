"""Reads the headcount at the end of a sentence.

Only an exact number is a headcount. What is about a number (约200人, about 200 people) is kept in
words, as it is in tables (`headcount_cell`).
"""

from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.persons import PERSONS, PERSONS_CHINESE
from kalends.intake.vocabulary.tags_and_place import SEAM

# Each pattern holds one of these words; they are looked for first, as the many patterns
# (`headcount_words`) take long to compile.
WORDS = ("人", "名", "位", "参", "到", "出席", "part", "attend", "headcount", "present", "came",
         *PERSONS)  # fmt: skip
# The last characters of all these.
LAST = frozenset("训听讲课看人次名位加与场会席右下上内多余几来到)）estdnxlf+")
# Behind a tag or a place that was taken out, a number of people stands apart, as behind a comma.
_BEHIND = Pattern(
    rf"{SEAM}\s+(?=(?:{'|'.join(PERSONS_CHINESE)})?(?:大?约|近|共|about )?\d[\d,]*\+?"
    rf"(?:[名位]?人次?| (?:{'|'.join(PERSONS)}))[\s{SEAM}]*$)",
    needs=SEAM,
)


_FIRST = Pattern(
    r"((?:约|近|共|大约)?[0-9]{1,5}(?:余|多)?(?:名|位|人)(?:[一-鿿]{1,4}?)?(?:参加|参与))[\s，,；;]+(?=\S)"
)
_REACH = 14


def headcount_apart(text: str) -> str:
    """Return a text with a comma before a headcount that stands behind a seam at its end."""
    if not any(part[:1].isspace() for part in text.split(SEAM)[1:]):
        return text
    return _BEHIND.sub(f"{SEAM}，", text)


def _headcount_last(title: str) -> str:
    """Return a title with the headcount behind it that stands before it: 约200人参加 志愿服务."""
    if not any(word in title[:_REACH] for word in ("参加", "参与")):
        return title
    first = _FIRST.match(title)
    return f"{title[first.end() :]}，{first[1]}" if first else title


def take_headcount(title: str) -> tuple[str, int | None, str | None]:
    """Return a title without the headcount around it, the count, and the words worth keeping.

    约200人参加 is no count, and its words are kept. What stands behind no mark and does not say
    that they took part (社区200多人) stays in the title.
    """
    title = _headcount_last(title)
    if title[-1:].casefold() not in LAST and not title[-1:].isdigit():
        return title, None, None
    if not any(word in title.casefold() for word in WORDS):
        return title, None, None
    from kalends.intake.titles.headcount_words import read_headcount  # noqa: PLC0415 - as said above

    return read_headcount(title)
