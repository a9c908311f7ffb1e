"""One served workspace: which function answers each address."""

from collections.abc import Callable
from urllib.parse import quote

from kalends.application.access.tokens import Tokens
from kalends.application.readers.feed_serving import FeedSource
from kalends.application.subscriptions import feed_secrets
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import (
    KalendsError,
    PageFaultError,
    PageNotFoundError,
)
from kalends.web import addresses, failures
from kalends.web.http import headers
from kalends.web.http.address import CALENDAR, Address
from kalends.web.http.answers import Answer
from kalends.web.http.query import Query, decoded, read_query
from kalends.web.operations.options import WebOptions
from kalends.web.pages import data, statics
from kalends.web.pages.files import WebFile
from kalends.web.pages.links import Links, ServedLinks, part_of
from kalends.web.pages.page import Moved, Page, html
from kalends.web.pages.page_reader import LANGUAGES, Reader

# Makes the links of the page at an address, in a campaign of this language.
LinkMaker = Callable[[Address, str], Links]
_FEEDS, _EMBED, _JSON = "/feeds/", "/embed/", ".json"


class Served:
    """One workspace as it is served; several threads may use it."""

    def __init__(
        self,
        workspace: Workspace,
        options: WebOptions,
        report: Callable[[str, Exception], None],
        links: LinkMaker | None = None,
        in_force: Callable[[], object] = lambda: None,
    ) -> None:
        """Take the open workspace, how it is to be served, and what reports a fault.

        `in_force` raises the reason why nothing may be read now, if there is one.

        `links` makes the links of an address, given the campaign's language; by default those of a
        server.
        """
        self._workspace = workspace
        self._options = options
        self._report = report
        self._in_force = in_force
        self._links = links or self._served_links
        self._feeds = FeedSource(workspace)
        self._last_language: str | None = None

    def close(self) -> None:
        """Close what was opened for feeds; the workspace stays open."""
        self._feeds.close()

    @property
    def language(self) -> str:
        """Return the campaign's language."""
        found = self._workspace.service.campaign().settings.language
        self._last_language = found
        return found

    @property
    def last_language(self) -> str:
        """Return the language as it was when it was last read: it costs nothing."""
        return self._last_language or self.language

    def answer(self, address: Address) -> Answer:
        """Answer a request; whatever goes wrong is an answer too."""
        return self._caught(address, self._answer)

    def secret(self, address: Address) -> Answer:
        """Answer with the feed of an address, with what is withheld."""
        return self._caught(address, self._secret)

    def _caught(self, address: Address, make: Callable[[Address], Answer]) -> Answer:
        try:
            self._in_force()
            return make(address)
        except KalendsError as error:
            return self.failed(address, error)
        except Exception as error:  # noqa: BLE001 - it is reported, and the reader sees a page
            self._report(address.path, error)
            return self._said(address, PageFaultError())

    def _answer(self, address: Address) -> Answer:
        path = address.path
        if path.endswith(CALENDAR):
            return self._calendar(path, _asked(address))
        if path.startswith(statics.PREFIX):
            return static(path)
        if elsewhere := self._elsewhere(address):
            return elsewhere
        language, path = split(path)
        if language is None and (make := addresses.file_at(path)):
            return self._file(address, make)
        if language is None and path.endswith(_JSON):
            return self._data(address, "/" if path == "/index.json" else path.removesuffix(_JSON))
        return self._html(address, path, language or self.language)

    def _elsewhere(self, address: Address) -> Answer | None:
        """Return where an address stands that is written as in a site of files, or as a folder."""
        path = address.path
        if path != "/" and path.endswith("/"):
            plain = f"{self._options.root}/{quote(path.strip('/'))}"
            return _moved(plain, address.query)
        plain, words = part_of(path)
        return _moved(f"{self._options.root}{quote(plain)}", words.encode()) if words else None

    def _html(self, address: Address, path: str, language: str) -> Answer:
        reader = self.reader(address, _asked(address), language)
        page = _page_at(path)(reader)
        if isinstance(page, Moved):
            return _moved(reader.links.page(page.path, language), address.query)
        how = headers.of_page(is_embed=path.startswith(_EMBED))
        return Answer(content=html(reader, page), headers=how)

    def _calendar(self, path: str, asked: Query) -> Answer:
        """Return a feed, or a single activity as a calendar."""
        if path.startswith(_FEEDS):
            name = path.removeprefix(_FEEDS).removesuffix(CALENDAR)
            feed = self._feeds.feed(name, asked.words, asked.cancelled)
        else:
            feed = self._feeds.entry(path.rpartition("/")[2].removesuffix(CALENDAR))
        return Answer(
            content=feed.content,
            headers=headers.CALENDAR,
            changed=feed.changed,
            version=feed.since,
        )

    def version(self, address: Address) -> int | None:
        """Return the version of the answer to a request, where that costs less than the answer."""
        path = address.path
        if not path.startswith(_FEEDS) or address.query:
            return None
        return self._feeds.changed_at(path.removeprefix(_FEEDS).removesuffix(CALENDAR))

    def _secret(self, address: Address) -> Answer:
        asked = _asked(address)
        name = address.path.removeprefix(_FEEDS).removesuffix(CALENDAR)
        feed = self._feeds.feed(name, asked.words, asked.cancelled, withheld=True)
        return Answer(content=feed.content, headers=headers.SECRET_CALENDAR, changed=feed.changed)

    def opens(self, secret: str, name: str) -> bool:
        """Return whether a secret opens a feed, as it is known now."""
        return feed_secrets.opens(self._workspace.folder, secret, name)

    def _file(self, address: Address, make: Callable[[Reader], WebFile]) -> Answer:
        file = make(self.reader(address, _asked(address), self.language))
        cache = headers.FOREVER if file.forever else headers.FRESH
        how = headers.of_file(file.media_type, cache)
        return Answer(content=file.content, headers=how, pieces=file.pieces)

    def _data(self, address: Address, path: str) -> Answer:
        reader = self.reader(address, _asked(address), self.language)
        page = _page_at(path)(reader)
        if isinstance(page, Moved):
            return _moved(reader.links.file(f"{page.path}{_JSON}"), address.query)
        if page.data is None:
            raise PageNotFoundError(name=address.path)
        fields = {"known_at": reader.record.known_at, **page.data()}
        return Answer(content=data.document(fields), headers=headers.DATA)

    def failed(self, address: Address, error: KalendsError) -> Answer:
        """Return the answer of an error, in the language and the form of what was asked for."""
        if failures.is_fault(error):
            self._report(address.path, error)
            error = failures.for_visitors(error)
        return self._said(address, error)

    def _said(self, address: Address, error: KalendsError) -> Answer:
        try:
            return self._failed(address, error)
        except Exception as fault:  # noqa: BLE001 - not even the campaign can be read
            self._report(address.path, fault)
            return failures.as_line(error, "en")

    def _failed(self, address: Address, error: KalendsError) -> Answer:
        language, path = split(address.path)
        if path.endswith(CALENDAR) or (language is None and addresses.file_at(path)):
            return failures.as_line(error, self.language)
        if path.endswith(_JSON):
            return failures.as_data(error, self.language)
        return failures.as_page(self.reader(address, Query(), language or self.language), error)

    def reader(self, address: Address, query: Query, language: str) -> Reader:
        """Return what the page of an address is made from."""
        links = self._links(address, self.language)
        publishes = self._options.public_log
        return Reader(
            self._workspace,
            query,
            links,
            language,
            publishes_log=publishes,
            feeds=self._feeds,
            has_clerks=self.has_clerks(),
        )

    def has_clerks(self) -> bool:
        """Return whether somebody was ever given a token with which to record."""
        return Tokens(self._workspace.folder, self._workspace.now).are_made()

    def _served_links(self, address: Address, language: str) -> Links:
        base = self._options.public_url or address.base
        return ServedLinks(base, self._options.root, language)


