"""The roster, as the campaign office changes it: at `/record/departments`."""

from collections.abc import Mapping, Sequence
from datetime import date

from kalends.application.queries.activity_history import standing_from
from kalends.application.queries.departments import department_record
from kalends.application.roster.department_forms import ACTIONS, change, registration
from kalends.application.roster.roster_changes import change_roster
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.department import Department
from kalends.domain.errors import N_, KalendsError, PageNotFoundError
from kalends.domain.events import Entry
from kalends.domain.roster import Roster
from kalends.presentation.department_text import description, happened, in_roster
from kalends.web.clerk.office_form import Refused, facts, for_office, sent
from kalends.web.clerk.visit import Visit
from kalends.web.http.answers import Answer

ROOT = "/record/departments"
_NEW = "new"
# So many levels of parents are shown.
DEEPEST = 3


@for_office
def roster(visit: Visit) -> Answer:
    """Show all departments, or one, or carry out what a form of these pages wants."""
    code, _, action = visit.asked.path.removeprefix(ROOT).removeprefix("/").partition("/")
    if visit.asked.method == "POST":
        if code == _NEW and not action:
            return _registered(visit)
        return _changed(visit, code, action)
    if action:
        raise PageNotFoundError(name=visit.asked.path)
    return _department(visit, code) if code else _all(visit)


def resumed(visit: Visit, fields: Mapping[str, str], error: KalendsError) -> Answer:
    """Return the page with what the office had written when its session ended."""
    code, _, action = visit.asked.path.removeprefix(f"{ROOT}/").partition("/")
    if code == _NEW:
        return _all(visit, Refused(_NEW, fields, error))
    return _department(visit, code, Refused(action, fields, error))


def _registered(visit: Visit) -> Answer:
    def register(workspace: Workspace, form: Mapping[str, str]) -> Sequence[Entry]:
        return change_roster(workspace, [registration(workspace, form)])

    entries = sent(visit, register)
    if isinstance(entries, Refused):
        return _all(visit, entries)
    code = getattr(entries[0].event, "code", "")
    return visit.sent_to(f"{ROOT}/{code}", words=[("done", "1")])


def _changed(visit: Visit, code: str, action: str) -> Answer:
    found = _found(visit, code)
    if action not in ACTIONS:
        raise PageNotFoundError(name=visit.asked.path)

    def changed(workspace: Workspace, form: Mapping[str, str]) -> Sequence[Entry]:
        return change_roster(workspace, [change(workspace, found, action, form)])

    entries = sent(visit, changed)
    if isinstance(entries, Refused):
        return _department(visit, code, entries)
    return visit.sent_to(f"{ROOT}/{code}", words=[("done" if entries else "same", "1")])


def _all(visit: Visit, refused: Refused | None = None) -> Answer:
    """Return the list of departments, each after its parent, with the form for a new one."""
    words, known = visit.reader.words, visit.workspace.service.roster()
    today = date_context(visit.workspace).today
    rows = [
        {
            "name": each.name_on(today),
            "depth": min(depth, DEEPEST),
            "remarks": [text for text in in_roster(words, depth, each, today)[2] if text],
            "is_off": not each.acts_on(today),
            "link": visit.reader.page(f"{ROOT}/{each.code}"),
        }
        for depth, each in known.tree
    ]
    shown = {**facts(visit, refused), "rows": rows, "names": _names(known, today)}
    title = words.say(N_("Departments"))
    error = None if refused is None else refused.error
    return visit.page("office_departments.html", title, shown, error=error, path=ROOT)


def _department(visit: Visit, code: str, refused: Refused | None = None) -> Answer:
    """Return the page of a department, with what can be done with it."""
    words, workspace, found = visit.reader.words, visit.workspace, _found(visit, code)
    known, here = workspace.service.roster(), date_context(workspace)
    record = department_record(workspace, code, known_at=workspace.log.position())
    zone = workspace.service.standing.zone
    parent = None if found.parent is None else known.departments[found.parent]
    shown = {
        **facts(visit, refused),
        "code": code,
        "rows": description(words, known, found, here.today),
        "possible": _possible(found),
        "aliases": found.aliases,
        "standing": {
            "name": found.name,
            "short": found.short or "",
            "parent": "" if parent is None else parent.name_on(here.today),
        },
        "public": visit.reader.page(f"/departments/{code}"),
        "left": _left(workspace, found, here.today),
        "events": [happened(words, zone, entry) for entry in record.events][::-1],
        "names": [name for name in _names(known, here.today) if name != found.name],
    }
    title = found.name_on(here.today)
    error = None if refused is None else refused.error
    path = f"{ROOT}/{code}"
    return visit.page("office_department.html", title, shown, error=error, path=path)


def _found(visit: Visit, code: str) -> Department:
    """Return the department with a code; raises `PageNotFoundError`."""
    found = visit.workspace.service.roster().departments.get(code)
    if found is None or found.is_withdrawn:
        raise PageNotFoundError(name=visit.asked.path)
    return found


def _possible(found: Department) -> Sequence[str]:
    """Return what can be done with a department as it is."""
    if found.merged_into is not None:
        return ("rename", "alias")
    ends = ("reopen",) if found.is_closed else ("merge", "close")
    return ("rename", "short", "alias", "move", *ends)


def _left(workspace: Workspace, found: Department, today: date) -> int:
    """Return how many activities name a department on or after the day on which it ended."""
    if not found.is_closed and found.merged_into is None:
        return 0
    return len(standing_from(workspace, found.code, found.closed_on or today))


def _names(known: Roster, today: date) -> list[str]:
    return [each.name_on(today) for each in known.listed if each.acts_on(today)]
