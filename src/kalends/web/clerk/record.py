"""Recording by a sentence: what was read is shown first, and exactly that is recorded."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec

from kalends.application.callers_record import CallersRecord
from kalends.application.keyed_request import AlreadyRecorded, KeyedRequest
from kalends.application.permissions import Caller
from kalends.application.reading import read_as
from kalends.application.recording import record as record_activity
from kalends.application.secrets_folder import secret_from
from kalends.domain.errors import N_, FormRefusedError, KalendsError, OnRecordError
from kalends.domain.events import activity_id
from kalends.presentation.error_answers import http_status
from kalends.web import failures
from kalends.web.answers import Answer
from kalends.web.clerk import login, reading
from kalends.web.clerk.mine import lists
from kalends.web.clerk.reading import Reading
from kalends.web.clerk.visit import Visit

_LOGGED_OUT = 401


def record(visit: Visit) -> Answer:
    """Return the page on which somebody records, or what was read of their sentence."""
    if visit.caller is None:
        return logged_out(visit)
    if visit.asked.method == "GET":
        return start(visit)
    form = visit.form()
    line = reading.line_of(form)
    try:
        if form.get("step") == "record":
            return _recorded(visit, visit.caller, form, line)
        return _check(visit, line, reading.read(visit, visit.caller, line))
    except KalendsError as error:
        if failures.is_fault(error) or isinstance(error, FormRefusedError):
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
    given: dict[str, str] | None = None,
    read: Mapping[str, Any] | None = None,
) -> Answer:
    """Return the page with the field, what they recorded last, and what they have to do.

    `given` is what a form on the page held; `read` are the facts of what was read of the line.
    """
    assert visit.caller is not None
    now = CallersRecord(visit.workspace, visit.caller)
    facts = {
        **lists(visit.reader, now, visit.caller),
        "line": line,
        "given": {"id": "", "action": "", **(given or {})},
        "key": secret_from(visit.workspace.new_seed()),
        "done": _done(visit, now),
        "is_read": read is not None,
        **(read or {}),
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
        found = read_as(workspace, line).whole
        if found is None or reading.mark(found) != seen:
            return _check(visit, line, reading.read(visit, caller, line), is_new=bool(seen))
        try:
            made = record_activity(workspace, visit.reader.words, found, allow_duplicate=allows).id
        except OnRecordError as error:
            keyed.check(workspace)  # the same form may just have been recorded
            if reading.may_see(visit, caller, error):
                return _check(visit, line, reading.read(visit, caller, line))
            made = record_activity(workspace, visit.reader.words, found, allow_duplicate=True).id
    except AlreadyRecorded as done:
        made = activity_id(done.entries[-1].stream) or ""
    return visit.sent_to("/record", words=[("done", made)])


def _check(visit: Visit, line: str, found: Reading, *, is_new: bool = False) -> Answer:
    """Return the page that shows what was read, with the button that records it.

    `is_new` says that a form wanted to record another reading.
    """
    facts = reading.facts(visit, line, found)
    if not found.can_be_recorded:
        assert found.error is not None
        return start(visit, line=line, error=found.error, read=facts)
    title = visit.reader.words.say(N_("Is this right?"))
    facts = {**facts, "line": line, "is_new": is_new}
    made = visit.page("record_check.html", title, facts, path="/record")
    return made if found.error is None else replace(made, status=http_status(found.error))
