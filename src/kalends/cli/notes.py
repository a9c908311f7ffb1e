"""What is said beside an answer, on stderr: nothing is wrong, but somebody should look."""

from kalends.cli.call import Call
from kalends.dates.reader import Context
from kalends.domain.errors import N_
from kalends.domain.when import When, comes_twice


def outside(call: Call, when: When, here: Context) -> None:
    """Say that no day of a date is one of the campaign's."""
    period = here.period
    if period is None or (period.first_day <= when.last_day and when.first_day <= period.last_day):
        return
    call.talk(
        N_("! {day} lies outside the campaign ({first} — {last})."),
        day=when.first_day,
        first=period.first_day,
        last=period.last_day,
    )


def twice(call: Call, when: When, here: Context) -> None:
    """Say which of two moments was taken where clocks went back and show a time twice."""
    assert here.now.tzinfo is not None
    if clock := comes_twice(when, here.now.tzinfo):
        call.talk(
            N_("! {clock} comes twice, because clocks go back ({zone}): the first was taken."),
            clock=clock,
            zone=here.zone,
        )


def insecure(call: Call, site: str | None) -> None:
    """Say that the address of a site is not protected on the way."""
    if site is not None and site.startswith("http:"):
        call.talk(
            N_(
                "! {site} is not https: whoever is on the way can change what subscribers see, "
                "and some calendars refuse it."
            ),
            site=site,
        )


def to_come(call: Call, when: When, here: Context) -> None:
    """Say that what was held is of a day still to come."""
    if when.first_day > here.today:
        call.talk(
            N_("! {day} is still to come. If it was not held yet: `kalends undo`."),
            day=when.first_day,
        )


def unseen(call: Call) -> None:
    """Say that characters which nobody sees were left out of what was typed or pasted."""
    call.talk(N_("! Characters that nobody sees were left out of the sentence."))


def headcount(call: Call, count: int) -> None:
    """Say how many people a sentence was read to tell of."""
    call.talk(N_("Headcount: {count}."), count=count)
