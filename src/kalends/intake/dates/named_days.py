"""Finds the name that a day has besides its date, which the title keeps: 8月8日全民健身日."""

from kalends.dates.numerals import NUMERALS
from kalends.dates.reader import Reading

# What else stands behind a day; 中秋 and 清明 are names.
_NO_NAME = (
    *(
        "上午",
        "下午",
        "中午",
        "正午",
        "早",
        "晚",
        "夜",
        "凌晨",
        "清晨",
        "傍晚",
        "星期",
        "礼拜",
        "周",
    ),
    *("当天", "当日", "全天", "每", "至", "到", "和"),
)
_LONGEST = 14


def name_beside(when: Reading | None, title: str) -> str:
    """Return the name of a festival that stands beside the day and is not in the title, or ""."""
    words = _behind_day(when.when.text) if when else ""
    if words < "\u4e00" or words > "\u9fff" or words.startswith(_NO_NAME):
        return ""
    from kalends.dates.festivals import festivals  # noqa: PLC0415 - few days have a name

    ends = range(min(len(words), _LONGEST), 1, -1)
    name = next((words[:end] for end in ends if words[:end] in festivals()), "")
    return "" if name in title else f"{name}，"


def _behind_day(text: str) -> str:
    """Return what stands behind the first day of a date, without a mark or blank before it."""
    for place in range(1, len(text)):
        is_number = text[place - 1] in NUMERALS or text[place - 1] == " "
        is_end = text[place] in "日号" or (
            text[place] not in NUMERALS and text[place] in " ,，、“"
        )
        if is_number and is_end:
            return text[place + 1 :].lstrip(' ,，、“"')
    behind = text.lstrip("0123456789-./")
    return behind.lstrip(' ,，、“"') if behind < text else ""
