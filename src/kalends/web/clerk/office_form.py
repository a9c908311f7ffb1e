"""What the office's forms share: who may send them, sending them once, showing the result."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kalends.application.access.secrets_folder import secret_from
from kalends.application.recording.keyed_request import AlreadyRecorded
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import FormRefusedError, KalendsError, OfficeOnlyError
from kalends.domain.events import Entry
from kalends.presentation.error_answers import in_words
from kalends.web import failures
from kalends.web.clerk.logged_out import logged_out
from kalends.web.clerk.visit import Visit
from kalends.web.http.answers import Answer

# What happens with a form: it returns the events, none if nothing changed.
Change = Callable[[Workspace, Mapping[str, str]], Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was refused: what it wanted, its fields as typed, and why."""

    action: str
    fields: Mapping[str, str]
    error: KalendsError


def is_of_office(path: str) -> bool:
    """Return whether a path is one of these pages."""
    return path == "/record/settings" or path.startswith("/record/departments/")


def for_office(page: Callable[[Visit], Answer]) -> Callable[[Visit], Answer]:
    """Return a page that asks others to log in, or tells them that only the office may see it."""

    def answered(visit: Visit) -> Answer:
        if visit.caller is None:
            return logged_out(visit)
        if visit.caller.role != "office":
            raise OfficeOnlyError(actor=visit.caller.actor)
        return page(visit)

    return answered


def sent(visit: Visit, change: Change) -> Sequence[Entry] | Refused:
    """Carry out what a form wants, once, or return why it was refused.

    Raises `FormRefusedError` for a form that no page of ours sent.
    """
    try:
        form = visit.form()
    except FormRefusedError as error:  # of a session before: nothing of it is lost
        return Refused(_action(visit), visit.asked.form, error)
    keyed = visit.keyed(form)
    workspace = visit.acting(keyed)
    try:
        keyed.check(workspace)
        return change(workspace, form)
    except AlreadyRecorded as done:
        return done.entries
    except KalendsError as error:
        if failures.is_fault(error) or isinstance(error, FormRefusedError):
            raise
        return Refused(_action(visit), form, error)


def facts(visit: Visit, refused: Refused | None) -> dict[str, Any]:
    """Return what the template of a form needs: a new key, and what was refused."""
    said: dict[str, Any] | None = None
    if refused is not None:
        said = {"action": refused.action, "fields": refused.fields,
                **in_words(visit.reader.words, refused.error)}  # fmt: skip
    return {
        "key": secret_from(visit.workspace.new_seed()),
        "refused": said,
        "how": next((how for how in ("done", "same") if visit.asked.query.get(how)), None),
    }


def _action(visit: Visit) -> str:
    """Return what a form wants: the last word of the address to which it was sent."""
    return visit.asked.path.rpartition("/")[2]
