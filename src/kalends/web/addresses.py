"""The table of pages and their addresses, for the server and for a written site."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TypeVar

from kalends.web.pages.activity import activity
from kalends.web.pages.agenda import agenda
from kalends.web.pages.audit import audit
from kalends.web.pages.changes import changes
from kalends.web.pages.changes_feed import changes_feed
from kalends.web.pages.departments import department, departments
from kalends.web.pages.embed import embedded_agenda
from kalends.web.pages.figures import figures
from kalends.web.pages.files import WebFile
from kalends.web.pages.home import home
from kalends.web.pages.log_files import LOG_FILES
from kalends.web.pages.month import month, this_month
from kalends.web.pages.openapi import openapi
from kalends.web.pages.page import Moved, Page
from kalends.web.pages.page_reader import Reader
from kalends.web.pages.pictures import picture
from kalends.web.pages.search import search
from kalends.web.pages.subscribe import poster, subscribe
from kalends.web.pages.tags import odd_tag, tag, tags
from kalends.web.pages.timeline import timeline

PageMaker = Callable[..., Page | Moved]
FileMaker = Callable[..., WebFile]

# Each piece in braces is handed to what makes the page, by its name.
PAGES: Mapping[str, PageMaker] = {
    "/": home,
    "/agenda": agenda,
    "/departments": departments,
    "/departments/{name*}": department,
    "/activities/{prefix}": activity,
    "/tags": tags,
    "/tags/{tag}": tag,
    "/tags/-/tag-{tag}/page": odd_tag,
    "/search": search,
    "/changes": changes,
    "/embed/agenda": embedded_agenda,
    "/subscribe": subscribe,
    "/subscribe/poster": poster,
    "/month": this_month,
    "/month/{month}": month,
    "/timeline": timeline,
    "/figures": figures,
    "/audit": audit,
}
# What is only to be looked at.
_NO_DATA = frozenset({"/subscribe/poster"})
# What has no language; each is made as pages are.
FILES: Mapping[str, FileMaker] = {
    "/openapi.json": lambda reader: openapi(reader, sorted(PAGES.keys() - _NO_DATA)),
    "/figures/{name}.{language}.svg": picture,
    "/changes.atom": changes_feed,
    **LOG_FILES,
}


_Made = TypeVar("_Made")


def page_at(path: str) -> Callable[[Reader], Page | Moved] | None:
    """Return what makes the page of a path without a language; None if no page has this path."""
    return _found(_PAGES, path)


def file_at(path: str) -> Callable[[Reader], WebFile] | None:
    """Return what makes the file of a path; None if no file has this path."""
    return _found(_FILES, path)


def _found(
    patterns: Iterable[tuple[re.Pattern[str], Callable[..., _Made]]], path: str
) -> Callable[[Reader], _Made] | None:
    for pattern, make in patterns:
        if found := pattern.fullmatch(path):
            return partial(make, **found.groupdict())
    return None


def _pattern(address: str) -> re.Pattern[str]:
    """Return what matches an address: each piece in braces is anything but a slash.

    With an asterisk, it is anything.
    """
    literal = re.escape(address).replace(r"\{", "{").replace(r"\}", "}")
    literal = re.sub(r"\{(\w+)\\\*\}", r"(?P<\1>.+)", literal)
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", literal))


_PAGES = [(_pattern(address), make) for address, make in PAGES.items()]
_FILES = [(_pattern(address), make) for address, make in FILES.items()]
