"""Tells where a time without am or pm may be in the evening: film night at 8, 7:30 纳凉晚会."""

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
# What is only got ready for the evening (晚会彩排) may be at any time.
_CHINESE = Pattern(
    "(?:(?:晚会|晚宴|夜[场市跑查游读校]|灯会|灯展|焰火|烟花|露天电影|赏月|纳凉|乘凉|消夏|酒驾)"
    "(?![^，,；;。]{0,6}(?:彩排|排练|筹备|协调|部署|动员|策划|准备|培训|座谈|[例专]?会议?(?:$|[，,；;。\\s]))))",
    needs="晚夜灯火花露赏凉夏酒",
)
# 08:30 and 0830 are of the clock that has 24 hours; so is what says am, and what ends later.
_SURE = Pattern(
    r"(?<![0-9:.])0[0-9]|\b[ap]\.?m\b|[0-9] ?[ap]\.?m\b|morning|noon|midday|hrs|hours"
    "|[早晨午晚夜]",
    re.IGNORECASE,
)
_FIRST, _NOON = "07:00", "12:00"


def in_doubt(when: Reading, title: str) -> bool:
    """Return whether what happened is of an evening, and the time may be in the morning."""
    starts = when.when.starts
    if starts is None or not _FIRST <= starts < _NOON or (when.when.ends or "") >= "13:00":
        return False
    is_evening = _CHINESE.search(title) or _EVENING.search(title)
    return is_evening is not None and _SURE.search(when.when.text) is None
