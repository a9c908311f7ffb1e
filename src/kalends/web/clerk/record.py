"""Recording by a sentence: what was read is shown first, and exactly that is recorded."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import msgspec

from kalends.application.access.permissions import Caller
from kalends.application.access.secrets_folder import secret_from
from kalends.application.readers.callers_record import CallersRecord
from kalends.application.recording.keyed_request import AlreadyRecorded
from kalends.application.recording.reading import read_as
from kalends.application.recording.recording import record as record_activity
from kalends.application.recording.undo import undo
from kalends.domain.errors import N_, FormRefusedError, KalendsError, OnRecordError
from kalends.domain.events import activity_id
from kalends.presentation.http_statuses import http_status
from kalends.web import failures
from kalends.web.clerk import mine, reading
from kalends.web.clerk.logged_out import logged_out
from kalends.web.clerk.reading import Reading
from kalends.web.clerk.visit import Visit
from kalends.web.http.answers import Answer
from kalends.web.pages import shown
from kalends.words.topics import TOPIC_WORDS

# What somebody did first with an activity: the words of its event alone do not say that.
_FIRST = {
    "activity.planned": N_("recorded as planned"),
    "activity.recorded": N_("recorded as held"),
}


def record(visit: Visit) -> Answer:
    """Return the page on which somebody records, or what was read of their sentence."""
    if visit.caller is None:
        return logged_out(visit)
    if visit.asked.method == "GET":
        return start(visit)
    try:
        form = visit.form()
    except FormRefusedError as error:  # of a session before: nothing of it is lost
        return start(visit, line=reading.line_of(visit.asked.form), error=error)
    line = reading.line_of(form)
    try:
        if form.get("step") == "record":
            return _recorded(visit, visit.caller, form, line)
        return _check(visit, line, reading.read(visit, visit.caller, line))
    except KalendsError as error:
        if failures.is_fault(error) or isinstance(error, FormRefusedError):
            raise
        return start(visit, line=line, error=error)


def start(
    visit: Visit,
    *,
    line: str = "",
    error: KalendsError | None = None,
    read: Mapping[str, Any] | None = None,
) -> Answer:
    """Return the page with the field, what they recorded last, and what they have to do.

    `read` are the facts of what was read of the line.
    """
    assert visit.caller is not None
    now, caller = CallersRecord(visit.workspace, visit.caller), visit.caller
    words = visit.asked.query.get("q", "").strip()
    facts = {
        "role": caller.role,
        "names": [now.roster.departments[code].name for code in caller.departments],
        "last": mine.last(visit, now, caller),
        "passed": mine.passed(visit, now, caller),
        "asked": words,
        "found": mine.found(visit, now, words) if words else (),
        "line": line,
        "key": secret_from(visit.workspace.new_seed()),
        "example": _example(visit, now, caller),
        "undo": _last_act(visit, now, caller),
        "done": _done(visit, now),
        "is_read": read is not None,
        **(read or {}),
    }
    title = visit.reader.words.say(N_("Record"))
    return visit.page("record.html", title, facts, error=error, path="/record")


def _done(visit: Visit, now: CallersRecord) -> dict[str, Any] | None:
    """Return what was just recorded, changed or undone, and how the activity stands now."""
    for how in ("done", "undone", "same"):
        if prefix := visit.asked.query.get(how):
            break
    else:
        return None
    try:
        last = now.revisions(prefix)[-1]
    except KalendsError:
        return {"how": how, "what": "", "activity": None}
    return {
        "how": how,
        "what": _what(visit, last.topic),
        "activity": shown.activity(visit.reader, last),
        "status": shown.status(visit.reader, last),
        "headcount": last.details.headcount,
        "description": last.details.description,
        "link": visit.reader.page(f"/record/{last.id}"),
    }


def _what(visit: Visit, topic: str) -> str:
    """Return what somebody did, in words."""
    return visit.reader.words.say(_FIRST.get(topic) or TOPIC_WORDS[topic])


def _example(visit: Visit, now: CallersRecord, caller: Caller) -> str:
    """Return a sentence as they may write one."""
    roster = now.roster
    codes = caller.departments or [each.code for each in roster.listed[:1]]
    names = [roster.departments[code].short_on(now.today) for code in codes[:1]]
    return visit.reader.words.say(
        N_("For example: tomorrow 9:00 {department} Volunteers meet @City Hall"),
        department=names[0] if names else "",
    )


def _last_act(visit: Visit, now: CallersRecord, caller: Caller) -> dict[str, Any] | None:
    """Return what they did last and can undo: what it was, and of which activity."""
    if caller.role == "auditor":
        return None
    try:
        entry = undo(visit.workspace.acting_for(caller, "web", dry_run=True)).undone[-1]
    except KalendsError as error:
        if failures.is_fault(error):
            raise
        return None
    target, title = activity_id(entry.stream), None
    if target is not None:
        with suppress(KalendsError):
            title = now.revisions(target)[-1].details.title
    what = _what(visit, entry.event.TOPIC)
    return {"what": what, "title": title, "position": entry.position}


def _recorded(visit: Visit, caller: Caller, form: dict[str, str], line: str) -> Answer:
    """Record what was shown, once; show it again if it is read differently by now."""
    allows, seen = form.get("allow") == "1", form.get("seen", "")
    request = msgspec.json.encode(["record", line, seen, allows])
    keyed = visit.keyed(form, request)
    workspace = visit.acting(keyed)
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
    facts = {**facts, "line": line, "is_new": is_new, "is_checked": True}
    made = visit.page("record_check.html", title, facts, path="/record")
    return made if found.error is None else replace(made, status=http_status(found.error))
