"""Errors as problem documents (RFC 9457), with the code and the hint of the command line."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

import msgspec

from kalends.domain.errors import N_, KalendsError, LineError
from kalends.presentation.error_answers import in_words
from kalends.presentation.http_statuses import http_status
from kalends.web.api.problem_types import Problem
from kalends.web.http import headers
from kalends.web.http.answers import Answer
from kalends.web.http.asgi import Header
from kalends.words import Message, Words, words

_CHALLENGE: Header = (b"www-authenticate", b'Bearer realm="kalends"')
_AGAIN: Header = (b"retry-after", b"5")
# As RFC 9110 names them: older versions of Python have other names.
_TITLES = {413: "Content Too Large", 422: "Unprocessable Content"}
_TYPE = "urn:kalends:problem:"
# The general hints of these errors speak of files and pages.
_HINTS = {
    "not-json": N_("Send one JSON object; docs/how-to/use-the-api.md shows some."),
    "cut-line": N_("Close every bracket and quotation mark."),
    "missing-field": N_("docs/reference/api.md names the fields of each request."),
    "unknown-field": N_("docs/reference/api.md names the fields of each request."),
    "wrong-type": N_("docs/reference/api.md says what each field holds."),
    "no-page": N_("docs/reference/api.md lists the addresses."),
}
_MESSAGES = {
    "cut-line": N_("The JSON ends before its object does."),
    "no-page": N_("There is nothing at this address: {name}"),
}


def problem(
    error: KalendsError,
    language: str,
    more: tuple[Header, ...] = (),
    *,
    beside: Mapping[str, Any] = MappingProxyType({}),
) -> Answer:
    """Return the answer of an error, in a language; `beside` are further members."""
    status = HTTPStatus(http_status(error))
    of_request = (_HINTS, _MESSAGES) if not isinstance(error, LineError) else ({}, {})
    said = in_words(words(language), error, *of_request)
    document: Problem = {
        "type": f"{_TYPE}{said['code']}",
        "title": _TITLES.get(status, status.phrase),
        "status": int(status),
        "detail": said["message"],
        "code": said["code"],
        "hint": said["hint"],
        "fields": _fields(error, words(language)),
    }
    if "id" in said:
        document["id"] = said["id"]
    extra = {HTTPStatus.UNAUTHORIZED: (_CHALLENGE,), HTTPStatus.SERVICE_UNAVAILABLE: (_AGAIN,)}
    return Answer(
        content=msgspec.json.encode({**document, **beside}),
        headers=(*headers.PROBLEM, *extra.get(status, ()), *more),
        status=int(status),
        keeps=False,
    )


def _fields(error: KalendsError, words: Words) -> dict[str, str | int]:
    """Return what the message of an error names, so that a program can say it in its own words."""
    cause = error.cause if isinstance(error, LineError) else error
    found: dict[str, str | int] = {}
    for name, value in cause.fields.items():
        said = words.gettext(value) if isinstance(value, Message) else value
        found[name] = said if isinstance(said, int) else str(said)
    return found
