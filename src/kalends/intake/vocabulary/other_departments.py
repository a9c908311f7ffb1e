"""Keeps the words that say that more departments took part than are named: 团市委等5个部门."""

import re
from collections.abc import Sequence

from kalends.dates.numerals import number
from kalends.domain.department import Department
from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.naming import Names

_NUMBER = Pattern("[0-9]+|[一二两三四五六七八九十]")


def unnamed_others(
    text: str, others: re.Match[str], named: Sequence[Department], names: Names
) -> list[str]:
    """Return the words worth keeping, with the names before them.

    There are none where as many are named as are counted: 团市委、市教育局两部门.
    """
    counted = _NUMBER.search(others[0])
    if counted is not None and number(counted[0]) == len(named):
        return []
    begins = (place for place in range(others.start()) if _is_first(text, place, named[0], names))
    return [text[next(begins, others.start()) : others.end()].strip()]


def _is_first(text: str, place: int, department: Department, names: Names) -> bool:
    found = names.at(text, place)
    return found is not None and found[0].code == department.code
