"""What a page is made from: the public record at one position, in one language."""

from datetime import date
from functools import cached_property

from kalends.application.readers.feed_serving import FeedSource
from kalends.application.readers.public_log import PublicLog
from kalends.application.readers.public_record import PublicRecord
from kalends.application.workspaces.workspace import Workspace
from kalends.views.activity_filter import ActivityFilter
from kalends.web.http.query import Query
from kalends.web.pages.links import Links
from kalends.web.pages.statics import hashed
from kalends.words import Words, words

LANGUAGES = {"zh": "zh-Hans", "en": "en"}


class Reader:
    """What one address asks for: a moment and filters of the public record, in a language."""

    def __init__(  # noqa: PLR0913 - all that a page may depend on
        self,
        workspace: Workspace,
        query: Query,
        links: Links,
        language: str,
        *,
        publishes_log: int = 0,
        feeds: FeedSource | None = None,
        has_clerks: bool = False,
    ) -> None:
        """Take the workspace, what the address asks for, and how links are written.

        `publishes_log` is what `PublicLog` takes, `feeds` what `PublicRecord` takes; `has_clerks`
        says whether the server has pages for those who record.
        """
        self._workspace = workspace
        self.record = PublicRecord(workspace, query.known_at, feeds=feeds)
        self.log = PublicLog(workspace, publishes_log)
        self.query = query
        self.links = links
        self.language = language
        self.has_clerks = has_clerks and links.has_server
        self.words: Words = words(language)

    def speaking(self, language: str) -> "Reader":
        """Return a reader of the same in another language."""
        return Reader(self._workspace, self.query, self.links, language)

    @property
    def today(self) -> date:
        """Return the day it is in the campaign's zone."""
        return self.record.today

    @cached_property
    def wanted(self) -> ActivityFilter:
        """Return the filter of the address; raises what reading it raises."""
        return self.record.filtered(self.query.words)

    @cached_property
    def is_over(self) -> bool:
        """Return whether nothing is to come, and the last day is past."""
        last = self.record.totals().last
        return last is not None and last < self.today

    def link(self, path: str, **words: str) -> str:
        """Return the link to a list, which keeps the moment and the filters of this page."""
        kept = [(name, value) for name, value in self.query.kept if name not in words]
        return self.links.page(path, self.language, [*kept, *words.items()])

    def page(self, path: str) -> str:
        """Return the link to a page, which keeps the moment and no filter."""
        return self.links.page(path, self.language, self.query.moment)

    def picture(self, name: str) -> str:
        """Return the link to a picture in the page's language, of what the page shows."""
        path = f"/figures/{name}.{self.language}.svg"
        return self.links.file(path, self.query.kept)

    def file(self, path: str, **words: str) -> str:
        """Return the link to what has no language."""
        return self.links.file(hashed(path), words.items())
