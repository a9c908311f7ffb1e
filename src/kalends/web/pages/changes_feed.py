"""What changed lately as an Atom feed (RFC 4287)."""

from datetime import datetime
from html import escape
from typing import Any

from feedgenerator import Atom1Feed

from kalends.domain.errors import N_
from kalends.views.recent import RevisionPair
from kalends.web.http.query import written
from kalends.web.pages import shown
from kalends.web.pages.files import WebFile
from kalends.web.pages.page_reader import LANGUAGES, Reader

# So many entries are in the feed.
_MOST = 50
_OPENED = 1


def changes_feed(reader: Reader) -> WebFile:
    """Return the feed of what a filter finds: the same events give the same bytes."""
    links, words = reader.links, reader.query.kept
    title = reader.record.campaign.settings.title
    feed = _Feed(
        title=reader.words.say(N_("{title}: changes"), title=title),
        link=links.whole_page("/changes", reader.language, words) or reader.page("/changes"),
        description=None,
        language=LANGUAGES[reader.language],
        author_name=title,
        feed_url=links.whole("/changes.atom", words),
        feed_guid=f"{_tag(reader)}changes{written(words)}",
        opened=reader.record.recorded_at(_OPENED),
    )
    for pair in reader.record.recent(_MOST, reader.wanted):
        feed.add_item(**_entry(reader, pair))
    text = feed.writeString("utf-8")
    return WebFile(text.encode(), "application/atom+xml; charset=utf-8")


class _Feed(Atom1Feed):  # type: ignore[misc]  # the library has no types
    """A feed that is as old as the campaign while nothing has happened."""

    def latest_post_date(self) -> datetime:
        opened: datetime = self.feed["opened"]
        return max((item["updateddate"] for item in self.items), default=opened)


def _entry(reader: Reader, pair: RevisionPair) -> dict[str, Any]:
    """Return the fields of an entry."""
    after = pair.after
    said = shown.event(reader, *pair)
    path = f"/activities/{after.id}"
    return {
        "title": f"{said['sign']} {said['what']} · {said['title']}",
        "link": reader.links.whole_page(path, reader.language) or reader.page(path),
        "description": "<br>".join(escape(line) for line in _lines(reader, pair, said)),
        "author_name": after.by,
        "pubdate": after.at,
        "updateddate": after.at,
        "unique_id": f"{_tag(reader)}{after.position}",
    }


def _lines(reader: Reader, pair: RevisionPair, said: dict[str, Any]) -> list[str]:
    """Return when the activity is and whose it is, what changed, and why."""
    details, say = pair.after.details, reader.words.say
    departments = [
        shown.department(reader, acting, details.when.first_day)["name"]
        for acting in details.departments
    ]
    lines = [shown.when(reader, details.when), reader.words.say(N_(", ")).join(departments)]
    lines += [
        say(N_("{field}: {old} → {new}"), **{**change, "old": change["old"] or "—"})
        for change in said["changes"]
    ]
    if said["reason"]:
        lines.append(f"{say(N_('Reason'))}{say(N_(': '))}{said['reason']}")
    return lines


def _tag(reader: Reader) -> str:
    """Return the beginning of every id (RFC 4151): neither part of it ever changes."""
    opened = reader.record.recorded_at(_OPENED)
    return f"tag:{reader.record.campaign.settings.uid_domain},{opened:%Y-%m-%d}:"
