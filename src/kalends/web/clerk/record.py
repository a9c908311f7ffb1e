"""Recording by a sentence: what was read is shown first, and exactly that is recorded."""

from dataclasses import replace

import msgspec

from kalends.application.callers_record import CallersRecord
from kalends.application.given import Given
from kalends.application.keyed_request import AlreadyRecorded, KeyedRequest
from kalends.application.permissions import Caller
from kalends.application.reading import read_as
from kalends.application.recording import ReadActivity, read_activity
from kalends.application.recording import record as record_activity
from kalends.application.secrets_folder import hash_of, secret_from
from kalends.domain.errors import (
    N_,
    ActivityNotFoundError,
    DepartmentNotFoundError,
    FormRefusedError,
    KalendsError,
    OnRecordError,
    UnclearError,
)
from kalends.domain.events import activity_id
from kalends.web import failures, shown
from kalends.web.answers import Answer
from kalends.web.clerk import login
from kalends.web.clerk.mine import lists
from kalends.web.clerk.visit import Visit

_LOGGED_OUT = 401


def record(visit: Visit) -> Answer:
    """Return the page on which somebody records, or what was read of their sentence."""
    if visit.caller is None:
        return logged_out(visit)
    if visit.asked.method == "GET":
        return start(visit)
    form = visit.form()
    line = " ".join(form.get("line", "").splitlines()).strip()
    try:
        if form.get("step") == "record":
            return _recorded(visit, visit.caller, form, line)
        return _read(visit, visit.caller, line)
    except (UnclearError, DepartmentNotFoundError) as error:
        return start(visit, line=line, error=error, pieces=_pieces(visit, line))
    except KalendsError as error:
        if failures.is_fault(error):
            raise
        return start(visit, line=line, error=error)


def logged_out(visit: Visit) -> Answer:
    """Ask somebody to log in; what they had written is shown, so that it is not lost."""
    if visit.asked.method == "GET":
        return visit.sent_to("/login")
    made = login.form(visit, line=visit.asked.form.get("line", ""))
    return replace(made, status=_LOGGED_OUT)


def start(
    visit: Visit,
    *,
    line: str = "",
    error: KalendsError | None = None,
    pieces: list[tuple[str, bool]] | None = None,
    given: dict[str, str] | None = None,
) -> Answer:
    """Return the page with the field, what they recorded last, and what they have to do.

    `pieces` are parts of the sentence, and whether each was not understood; `given` is what a form
    on the page held.
    """
    assert visit.caller is not None
    now = CallersRecord(visit.workspace, visit.caller)
    facts = {
        **lists(visit.reader, now, visit.caller),
        "line": line,
        "pieces": pieces or [],
        "given": {"id": "", "action": "", **(given or {})},
        "key": secret_from(visit.workspace.new_seed()),
        "done": _done(visit, now),
    }
    title = visit.reader.words.say(N_("Record"))
    return visit.page("record.html", title, facts, error=error, path="/record")


def _done(visit: Visit, now: CallersRecord) -> str | None:
    """Return the title of what was just recorded or changed."""
    wanted = visit.asked.query.get("done")
    if not wanted:
        return None
    try:
        return now.revisions(wanted)[-1].details.title
    except KalendsError:
        return None


def _read(visit: Visit, caller: Caller, line: str) -> Answer:
    """Show what was read; whether it may be recorded is tried out."""
    trial = visit.workspace.acting_for(caller, "web", dry_run=True)
    found = read_activity(trial, line, Given())
    try:
        record_activity(trial, visit.reader.words, found)
    except OnRecordError as error:
        if _may_see(visit, caller, error):
            return _check(visit, line, found, error=error)
        record_activity(trial, visit.reader.words, found, allow_duplicate=True)
    return _check(visit, line, found)


def _recorded(visit: Visit, caller: Caller, form: dict[str, str], line: str) -> Answer:
    """Record what was shown, once; show it again if it is read differently by now."""
    if not form.get("key"):
        raise FormRefusedError
    allows, seen = form.get("allow") == "1", form.get("seen", "")
    request = msgspec.json.encode(["record", line, seen, allows])
    keyed = KeyedRequest(caller.actor, form["key"], request)
    workspace = visit.workspace.acting_for(caller, "web", act=keyed.act, before_turn=keyed.check)
    try:
        keyed.check(workspace)
        found = read_activity(workspace, line, Given())
        if _mark(found) != seen:
            return _check(visit, line, found, is_new=True)
        try:
            made = record_activity(workspace, visit.reader.words, found, allow_duplicate=allows).id
        except OnRecordError as error:
            keyed.check(workspace)  # the same form may just have been recorded
            if _may_see(visit, caller, error):
                return _check(visit, line, found, error=error)
            made = record_activity(workspace, visit.reader.words, found, allow_duplicate=True).id
    except AlreadyRecorded as done:
        made = activity_id(done.entries[-1].stream) or ""
    return visit.sent_to("/record", words=[("done", made)])


def _may_see(visit: Visit, caller: Caller, error: OnRecordError) -> bool:
    """Return whether they may know of the activity that is on record already."""
    try:
        CallersRecord(visit.workspace, caller).activity_id(str(error.fields["id"]))
    except ActivityNotFoundError:
        return False
    return True


def _check(
    visit: Visit,
    line: str,
    found: ReadActivity,
    *,
    error: KalendsError | None = None,
    is_new: bool = False,
) -> Answer:
    """Return the page that shows what was read, with the button that records it."""
    reader, details = visit.reader, found.draft.details
    say = reader.words.say
    facts = {
        "line": line,
        "key": secret_from(visit.workspace.new_seed()),
        "seen": _mark(found),
        "is_new": is_new,
        "activity": {
            "title": details.title,
            "when": shown.when(reader, details.when, year=-1),
            "departments": [
                shown.department(reader, acting, details.when.first_day)
                for acting in details.departments
            ],
            "place": details.place,
            "tags": details.tags,
            "description": details.description,
            "headcount": details.headcount,
            "state": say(N_("planned")) if found.draft.planned else say(N_("held")),
        },
        "notes": [say(each.template, **each.fields).removeprefix("! ") for each in found.warnings],
    }
    title = say(N_("Is this right?"))
    return visit.page("record_check.html", title, facts, error=error, path="/record")


def _mark(found: ReadActivity) -> str:
    """Return what tells two readings of a sentence apart."""
    return hash_of(repr(found.draft))


def _pieces(visit: Visit, line: str) -> list[tuple[str, bool]]:
    """Return a sentence in pieces, and whether each was not understood."""
    spans = [each.span for each in read_as(visit.workspace, line).unread if each.span]
    if not spans:
        return []
    begin, end = spans[0]
    return [(line[:begin], False), (line[begin:end], True), (line[end:], False)]
