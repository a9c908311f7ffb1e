"""How to subscribe: what is chosen, a button for each device, and what to expect of it."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import quote, unquote

from kalends.application.subscriptions.subscription import Subscription, next_entries, subscription
from kalends.domain.errors import N_
from kalends.domain.text import fold
from kalends.feeds.chosen import CANCELLED
from kalends.feeds.selection import Feed
from kalends.feeds.shown_entry import ShownEntry
from kalends.web.pages import shown
from kalends.web.pages.embed import embed_address
from kalends.web.pages.page import Page
from kalends.web.pages.page_reader import Reader
from kalends.web.pages.qr import qr
from kalends.words.plain_dates import plain_day

_SHOWN = 3
_IN_FORM = frozenset({"dept", "tag", "cancelled"})
# So many tags can be chosen from; every other has a page that leads here.
_MOST_TAGS = 60
# Outlook and others accept no longer addresses.
_LONGEST = 256
_GOOGLE = "https://calendar.google.com/calendar/render?cid={}"
_OUTLOOK = "https://outlook.live.com/calendar/0/addfromweb?url={}&name={}"
_MICROSOFT = "https://outlook.office.com/calendar/0/addfromweb?url={}&name={}"
_SAID = {
    "mark": N_("Show them, with “cancelled” before the title (recommended)"),
    "hide": N_("Leave them out"),
    "keep": N_("Show them as ordinary entries: Google Calendar hides cancelled ones otherwise"),
}


def subscribe(reader: Reader) -> Page:
    """Return the page for what the address chooses; without a choice, the whole campaign."""
    chosen = _chosen(reader)
    return Page(
        path="/subscribe",
        title=reader.words.say(N_("Subscribe")),
        template="subscribe.html",
        facts={
            **_about(reader, chosen),
            "buttons": list(_buttons(reader, chosen)),
            "options": _options(reader, chosen),
            "entries": [_entry(reader, entry) for entry in _entries(reader)],
            "change": _last_change(reader),
            "ended_on": _ended_on(reader),
            "embed": embed_address(reader),
            "feeds": [] if reader.links.has_server else list(_files(reader)),
        },
        data=lambda: {
            "feeds": [_data(reader, feed) for feed in reader.record.feeds],
            "chosen": {"title": _title(reader, chosen), "url": _address(reader, chosen)},
        },
    )


def poster(reader: Reader) -> Page:
    """Return the same as a poster for a wall: a title, a code to scan, an address."""
    chosen = _chosen(reader)
    return Page(
        path="/subscribe/poster",
        title=reader.words.say(N_("Poster")),
        template="poster.html",
        has_moments=False,
        facts=_about(reader, chosen),
    )


def _chosen(reader: Reader) -> Subscription:
    return subscription(reader.record, reader.query.words, reader.query.cancelled)


def _about(reader: Reader, chosen: Subscription) -> dict[str, Any]:
    """Return what both the page and the poster say of what is chosen."""
    words = [pair for pair in reader.query.kept if pair[0] != "known_at"]
    page = reader.links.whole_page("/subscribe", reader.language, words)
    address = _address(reader, chosen)
    count = reader.record.totals(reader.wanted).activities
    return {
        "chosen_title": _title(reader, chosen),
        "count": reader.words.plural("{count} activity", "{count} activities", count),
        "address": address,
        "is_whole": "://" in address,
        "is_long": len(address) > _LONGEST,
        "is_secure": address.startswith("https://"),
        "page_address": page,
        "page_text": page and unquote(page),
        "code": None if page is None else qr(page),
    }


def _address(reader: Reader, chosen: Subscription) -> str:
    return reader.links.whole(f"/feeds/{chosen.name}.ics", chosen.words)


def _title(reader: Reader, chosen: Subscription) -> str:
    """Return what is chosen, in words."""
    comma = reader.words.say(N_(", "))
    kinds = (chosen.departments, [f"#{tag}" for tag in chosen.tags], chosen.others)
    named = " · ".join(comma.join(names) for names in kinds if names)
    return named or reader.record.campaign.settings.title


def _buttons(reader: Reader, chosen: Subscription) -> Iterator[dict[str, str]]:
    """Yield the devices that a link can serve, the most common first, and how late each is."""
    say = reader.words.say
    address = _address(reader, chosen)
    webcal = f"webcal://{address.partition('://')[2]}"
    title, url = quote(_title(reader, chosen), safe=""), quote(address, safe="")
    yield {
        "device": "apple",
        "name": say(N_("iPhone, iPad or Mac")),
        "link": webcal,
        "late": say(N_("Checks every 5 minutes to once a week, as set on the device.")),
    }
    yield {
        "device": "google",
        "name": say(N_("Google Calendar")),
        "link": _GOOGLE.format(quote(webcal, safe="")),
        "late": say(N_("Shows changes after 8 to 24 hours.")),
    }
    yield {
        "device": "outlook",
        "name": say(N_("Outlook.com")),
        "link": _OUTLOOK.format(url, title),
        "late": say(N_("Shows changes after about 3 hours.")),
    }
    yield {
        "device": "microsoft",
        "name": say(N_("Outlook at work or school")),
        "link": _MICROSOFT.format(url, title),
        "late": say(N_("Shows changes after about 3 hours.")),
    }
    yield {
        "device": "others",
        "name": say(N_("Feishu, DingTalk, WeCom and others")),
        "link": "#others",
        "late": say(N_("Copy the address. How often they look is decided by their makers.")),
    }


def _options(reader: Reader, chosen: Subscription) -> Mapping[str, Any]:
    """Return what the form offers, each with whether it is chosen."""
    say, record = reader.words.say, reader.record
    own = {record.roster.find(name) for name in reader.query.words.dept}
    tags = {fold(tag): tag for tag in chosen.tags}
    asked = set(tags)
    for each in islice(record.tags(), _MOST_TAGS):
        tags[fold(each.tag)] = each.tag
    return {
        "departments": [
            {"code": each.code, "name": each.name_on(reader.today), "chosen": each in own}
            for each in sorted(record.roster.listed, key=lambda each: each not in own)
        ],
        "tags": [{"name": tag, "chosen": key in asked} for key, tag in tags.items()],
        "cancelled": [
            {"code": each, "name": say(_SAID[each]), "chosen": each == reader.query.cancelled}
            for each in CANCELLED
        ],
        "kept": [pair for pair in reader.query.kept if pair[0] not in _IN_FORM],
    }


def _entries(reader: Reader) -> list[ShownEntry]:
    return next_entries(reader.record, reader.wanted, reader.query.cancelled, _SHOWN)


def _entry(reader: Reader, entry: ShownEntry) -> dict[str, str]:
    """Return an entry as a calendar program shows it."""
    return {"title": entry.title, "when": shown.entry_when(reader, entry)}


def _last_change(reader: Reader) -> dict[str, Any] | None:
    """Return what happened last to an activity of what is chosen; None where nothing has."""
    found = reader.record.recent(1, reader.wanted)
    return shown.event(reader, *found[0]) if found else None


def _ended_on(reader: Reader) -> str | None:
    """Return the last day of a campaign that is over; None while anything is to come."""
    last = reader.record.totals().last
    if last is None or last >= reader.today:
        return None
    return plain_day(reader.words, last, this_year=reader.today.year)


def _data(reader: Reader, feed: Feed) -> dict[str, str]:
    address = reader.links.whole(f"/feeds/{feed.name}.ics")
    return {"name": feed.name, "title": feed.title, "kind": feed.kind, "url": address}


def _files(reader: Reader) -> Iterator[dict[str, str]]:
    """Yield every feed, for a page that nobody can ask for a choice."""
    for feed in reader.record.feeds:
        address = reader.links.whole(f"/feeds/{feed.name}.ics")
        webcal = f"webcal://{address.partition('://')[2]}" if "://" in address else address
        yield {"title": feed.title, "link": webcal, "address": address}
