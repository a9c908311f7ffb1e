"""Finds words beside a time that make it an end or a limit: 9点结束, 最晚9点, ends at 9.

A time that was read is when the activity begins, so beside such words it is asked about.
"""

import re

from kalends.domain.patterns import Pattern

# What only ends there, behind a clock time; and a range whose other end is missing: 7月14日至.
_ENDS = Pattern(
    r"\s?(?:准时|左右)?(?:结束|散会|散场|截止|收尾|完毕|收工)"
    r"|\s+(?:at the latest|finish|end|close)\b",
    re.IGNORECASE,
    words=("结束", "散", "截止", "收", "完毕", "latest", "finish", "end", "close"),
)
_OPEN_RANGE = Pattern(
    r"\s?[至到](?=[\s，,、；;。\x1f]|$)|\s+(?:until|till)(?=\W*$)",
    re.IGNORECASE,
    words=("至", "到", "until", "till"),
)
_LIMITS = Pattern(
    r"(?:最[晚迟早]?|不[晚早迟]于|[晚早迟]于|截[至止]到?|直到|赶在)\s*$"
    r"|\b(?:end|finish|clos|conclud)(?:es|s|e|ing|ed)?(?: at| by)?\s+$"
    r"|\b(?:latest|no later than)(?: at)?\s+$",
    re.IGNORECASE,
    words=("最", "于", "截", "直到", "赶在", "end", "finish", "clos", "conclud", "late"),
)
_HINTS = (*_ENDS.words, *_OPEN_RANGE.words, *_LIMITS.words)


def may_be(text: str) -> bool:
    """Return whether a text may hold such words at all."""
    folded = text.casefold()
    return any(hint in folded for hint in _HINTS)


def bound(text: str, spans: list[tuple[int, int]], *, is_timed: bool) -> str:
    """Return the piece of a date with the word beside it that makes an end of it, or "".

    `spans` are the pieces of the date in the text; `is_timed` says that it has a clock time.
    """
    for start, end in spans:
        behind = _OPEN_RANGE.match(text, end) or (_ENDS.match(text, end) if is_timed else None)
        if behind:
            return text[start : behind.end()].strip()
        if is_timed and (before := _LIMITS.search(text[:start])):
            return text[before.start() : end].strip()
    return ""
