"""Sentences that describe an activity, and what is unclear in them."""

from kalends.domain.errors.base import N_, UnclearError, UsageError


class HalfReadDepartmentError(UnclearError):
    """A name in the title that may be a participating department."""

    code = "half-read-department"
    message = N_(
        "“{text}” was understood only in part: “{part}” may be a department that takes part."
    )
    hint = N_(
        "Name all departments before what happened, and register new ones first. If it is "
        "part of the title, give the title by itself."
    )


class NoLeadError(UnclearError):
    """A sentence says which departments helped, but not which one led."""

    code = "no-lead"
    message = N_("“{text}” says who took part, but not which department led.")
    hint = N_(
        "Name the department that led before what happened, and register it first if it is new."
    )


class HalfReadTagError(UnclearError):
    """A tag with a blank or a comma in it, so that the rest would end up in the title."""

    code = "half-read-tag"
    message = N_("“{part}” in “{text}” may be one tag, or a tag and a part of the title.")
    hint = N_(
        "Write a tag without blanks and commas, like #youth. If the rest is part of the title, give the title by itself."
    )


class HalfReadPlaceError(UnclearError):
    """A place that may go on in what stands behind it, which would end up in the title."""

    code = "half-read-place"
    message = N_(
        "“{part}” in “{text}” may be no place, one place, or a place and a part of the title."
    )
    hint = N_("Write the place in quotation marks, or give the title by itself.")


class NoDateError(UnclearError):
    """A sentence without a date."""

    code = "no-date"
    message = N_("No date was found in “{text}”.")
    hint = N_("Begin with the date, like 2020-07-14 or July 14 3pm.")


class NoDepartmentError(UnclearError):
    """A sentence without a known department."""

    code = "no-department"
    message = N_("No known department was found in “{text}”.")
    hint = N_("Name one that is registered, or register it first.")


class NearDepartmentError(NoDepartmentError):
    """A sentence without a known department, but with a similar name."""

    code = "near-department"
    message = NoDepartmentError.message
    hint = N_("Did you mean: {near}? Otherwise register it first.")


class NoTitleError(UnclearError):
    """Nothing is left for the title."""

    code = "no-title"
    message = N_("“{text}” does not say what happened.")
    hint = N_("Add a few words for the title.")


class NotTakingPlaceError(UnclearError):
    """A sentence that tells of an activity that was cancelled or put off."""

    code = "not-taking-place"
    message = N_(
        "“{part}” in “{text}” says that it does not take place as planned, or not for sure."
    )
    hint = N_(
        "Cancel or move the recorded activity. If this is to be recorded too, give the title by itself."
    )


class OnRecordError(UnclearError):
    """A new activity looks like one that is recorded already."""

    code = "on-record"
    message = N_("This looks like an activity on record: {ref}  {what}")
    hint = N_("If it is a different activity, say so. Otherwise change the recorded activity.")
    hint_unless_planned = N_(
        "If it is a different activity, say so. Otherwise correct the recorded activity."
    )


class LikeLineError(UnclearError):
    """A line of a file looks like an earlier line."""

    code = "like-line"
    message = N_("This looks like the activity in line {first}.")
    hint = N_("If both took place, say so. If not, remove one line.")


class NothingSaidError(UsageError):
    """`kalends add` without any words."""

    code = "nothing-said"
    message = N_("No activity was described.")
    hint = N_("Say when it was, who took part and what happened.")
