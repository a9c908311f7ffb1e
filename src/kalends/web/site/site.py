"""The public pages as files, for any web server: the same pages, with relative links."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import cached_property, partial
from typing import NamedTuple
from urllib.parse import parse_qsl

from kalends.application.readers.site_changes import SiteChanges, SiteState, site_state
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import PageFaultError
from kalends.domain.overriding import override
from kalends.web.addresses import page_at
from kalends.web.http.address import CALENDAR, Address
from kalends.web.http.query import Query
from kalends.web.operations.options import WebOptions
from kalends.web.pages.changes import positions_of
from kalends.web.pages.links import Pairs, SiteLinks, part_of, part_path
from kalends.web.pages.log_files import log_paths
from kalends.web.pages.month import months
from kalends.web.pages.page_reader import LANGUAGES
from kalends.web.served import LinkMaker, Served, is_page, split
from kalends.web.site.site_state import made_by

# What no page links to, and others ask for.
_BESIDE = ("/embed/agenda",)
_OK, _NOT_FOUND = 200, 404
_ACTIVITIES, _INDEX, _JSON = "/activities/", "index.html", ".json"
# What stands at such an address stays as it is; programs and keys are what the site is made by.
_NEVER_OTHER = ("/tile/", "/checkpoints/", "/static/", "/verify.", "/key.txt")


class SiteFile(NamedTuple):
    """A file of the site: its path within the folder, and its bytes, perhaps in pieces.

    Without bytes it is as it was written before; `again` makes it if it is not there after all.
    """

    path: str
    pieces: Iterable[bytes] | None
    again: Callable[[], Iterable[bytes] | None] = lambda: None


class Site:
    """The files of a site, and what they were made from."""

    def __init__(
        self,
        workspace: Workspace,
        options: WebOptions,
        report: Callable[[str, Exception], None],
    ) -> None:
        """Take the workspace and how it is published; `report` gets the reason if a page fails."""
        self._workspace = workspace
        self._options = options
        self._report = report

    @cached_property
    def state(self) -> SiteState:
        """Return what the files depend on."""
        return site_state(self._workspace, made_by(self._options), self._options.public_log)

    def files(
        self, before: SiteState | None = None, names: Iterable[str] = ()
    ) -> Iterator[SiteFile]:
        """Yield all files: the first page, whatever is linked from it, and every activity.

        What is the same as in the state `before` has no bytes; `names` are the files that were
        written from it. Raises `PageFaultError` where a page cannot be made.
        """
        changes = SiteChanges(self._workspace, before, self.state)
        linked = _Linked()
        options, report = self._options, self._report
        with closing(Served(self._workspace, options, report, linked.links_of(options))) as served:
            linked.ask(_first(served))
            yield from _linked_files(served, changes, linked)
            for activity_id in changes.public_ids():
                paths = _of_activity(activity_id, served.language)
                if changes.has_activity(activity_id):
                    for path in paths:
                        yield from _made(served, path, is_same=False)
                else:  # not each has all of them
                    yield from (SiteFile(_file_of(path), None) for path in paths)
            # What only an activity links to, or only a page that was not made again.
            linked.ask(path for path in map(_path_of, names) if _stays(changes, path))
            yield from _linked_files(served, changes, linked)


def _linked_files(served: Served, changes: SiteChanges, linked: "_Linked") -> Iterator[SiteFile]:
    for path in linked.paths():
        is_same = not _is_new(changes, path)
        if is_same and is_page(path) and part_of(path)[0] == path:
            linked.ask([f"{split(path)[1]}.json"])
        yield from _made(served, path, is_same=is_same)


def _path_of(name: str) -> str:
    """Return the path of a file; see `_file_of`."""
    folder, _, last = f"/{name}".rpartition("/")
    return (folder or "/") if last == _INDEX else f"/{name}"


def _stays(changes: SiteChanges, path: str) -> bool:
    """Return whether a path that was written before may be there still.

    What is new itself has links to all its parts: others are parts that it has no longer. The
    parts of changes are always there, as the log only grows.
    """
    if not is_page(path) and not path.endswith(_JSON):
        return False
    plain, words = part_of(path)
    may_go = bool(words) and not split(plain)[1].startswith("/changes")
    return not (may_go and _is_new(changes, path))


def _made(served: Served, path: str, *, is_same: bool) -> Iterator[SiteFile]:
    if is_same:
        yield SiteFile(_file_of(path), None, partial(_pieces, served, path))
    elif (pieces := _pieces(served, path)) is not None:
        yield SiteFile(_file_of(path), pieces)


def _pieces(served: Served, path: str) -> Iterable[bytes] | None:
    """Return the bytes of a path; None for a link that the page does not show after all."""
    plain, words = part_of(path)
    answer = served.answer(Address(plain, words.encode()))
    if answer.status == _NOT_FOUND:
        return None
    if answer.status != _OK:
        raise PageFaultError
    return answer.pieces or (answer.content,)


def _is_new(changes: SiteChanges, path: str) -> bool:  # noqa: PLR0911 - one flat match
    """Return whether what is at a path may be other than it was."""
    if changes.is_everything:
        return True
    if path.startswith(_NEVER_OTHER):
        return False
    path, words = part_of(path)
    _, plain = split(path)
    kind, _, name = plain[1:].partition("/")
    match kind:
        case "feeds":
            return changes.has_feed(name.removesuffix(CALENDAR).removeprefix("full/"))
        case "departments" if name:
            return changes.has_department(name.removesuffix(".json"))
        case "tags" if name:
            # A tag may itself end in `.json`.
            tag = name.removesuffix(".json").removesuffix("/page").removeprefix("-/tag-")
            return any(map(changes.has_tag, (name, name.removesuffix(".json"), tag)))
        case "changes" | "changes.json" if words:
            word, _, number = words.partition("=")
            return changes.has_position(positions_of(word, int(number)))
        case _:
            return True


def _of_activity(activity_id: str, campaign_language: str) -> Iterator[str]:
    """Yield the paths of all files that an activity may have."""
    path = f"{_ACTIVITIES}{activity_id}"
    yield from (_path(path, language, campaign_language) for language in LANGUAGES)
    yield from (f"{path}{ending}" for ending in (".json", ".ics", "/proof.json", "/proof.txt"))


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
    return f"{path}/{_INDEX}".strip("/") if is_page(path) else path.lstrip("/")


class _Linked:
    """The paths that pages link to, each once, in the order in which they are found."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._waiting: deque[str] = deque()

    def ask(self, paths: Iterable[str]) -> None:
        for path in paths:
            # Every activity has its files, linked or not.
            if path not in self._known and not split(path)[1].startswith(_ACTIVITIES):
                self._known.add(path)
                self._waiting.append(path)

    def _ask_data(self, paths: Iterable[str]) -> None:
        """Take what data leads to: the links of its page are those of another part of the list."""
        self.ask(path for path in paths if path.endswith(_JSON))

    def paths(self) -> Iterator[str]:
        while self._waiting:
            yield self._waiting.popleft()

    def links_of(self, options: WebOptions) -> LinkMaker:
        """Return what makes the links of an address, in the campaign's language."""

        def links(address: Address, language: str) -> SiteLinks:
            path = part_path(address.path, parse_qsl(address.query.decode()))
            ask = self._ask_data if path.endswith(_JSON) else self.ask
            return _AskingLinks(ask, path, options.public_url, language)

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
        part = part_path(path, words := list(words))
        self._ask([_path(part, language, self._campaign_language)])
        return super().page(path, language, words)

    @override
    def file(self, path: str, words: Pairs = ()) -> str:
        self._ask([part_path(path, words := list(words))])
        return super().file(path, words)

    @override
    def whole(self, path: str, words: Pairs = ()) -> str:
        self._ask([path])
        return super().whole(path, words)

    @override
    def whole_page(self, path: str, language: str, words: Pairs = ()) -> str | None:
        self._ask([_path(path, language, self._campaign_language)])
        return super().whole_page(path, language, words)
