"""Logging in with a token or with a link that works once, and logging out."""

from collections.abc import Callable, Mapping

from kalends.domain.errors import N_, KalendsError, LinkRefusedError, TokenRefusedError
from kalends.web.answers import Answer
from kalends.web.clerk.visit import Visit


def login(visit: Visit) -> Answer:
    """Return the form that takes a token, or who is logged in; log in with a token."""
    error = None
    if visit.asked.method == "POST":
        token = visit.asked.form.get("token", "").strip()
        try:
            secret = visit.sessions.begin(visit.workspace.new_seed(), token, visit.asked.host)
            return visit.sent_to("/record", visit.cookie(secret))
        except TokenRefusedError as refused:
            error = refused
    return form(visit, error=error)


def form(
    visit: Visit, *, code: str | None = None, error: KalendsError | None = None, line: str = ""
) -> Answer:
    """Return the page that logs in; `line` is what somebody wrote whose session is over."""
    title = visit.reader.words.say(N_("Log in"))
    return visit.page("login.html", title, {"code": code, "line": line}, error=error)


def link(visit: Visit) -> Answer:
    """Return the button that logs in with a link; log in when it was pressed.

    Programs that show what a link in a chat leads to only read it: they do not use it up.
    """
    code, error = visit.asked.path.removeprefix("/login/"), None
    if visit.asked.method == "POST":
        try:
            secret = visit.sessions.follow(visit.workspace.new_seed(), code, visit.asked.host)
            return visit.sent_to("/record", visit.cookie(secret))
        except LinkRefusedError as refused:
            error = refused
    return form(visit, code=None if error else code, error=error)


def logout(visit: Visit) -> Answer:
    """Log out; there is nothing to read here."""
    if visit.asked.method == "POST" and visit.caller is not None:
        visit.form()
        visit.sessions.end(visit.asked.session)
        return visit.sent_to("/login", visit.cookie(""))
    return visit.sent_to("/login")


PAGES: Mapping[str, Callable[[Visit], Answer]] = {"/login": login, "/logout": logout}
