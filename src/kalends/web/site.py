"""The public pages as files, for any web server: the same pages, with relative links."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import NamedTuple

from typing_extensions import override

from kalends.application.workspace import Workspace
from kalends.domain.errors import PageFaultError
from kalends.web.address import Address
from kalends.web.addresses import page_at
from kalends.web.links import Pairs, SiteLinks
from kalends.web.log_files import log_paths
from kalends.web.options import WebOptions
from kalends.web.page_reader import LANGUAGES
from kalends.web.pages.month import months
from kalends.web.query import Query
from kalends.web.served import LinkMaker, Served, is_page

# What no page links to, and others ask for.
_BESIDE = ("/embed/agenda",)
_OK, _NOT_FOUND = 200, 404


class SiteFile(NamedTuple):
    """A file of the site: its path within the folder, and its bytes, perhaps in pieces."""

    path: str
    pieces: Iterable[bytes]


def site_files(
    workspace: Workspace, options: WebOptions, report: Callable[[str, Exception], None]
) -> Iterator[SiteFile]:
    """Yield all files of a site: the first page, and whatever is linked from it, in any way.

    Raises `PageFaultError` where a page cannot be made; `report` is told why.
    """
    linked = _Linked()
    with closing(Served(workspace, options, report, linked.links_of(options))) as served:
        linked.ask(_first(served))
        for path in linked.paths():
            answer = served.answer(Address(path, b""))
            if answer.status == _NOT_FOUND:  # a link that the page does not show after all
                continue
            if answer.status != _OK:
                raise PageFaultError
            yield SiteFile(_file_of(path), answer.pieces or (answer.octets,))


def _first(served: Served) -> Iterator[str]:
    """Yield the paths from which all others are found, and those to which no page links."""
    reader = served.reader(Address("/", b""), Query(), served.language)
    for path in ("/", *_BESIDE):
        if page_at(path) is not None:
            yield from (_path(path, language, served.language) for language in LANGUAGES)
    yield from (f"/month/{month:%Y-%m}" for month in months(reader))
    yield from (f"/feeds/{feed.name}.ics" for feed in reader.record.feeds)
    yield from log_paths(reader.log)


def _path(path: str, language: str, campaign_language: str) -> str:
    """Return the path of a page in a language."""
    prefix = "" if language == campaign_language else f"/{language}"
    return f"{prefix}{path}".rstrip("/") or "/"


def _file_of(path: str) -> str:
    """Return the file of a path: a page is the index of a folder."""
    return f"{path}/index.html".strip("/") if is_page(path) else path.lstrip("/")


class _Linked:
    """The paths that pages link to, each once, in the order in which they are found."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._waiting: deque[str] = deque()

    def ask(self, paths: Iterable[str]) -> None:
        for path in paths:
            if path not in self._known:
                self._known.add(path)
                self._waiting.append(path)

    def paths(self) -> Iterator[str]:
        while self._waiting:
            yield self._waiting.popleft()

    def links_of(self, options: WebOptions) -> LinkMaker:
        """Return what makes the links of an address, in the campaign's language."""

        def links(address: Address, language: str) -> SiteLinks:
            return _AskingLinks(self.ask, address.path, options.public_url, language)

        return links


class _AskingLinks(SiteLinks):
    """Links that make sure that what they lead to is written too."""

    def __init__(
        self, ask: Callable[[Iterable[str]], None], path: str, site: str | None, language: str
    ) -> None:
        here = path if is_page(path) else path.rpartition("/")[0]
        super().__init__(here, site, language)
        self._ask = ask
        self._campaign_language = language

    @override
    def page(self, path: str, language: str, words: Pairs = ()) -> str:
        self._ask([_path(path, language, self._campaign_language)])
        return super().page(path, language, words)

    @override
    def file(self, path: str, words: Pairs = ()) -> str:
        self._ask([path])
        return super().file(path, words)

    @override
    def whole(self, path: str, words: Pairs = ()) -> str:
        self._ask([path])
        return super().whole(path, words)

    @override
    def whole_page(self, path: str, language: str, words: Pairs = ()) -> str | None:
        self._ask([_path(path, language, self._campaign_language)])
        return super().whole_page(path, language, words)
