"""The page of an activity for somebody logged in, with the changes they may make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kalends.application.access.secrets_folder import secret_from
from kalends.application.readers.callers_record import CallersRecord
from kalends.domain.errors import (
    N_,
    AmbiguousDepartmentError,
    ConflictError,
    DepartmentNotFoundError,
    KalendsError,
    NumberError,
    ReasonRequiredError,
    RoleError,
    TextError,
    UnclearError,
)
from kalends.presentation.error_answers import in_words
from kalends.views.activities import Revision
from kalends.web.clerk.mine import may_change
from kalends.web.clerk.visit import Visit
from kalends.web.http.answers import Answer
from kalends.web.pages import shown

# What can be done with an activity of each status.
_POSSIBLE = {
    "planned": ("held", "move", "cancel", "correct", "retract"),
    "held": ("correct", "retract"),
    "recorded": ("correct", "retract"),
    "cancelled": ("reinstate", "correct", "retract"),
    "retracted": (),
}
_DATES = {"move": "to", "correct": "when"}
_FIELDS = {"tag": "tags", "department": "departments"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A form that was refused: what it wanted, its fields as typed, and why."""

    action: str
    fields: Mapping[str, str]
    error: KalendsError

    @property
    def version(self) -> int:
        """Return the version of the activity that the form showed, 0 if it said none."""
        text = self.fields.get("version", "")
        return int(text) if text.isascii() and text.isdigit() else 0

    @property
    def field(self) -> str | None:
        """Return the field that is wrong, None if it is no single one."""
        match self.error:
            case ReasonRequiredError():
                return "reason"
            case DepartmentNotFoundError() | AmbiguousDepartmentError() | RoleError():
                return "departments"
            case TextError() | NumberError():
                name = str(self.error.fields["field"])
                return _FIELDS.get(name, name)
            case UnclearError():
                return _DATES.get(self.action)
            case _:
                return None


def page(visit: Visit, prefix: str) -> Answer:
    """Return the page of an activity that they may see; raises `ActivityNotFoundError`."""
    assert visit.caller is not None
    target = CallersRecord(visit.workspace, visit.caller).activity_id(prefix)
    return show(visit, target)


def show(visit: Visit, target: str, refused: Refused | None = None) -> Answer:
    """Return the page of an activity; a form that was refused says why and keeps its words."""
    assert visit.caller is not None
    reader, now = visit.reader, CallersRecord(visit.workspace, visit.caller)
    revisions = now.revisions(target)
    last = revisions[-1]
    may = may_change(now, visit.caller, last)
    facts = {
        "activity": shown.activity(reader, last),
        "status": shown.status(reader, last),
        "details": last.details,
        "version": last.version,
        "is_withheld": last.withheld,
        "possible": _POSSIBLE[last.status] if may else (),
        "is_ahead": last.details.when.first_day > now.today,
        "can_record": visit.caller.role != "auditor",
        "leads": shown.department(
            reader, last.details.departments[0], last.details.when.first_day
        )["name"],
        "fields": standing(visit, last),
        "events": list(shown.events(reader, revisions))[::-1],
        "key": secret_from(visit.workspace.new_seed()),
        "refused": None,
        "since": (),
    }
    if refused is not None:
        facts |= _refused(visit, refused, revisions)
    return visit.page(
        "record_activity.html",
        last.details.title,
        facts,
        error=None if refused is None else refused.error,
        path=f"/record/{target}",
    )


def _refused(visit: Visit, refused: Refused, revisions: Sequence[Revision]) -> dict[str, Any]:
    """Return what the page says of a form that was refused, and what happened since it was shown.

    What was typed stays. What stood in the form from before, and was changed since, does not: else
    sending it again would put it back.
    """
    fields = dict(refused.fields)
    base = [each for each in revisions if each.version <= refused.version]
    if refused.action == "correct" and base:
        then = standing(visit, base[-1])
        fields = {name: text for name, text in fields.items() if text != then.get(name)}
    since = [each for each in revisions if each.version > refused.version]
    is_conflict = isinstance(refused.error, ConflictError)
    return {
        "refused": {
            "action": refused.action,
            "fields": fields,
            "field": refused.field,
            "is_conflict": is_conflict,
            **in_words(visit.reader.words, refused.error),
        },
        "since": list(shown.events(visit.reader, since, base[-1] if base else None))
        if is_conflict
        else (),
    }


def standing(visit: Visit, revision: Revision) -> dict[str, str]:
    """Return what the fields of a correction hold before anything is typed."""
    say, details = visit.reader.words.say, revision.details
    names = [
        shown.department(visit.reader, each, details.when.first_day)
        for each in details.departments
    ]
    acting = [say(N_("{name} ({role})"), name=each["name"], role=each["role"]) for each in names]
    return {
        "title": details.title,
        "departments": say(N_(", ")).join(acting),
        "place": details.place or "",
        "tags": " ".join(f"#{each}" for each in details.tags),
        "headcount": "" if details.headcount is None else str(details.headcount),
        "description": details.description or "",
    }
