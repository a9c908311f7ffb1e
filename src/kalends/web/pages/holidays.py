"""Chinese public holidays, and the workdays that make up for them."""

from datetime import date
from typing import Literal, NamedTuple

import chinese_calendar

from kalends.domain.errors import N_

_NAMES = {
    "New Year's Day": N_("New Year's Day"),
    "Spring Festival": N_("Spring Festival"),
    "Tomb-sweeping Day": N_("Tomb-sweeping Day"),
    "Labour Day": N_("Labour Day"),
    "Dragon Boat Festival": N_("Dragon Boat Festival"),
    "National Day": N_("National Day"),
    "Mid-autumn Festival": N_("Mid-autumn Festival"),
    "Anti-Fascist 70th Day": N_("Victory Day"),
}
# Where these days are kept.
_ZONES = {"Asia/Shanghai", "Asia/Urumqi", "Asia/Chongqing", "Asia/Harbin", "PRC"}


class Holiday(NamedTuple):
    """What makes a day special: the name of a holiday, and whether it is one or made up for."""

    name: str
    kind: Literal["holiday", "workday"]


def holiday(day: date, zone: str) -> Holiday | None:
    """Return what is special about a day in a zone.

    None for an ordinary day, for one that nothing is known of yet, and where other days are kept.
    """
    if zone not in _ZONES:
        return None
    try:
        is_holiday, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:  # not yet decided, or before 2004
        return None
    if name not in _NAMES:
        return None
    return Holiday(_NAMES[name], "holiday" if is_holiday else "workday")
