"""Previews a sentence as it is typed, and says whether it can be recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kalends.application.access.permissions import Caller
from kalends.application.access.secrets_folder import hash_of, secret_from
from kalends.application.readers.callers_record import CallersRecord
from kalends.application.recording import warnings
from kalends.application.recording.reading import SentenceReading, read_as
from kalends.application.recording.recording import ReadActivity
from kalends.application.recording.recording import record as record_activity
from kalends.application.recording.warnings import WarningMessage
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.dates.times_alone import read_with_day
from kalends.domain.errors import (
    N_,
    ActivityNotFoundError,
    KalendsError,
    NoDepartmentError,
    OnRecordError,
    UnclearError,
)
from kalends.presentation.error_answers import in_words
from kalends.web import failures
from kalends.web.clerk.logged_out import logged_out
from kalends.web.clerk.problem import problem
from kalends.web.clerk.proposals import proposals
from kalends.web.clerk.visit import Visit
from kalends.web.http.answers import Answer
from kalends.web.pages import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read of a sentence, and why it cannot be recorded as it is, if it cannot.

    An `OnRecordError` stands in nobody's way: who is asked may record it all the same.
    """

    read: SentenceReading
    error: KalendsError | None = None
    warnings: Sequence[WarningMessage] = ()

    @property
    def is_on_record(self) -> bool:
        """Return whether a similar activity is recorded already."""
        return isinstance(self.error, OnRecordError)

    @property
    def can_be_recorded(self) -> bool:
        """Return whether a button records it."""
        return self.read.whole is not None and (self.error is None or self.is_on_record)


def read(visit: Visit, caller: Caller, line: str) -> Reading:
    """Return what a line is read as; whether it may be recorded is tried out, without recording.

    Raises what is no matter of its words: a disk that is full, a record that is damaged.
    """
    workspace = visit.workspace.acting_for(caller, "web", dry_run=True)
    found = SentenceReading(roster=workspace.service.roster())
    try:
        found = read_as(workspace, line)
        if found.whole is None:
            return Reading(read=found, error=found.unread[0].error)
        return _tried(visit, workspace, caller, found, found.whole)
    except KalendsError as error:
        if failures.is_fault(error):
            raise
        return Reading(read=found, error=error, warnings=found.warnings)


def _tried(
    visit: Visit,
    workspace: Workspace,
    caller: Caller,
    found: SentenceReading,
    whole: ReadActivity,
) -> Reading:
    say = visit.reader.words
    on_record = None
    try:
        made = record_activity(workspace, say, whole)
    except OnRecordError as error:
        on_record = error if may_see(visit, caller, error) else None
        made = record_activity(workspace, say, whole, allow_duplicate=True)
    return Reading(read=found, error=on_record, warnings=[*found.warnings, *made.warnings])


def may_see(visit: Visit, caller: Caller, error: OnRecordError) -> bool:
    """Return whether they may know of the activity that is on record already."""
    try:
        CallersRecord(visit.workspace, caller).activity_id(str(error.fields["id"]))
    except ActivityNotFoundError:
        return False
    return True


def mark(whole: ReadActivity) -> str:
    """Return what tells two readings of a sentence apart."""
    return hash_of(repr(whole.draft))


def part(visit: Visit) -> Answer:
    """Return what a line, or a date by itself, is read as, for the page where it is typed."""
    if visit.caller is None:
        return logged_out(visit)
    form = visit.form()
    if "phrase" in form:
        return _phrase(visit, visit.caller, form)
    line = line_of(form)
    found = facts(visit, line, read(visit, visit.caller, line))
    return visit.page("record_reading.html", "", {**found, "is_part": True})


def _phrase(visit: Visit, caller: Caller, form: dict[str, str]) -> Answer:
    """Return what a date is read as; a time alone is on the day of the `activity`.

    That a day has passed is said where the activity is planned: 周五 on a Sunday is behind us.
    """
    words = visit.reader.words
    facts: dict[str, Any] = {}
    record = CallersRecord(visit.workspace, caller)
    try:
        target = form.get("activity")
        now = record.revisions(record.activity_id(target))[-1] if target else None
        day = now.details.when if now else None
        when = read_with_day(form["phrase"], date_context(visit.workspace), day).when
    except UnclearError as error:
        facts["unread"] = in_words(words, error)
    else:
        facts["when"] = shown.when(visit.reader, when, year=-1)
        is_planned = now is not None and now.status == "planned"
        facts["is_over"] = is_planned and when.last_day < visit.reader.today
    return visit.page("record_phrase.html", "", facts)


def line_of(form: dict[str, str]) -> str:
    """Return the sentence of a form, without the line breaks of its field.

    That is the one that was proposed `instead`, if the button of a proposal sent it.
    """
    return " ".join((form.get("instead") or form.get("line", "")).splitlines()).strip()


def facts(visit: Visit, line: str, found: Reading) -> dict[str, Any]:
    """Return what the template of a reading needs."""
    assert visit.caller is not None
    reader, read = visit.reader, found.read
    say = reader.words.say
    day = visit.reader.today if read.when is None else read.when.first_day
    state = None
    if read.planned is not None:
        state = say(N_("planned")) if read.planned else say(N_("held"))
    return {
        "read": {
            "title": read.title,
            "when": read.when and shown.when(reader, read.when, year=-1),
            "state": state,
            "departments": [shown.department(reader, each, day) for each in read.departments],
            "place": read.place,
            "tags": read.tags,
            "description": read.description,
            "headcount": read.headcount,
        },
        "pieces": _pieces(line, read),
        "unread": None
        if found.error is None
        else problem(visit.reader.words, line, read, found.error),
        "is_department": isinstance(found.error, NoDepartmentError),
        "proposals": proposals(visit, visit.caller, line, read),
        "standing": _standing(visit, found),
        "notes": [
            say(each.template, **each.fields).removeprefix("! ")
            for each in found.warnings
            if read.headcount is None or each != warnings.headcount(read.headcount)
        ],
        "can_be_recorded": found.can_be_recorded,
        "is_on_record": found.is_on_record,
        "key": secret_from(visit.workspace.new_seed()),
        "seen": "" if read.whole is None else mark(read.whole),
    }


def _standing(visit: Visit, found: Reading) -> dict[str, Any] | None:
    """Return the similar activity that is on record, as it stands."""
    if not found.is_on_record:
        return None
    assert visit.caller is not None
    assert found.error is not None
    now = CallersRecord(visit.workspace, visit.caller)
    last = now.revisions(str(found.error.fields["id"]))[-1]
    return {
        **shown.activity(visit.reader, last),
        "own_link": visit.reader.page(f"/record/{last.id}"),
    }


def _pieces(line: str, read: SentenceReading) -> list[tuple[str, bool]]:
    """Return a sentence in pieces, and whether each was not understood; empty if all was."""
    spans = sorted({each.span for each in read.unread if each.span})
    pieces, place = [], 0
    for begin, end in spans:
        pieces += [(line[place:begin], False), (line[begin:end], True)]
        place = end
    return [*pieces, (line[place:], False)] if spans else []
