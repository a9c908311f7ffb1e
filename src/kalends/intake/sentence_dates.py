"""The date of a sentence, where its pieces stand apart, and what is left of it in a text."""

from collections.abc import Sequence

from kalends.dates.reader import Context, Reading, read, read_prefix
from kalends.domain.errors import KalendsError, UnreadableDateError
from kalends.domain.patterns import Pattern
from kalends.domain.when import COARSE
from kalends.intake import leftovers

_HOURS = "凌清早一上中正午下傍晚夜深当"
_CLOCK_ALONE = {"zh-time", "en-time"}
_BARE = {"zh-day", "en-day", "zh-weekday", "en-weekday"}  # whose month may stand elsewhere
_OPEN = COARSE | {"week", "ten-days"}  # a day may still follow
_LONE_DIGIT = Pattern("(?<![0-9])[0-3]$")  # of 14, when 4 stands elsewhere


def hours_of(when: Reading, rest: str, context: Context) -> tuple[Reading, int] | None:
    """Return a day with the hours that a text begins with, and where they end in it.

    They stand apart from their day: 7月14日团市委上午召开.
    """
    begins = rest[0] in _HOURS or rest[0].isdigit()
    if when.when.precision != "day" or not begins:
        return None
    day = when.when.text
    try:
        read_on = read_prefix(f"{day} {rest}", context)
    except KalendsError:
        return None
    if read_on is None or read_on[0].when.precision not in {"part", "minute"}:
        return None
    return read_on[0], read_on[1] - len(day) - 1


def of_words(words: Sequence[str], context: Context) -> tuple[Reading, int] | None:
    """Return the date that some of these words are, from the first on, and how many."""
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count])
        if not any(char.isdigit() for char in phrase) and phrase.isascii():
            continue  # in English only what bears a number is a date here: “may” is no month
        try:
            dated = read(phrase, context)
        except UnreadableDateError:
            continue
        except KalendsError:
            return None
        if dated.rule not in _CLOCK_ALONE:  # today's, but nobody said so
            return dated, count
    return None


def left(text: str, when: Reading | None) -> leftovers.Piece | None:
    """Return the first piece of a date that is left in a text."""
    is_open = when is None or when.rule in _BARE or when.when.precision in _OPEN
    is_torn = when is not None and _LONE_DIGIT.search(when.when.text) is not None
    return leftovers.piece(text, is_open=is_open, is_torn=is_torn)


def length_of_refused(rest: str, error: UnreadableDateError) -> int:
    """Return how much of a text the date takes that was refused, its part behind it too."""
    said, part = str(error.facts["text"]), str(error.facts["part"])
    end = max(rest.find(said), 0) + len(said)
    return end + len(part) if rest.startswith(part, end) else end
