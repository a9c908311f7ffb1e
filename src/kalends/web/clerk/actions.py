"""Changes an activity from its page: hold, move, cancel, correct and others."""

from collections.abc import Mapping

from kalends.application.access.permissions import Caller
from kalends.application.readers.callers_record import CallersRecord
from kalends.application.recording import changing
from kalends.application.recording.changing import Changed
from kalends.application.recording.correction_fields import correction_of
from kalends.application.recording.keyed_request import AlreadyRecorded, KeyedRequest
from kalends.application.recording.undo import undo
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.commands import (
    ActivityCommand,
    CancelActivity,
    ReinstateActivity,
    ReleaseActivity,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.errors import (
    FormRefusedError,
    KalendsError,
    PageNotFoundError,
    UndoOtherError,
)
from kalends.domain.events import activity_id
from kalends.web import failures
from kalends.web.clerk import activity
from kalends.web.clerk.activity import Refused
from kalends.web.clerk.logged_out import logged_out
from kalends.web.clerk.record import start
from kalends.web.clerk.visit import Visit
from kalends.web.http.answers import Answer

_WITH_REASON: Mapping[
    str,
    type[CancelActivity | ReinstateActivity | RetractActivity | WithholdActivity],
] = {
    "cancel": CancelActivity,
    "reinstate": ReinstateActivity,
    "retract": RetractActivity,
    "withhold": WithholdActivity,
}
NAMES = ("held", "move", "correct", "release", *_WITH_REASON)
_UNDO, _LONGEST_VERSION = "undo", 9


def act(visit: Visit) -> Answer:
    """Show an activity, or do what a form of its page says, once.

    A form that is refused keeps its words.
    """
    target, action = _asked(visit)
    if visit.caller is None:
        return logged_out(visit)
    if visit.asked.method == "POST":
        return _done(visit, visit.caller, target, action)
    return visit.sent_to("/record") if target == _UNDO else activity.page(visit, target)


def _asked(visit: Visit) -> tuple[str, str]:
    """Return the beginning of an activity's id, or `undo`, and what is to be done with it."""
    target, _, action = visit.asked.path.removeprefix("/record/").partition("/")
    is_page = target == _UNDO or visit.asked.method == "GET"
    if not target or (action not in NAMES and (action or not is_page)):
        raise PageNotFoundError(name=visit.asked.path)
    return target, action


def _done(visit: Visit, caller: Caller, target: str, action: str) -> Answer:
    try:
        form = visit.form()
    except FormRefusedError as error:  # of a session before: nothing of it is lost
        return _refused(visit, caller, target, action, error)
    keyed = visit.keyed(form)
    workspace = visit.acting(keyed)
    if target == _UNDO:
        return _undo(visit, workspace, keyed, form)
    target = CallersRecord(workspace, caller).activity_id(target)
    try:
        keyed.check(workspace)
        changed = _change(visit, workspace, target, action, form)
    except AlreadyRecorded:
        return visit.sent_to("/record", words=[("done", target)])
    except KalendsError as error:
        if failures.is_fault(error) or isinstance(error, FormRefusedError):
            raise
        return activity.show(visit, target, Refused(action=action, fields=form, error=error))
    return visit.sent_to("/record", words=[("done" if changed.entries else "same", target)])


def _refused(
    visit: Visit, caller: Caller, target: str, action: str, error: KalendsError
) -> Answer:
    """Show the page from which a form came, with what was typed, and why it was refused."""
    if target == _UNDO:
        return start(visit, error=error)
    target = CallersRecord(visit.workspace, caller).activity_id(target)
    refused = Refused(action=action, fields=visit.asked.form, error=error)
    return activity.show(visit, target, refused)


def _undo(
    visit: Visit, workspace: Workspace, keyed: KeyedRequest, form: Mapping[str, str]
) -> Answer:
    """Undo the act that the page showed, and no other."""
    try:
        keyed.check(workspace)
        assert visit.caller is not None
        shown = undo(visit.workspace.acting_for(visit.caller, "web", dry_run=True))
        if str(shown.undone[-1].position) != form.get("position"):
            raise UndoOtherError
        undone = undo(workspace, reason=form.get("reason") or None)
    except AlreadyRecorded as done:
        target = activity_id(done.entries[-1].stream) or ""
    except KalendsError as error:
        if failures.is_fault(error) or isinstance(error, FormRefusedError):
            raise
        return start(visit, error=error)
    else:
        target = activity_id(undone.made[-1].stream) or ""
    return visit.sent_to("/record", words=[("undone", target)])


def _change(
    visit: Visit, workspace: Workspace, target: str, action: str, form: dict[str, str]
) -> Changed:
    version, reason = form.get("version", ""), form.get("reason", "")
    if not (version.isascii() and version.isdigit() and len(version) <= _LONGEST_VERSION):
        raise FormRefusedError
    expected = int(version)
    if action == "held":
        return changing.hold(workspace, target, expected=expected)
    if action == "move":
        return changing.move(
            workspace, target, to=form.get("to", ""), reason=reason, expected=expected
        )
    if action == "correct":
        assert visit.caller is not None
        now = CallersRecord(workspace, visit.caller).revisions(target)[-1]
        correction = correction_of(form, activity.standing(visit, now))
        return changing.correct(workspace, target, correction, reason=reason, expected=expected)
    command: ActivityCommand
    if action == "release":
        command = ReleaseActivity(reason=reason.strip() or None)
    else:
        command = _WITH_REASON[action](reason=reason)
    return changing.change(workspace, target, command, expected=expected)
