"""Errors as an answer: a page for people, a document for programs, a line for calendars."""

from kalends.domain.errors import (
    InDoubtError,
    KalendsError,
    MachineError,
    NotOwnFileError,
    PageNotNowError,
    PerhapsRecordedError,
    ReadOnlyStoreError,
    ServerRefusedError,
    ShowsOnlyError,
    UnconfirmedError,
)
from kalends.presentation.error_answers import in_words
from kalends.presentation.http_statuses import http_status
from kalends.web.http import headers
from kalends.web.http.answers import Answer
from kalends.web.http.asgi import Header
from kalends.web.pages import data
from kalends.web.pages.page import Page, html
from kalends.web.pages.page_reader import Reader
from kalends.words import words

_FAULTS = range(500, 600)
_AGAIN_SECONDS = 5


def is_fault(error: KalendsError) -> bool:
    """Return whether an error is the server's and not the visitor's; then it is logged."""
    return http_status(error) in _FAULTS


def for_visitors(error: KalendsError) -> KalendsError:
    """Return what visitors are told: of what this machine could not do, what it means for them."""
    if isinstance(error, ReadOnlyStoreError):
        return ShowsOnlyError()
    if isinstance(error, InDoubtError | UnconfirmedError):
        return PerhapsRecordedError()
    if isinstance(error, MachineError | NotOwnFileError | ServerRefusedError) and is_fault(error):
        return PageNotNowError()
    return error


def as_page(reader: Reader, error: KalendsError) -> Answer:
    """Answer a person."""
    said = in_words(reader.words, error)
    page = Page(
        path="/",
        title=said["message"],
        template="error.html",
        facts={"hint": said["hint"]},
        has_moments=False,
    )
    return _answer(error, html(reader, page), headers.of_page())


def as_data(error: KalendsError, language: str) -> Answer:
    """Answer a program."""
    document = data.document({"ok": False, "error": in_words(words(language), error)})
    return _answer(error, document, headers.DATA)


def as_line(error: KalendsError, language: str, more: tuple[Header, ...] = ()) -> Answer:
    """Answer a calendar program, with further headers."""
    line = in_words(words(language), error)["message"]
    return _answer(error, f"{line}\n".encode(), (*headers.LINE, *more))


def _answer(error: KalendsError, content: bytes, how: tuple[Header, ...]) -> Answer:
    status = http_status(error)
    again = ((b"retry-after", b"%d" % _AGAIN_SECONDS),) if is_fault(error) else ()
    return Answer(content=content, headers=(*how, *again), status=status, keeps=False)
