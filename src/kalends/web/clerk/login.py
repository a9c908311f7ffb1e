"""Logging in with a token or with a link that works once, and logging out."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from kalends.domain.errors import (
    KalendsError,
    LinkRefusedError,
    SessionOverError,
    TokenRefusedError,
)
from kalends.web.clerk import activity, roster, settings
from kalends.web.clerk.activity import Refused
from kalends.web.clerk.form import COOKIE
from kalends.web.clerk.logged_out import kept_in, login_page, place_after
from kalends.web.clerk.office_form import is_of_office
from kalends.web.clerk.record import start
from kalends.web.clerk.visit import Visit
from kalends.web.http.answers import Answer

_OK = 200


def login(visit: Visit) -> Answer:
    """Return the form that takes a token, or who is logged in; log in with a token.

    What somebody had written when their session ended is on the page that they then see.
    """
    if visit.asked.method != "POST":
        return login_page(visit, at=visit.asked.query.get("at", ""))
    form = visit.asked.form
    at, kept = kept_in(form)
    try:
        secret = visit.sessions.begin(
            visit.workspace.new_seed(), form.get("token", "").strip(), visit.asked.host
        )
    except TokenRefusedError as refused:
        return login_page(visit, error=refused, at=at, kept=kept)
    if not kept:
        return visit.sent_to(place_after(at), visit.cookie(secret))
    return _resumed(visit, secret, at, kept)


def _resumed(visit: Visit, secret: str, at: str, kept: Mapping[str, str]) -> Answer:
    """Return the page on which somebody wrote, with their words, for the session just begun."""
    named = {**visit.asked.headers, "cookie": f"{COOKIE}={secret}"}
    asked = replace(visit.asked, path=at, headers=named)
    now = replace(visit, asked=asked, caller=visit.sessions.caller(secret))
    target, _, action = at.removeprefix("/record").strip("/").partition("/")
    error = SessionOverError()
    made: Answer | None = None
    try:
        refused = Refused(action=action, fields=kept, error=error)
        if now.caller is not None and now.caller.role == "office" and is_of_office(at):
            page = settings.resumed if at == settings.PATH else roster.resumed
            made = page(now, kept, error)
        else:
            made = activity.show(now, target, refused) if action else None
    except KalendsError:  # another person, who does not see that activity
        pass
    made = made or start(now, line=kept.get("line", ""), error=error)
    return replace(made, status=_OK, headers=(*made.headers, visit.cookie(secret)))


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
    return login_page(visit, code=None if error else code, error=error)


def logout(visit: Visit) -> Answer:
    """Log out; there is nothing to read here."""
    if visit.asked.method == "POST" and visit.caller is not None:
        visit.form()
        visit.sessions.end(visit.asked.session)
        return visit.sent_to("/login", visit.cookie(""))
    return visit.sent_to("/login")


PAGES: Mapping[str, Callable[[Visit], Answer]] = {"/login": login, "/logout": logout}
