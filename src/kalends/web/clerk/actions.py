"""What somebody does with an activity from the page on which they record."""

import msgspec

from kalends.application import changing
from kalends.application.callers_record import CallersRecord
from kalends.application.given import Correction
from kalends.application.keyed_request import AlreadyRecorded, KeyedRequest
from kalends.application.undo import undo
from kalends.application.workspace import Workspace
from kalends.domain.commands import CancelActivity
from kalends.domain.errors import FormRefusedError, KalendsError, PageNotFoundError
from kalends.web import failures
from kalends.web.answers import Answer
from kalends.web.clerk.record import logged_out, start
from kalends.web.clerk.visit import Visit

_NAMES = {"held", "move", "cancel", "correct"}
_ACTION_PARTS = 2


def act(visit: Visit) -> Answer:
    """Do what a form of the page says, once; its fields are kept if it is refused."""
    parts = visit.asked.path.removeprefix("/record/").split("/")
    is_change = len(parts) == _ACTION_PARTS and parts[1] in _NAMES
    if not is_change and parts != ["undo"]:
        raise PageNotFoundError(name=visit.asked.path)
    if visit.caller is None or visit.asked.method == "GET":
        return logged_out(visit) if visit.caller is None else visit.sent_to("/record")
    form = visit.form()
    if not form.get("key"):
        raise FormRefusedError
    request = msgspec.json.encode([visit.asked.path, sorted(form.items())])
    keyed = KeyedRequest(visit.caller.actor, f"{form['key']}{visit.asked.path}", request)
    workspace = visit.workspace.acting_for(
        visit.caller, "web", act=keyed.act, before_turn=keyed.check
    )
    done = parts[0] if is_change else ""
    try:
        keyed.check(workspace)
        if is_change:
            target = CallersRecord(workspace, visit.caller).activity_id(parts[0])
            _change(workspace, target, parts[1], form)
        else:
            undo(workspace, reason=None)
    except AlreadyRecorded:
        pass
    except KalendsError as error:
        if failures.is_fault(error) or isinstance(error, FormRefusedError):
            raise
        given = {**form, "id": done, "action": parts[-1]}
        return start(visit, error=error, given=given)
    return visit.sent_to("/record", words=[("done", done)] if done else ())


def _change(workspace: Workspace, target: str, action: str, form: dict[str, str]) -> None:
    version, reason = form.get("version", ""), form.get("reason", "")
    if not (version.isascii() and version.isdigit() and len(version) < 10):  # noqa: PLR2004 - as in the API
        raise FormRefusedError
    expected = int(version)
    if action == "held":
        changing.hold(workspace, target, expected=expected)
    elif action == "move":
        changing.move(workspace, target, to=form.get("to", ""), reason=reason, expected=expected)
    elif action == "cancel":
        changing.change(workspace, target, CancelActivity(reason=reason), expected=expected)
    else:
        correction = Correction(
            title=form.get("title") or None,
            when=form.get("when") or None,
            place=form.get("place") or None,
        )
        changing.correct(workspace, target, correction, reason=reason, expected=expected)
