"""The page of all campaigns that a server serves: their titles, and how to subscribe to each."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote

from kalends import bootstrap
from kalends.application.workspaces.machine import Machine
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import N_, KalendsError, PageNotFoundError
from kalends.web import failures
from kalends.web.http import headers
from kalends.web.http.address import Address
from kalends.web.http.answers import Answer
from kalends.web.operations import fault_log
from kalends.web.operations.options import CAMPAIGNS, WebOptions
from kalends.web.pages import data, statics
from kalends.web.pages.links import ServedLinks
from kalends.web.pages.page_reader import LANGUAGES
from kalends.web.pages.qr import qr
from kalends.web.pages.rendering import render
from kalends.web.served import split, static
from kalends.words import words

_SHOWN, _SECONDS = 20, 60
_NAMES = {"zh": "中文", "en": "English"}


class Known(NamedTuple):
    """What a page says of a campaign, None where it cannot be read, and when that was asked."""

    title: str | None
    language: str | None
    at: float


class CampaignIndex:
    """Answers with the pages of all campaigns; several threads may use it."""

    def __init__(self, options: WebOptions, machine: Machine) -> None:
        """Take which campaigns there are; nothing is opened yet."""
        self._options, self._machine = options, machine
        self._folders, self._sites = dict(options.campaigns), dict(options.sites)
        self._known: dict[str, Known] = {}

    @cached_property
    def language(self) -> str:
        """Return the language of the first campaign that says one."""
        found = (self._campaign(name).language for name in [*self._folders][:_SHOWN])
        return next((each for each in found if each is not None), "en")

    def answer(self, address: Address) -> Answer:
        """Answer a request for a page, its data, or a file of pages."""
        language, path = split(address.path)
        if language is None and path.startswith(statics.PREFIX):
            try:
                return static(path)
            except PageNotFoundError as error:
                return failures.as_line(error, self.language)
        base = self._options.public_url or address.base
        links = ServedLinks(base, self._options.root, self.language)
        skip = self._skipped(address.query)
        if language is None and path == "/index.json":
            return self._data(links, skip)
        if path != "/":
            return failures.as_line(PageNotFoundError(name=address.path), self.language)
        return self._page(links, language or self.language, skip)

    def _skipped(self, query: bytes) -> int:
        text = parse_qs(query.decode("latin-1")).get("skip", ["0"])[0]
        skip = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004
        return min(skip, len(self._folders))

    def _campaign(self, name: str) -> Known:
        """Return what is known of a campaign, looked up again after a minute."""
        found = self._known.get(name)
        now = bootstrap.clock()
        if found is None or now - found.at > _SECONDS:
            found = self._known[name] = Known(*self._looked_up(name), now)
        return found

    def _looked_up(self, name: str) -> tuple[str | None, str | None]:
        try:
            with Workspace(
                Path(self._folders[name]),
                machine=self._machine,
                settings=Path(self._options.settings),
                via="web",
            ) as workspace:
                settings = workspace.service.campaign().settings
        except KalendsError as error:
            fault_log.report(f"{CAMPAIGNS}{name}", error)
            return None, None
        return settings.title, settings.language

    def _data(self, links: ServedLinks, skip: int) -> Answer:
        names = [*self._folders]
        campaigns = []
        for name in names[skip : skip + _SHOWN]:
            known = self._campaign(name)
            root = self._sites.get(name) or links.whole(f"{CAMPAIGNS}{name}")
            campaigns.append(
                {
                    "name": name,
                    "title": known.title,
                    "language": known.language,
                    "url": f"{root}/",
                    "feed": f"{root}/feeds/all.ics",
                }
            )
        fields = {"campaigns": campaigns, "more": skip + _SHOWN < len(names)}
        return Answer(content=data.document(fields), headers=headers.DATA)

    def _page(self, links: ServedLinks, language: str, skip: int) -> Answer:
        said = words(language)
        names = [*self._folders]
        (other,) = (each for each in LANGUAGES if each != language)
        after, before = skip + _SHOWN, max(0, skip - _SHOWN)
        facts = {
            "_": said.say,
            "title": said.say(N_("Campaigns")),
            "count": said.plural("{count} campaign", "{count} campaigns", len(names)),
            "html_lang": LANGUAGES[language],
            "other": {
                "lang": LANGUAGES[other],
                "name": _NAMES[other],
                "link": _part(links, other, skip),
            },
            "file": lambda path: links.file(statics.hashed(path)),
            "campaigns": [
                self._shown(links, language, name) for name in names[skip : skip + _SHOWN]
            ],
            "json_link": links.file("/index.json", [("skip", str(skip))] if skip else ()),
            "next": _part(links, language, after) if after < len(names) else None,
            "previous": _part(links, language, before) if skip else None,
        }
        content = render("campaigns.html", facts)
        return Answer(content=content, headers=headers.of_page())

    def _shown(self, links: ServedLinks, language: str, name: str) -> Mapping[str, Any]:
        known, site = self._campaign(name), self._sites.get(name)
        root = f"{CAMPAIGNS}{name}"
        # The campaign's own language has no prefix.
        prefix = "" if known.language in (None, language) else f"/{language}"
        subscribe = f"{root}{prefix}/subscribe"
        link, page = links.file(f"{root}{prefix or '/'}"), links.file(subscribe)
        whole = links.whole(subscribe)
        if site is not None:
            link, page = f"{site}{prefix or '/'}", f"{site}{prefix}/subscribe"
            whole = page
        return {
            "name": name,
            "title": known.title,
            "lang": None if known.language is None else LANGUAGES[known.language],
            "link": link,
            "subscribe": page,
            "address": unquote(whole),
            "code": None if known.title is None else qr(whole),
        }


def _part(links: ServedLinks, language: str, skip: int) -> str:
    return links.page("/", language, [("skip", str(skip))] if skip else ())
