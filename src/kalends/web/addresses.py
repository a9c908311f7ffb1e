"""Which page stands at which address: the one table of both the server and the files of a site."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from kalends.web.pages.agenda import agenda
from kalends.web.pages.home import home
from kalends.web.pages.page import Page
from kalends.web.reader import Reader

PageMaker = Callable[..., Page]

# Each piece in braces is handed to what makes the page, by its name.
PAGES: Mapping[str, PageMaker] = {
    "/": home,
    "/agenda": agenda,
}


class Found(NamedTuple):
    """What makes the page of a path, and what the path names."""

    make: PageMaker
    named: Mapping[str, str]

    def page(self, reader: Reader) -> Page:
        """Return the page; raises what its reading raises."""
        return self.make(reader, **self.named)


def find(path: str) -> Found | None:
    """Return what makes the page of a path without a language, None where there is none."""
    for pattern, make in _PATTERNS:
        if found := pattern.fullmatch(path):
            return Found(make, found.groupdict())
    return None


def _pattern(address: str) -> re.Pattern[str]:
    """Return what matches an address: each piece in braces is anything but a slash."""
    literal = re.escape(address).replace(r"\{", "{").replace(r"\}", "}")
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", literal))


_PATTERNS = [(_pattern(address), make) for address, make in PAGES.items()]
