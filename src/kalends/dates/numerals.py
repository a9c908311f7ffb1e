"""Numbers as a date writes them: 7, 07, 七, 二十三, 廿三, 二〇二〇."""

from kalends.domain.patterns import DIGITS

_ONES = list("〇一二三四五六七八九")

CHINESE = "[一二三四五六七八九十廿卅〇两]{1,3}"
NUMERALS = DIGITS + "一二三四五六七八九十廿卅〇两"
NUMBER = f"(?:[0-9]{{1,2}}|{CHINESE})"
YEAR = "(?:[12][0-9]{3}|[一二][〇一二三四五六七八九]{3})"
WEEK = "(?:周|星期|礼拜)"
WEEKDAY = "[一二三四五六日天]"


class TwoNumbersError(ValueError):
    """Words of numbers that are no number; they are its one argument."""


def number(words: str) -> int:
    """Return the number that `NUMBER`, or a day of the lunar month (初五), stands for.

    Raises `TwoNumbersError` for what is no number: 二三, two or three.
    """
    if words.isdecimal():
        return int(words)
    try:
        return _number(words)
    except ValueError:
        raise TwoNumbersError(words) from None


def _number(words: str) -> int:
    words = words.replace("两", "二").replace("廿", "二十").replace("卅", "三十").lstrip("〇初")
    tens, ten, ones = words.rpartition("十")
    return (10 * (_ONES.index(tens) if tens else 1) if ten else 0) + (
        _ONES.index(ones) if ones else 0
    )


def year_number(words: str) -> int:
    """Return the year that `YEAR` stands for."""
    return int(
        "".join(
            str(_ONES.index(character)) if character in _ONES else character for character in words
        )
    )


def weekday(word: str) -> int:
    """Return 0 for 一 to 6 for 日 or 天."""
    return min("一二三四五六日天".index(word), 6)
