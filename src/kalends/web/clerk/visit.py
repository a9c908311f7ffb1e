"""One request from a browser, logged in or not, and how to answer it."""

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

import msgspec

from kalends.application.access.permissions import Caller
from kalends.application.access.sessions import SESSION_LIFETIME, Sessions, form_secret
from kalends.application.recording.keyed_request import KeyedRequest
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import FormRefusedError, FormSentError, KalendsError
from kalends.login_provider import LoginProvider
from kalends.presentation.error_answers import in_words
from kalends.presentation.http_statuses import http_status
from kalends.web.clerk.form import COOKIE, FormRequest
from kalends.web.http import headers
from kalends.web.http.answers import Answer
from kalends.web.http.asgi import Header
from kalends.web.pages.links import Pairs
from kalends.web.pages.page import Page, html
from kalends.web.pages.page_reader import Reader

_SEE_OTHER, _OK = 303, 200
# What a template may have and most pages lack.
_ABSENT: Mapping[str, Any] = {
    "unread": None, "is_read": False, "is_new": False, "is_part": False, "is_checked": False,
    "can_be_recorded": False, "example": "",
}  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """A request, what its page is made from, and who is logged in, None for nobody."""

    asked: FormRequest
    reader: Reader
    sessions: Sessions
    workspace: Workspace
    root: str
    caller: Caller | None
    provider: LoginProvider | None = None

    def form(self) -> dict[str, str]:
        """Return the form of somebody who is logged in; raises `FormRefusedError`."""
        found = self.asked.form
        known = form_secret(self.asked.session)
        if self.caller is None or not compare_digest(
            found.get("form", "").encode(), known.encode()
        ):
            raise FormRefusedError
        return found

    def keyed(self, form: Mapping[str, str], request: bytes | None = None) -> KeyedRequest:
        """Return what makes a form recorded once; raises `FormRefusedError` for one without a key.

        `request` is what it asks for, if that is not all of its fields.
        """
        if self.caller is None or not form.get("key"):
            raise FormRefusedError
        path, key = ("", form["key"]) if request else (self.asked.path, form["key"])
        asked = request or msgspec.json.encode([path, sorted(form.items())])
        return KeyedRequest(self.caller.actor, f"{key}{path}", asked, FormSentError)

    def acting(self, keyed: KeyedRequest) -> Workspace:
        """Return the workspace in which a form is carried out, for who is logged in."""
        assert self.caller is not None
        return self.workspace.acting_for(
            self.caller, "web", act=keyed.act, before_turn=keyed.check
        )

    def page(
        self,
        template: str,
        title: str,
        facts: Mapping[str, Any],
        *,
        error: KalendsError | None = None,
        path: str | None = None,
    ) -> Answer:
        """Return a page, with an error where there is one."""
        mine = {
            "who": None if self.caller is None else self.caller.actor,
            "form": form_secret(self.asked.session) if self.caller else "",
            "error": None if error is None else in_words(self.reader.words, error),
        }
        made = Page(
            path=path or self.asked.path,
            title=title,
            template=template,
            facts={**_ABSENT, **mine, **facts},
            has_moments=False,
        )
        status = _OK if error is None else http_status(error)
        content = html(self.reader, made)
        return Answer(content=content, headers=headers.of_own_page(), status=status, keeps=False)

    def sent_to(self, path: str, *more: Header, words: Pairs = ()) -> Answer:
        """Send the browser to a page of ours."""
        place = self.reader.links.page(path, self.reader.language, words)
        how = (*headers.of_own_page(), (b"location", place.encode()), *more)
        return Answer(headers=how, status=_SEE_OTHER, keeps=False)

    def sent_on(self, address: str, cookie: Header) -> Answer:
        """Send the browser to another site."""
        how = (*headers.of_own_page(), (b"location", address.encode()), cookie)
        return Answer(headers=how, status=_SEE_OTHER, keeps=False)

    def cookie(self, secret: str) -> Header:
        """Return the header that sets the cookie of a session; of no session, if it is empty."""
        seconds = int(SESSION_LIFETIME.total_seconds()) if secret else 0
        parts = [f"{COOKIE}={secret}", f"Path={self.root}/", f"Max-Age={seconds}", "HttpOnly"]
        parts += ["SameSite=Strict", *(["Secure"] if self.asked.is_https else [])]
        return b"set-cookie", "; ".join(parts).encode()
