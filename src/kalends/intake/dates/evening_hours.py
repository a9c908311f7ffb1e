"""Tells where a time without am or pm may be in the evening: film night, 24 July at 8."""

import re

from kalends.dates.date_resolution import Reading
from kalends.domain.patterns import Pattern

_EVENING = Pattern(
    r"\b(?:nights?|evenings?|dinner|supper|disco|sunset|dusk|twilight|candle-?light|fireworks"
    r"|bonfire|star-?gazing|moonlight|overnight|lates|nightlife|cocktails?)\b(?! school)",
    re.IGNORECASE,
    words=(
        *("night", "evening", "dinner", "supper", "disco", "sunset", "dusk", "twilight"),
        *("light", "fireworks", "bonfire", "gazing", "lates", "cocktail"),
    ),
)
# 08:30 and 0830 are of the clock that has 24 hours; so is what says am, and what ends later.
_SURE = Pattern(
    r"(?<![0-9])0[0-9]|\b[ap]\.?m\b|[0-9] ?[ap]\.?m\b|morning|noon|midday|hrs|hours|[一-鿿]",
    re.IGNORECASE,
)
_FIRST, _NOON = "07:00", "12:00"


def in_doubt(when: Reading, title: str) -> bool:
    """Return whether what happened is of an evening, and the time may be in the morning."""
    starts = when.when.starts
    if starts is None or not _FIRST <= starts < _NOON or (when.when.ends or "") >= "13:00":
        return False
    return _EVENING.search(title) is not None and _SURE.search(when.when.text) is None
