"""Errors as an answer: a page for people, a document for programs, a line for calendars."""

from starlette.responses import Response

from kalends.domain.errors import KalendsError
from kalends.presentation.error_answers import http_status, in_words
from kalends.web import data
from kalends.web.pages.page import Page, html
from kalends.web.reader import Reader
from kalends.words import words


def as_page(reader: Reader, error: KalendsError) -> Response:
    """Answer a person."""
    said = in_words(reader.words, error)
    page = Page(
        path="/", title=said["message"], template="error.html", facts={"hint": said["hint"]}
    )
    return Response(html(reader, page), http_status(error), media_type="text/html")


def as_data(error: KalendsError, language: str) -> Response:
    """Answer a program."""
    document = data.document({"ok": False, "error": in_words(words(language), error)})
    return Response(document, http_status(error), media_type="application/json")


def as_line(error: KalendsError, language: str) -> Response:
    """Answer a calendar program."""
    line = in_words(words(language), error)["message"]
    return Response(f"{line}\n", http_status(error), media_type="text/plain")
