"""Converts lunar days and solar terms to days of a year."""

from datetime import date
from importlib import import_module
from types import ModuleType

WINTER = 11  # from this lunar month on, a lunar year and a solar year of one number part ways


def lunar_in(year: int, *, month: int, day: int, leap: bool = False) -> date:
    """Return the lunar day that falls into a solar year.

    Raises `ValueError` when there is none such, `LookupError` when the solar year has two, or
    none because the day comes before its first or after its last.
    """
    years = (year,) if month < WINTER else (year - 1, year)
    days = []
    for lunar in years:
        try:
            days.append(lunar_day(lunar, month=month, day=day, leap=leap))
        except ValueError:
            continue
    if not days:
        raise ValueError(month, day)
    inside = [day for day in days if day.year == year]
    if len(inside) != 1:
        raise LookupError(month, day)
    return inside[0]


def lunar_day(year: int, *, month: int, day: int, leap: bool = False) -> date:
    """Return a day of a lunar year, 1900 to 2100; `ValueError` when there is none such."""
    found: date = _borax().LunarDate(year, month, day, int(leap)).to_solar_date()
    return found


def term_in(year: int, *, term: str) -> date:
    """Return the day of a solar term (清明), 1900 to 2100; `ValueError` outside."""
    found: date = _borax().TermUtils.nth_term_day(year, term_name=term)
    return found


def _borax() -> ModuleType:
    return import_module("borax.calendars.lunardate")  # 13 ms that few dates need
