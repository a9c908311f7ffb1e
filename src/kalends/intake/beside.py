"""What touches a date in a sentence: whole words, no halves of dates and clock times.

`mending` finds a longer date by reading again. Here are the pieces that no mending makes whole:
a number alone before the day (31 4 July), a word that is nearly one of a date (mornng, Fridayext),
a time of day behind debris (moeks morning).
"""

from kalends.dates.folding import normalise
from kalends.domain.patterns import Pattern
from kalends.intake.marks import SEAM

_WORDS = (
    *("january", "february", "august", "september", "october", "november", "december"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("morning", "afternoon", "evening", "midnight", "tomorrow", "yesterday", "tonight"),
)
_SHORTER = ("july", "june", "april", "next", "last")
_LACKING = {word[:n] + word[n + 1 :] for word in _SHORTER for n in range(len(word))} - {
    *("jul", "jun"),
}
_LETTERS = "bcdefghjklmnopqrstuvwxyz"
_ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyz0123456789"
_LAST_WORD = Pattern(f"([a-z0-9]+)[^a-z0-9一-鿿{SEAM}]*$", needs=_ALPHANUMERIC)
_FIRST_WORD = Pattern("[^a-z0-9一-鿿]*(?:of )?([a-z0-9]+)(?![一-鿿])", needs=_ALPHANUMERIC)
_HALF_CLOCK = Pattern(
    "[0-9]{1,2}(?:[ap]|[ap]{2,}m?|[ap]mm+)|[0-9]{1,2}[b-z][0-9]{1,2}", needs="0123456789"
)
_HOURS_BEHIND_DEBRIS = Pattern(
    rf"^\W*(?:[^\s{SEAM}]+\s+){{0,2}}(?:morning|afternoon|evening|noon|midday|midnight|[ap]m)\W*{SEAM}",
    needs="nm",
)


def broken(before: str, date: str, behind: str) -> tuple[str, str]:
    """Return what is broken before and behind a date, empty where nothing is.

    Names are seams in what stands before and behind.
    """
    left, right = normalise(before), normalise(behind)
    if hours := _HOURS_BEHIND_DEBRIS.match(right):
        return "", behind[: hours.end() - 1].strip()
    last = _LAST_WORD.search(left)
    if last and (_is_nearly(last[1]) or _is_alone(last[1], date)):
        return before[last.start() :].strip(), ""
    first = _FIRST_WORD.match(right)
    if first and (_is_nearly(first[1]) or _HALF_CLOCK.fullmatch(first[1])):
        return "", behind[slice(*first.span(1))]
    return "", ""


def _is_alone(word: str, date: str) -> bool:
    """Tell whether it is a number right before another one, or a letter that is no word."""
    return (word.isdigit() and date[:1].isdigit()) or (len(word) == 1 and word in _LETTERS)


def _is_nearly(word: str) -> bool:
    """Tell whether a word is one of a date but for a letter, or with something grown onto it."""
    if word in _LACKING:
        return True
    return any(
        word != known
        and (
            (word.startswith(known) and word != f"{known}s")
            or not _with_one_less(word).isdisjoint(_with_one_less(known))
        )
        for known in _WORDS
        if abs(len(word) - len(known)) <= 1 or word.startswith(known)
    )


def _with_one_less(word: str) -> set[str]:
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}
