"""Finds the name that a day has besides its date, which the title keeps: 8月8日全民健身日."""

from kalends.dates.reader import Reading
from kalends.domain.patterns import Pattern

_BESIDE = Pattern(
    '(?:[日号]|[0-9](?![日号月]))[\\s,，、]*[“"]?'
    "(?!星期|礼拜|周|当[天日]|全天|[上下中正]午|[早晚夜]|凌晨|清晨|傍晚)([一-鿿]{2,14})"
)


def name_beside(when: Reading | None, title: str) -> str:
    """Return the name of a festival that stands beside the day and is not in the title, or ""."""
    beside = _BESIDE.search(when.when.text) if when else None
    if beside is None:
        return ""
    from kalends.dates.festivals import festivals  # noqa: PLC0415 - few days have a name

    words = beside[1]
    ends = range(len(words), 1, -1)
    name = next((words[:end] for end in ends if words[:end] in festivals()), "")
    return "" if name in title else f"{name}，"
