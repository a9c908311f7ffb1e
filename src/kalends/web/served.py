"""One workspace as it is served: what answers each address."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from kalends.application import feed_secrets
from kalends.application.feed_serving import FeedSource, ServedFeed
from kalends.application.workspace import Workspace
from kalends.domain.errors import KalendsError, PageNotFoundError
from kalends.web import addresses, data, failures
from kalends.web.files import WebFile
from kalends.web.links import ServedLinks
from kalends.web.options import WebOptions
from kalends.web.pages.page import Moved, Page, html
from kalends.web.query import Query, read_query
from kalends.web.reader import LANGUAGES, Reader

_FEEDS, _ICS, _JSON = "/feeds/", ".ics", ".json"


class Served:
    """One workspace as it is served; several threads may use it."""

    def __init__(self, workspace: Workspace, options: WebOptions) -> None:
        """Take the open workspace, and how it is to be served."""
        self._workspace = workspace
        self._options = options
        self._feeds = FeedSource(workspace)

    def close(self) -> None:
        """Close the workspace, and everything that was opened for it."""
        self._feeds.close()
        self._workspace.close()

    @property
    def language(self) -> str:
        """Return the campaign's language."""
        return self._workspace.service.campaign().settings.language

    def calendar(self, path: str, query: str) -> ServedFeed:
        """Return the calendar of an address; raises `FeedNotFoundError` and others."""
        asked = read_query(query)
        if path.startswith(_FEEDS):
            name = path.removeprefix(_FEEDS).removesuffix(_ICS)
            return self._feeds.feed(name, asked.words, asked.cancelled)
        return self._feeds.entry(path.rpartition("/")[2].removesuffix(_ICS))

    def private_calendar(self, path: str, query: str) -> ServedFeed:
        """Return the calendar of an address, with what is withheld."""
        asked = read_query(query)
        name = path.removeprefix(_FEEDS).removesuffix(_ICS)
        return self._feeds.feed(name, asked.words, asked.cancelled, withheld=True)

    def opens(self, secret: str, name: str) -> bool:
        """Return whether a secret opens a feed, as it is known now."""
        return feed_secrets.opens(self._workspace.folder, secret, name)

    def page(self, request: Request) -> Response:
        """Answer with a page, or with the data beside it."""
        path = f"/{request.path_params['path']}"
        if path != "/" and path.endswith("/"):
            plain = request.url.path.rstrip("/") or "/"
            return RedirectResponse(request.url.replace(path=plain), 308)
        first, _, rest = path[1:].partition("/")
        language = first if first in LANGUAGES else None
        if language is not None:
            path = f"/{rest}"
        if language is None and (make := addresses.file_at(path)):
            return self._file(request, make)
        if path.endswith(_JSON) and language is None:
            return self._data(request, "/" if path == "/index.json" else path.removesuffix(_JSON))
        return self._html(request, path, language or self.language)

    def _html(self, request: Request, path: str, language: str) -> Response:
        reader = self._reader(request, Query(), language)
        try:
            reader = self._reader(request, read_query(request.url.query), language)
            page = _page_at(path)(reader)
            if isinstance(page, Moved):
                return _moved(request, reader.links.page(page.path, language))
            return Response(html(reader, page), media_type="text/html")
        except KalendsError as error:
            return failures.as_page(self._reader(request, Query(), language), error)

    def _file(self, request: Request, make: Callable[[Reader], WebFile]) -> Response:
        try:
            file = make(self._reader(request, read_query(request.url.query), self.language))
            if file.pieces is not None:
                return StreamingResponse(file.pieces, media_type=file.media_type)
            return Response(file.octets, media_type=file.media_type)
        except KalendsError as error:
            return failures.as_line(error, self.language)

    def _data(self, request: Request, path: str) -> Response:
        try:
            reader = self._reader(request, read_query(request.url.query), self.language)
            page = _page_at(path)(reader)
            if isinstance(page, Moved):
                return _moved(request, reader.links.file(f"{page.path}{_JSON}"))
            if page.data is None:
                raise PageNotFoundError(name=path)
            fields = {"known_at": reader.record.known_at, **page.data()}
            return Response(data.document(fields), media_type="application/json")
        except KalendsError as error:
            return failures.as_data(error, self.language)

    def _reader(self, request: Request, query: Query, language: str) -> Reader:
        base = self._options.public_url or f"{request.url.scheme}://{request.url.netloc}"
        links = ServedLinks(base, self._options.root, self.language)
        publishes = self._options.public_log
        return Reader(self._workspace, query, links, language, publishes_log=publishes)


def _moved(request: Request, address: str) -> Response:
    """Send to where a page stands, with the words of the address that was asked for."""
    words = request.url.query
    return RedirectResponse(f"{address}?{words}" if words else address, 308)


def _page_at(path: str) -> Callable[[Reader], Page | Moved]:
    found = addresses.page_at(path)
    if found is None:
        raise PageNotFoundError(name=path)
    return found
