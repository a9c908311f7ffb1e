"""A campaign's settings: everything that published bytes depend on."""

from dataclasses import field
from datetime import date
from typing import Literal

from kalends.domain.value import Value
from kalends.domain.when import OfficeHours

Language = Literal["en", "zh"]


class Period(Value):
    """The first and last day of a campaign; they decide which year a date without one means."""

    first_day: date
    last_day: date


class Settings(Value):
    """The campaign's settings, as its feeds use them.

    `uid_domain` never changes: subscribers' copies depend on it.
    """

    title: str
    zone: str
    language: Language
    uid_domain: str
    office_hours: OfficeHours = field(default_factory=OfficeHours)
    period: Period | None = None
    site: str | None = None
    feed_format: int = 1
