"""Reads the hours of each of several days in Chinese: 10月17日—18日 9:00-17:00, 每天上午."""

from kalends.dates.chinese_hours import take_hours
from kalends.dates.date_resolution import Found, Hours
from kalends.dates.joining import EACH_DAY
from kalends.dates.scanner import Scanner
from kalends.dates.vocabulary import AS_ADJECTIVES

_RULE = f"zh-{EACH_DAY}"
_EACH = ",? ?(?:每[天日]的?|每(?=[晚早上下]))[,:]? ?"


def with_hours(scan: Scanner, read: Found) -> Found:
    """Read the hours that each of several days has; a record keeps them in its words alone.

    Raises `UnreadableDateError` for a time that may be of the last day: 8月1日至3日9:00.
    """
    if read.rule == _RULE:
        return read
    start = scan.at
    is_each = scan.take(_EACH, ",每") is not None
    before = scan.at
    hours = take_hours(scan)
    if not hours.words or _says_how(scan, hours):
        scan.at = start
        return read
    is_each |= hours.ends is not None or (hours.starts is None and _is_apart(scan, before))
    if not is_each:
        raise scan.unreadable(hours.words)
    return Found(span=read.span, precision="days", rule=_RULE, hours=Hours())


def is_of_each(scan: Scanner, hours: Hours, start: int) -> bool:
    """Return whether hours behind the last of several days are no hours of that day alone.

    8月11日至13日夜间集中清理 and 8月1日-3日 上午 say it of all of them, 8月1日至3日上午 may not.
    """
    return _says_how(scan, hours) or (hours.starts is None and _is_apart(scan, start))


def _is_apart(scan: Scanner, place: int) -> bool:
    return scan.text[place : place + 1] in {" ", ","}


def _says_how(scan: Scanner, hours: Hours) -> bool:
    """Return whether a part of several days begins what happened: 夜间集中清理."""
    return not scan.whole and hours.words in AS_ADJECTIVES and not scan.is_apart
