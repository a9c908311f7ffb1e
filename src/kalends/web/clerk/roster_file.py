"""A whole roster from a file: the office sees what it would register, then registers it."""

from collections.abc import Mapping, Sequence
from typing import Any

from kalends.application.roster.registering import (
    Registered,
    RosterFile,
    looked_through,
    register_all,
    roster_file,
    roster_text,
)
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import (
    N_,
    FormRefusedError,
    KalendsError,
    LongRosterError,
    NoFileChosenError,
)
from kalends.domain.events import DepartmentRegistered, Entry
from kalends.presentation.department_text import in_roster
from kalends.presentation.error_answers import in_words
from kalends.presentation.texts import unread_columns
from kalends.web import failures
from kalends.web.clerk import roster
from kalends.web.clerk.office_form import Refused, facts, for_office, sent
from kalends.web.clerk.visit import Visit
from kalends.web.http.answers import Answer

PATH = "/record/roster"
# So many bytes of departments are shown and sent again; a field of a form makes six of each.
_MOST = 150_000
_ACTION = "roster"


@for_office
def page(visit: Visit) -> Answer:
    """Return the page that takes a file, what is in a file, or register what was shown."""
    if visit.asked.method != "POST":
        return _page(visit)
    try:
        form = visit.form()
    except FormRefusedError as error:  # of a session before
        return _page(visit, error=error)
    if form.get("step") == "record":
        return _registered(visit)
    try:
        return _shown(visit)
    except KalendsError as error:
        if failures.is_fault(error) or isinstance(error, FormRefusedError):
            raise
        return _page(visit, error=error)


def _shown(visit: Visit) -> Answer:
    """Show what a file would register, and which of its lines are wrong."""
    assert visit.caller is not None
    content = visit.asked.files.get("file", b"")
    if not content.strip():
        raise NoFileChosenError
    file = roster_file(content)
    good = [(number, line) for number, line in file.lines if not isinstance(line, KalendsError)]
    text = roster_text(good)
    if len(text.encode()) > _MOST:
        raise LongRosterError(most=_MOST)
    workspace = visit.workspace.acting_for(visit.caller, "web", dry_run=True)
    found = looked_through(workspace, file)
    facts = {"found": True, "lines": text, "unread": _unread(visit, file), **_found(visit, found)}
    return _page(visit, facts)


def _unread(visit: Visit, file: RosterFile) -> str:
    """Return which columns are not read, in words; empty if there are none."""
    names = file.unread
    return unread_columns(visit.reader.words, names).removeprefix("! ") if names else ""


def _found(visit: Visit, found: Registered) -> dict[str, Any]:
    words, known = visit.reader.words, found.roster
    today = date_context(visit.workspace).today
    new = {
        entry.event.code
        for entry in found.entries
        if isinstance(entry.event, DepartmentRegistered)
    }
    rows = [
        {
            "name": each.name,
            "depth": min(depth, roster.DEEPEST),
            "remarks": [text for text in in_roster(words, depth, each, today)[2] if text],
            "code": each.code,
        }
        for depth, each in known.tree
        if each.code in new
    ]
    failed = [in_words(words, error) for error in found.failed]
    return {"rows": rows, "failed": failed, "already": found.already, "count": len(rows)}


def _registered(visit: Visit) -> Answer:
    """Register what was shown; whoever changed the roster meanwhile comes first."""

    def register(workspace: Workspace, form: Mapping[str, str]) -> Sequence[Entry]:
        return register_all(workspace, roster_file(form.get("lines", "").encode())).entries

    entries = sent(visit, register)
    if isinstance(entries, Refused):
        return _page(visit, error=entries.error)
    return visit.sent_to(roster.ROOT, words=[("done" if entries else "same", "1")])


def _page(
    visit: Visit, found: Mapping[str, Any] | None = None, *, error: KalendsError | None = None
) -> Answer:
    refused = None if error is None else Refused(_ACTION, {}, error)
    shown = {"found": False, **facts(visit, refused), **(found or {})}
    title = visit.reader.words.say(N_("A whole roster from a file"))
    return visit.page("office_roster.html", title, shown, error=error, path=PATH)
