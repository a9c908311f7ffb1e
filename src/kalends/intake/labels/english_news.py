"""Leaves out who only announced what others do, and when: …, it announced on Monday.

report = Department "announced that" Department did | Department "said they had" done
       | sentence "," "it announced" [ day ]
"""

import re

from kalends.dates.vocabulary import WEEKDAYS, any_of
from kalends.domain.patterns import Pattern
from kalends.intake.labels.english_speakers import Named, names_in

_VERB = (
    "(?:said|says|announced|announces|reported|reports|confirmed|confirms|added|told (?:us|me))"
)
_DAY = rf"(?:(?: on| last| this)? (?:{any_of(*WEEKDAYS)}|today|yesterday))?"
_AT_END = Pattern(
    rf",\s+(?:it|he|she|they|officials?|organi[sz]ers|a spokes\w+|the \w+) {_VERB}"
    rf"(?: in an? \w+)?{_DAY}\s*\.?\s*$",
    re.IGNORECASE,
)
_THAT_THEY = Pattern(
    rf"\s+(?:has |have )?{_VERB}{_DAY}(?: that)? (?:it|they)(?:['’](?P<short>ll|ve|d)|(?= ))\s*"
    r"(?=[a-z])",
    re.IGNORECASE,
)
_THAT = Pattern(rf"\s+(?:has |have )?{_VERB}{_DAY} that (?=\S)", re.IGNORECASE)
_OURS = Pattern(r"\b(?:them|us|we|our)\b", re.IGNORECASE)
_THE = Pattern(r"\s*(?:the )?", re.IGNORECASE)
_SHORT = {"ll": "will ", "ve": "have ", "d": "had ", None: ""}


def without_report(text: str, named: Named) -> str:
    """Return a text without who announced it; they are named in it if nobody else is."""
    ending = _AT_END.search(text)
    if ending and not names_in(ending[0], named):
        text = text[: ending.start()]
    article = _THE.match(text)
    start = article.end() if article else 0
    name = named(text, start)
    if name is None:
        return text
    if they := _THAT_THEY.match(text, name[1]):
        return f"{text[: name[1]]} {_SHORT[they['short']]}{text[they.end() :].lstrip()}"
    that = _THAT.match(text, name[1])
    if that is None:
        return text
    rest = text[that.end() :]
    begins = _THE.match(rest)
    is_other = begins is not None and named(rest, begins.end()) is not None
    return rest if is_other and not _OURS.search(rest) else text
