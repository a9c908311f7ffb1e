"""Asks for a new login when a session is over, and keeps what was written."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kalends.domain.errors import N_, KalendsError
from kalends.domain.when import PARTS
from kalends.web.clerk.visit import Visit
from kalends.web.http.answers import Answer

_LOGGED_OUT = 401
_SETTINGS = ("title", "first", "last", "language", "zone", "site", "feed_format", *PARTS)
# The fields of forms that somebody writes, and the version or the values for which they wrote.
_WRITTEN = ("line", "to", "when", "departments", "place", "tags", "headcount", "description",
            "reason", "version", "name", "code", "aliases", "alias", "parent", "into", "on",
            "short", *_SETTINGS, *(f"seen_{name}" for name in _SETTINGS))  # fmt: skip
_PREFIX = "kept-"
# Where somebody may want to go once they are logged in.
_AFTER = re.compile("/record/(?!undo$|reading$)[0-9a-z]+(?:(?<=/departments)/[0-9a-z-]{1,40})?")


def logged_out(visit: Visit) -> Answer:
    """Ask somebody to log in; what they had written is shown, and sent along."""
    if visit.asked.method == "GET":
        at = visit.asked.path
        return visit.sent_to("/login", words=[("at", at)] if _AFTER.fullmatch(at) else ())
    form = visit.asked.form
    kept = {name: form[name] for name in _WRITTEN if form.get(name)}
    return replace(login_page(visit, at=visit.asked.path, kept=kept), status=_LOGGED_OUT)


def login_page(
    visit: Visit,
    *,
    code: str | None = None,
    error: KalendsError | None = None,
    at: str = "",
    kept: Mapping[str, str] | None = None,
) -> Answer:
    """Return the page that logs in, by a token, with the code of a link or at the provider.

    `kept` is what somebody wrote at the address `at`, whose session is over.
    """
    kept = kept or {}
    facts: dict[str, Any] = {
        "code": code,
        "at_words": f"?at={at}" if _AFTER.fullmatch(at) else "",
        "provider": None if visit.provider is None else visit.provider.name,
        "written": [
            text
            for name, text in kept.items()
            if name != "version" and kept.get(f"seen_{name}") != text and "seen_" not in name
        ],
        "kept": [("at", at), *((f"{_PREFIX}{name}", text) for name, text in kept.items())]
        if kept
        else [("at", at)]
        if at
        else (),
    }
    title = visit.reader.words.say(N_("Log in"))
    return visit.page("login.html", title, facts, error=error, path="/login")


def place_after(at: str) -> str:
    """Return where to go for somebody who has logged in, who wanted to be at an address."""
    return at if _AFTER.fullmatch(at) else "/record"


def kept_in(form: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return where somebody wrote and what, from the form that logs them in again."""
    kept = {name: form[f"{_PREFIX}{name}"] for name in _WRITTEN if f"{_PREFIX}{name}" in form}
    return form.get("at", ""), kept
