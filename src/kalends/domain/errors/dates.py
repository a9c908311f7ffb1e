"""Dates that cannot be read, or may be read in two ways."""

from kalends.domain.errors.base import N_, RefusedError, UnclearError


class UnreadableDateError(UnclearError):
    """A date phrase, or a part of it, cannot be read."""

    code = "unreadable-date"
    message = N_("“{text}” cannot be read as a date; not understood: “{part}”.")
    hint = N_("Write it like 2020-07-14 14:30, July 14 or July 14 3pm.")


class ImpossibleDateError(UnreadableDateError):
    """The calendar has no such day, or the clock no such time."""

    code = "impossible-date"
    message = N_("“{text}” is not a possible date: {part} does not exist.")
    hint = N_("Check the day, the month and the time.")


class WrongWeekdayError(UnreadableDateError):
    """The weekday does not fit the date."""

    code = "wrong-weekday"
    message = N_("“{text}”: {day} is not {part}.")
    hint = N_("Correct the date or the weekday; one of them is wrong.")


class VagueDateError(UnreadableDateError):
    """Words that do not name a day."""

    code = "vague-date"
    message = N_("“{text}” names no day: {part} is too vague.")
    hint = N_("Give the day itself, or the month if only that is known.")


class TwoReadingsError(UnreadableDateError):
    """A date or a time that may be either of two."""

    code = "two-readings"
    message = N_("“{part}” may be {first} or {second}.")
    hint = N_("Write it so that it can be only one of them, like July 14 3pm.")


class DaysApartError(UnreadableDateError):
    """Days in a list that do not follow each other."""

    code = "days-apart"
    message = N_("“{text}” names days that do not follow each other: “{part}”.")
    hint = N_(
        "If it happened on each of these days, record one activity for each; if it went on from "
        "the first to the last, write that, like July 24-26."
    )


class TimeAloneError(UnreadableDateError):
    """A time of day where a day must be given too."""

    code = "time-alone"
    message = N_("“{text}” gives a time, but no day.")
    hint = N_("Give the day and the time, like July 14 3pm.")


class HalfReadDateError(UnreadableDateError):
    """A time of day, or half of a range, that would end up in the title."""

    code = "half-read-date"
    message = N_("“{part}” in “{text}” looks like a time, but was not read with the date.")
    hint = N_(
        "Put the time right after the date, like July 14 3pm; record each day of what is "
        "repeated. If it is part of the title, give the title by itself."
    )


class DeadlineError(UnreadableDateError):
    """A day by which something is to be done, not the day on which it happens."""

    code = "deadline"
    message = N_("“{text}” gives a deadline, not the day on which it happens: “{part}”.")
    hint = N_(
        "Write the day on which it happens. If the deadline is part of the title, give the "
        "title by itself."
    )


class SecondDateError(UnreadableDateError):
    """Another date in what should be the title."""

    code = "second-date"
    message = N_("“{text}” contains a second date: “{part}”.")
    hint = N_(
        "Record one activity in each sentence. If the second date is part of the title, give "
        "the title by itself."
    )


class TornDateError(UnreadableDateError):
    """A date with something in the middle of it, so that only a piece would be read."""

    code = "torn-date"
    message = N_("The date in “{text}” may be in pieces: “{part}”.")
    hint = N_("Write the date in one piece, like July 14 3pm.")


class SpanError(RefusedError):
    """A time that ends before it begins."""

    code = "bad-span"
    message = N_("This ends before it begins: {detail}.")
    hint = N_("Check both ends.")
