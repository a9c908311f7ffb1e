"""A page: its content, and the frame around it that all pages share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from markupsafe import Markup

from kalends.domain.errors import N_
from kalends.web.http.query import written
from kalends.web.pages.choice import choice
from kalends.web.pages.page_reader import LANGUAGES, Reader
from kalends.web.pages.rendering import render
from kalends.words.plain_dates import plain_day

_MENU = (
    ("/agenda", N_("Agenda")),
    ("/month", N_("Month")),
    ("/timeline", N_("Timeline")),
    ("/departments", N_("Departments")),
    ("/tags", N_("Tags")),
    ("/changes", N_("Changes")),
    ("/subscribe", N_("Subscribe")),
)
_MORE = (
    ("/figures", N_("Figures")),
    ("/audit", N_("Is this record what it was?")),
)
# What a template may have and most pages lack.
_ABSENT: Mapping[str, Any] = {"months": (), "around": None, "embed": None, "beside": []}
# What every event changes.
_ALWAYS_CHANGE = frozenset({"/", "/changes", "/audit"})
_NAMES = {"zh": "中文", "en": "English"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: its path without the language, its template, its facts, and the same as data.

    `data` makes the JSON document, without `ok`; it is None where the page has none. `has_moments`
    says whether the page can be shown as known at another time.
    """

    path: str
    title: str
    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    data: Callable[[], Mapping[str, Any]] | None = None
    wide: bool = False
    has_moments: bool = True


class Moved(NamedTuple):
    """The path, without the language, at which a page stands that was asked for elsewhere."""

    path: str


def html(reader: Reader, page: Page) -> bytes:
    """Return a page as HTML, in UTF-8."""
    say = reader.words.say
    has_filters = bool(page.facts.get("filters"))
    return render(
        page.template,
        {
            **_ABSENT,
            **page.facts,
            "_": say,
            "title": page.title,
            "wide": page.wide,
            "here": page.path,
            "html_lang": LANGUAGES[reader.language],
            "recorded_lang": _recorded_lang(reader),
            "site": {"title": reader.record.campaign.settings.title},
            "menu": [(path, say(name)) for path, name in _MENU],
            "more": [(path, say(name)) for path, name in _MORE],
            "page": reader.page,
            "plain": lambda path: reader.links.page(path, reader.language),
            "link": reader.link,
            "file": reader.file,
            "comma": say(N_(", ")),
            "colon": say(N_(": ")),
            "json_link": page.data and _json_link(reader, page.path),
            "other": _other(reader, page.path),
            "past": _past(reader),
            "has_server": reader.links.has_server,
            "has_clerks": reader.has_clerks,
            "choice": choice(reader) if has_filters else None,
            # A list has the same field among its filters.
            "has_moments": page.has_moments and reader.links.has_server and not has_filters,
            "moment_beside": [pair for pair in reader.query.kept if pair[0] != "known_at"],
            "moment_day": reader.query.known_day or "",
            "state": _state(reader) if _says_state(reader, page.path) else None,
        },
    )


def _recorded_lang(reader: Reader) -> Markup:
    """Return the attribute for what was recorded, where the page is in another language."""
    language = reader.record.campaign.settings.language
    if language == reader.language:
        return Markup()
    return Markup(' lang="{}"').format(LANGUAGES[language])


def _json_link(reader: Reader, path: str) -> str:
    name = "/index.json" if path == "/" else f"{path}.json"
    return reader.links.file(name, reader.query.kept)


def _other(reader: Reader, path: str) -> dict[str, str]:
    """Return the same page in the other language."""
    (other,) = (each for each in LANGUAGES if each != reader.language)
    words = reader.query.kept
    if reader.query.search:
        words = [("q", reader.query.search), *words]
    return {
        "lang": LANGUAGES[other],
        "name": _NAMES[other],
        "link": reader.links.page(path, other, words),
    }


def _past(reader: Reader) -> dict[str, str | None] | None:
    """Return what says that another moment is shown; None where it is now."""
    if not reader.record.is_past:
        return None
    count = reader.record.count_since()
    words = [pair for pair in reader.query.kept if pair[0] != "known_at"]
    return {
        "moment": _asked(reader),
        "changes": _since(reader, count) if count else None,
        "changes_link": reader.links.page(
            "/changes", reader.language, [("after", str(reader.record.known_at))]
        ),
        "now_link": written(words) or "?",
    }


def _asked(reader: Reader) -> str:
    """Return the moment that is shown, as it was asked for: a day as people say it, or a time."""
    day = reader.query.known_day
    if day is None:
        return _moment(reader)
    return plain_day(reader.words, date.fromisoformat(day), this_year=reader.today.year)


def _since(reader: Reader, count: int) -> str:
    return reader.words.plural("{count} change since then", "{count} changes since then", count)


def _says_state(reader: Reader, path: str) -> bool:
    """Return whether a page says its position: of a site's files, only those that always change.

    Otherwise each event would change all of them.
    """
    is_first = reader.query.before is None  # older changes stay as they are
    return reader.links.has_server or (path in _ALWAYS_CHANGE and is_first)


def _state(reader: Reader) -> str:
    """Return up to which event of the log the page speaks."""
    return reader.words.say(
        N_("As known at position {position}, recorded on {at}. Times are those of {zone}."),
        position=reader.record.known_at,
        at=_moment(reader),
        zone=reader.record.campaign.settings.zone,
    )


def _moment(reader: Reader) -> str:
    at = reader.record.recorded_at(reader.record.known_at)
    return f"{at.astimezone(reader.record.zone):%Y-%m-%d %H:%M}"
