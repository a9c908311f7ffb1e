"""The warnings that come with an answer."""

from typing import NamedTuple

from kalends.dates.reader import DateContext
from kalends.domain.activity import is_planned
from kalends.domain.campaign_settings import Language
from kalends.domain.errors import N_
from kalends.domain.patterns import Pattern
from kalends.domain.when import When, comes_twice
from kalends.intake.vocabulary.letters import is_chinese

_TWO_NUMBERS = Pattern(r"([0-9]{1,2})/([0-9]{1,2})(?![0-9/])", needs="/")
_MONTHS = 12


class WarningMessage(NamedTuple):
    """A message of the catalogue and the values that fill it."""

    template: str
    fields: dict[str, object]


def of_date(when: When, here: DateContext, *, is_held: bool = False) -> list[WarningMessage]:
    """Return the warnings about the date of an activity; `is_held` says that it was held."""
    found = [outside(when, here), twice(when, here), to_come(when, here) if is_held else None]
    return [warning for warning in found if warning is not None]


def of_phrase(when: When, here: DateContext, *, sentence: str = "") -> list[WarningMessage]:
    """Return what to say about how a phrase was read; it may be part of a sentence."""
    is_english = bool(sentence) and not any(map(is_chinese, sentence))
    found = turned(when, here, "en" if is_english else here.language)
    return [] if found is None else [found]


def outside(when: When, here: DateContext) -> WarningMessage | None:
    """Warn that no day of a date lies within the campaign."""
    period = here.period
    if period is None or (period.first_day <= when.last_day and when.first_day <= period.last_day):
        return None
    return WarningMessage(
        N_("! {day} lies outside the campaign ({first} — {last})."),
        {"day": when.first_day, "first": period.first_day, "last": period.last_day},
    )


def twice(when: When, here: DateContext) -> WarningMessage | None:
    """Warn that a time occurs twice because clocks go back, and which one was taken."""
    assert here.now.tzinfo is not None
    if clock := comes_twice(when, here.now.tzinfo):
        return WarningMessage(
            N_("! {clock} occurs twice, because clocks go back ({zone}): the first was taken."),
            {"clock": clock, "zone": here.zone},
        )
    return None


def to_come(when: When, here: DateContext) -> WarningMessage | None:
    """Warn that an activity marked as held lies in the future."""
    if not is_planned(when, here.now, here.office_hours):
        return None
    return WarningMessage(
        N_("! {day} is still to come. If it was not held yet, undo it."),
        {"day": when.first_day},
    )


def insecure(site: str | None) -> WarningMessage | None:
    """Warn that a site's address is not https."""
    if site is None or not site.startswith("http:"):
        return None
    return WarningMessage(
        N_(
            "! {site} is not https: anyone on the network can change what subscribers see, and "
            "some calendars refuse it."
        ),
        {"site": site},
    )


UNSEEN = WarningMessage(N_("! Invisible characters were left out of the sentence."), {})


def kept_headcount(text: str) -> WarningMessage:
    """Say that a headcount that is no exact number is kept in words."""
    return WarningMessage(
        N_("! “{text}” is not an exact headcount: it is kept in the description."), {"text": text}
    )


def others(text: str) -> WarningMessage:
    """Say that words that tell of more departments than are named are kept."""
    return WarningMessage(
        N_("! “{text}” does not name every department: it is kept in the description."),
        {"text": text},
    )


def turned(when: When, here: DateContext, language: Language) -> WarningMessage | None:
    """Say how 5/12 is read in English, where only the period tells that it is no May 12."""
    numbers = _TWO_NUMBERS.match(when.text) if language == "en" else None
    if numbers is None or numbers[1] == numbers[2] or max(map(int, numbers.groups())) > _MONTHS:
        return None
    other = when.first_day.replace(month=when.first_day.day, day=when.first_day.month)
    if here.period is None or here.period.first_day <= other <= here.period.last_day:
        return None  # then it was asked which of the two is meant
    return WarningMessage(
        N_("! “{text}” is read as {day}: the other day that it may be lies outside the campaign."),
        {"text": numbers[0], "day": when.first_day},
    )


def hours_of_each(text: str) -> WarningMessage:
    """Say that the hours of each of several days are kept in words."""
    return WarningMessage(
        N_("! “{text}”: these are the hours of each day: they are kept in the description."),
        {"text": text},
    )


def kept(text: str, when: When) -> list[WarningMessage]:
    """Say of each of the words that are kept in a description why they are."""
    return [_kept(word, when) for word in text.split("；")]


def _kept(word: str, when: When) -> WarningMessage:
    if word == when.text:
        return hours_of_each(word)
    return others(word) if _is_others(word) else kept_headcount(word)


def worth_saying(description: str, when: When, *, is_exact: bool) -> str:
    """Return what is kept of a sentence without the words about a headcount that is exact."""
    said = description.split("；")
    return "；".join(
        word for word in said if word and (not is_exact or _is_others(word) or word == when.text)
    )


def _is_others(text: str) -> bool:
    return text.endswith(("部门", "单位"))


def headcount(count: int) -> WarningMessage:
    """Say which headcount was read from a sentence."""
    return WarningMessage(N_("Headcount: {count}."), {"count": count})
