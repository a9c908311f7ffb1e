"""Explains why a sentence cannot be recorded yet, in words that suit a phone."""

from kalends.application.recording.reading import SentenceReading
from kalends.domain.errors import (
    N_,
    KalendsError,
    NoDepartmentError,
    OnRecordError,
    OtherDepartmentError,
    TwoReadingsError,
)
from kalends.presentation.error_answers import ErrorShape, in_words
from kalends.words import Words

# What is missing is asked for calmly while somebody writes: they are not done yet.
_MISSING = {
    "no-date": N_("no date yet"),
    "no-department": N_("no department yet"),
    "no-title": N_("no title yet"),
}
_LIST = N_(
    "Write it as the list of departments has it. If it is not there, leave it out, and tell the "
    "campaign office."
)
# On the page nothing is registered and no field holds only the title.
_HINTS = {
    "no-date": N_("Write when it is: “yesterday afternoon”, “25 July 9:00”."),
    "no-department": _LIST,
    "near-department": _LIST,
    "department-not-found": _LIST,
    "ambiguous-department": _LIST,
    "no-lead": N_("Name the department that led before what happened."),
    "two-readings": N_("Press the right one, or write it another way."),
    "half-read-date": N_(
        "Put the time right after the date, like July 14 3pm; record each day of what is "
        "repeated. If it is part of the title, put it in quotation marks."
    ),
    "deadline": N_(
        "Write the day on which it happens. If the deadline is part of the title, put it "
        "in quotation marks."
    ),
    "second-date": N_(
        "Write one activity at a time. If the second date is part of the title, record "
        "it without, and correct the title then."
    ),
    "half-read-department": N_(
        "Name all departments before what happened. If it is part of the title, put it "
        "in quotation marks."
    ),
    "half-read-tag": N_(
        "Write a tag without blanks and commas, like #youth, and tags at the end."
    ),
    "half-read-place": N_("Put the whole place in quotation marks."),
    "not-taking-place": N_("Find the activity below, and cancel or move it there."),
    "on-record": N_("If it is another activity, record it all the same."),
    str(OnRecordError.hint_unless_planned): N_(
        "If it is another activity, record it all the same."
    ),
}

# The sentence stands above with this part marked: a message need not say it again.
_MESSAGES = {
    "no-date": N_("No date was found."),
    "no-department": N_("No known department was found."),
    "near-department": N_("No known department was found."),
    "no-lead": N_("It says who took part, but not which department led."),
    "no-title": N_("It does not say what happened."),
    "half-read-date": N_("“{part}” looks like a time, but was not read with the date."),
    "deadline": N_("“{part}” is a deadline, not the day on which it happens."),
    "second-date": N_("“{part}” is a second date."),
    "torn-date": N_("The date may be in pieces: “{part}”."),
    "half-read-department": N_("“{part}” may be a department that takes part."),
    "half-read-tag": N_("“{part}” may be one tag, or a tag and a part of the title."),
    "half-read-place": N_(
        "“{part}” may be no place, one place, or a place and a part of the title."
    ),
    "not-taking-place": N_(
        "“{part}” says that it does not take place as planned, or not for sure."
    ),
}
_NOT_YOURS = N_("You may not record for {name}.")
_YOURS_FIRST = N_(
    "If a department of yours leads it, write that one first. If not, tell the campaign office."
)
_NOT_LISTED = N_("“{part}” is not on the list of departments.")
_TWO_WAYS = N_("“{part}” can be read in two ways.")


class LineProblem(ErrorShape):
    """An error; `missing` says in two words what is only not written yet, else it is empty."""

    missing: str


def problem(words: Words, line: str, read: SentenceReading, error: KalendsError) -> LineProblem:
    """Return why a line cannot be recorded and what to do, for whoever writes it on this page."""
    said: LineProblem = {**in_words(words, error, _HINTS, _MESSAGES), "missing": ""}
    span = read.unread[0].span if read.unread else None
    if error.code in _MISSING and span is None:
        said["missing"] = words.say(_MISSING[error.code])
    if isinstance(error, OtherDepartmentError):
        said["message"] = words.say(_NOT_YOURS, name=error.fields["name"])
        said["hint"] = words.say(_YOURS_FIRST)
    elif isinstance(error, NoDepartmentError) and span is not None:
        said["message"] = words.say(_NOT_LISTED, part=line[slice(*span)])
    elif isinstance(error, TwoReadingsError):
        said["message"] = words.say(_TWO_WAYS, part=error.fields["part"])
    return said
