"""Why a sentence cannot be recorded yet, in the words of somebody who writes it on a phone."""

from kalends.application.reading import SentenceReading
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
    "Write it as the list of departments has it; the campaign office can add the name you use."
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
        "Put the time right after the date, like July 14 3pm. If it is part of the "
        "title, put it in quotation marks."
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
    said: LineProblem = {**in_words(words, error, _HINTS), "missing": ""}
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
