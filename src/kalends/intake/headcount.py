"""How many people took part, where a sentence ends with it."""

import re

from kalends.domain.patterns import Pattern
from kalends.intake.tags_and_place import tidy

_HEADS = Pattern(
    r"[\s，,；;]+(?:共约|共有|共|约|近|超|逾)?([0-9]{1,7})[余多]?[名位]?人次?(?:参加|参与)$"
    r"|[\s，,；;]+(?:共约|共有|共|约|近|超|逾)?([0-9]{1,7})[余多]?[名位][一-鿿]{1,8}?(?:参加|参与)$"
    r"|[\s，,；;]+参加人数[:：]? ?([0-9]{1,7})人?$"
    r"|[\s,;]+(?:(?:about|around|some|nearly|over|almost) )?([0-9]{1,7}) people"
    r" (?:attended|took part)$"
    r"| with ([0-9]{1,7}) participants$",
    re.IGNORECASE,
    needs="0123456789",
)
_PLAIN_COUNT = Pattern(
    r"(?:共有?)?[0-9]+[名位]?人(?:参加|参与)|参加人数[:：]? ?[0-9]+人?"
    r"|[0-9]+ people (?:attended|took part)|with [0-9]+ participants",
    re.IGNORECASE,
)


def take_headcount(title: str) -> tuple[str, int | None, str | None]:
    """Return a title without the headcount at its end, the count, and the words worth keeping.

    约200人参加 is 200, and its words stay: the number alone would say more than was said. What
    holds no number of its own (近百人参加, 120至150人参加) stays in the title.
    """
    counted = _HEADS.search(title)
    if counted is None or not title[: counted.start()].strip():
        return title, None, None
    words = counted[0].strip(" ,，；;")
    count = next(int(number) for number in counted.groups() if number)
    return tidy(title[: counted.start()]), count, None if _PLAIN_COUNT.fullmatch(words) else words