def _moved(path: str, query: bytes) -> Answer:
    """Send to where a page stands, on this server, with the words that were asked for."""
    target = path.encode() + (b"?" + query if query else b"")
    return Answer(status=308, headers=(*headers.LINE, (b"location", target)))


def _asked(address: Address) -> Query:
    return read_query(decoded(address.query))


def is_page(path: str) -> bool:
    """Return whether a page is at a path, and not a file of data, a calendar or a picture."""
    language, plain = split(path)
    if language is not None:
        return True
    is_file = plain.endswith((_JSON, CALENDAR)) or plain.startswith(statics.PREFIX)
    return not is_file and addresses.file_at(plain) is None


def split(path: str) -> tuple[str | None, str]:
    """Return the language that a path begins with, None for none, and the path without it."""
    first, _, rest = path[1:].partition("/")
    return (first, f"/{rest}") if first in LANGUAGES else (None, path)


def _page_at(path: str) -> Callable[[Reader], Page | Moved]:
    found = addresses.page_at(path)
    if found is None:
        raise PageNotFoundError(name=path)
    return found


def static(path: str) -> Answer:
    """Return a file that all pages share: by its hash for ever, by its name as it is now."""
    found = statics.by_path().get(path)
    cache = headers.FOREVER if found else headers.FRESH
    found = found or statics.statics().get(path)
    if found is None:
        raise PageNotFoundError(name=path)
    return Answer(content=found.content, headers=headers.of_file(found.media_type, cache))
