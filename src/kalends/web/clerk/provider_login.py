"""Logs somebody in through the provider that the campaign office has named."""

import base64
from dataclasses import replace

from kalends.application.access.oidc import Identity, Oidc
from kalends.domain.errors import N_, KalendsError, StrangerError
from kalends.web.clerk.logged_out import login_page, place_after
from kalends.web.clerk.visit import Visit
from kalends.web.http.answers import Answer
from kalends.web.http.asgi import Header
from kalends.web.pages.page_reader import LANGUAGES

PATH = "/login/oidc"
_COOKIE = "kalends_login"
_SECONDS = 600


def visited(visit: Visit, oidc: Oidc) -> Answer | Identity:
    """Send the browser to the provider; or return who comes back, or why nobody does.

    Nobody else waits meanwhile: call it without the lock of the sessions.
    """
    back = visit.reader.links.whole(PATH)
    try:
        if visit.asked.query.keys() <= {"at"}:
            secret = base64.b32encode(visit.workspace.new_seed()).decode("ascii").rstrip("=")
            place = place_after(visit.asked.query.get("at", "")).removeprefix("/record").strip("/")
            return visit.sent_on(
                oidc.begin(secret, back),
                _cookie(visit, f"{secret}-{visit.reader.language}-{place}"),
            )
        return oidc.finish(_kept(visit)[0], back, visit.asked.query)
    except KalendsError as error:
        return _with(login_page(visit, error=error), _cookie(visit, ""))


def logged_in(visit: Visit, oidc: Oidc, identity: Identity) -> Answer:
    """Log in whom the provider knows, if the campaign office knows them too.

    A browser that comes from another site does not send the cookie of the session on the way, so
    it is sent on by a page of ours.
    """
    over, seed = _cookie(visit, ""), visit.workspace.new_seed()
    secret = visit.sessions.begin_as(seed, identity.subject, identity.email, visit.asked.host)
    if secret is None:
        error = StrangerError(name=oidc.provider.name, login=identity.email or identity.subject)
        return _with(login_page(visit, error=error), over)
    _, language, place = _kept(visit)
    now = (
        visit
        if language not in LANGUAGES
        else replace(visit, reader=visit.reader.speaking(language))
    )
    at = now.reader.page(place_after(f"/record/{place}"))
    page = now.page("logged_in.html", now.reader.words.say(N_("You are logged in")), {"at": at})
    return _with(page, over, visit.cookie(secret))


def _kept(visit: Visit) -> tuple[str, str, str]:
    """Return the secret of a login that was begun, its language and the activity it leads to."""
    secret, _, rest = visit.asked.cookie(_COOKIE).partition("-")
    language, _, place = rest.partition("-")
    return secret, language, place


def _with(answer: Answer, *more: Header) -> Answer:
    return replace(answer, headers=(*answer.headers, *more))


def _cookie(visit: Visit, secret: str) -> Header:
    """Return the header that sets the cookie of a login; of none, if `secret` is empty.

    It is sent when the provider's page leads back here, which a stricter one would not be.
    """
    parts = [f"{_COOKIE}={secret}", f"Path={visit.root}/", "HttpOnly", "SameSite=Lax"]
    parts += [
        f"Max-Age={_SECONDS if secret else 0}",
        *(["Secure"] if visit.asked.is_https else []),
    ]
    return b"set-cookie", "; ".join(parts).encode()
