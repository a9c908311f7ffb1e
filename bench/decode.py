"""Reading and decoding a log, against eventsourcing with its own JSON transcoder."""

import dataclasses
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from campaign import new_events
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import JSONTranscoder, Transcoding
from figures import Took, both_at_least, measured

from kalends.domain.campaign_settings import Settings
from kalends.domain.details import Details, Participation
from kalends.domain.when import OfficeHours, When
from kalends.log.log import Log
from kalends.log.sqlite.store import SQLiteLog


class DateAsISO(Transcoding):
    """What a stock application adds for days."""

    type = date
    name = "date_iso"

    def encode(self, obj: date) -> str:
        """Return the day as text."""
        return obj.isoformat()

    def decode(self, data: str) -> date:
        """Return the day of a text."""
        return date.fromisoformat(data)


def transcoding(kind: type) -> Transcoding:
    """Return what a stock application adds for a value object, so that it comes back as one."""

    class AsDict(Transcoding):
        type = kind
        name = kind.__name__

        def encode(self, obj: Any) -> dict[str, Any]:
            return {field.name: getattr(obj, field.name) for field in dataclasses.fields(obj)}

        def decode(self, data: dict[str, Any]) -> Any:
            return kind(**data)

    return AsDict()


class StockEvent(Aggregate):
    """A stock aggregate that holds what our events hold."""

    class Noted(Aggregate.Created):
        """Its one event: the topic and the event's values."""

        kind: str
        values: dict[str, Any]


class Peer(Application):
    """A stock application, in SQLite."""

    def register_transcodings(self, transcoder: JSONTranscoder) -> None:
        """Add days."""
        super().register_transcodings(transcoder)
        transcoder.register(DateAsISO())
        for kind in (Details, When, Participation, Settings, OfficeHours):
            transcoder.register(transcoding(kind))


def noted(new: Any) -> Any:
    """Return an event as the stock application's event: the same values, value objects and all."""
    event = new.event
    values = {field.name: getattr(event, field.name) for field in dataclasses.fields(event)}
    return StockEvent._create(StockEvent.Noted, kind=event.TOPIC, values=values)


def peer_application(path: Path) -> Peer:
    """Return the stock application on a file."""
    return Peer(env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)})


def filled(path: Path, count: int) -> Log:
    """Return a log of so many events."""
    log = Log(SQLiteLog(path, is_new=True))
    source = new_events(count)
    with log.turn() as append:
        while page := list(islice(source, 5_000)):
            append(page)
    return log


def fill_peer(path: Path, count: int) -> Peer:
    """Return the stock application with the same events."""
    app = peer_application(path)
    source = new_events(count)
    while page := list(islice(source, 1_000)):
        app.save(*(noted(new) for new in page))
    return app


def read_ours(log: Log) -> int:
    """Decode everything."""
    return sum(1 for _ in log.entries())


def read_peer(app: Peer) -> int:
    """Decode everything, by the recorder's pages."""
    start = count = 0
    while page := app.recorder.select_notifications(start + 1, 5_000):
        for notification in page:
            app.mapper.to_domain_event(notification)
            count += 1
        start = page[-1].id
    return count


def run(folder: Path, short: bool) -> None:
    """Print the ratio."""
    count = 5_000 if short else 1_000_000
    shared = 5_000 if short else 200_000
    log, app = filled(folder / "ours.db", count), fill_peer(folder / "peer.db", shared)
    took, peer = measured(lambda: read_ours(log)), measured(lambda: read_peer(app))
    part = shared / count
    ours = Took(clock=took.clock * part, processor=took.processor * part)
    both_at_least(f"decode, {count:,} events (peer {shared:,}, per event)", ours, peer, 4)
