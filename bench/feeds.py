"""Feeds: one of many activities, cold, all of a campaign the first time, and after one change."""

import os
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import icalendar
from campaign import details, new_events, stamp
from figures import at_most, both_at_least, measured, seconds

from kalends.application.publish import publish_log
from kalends.domain.campaign import Campaign
from kalends.domain.events import ActivityRecorded, activity_stream
from kalends.feeds.cache import Components
from kalends.feeds.calendar import is_cancelled, span
from kalends.feeds.description import description
from kalends.feeds.feed import feed_bytes
from kalends.feeds.publishing import publish_feeds
from kalends.feeds.selection import complete, find
from kalends.feeds.wording import WORDINGS
from kalends.log.backends import backend_of
from kalends.log.event_log import NewEvent
from kalends.log.journal_sync import JournalSync
from kalends.log.log import Log
from kalends.views import activities, catch_up, schema
from kalends.views import roster_view as rosters

FEED = "full/all"


def filled(folder: Path, count: int) -> tuple[Log, JournalSync, Any]:
    """Return a log that holds so many activities, its journal's sync, and its views."""
    journal_sync = JournalSync(
        backend=backend_of(folder / "events"),
        journal=folder / "events" / "journal.jsonl",
        note=folder / ".kalends" / "journal.json",
    )
    log, many = journal_sync.create(), 0
    source = new_events(10 * count)
    with log.turn() as append:
        while many < count:
            page = list(islice(source, 5_000))
            kept = []
            for new in page:
                many += new.originator_version == 1 and new.originator_id.startswith("activity-")
                if many > count:
                    break
                kept.append(new)
            append(kept)
    db = schema.connect(folder / ".kalends" / "views.db")
    catch_up.catch_up(db, log.entries(), head_mark=lambda _: b"")
    return log, journal_sync, db


def by_icalendar(db: Any, position: int) -> Callable[[], bytes]:
    """Return what builds and serialises the same calendar with icalendar, all values at hand."""
    opened: Any = rosters.campaign(db, known_at=position)
    names = rosters.roster(db, known_at=position)
    title = complete(find(db, "all", known_at=position), opened).title
    histories = [
        activities.revisions(db, candidate.id, known_at=position)
        for candidate in sorted(activities.feed_candidates(db, known_at=position))
    ]

    def build() -> bytes:
        made = calendar_of(opened, title)
        for history in histories:
            made.add_component(event_of(history, opened, names))
        return made.to_ical()

    return build


def calendar_of(opened: Campaign, title: str) -> icalendar.Calendar:
    """Return the calendar, without its entries."""
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Kalends//Kalends//ZH")
    made.add("calscale", "GREGORIAN")
    made["NAME"] = made["X-WR-CALNAME"] = icalendar.vText(title)
    made["REFRESH-INTERVAL"] = icalendar.vDuration.from_ical("PT1H")
    made["REFRESH-INTERVAL"] = icalendar.vText("PT1H")
    made["REFRESH-INTERVAL"].params["VALUE"] = "DURATION"
    made["X-PUBLISHED-TTL"] = icalendar.vText("PT1H")
    made["X-WR-TIMEZONE"] = icalendar.vText(opened.settings.zone)
    return made


def event_of(history: Any, opened: Campaign, names: Any) -> icalendar.Event:
    """Return an entry of the same properties."""
    last, event = history[-1], icalendar.Event()
    wording = WORDINGS[opened.settings.language]
    title = last.details.title
    cancelled = is_cancelled(last)
    start, end = span(last.details.when)
    event.add("summary", wording.cancelled_title.format(title=title) if cancelled else title)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("dtstamp", last.at)
    event.add("uid", f"activity-{last.id}@{opened.settings.uid_domain}")
    event.add("sequence", last.version - 1)
    event.add("categories", list(last.details.tags))
    event.add("created", history[0].at)
    event.add("description", description(history, names, opened.settings))
    event.add("last-modified", last.at)
    if last.details.place is not None:
        event.add("location", last.details.place)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    timed = hasattr(start, "hour") and not cancelled
    event.add("transp", "OPAQUE" if timed else "TRANSPARENT")
    return event


def run(folder: Path, short: bool) -> None:
    """Print the ratios."""
    _cold(folder / "cold", 3_000 if short else 100_000)
    _first(folder / "first", 3_000 if short else 20_000)
    _again(folder / "again", 2_000 if short else 10_000)


def _cold(folder: Path, count: int) -> None:
    folder.mkdir()
    log, _, db = filled(folder, count)
    position = log.position()
    components = Components(None)
    kept: list[bytes] = []
    ours = measured(lambda: kept.append(feed_bytes(db, components, FEED, known_at=position)))
    build = by_icalendar(db, position)
    peer = measured(lambda: kept.append(build()))
    same = "the same bytes" if kept[0] == kept[-1] else "DIFFERENT BYTES"
    what = f"feeds, {count:,} activities cold, {same} ({len(kept[0]):,} octets)"
    both_at_least(what, ours, peer, 15)


def _first(folder: Path, count: int) -> None:
    folder.mkdir()
    log, journal_sync, filled_views = filled(folder, count)

    def ours() -> None:
        db = schema.connect(folder / "views.db")
        catch_up.catch_up(db, log.entries(), head_mark=lambda _: b"")
        components = Components(folder / "components.db")
        publish_log(log, journal_sync, lambda: db, components, folder / "feeds")
        db.close()

    took, peer = measured(ours), measured(by_icalendar(filled_views, log.position()))
    files = [path.stat().st_size for path in (folder / "feeds").rglob("*.ics")]
    what = f"feeds, {count:,} activities published first, views and {len(files)} files"
    both_at_least(f"{what} ({sum(files):,} octets) against one calendar", took, peer, 5)


def _again(folder: Path, count: int) -> None:
    folder.mkdir()
    log, journal_sync, db = filled(folder, count)
    components, feeds = Components(folder / ".kalends" / "components.db"), folder / "feeds"
    publish_log(log, journal_sync, lambda: db, components, feeds)
    times, wrote = [], 0
    for n in range(15):
        event = ActivityRecorded(**stamp(10**8 + n), details=details(n))
        with log.turn() as append:
            position = append([NewEvent(activity_stream(f"new{n:09d}"), 1, event)])

        changed: list[str] = []

        def again(position: int = position, changed: list[str] = changed) -> None:
            known = catch_up.position(db)
            catch_up.catch_up(db, log.entries(after=known), head_mark=lambda _: b"")
            journal_sync.write(log)
            changed.extend(publish_feeds(db, components, feeds, known_at=position))

        ours = seconds(again)
        contents = [(feeds / name).read_bytes() for name in changed]
        wrote = sum(map(len, contents))
        times.append((ours, seconds(lambda contents=contents: _write(folder / "peer", contents))))
    ratios = sorted(ours / peer for ours, peer in times)
    ours, peer = (median(each) for each in zip(*times, strict=True))
    what = f"feeds, again after one change at {count:,} ({wrote:,} octets in {len(changed)} files"
    spread = f"spread {ratios[0]:.2f} to {ratios[-1]:.2f})"
    at_most(f"{what}, {spread}", ours, peer, 2.5)


def _write(folder: Path, contents: list[bytes]) -> None:
    """Write the same bytes to the disk as safely: each to a file that is synced and renamed."""
    folder.mkdir(exist_ok=True)
    for n, content in enumerate(contents):
        part = folder / f"{n}.part"
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / str(n))
