"""Logging in at the provider that the campaign office has named."""

import base64
from dataclasses import replace

from kalends.application.oidc import Identity, Oidc
from kalends.domain.errors import N_, KalendsError, StrangerError
from kalends.web.answers import Answer
from kalends.web.asgi import Header
from kalends.web.clerk.logged_out import login_page
from kalends.web.clerk.visit import Visit

PATH = "/login/oidc"
_COOKIE = "kalends_login"
_SECONDS = 600


def visited(visit: Visit, oidc: Oidc) -> Answer | Identity:
    """Send the browser to the provider; or return who comes back, or why nobody does.

    Nobody else waits meanwhile: call it without the lock of the sessions.
    """
    back = visit.reader.links.whole(PATH)
    try:
        if not visit.asked.query:
            secret = base64.b32encode(visit.workspace.new_seed()).decode("ascii").rstrip("=")
            return visit.sent_on(oidc.begin(secret, back), _cookie(visit, secret))
        return oidc.finish(visit.asked.cookie(_COOKIE), back, visit.asked.query)
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
    title = visit.reader.words.say(N_("You are logged in"))
    return _with(visit.page("logged_in.html", title, {}), over, visit.cookie(secret))


def _with(answer: Answer, *more: Header) -> Answer:
    return replace(answer, headers=(*answer.headers, *more))


def _cookie(visit: Visit, secret: str) -> Header:
    """Return the header that sets the cookie of a login; of none, if it is empty.

    It is sent when the provider's page leads back here, which a stricter one would not be.
    """
    parts = [f"{_COOKIE}={secret}", f"Path={visit.root}/", "HttpOnly", "SameSite=Lax"]
    parts += [
        f"Max-Age={_SECONDS if secret else 0}",
        *(["Secure"] if visit.asked.is_https else []),
    ]
    return b"set-cookie", "; ".join(parts).encode()
