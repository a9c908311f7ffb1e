"""A ledger for tests: commands in, views and feeds out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kalends.domain import activity, campaign, roster, roster_decider
from kalends.domain.campaign_settings import Settings
from kalends.domain.commands import (
    CorrectActivity,
    MoveActivity,
    OpenCampaign,
    PlanActivity,
    RecordActivity,
    RegisterDepartment,
    ReviseCampaign,
)
from kalends.domain.details import Details, Participation
from kalends.domain.events import CAMPAIGN, ROSTER, Entry, Stamp, activity_stream
from kalends.domain.when import OfficeHours, When, resolved
from kalends.feeds.cache import Components
from kalends.feeds.feed import feed_bytes
from kalends.views import catch_up, schema

ZONE = ZoneInfo("Asia/Shanghai")
BEGUN = datetime(2020, 3, 1, 1, 0, tzinfo=UTC)
OPENED = Settings(title="创建文明城市", zone=ZONE.key, language="zh", uid_domain="x.cn")


def when(first: str = "2020-07-14", last: str | None = None, **fields: Any) -> When:
    """Return a time, resolved: a day, or what else is told of it."""
    first_day, last_day = date.fromisoformat(first), date.fromisoformat(last or first)
    precision = "days" if last else "day"
    precision = "part" if "part" in fields else "minute" if "starts" in fields else precision
    made = {"precision": precision, "text": first, "zone": ZONE.key} | fields
    return resolved(When(first_day=first_day, last_day=last_day, **made), ZONE, OfficeHours())


def details(title: str = "推进会", time: When | None = None, *codes: str, **more: Any) -> Details:
    return Details(
        title=title,
        when=time or when(),
        departments=tuple(Participation(code=code, role="lead") for code in codes or ("tsw",)),
        **more,
    )


class Ledger:
    """A log in memory with its views; each command is a minute after the one before.

    What is recorded bears the handle `by`.
    """

    when = staticmethod(when)
    details = staticmethod(details)

    def __init__(self, **settings: Any) -> None:
        self.entries: list[Entry] = []
        self.by, self.waited = "li", timedelta()
        self.states: dict[str, Any] = {ROSTER: roster.Roster(), CAMPAIGN: None}
        self.settings = replace(OPENED, **settings)
        self.db = schema.connect(None)
        self.components = Components(None)
        self.tell(CAMPAIGN, OpenCampaign(id="c", settings=self.settings))
        self.register("tsw", "团市委")

    @property
    def position(self) -> int:
        return len(self.entries)

    @property
    def stamp(self) -> Stamp:
        at = BEGUN + self.waited + timedelta(minutes=self.position)
        if self.entries:
            at = max(at, self.entries[-1].event.at)
        return Stamp(at=at, by=self.by, via="cli", act=f"act{self.position + 1}")

    def tell(self, stream: str, command: Any) -> None:
        rules = {ROSTER: roster, CAMPAIGN: campaign}.get(stream, activity)
        decider = roster_decider if rules is roster else rules
        for event in decider.decide(self.states.get(stream), command, stamp=self.stamp):
            self.append(stream, event)

    def append(self, stream: str, event: Any) -> None:
        rules = {ROSTER: roster, CAMPAIGN: campaign}.get(stream, activity)
        version = 1 + sum(e.stream == stream for e in self.entries)
        self.states[stream] = rules.evolve(self.states.get(stream), event)
        self.entries.append(Entry(self.position + 1, stream, version, event))
        catch_up.catch_up(self.db, self.entries[-1:], head_mark=lambda n: b"%d" % n)

    def forge(self, name: str, kind: type, **facts: Any) -> None:
        """Append an event that no rule of today would let through, as an older record may hold."""
        self.append(activity_stream(name), kind(**self.stamp, **facts))

    def wait(self, time: timedelta) -> None:
        """Let the next command come so much later, or earlier, but not before the last one."""
        self.waited += time

    def format_at(self, position: int) -> int:
        """Return the feed format that the campaign had at a position."""
        settings = [e.event.settings for e in self.entries[:position] if e.stream == CAMPAIGN]
        return settings[-1].feed_format

    def revise(self, **settings: Any) -> None:
        self.settings = replace(self.settings, **settings)
        self.tell(CAMPAIGN, ReviseCampaign(settings=self.settings))

    def register(self, code: str, name: str, parent: str | None = None) -> None:
        self.tell(ROSTER, RegisterDepartment(code=code, name=name, parent=parent))

    def roster(self, command: Any) -> None:
        self.tell(ROSTER, command)

    def record(self, name: str, *values: Any, **more: Any) -> None:
        self.tell(activity_stream(name), RecordActivity(details=details(*values, **more)))

    def plan(self, name: str, *values: Any, **more: Any) -> None:
        self.tell(activity_stream(name), PlanActivity(details=details(*values, **more)))

    def change(self, name: str, command: Any) -> None:
        self.tell(activity_stream(name), command)

    def move(self, name: str, time: When, reason: str) -> None:
        self.change(name, MoveActivity(when=time, reason=reason))

    def correct(self, name: str, reason: str = "笔误", **changes: Any) -> None:
        self.change(name, CorrectActivity(reason=reason, **changes))

    def feed(self, name: str = "all", known_at: int | None = None) -> bytes:
        return feed_bytes(self.db, self.components, name, known_at=known_at or self.position)

    def lines(self, name: str = "all", known_at: int | None = None) -> list[str]:
        """Return a feed's lines, unfolded."""
        text = self.feed(name, known_at).decode()
        return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")

    def close(self) -> None:
        self.db.close()
        self.components.close()


@pytest.fixture(scope="session")
def ledger_type():
    return Ledger


@pytest.fixture
def new_ledger():
    made: list[Ledger] = []

    def new(**settings: Any) -> Ledger:
        made.append(Ledger(**settings))
        return made[-1]

    yield new
    for ledger in made:
        ledger.close()


@pytest.fixture
def ledger(new_ledger):
    return new_ledger()
