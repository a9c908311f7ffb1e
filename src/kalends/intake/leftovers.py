"""What is left of a date in a title: half of a range, a clock time, a second day."""

import re

_NUMBER = "(?:[0-9]{1,2}|[一二三四五六七八九十两]{1,3})"
_PART = "上午|下午|早上|早晨|清晨|中午|傍晚|晚上|当晚|凌晨"
_HALF = r"[-~–—～－][0-9]{1,2}(?:[:：.][0-9]{2})?"
_CLOCK = (
    r"(?<![A-Za-z0-9.:：])(?:1[0-2]|0?[1-9])(?:[:：.][0-5][0-9])? ?[AaPp]\.?[Mm]\b"
    r"|(?<![A-Za-z0-9.:：])(?:[01]?[0-9]|2[0-3])[:：][0-5][0-9](?![0-9:：])"
    f"|(?:{_PART}) ?{_NUMBER} ?[点时]"
    f"|{_NUMBER}[点时](?:半|整|钟|[一三]刻|{_NUMBER}分)"
    "|(?<![0-9.])(?:1?[0-9]|2[0-4])点(?![评名位赞亮检阅心多意要建左内])"
)
_MONTHS = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    "Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY = (
    f"{_NUMBER} ?月 ?{_NUMBER} ?[日号]"
    rf"|\b{_MONTHS}\.? [0-3]?[0-9](?:st|nd|rd|th)?\b(?! ?%)"
    rf"|\b[0-3]?[0-9](?:st|nd|rd|th)? {_MONTHS}\b"
    r"|(?<![0-9])(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?![0-9])"
)
_QUOTED = '“[^”]*”|"[^"]*"|《[^》]*》|「[^」]*」|‘[^’]*’'  # names: “7月1日”讲话


def half_range(text: str, end: int) -> int:
    """Return where the other half of a range ends that stands right behind a date, or 0."""
    found = re.compile(_HALF).match(text, end)
    return 0 if found is None else found.end()


def half_read(text: str) -> tuple[int, int] | None:
    """Return where a clock time stands in a title, or half of a range where it begins."""
    begun = re.match(_HALF, text)
    return begun.span() if begun else _search(_CLOCK, text)


def second_day(text: str) -> tuple[int, int] | None:
    """Return where a further day stands in a title: 召开会议；11月25日检查."""
    return _search(_DAY, text)


def _search(pattern: str, text: str) -> tuple[int, int] | None:
    if not any(one.isdigit() or one in "点时月" for one in text):
        return None
    outside = re.sub(_QUOTED, lambda name: " " * len(name[0]), text)
    found = re.search(pattern, outside)
    return found.span() if found else None
