"""A ledger for tests: commands in, entries out, as the domain decides."""

import sqlite3
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import pytest

from kalends.domain import activity, campaign, roster, roster_decider
from kalends.domain.campaign_settings import Settings
from kalends.domain.commands import (
    OpenCampaign,
    PlanActivity,
    RecordActivity,
    RegisterDepartment,
)
from kalends.domain.details import Details, Participation
from kalends.domain.events import CAMPAIGN, ROSTER, Entry, Stamp, activity_stream
from kalends.domain.when import When
from kalends.views import catch_up, schema

BEGUN = datetime(2020, 3, 1, 1, 0, tzinfo=UTC)


def day(first: str, last: str | None = None, **more: Any) -> When:
    end = date.fromisoformat(last or first)
    fields = {"precision": "day" if last is None else "days", "zone": "Asia/Shanghai"}
    return When(
        first_day=date.fromisoformat(first), last_day=end, **(fields | {"text": first} | more)
    )


def month(first: str, last: str) -> When:
    return day(first, last, precision="month")


def details(title: str = "推进会", when: str | When = "2020-07-14", *codes: str, **more: Any):
    return Details(
        title=title,
        when=day(when) if isinstance(when, str) else when,
        departments=tuple(
            Participation(code=code, role="participant" if n else "lead")
            for n, code in enumerate(codes or ("tsw",))
        ),
        **more,
    )


class Ledger:
    """A log in memory; each command is a minute after the one before."""

    day = staticmethod(day)
    month = staticmethod(month)
    details = staticmethod(details)
    opened: ClassVar[list[sqlite3.Connection]] = []

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.at = BEGUN
        self.by = "li"
        self.act: str | None = None
        self.states: dict[str, Any] = {ROSTER: roster.Roster(), CAMPAIGN: None}
        self.versions: dict[str, int] = {}

    def tell(self, stream: str, command: Any) -> int:
        """Append what the command makes; return the position."""
        rules = {ROSTER: roster, CAMPAIGN: campaign}.get(stream, activity)
        self.at += timedelta(minutes=1)
        act = self.act or f"act{len(self.entries) + 1}"
        stamp = Stamp(at=self.at, by=self.by, via="cli", act=act)
        state = self.states.get(stream)
        decider = roster_decider if rules is roster else rules
        for event in decider.decide(state, command, stamp=stamp):
            state = self.states[stream] = rules.evolve(state, event)
            version = self.versions[stream] = self.versions.get(stream, 0) + 1
            self.entries.append(Entry(len(self.entries) + 1, stream, version, event))
        return len(self.entries)

    def begin(self, **settings: Any) -> int:
        fields = {"title": "创城", "zone": "Asia/Shanghai", "language": "zh", "uid_domain": "x.cn"}
        return self.tell(CAMPAIGN, OpenCampaign(id="c", settings=Settings(**(fields | settings))))

    def register(self, code: str, name: str, *aliases: str, parent: str | None = None) -> int:
        command = RegisterDepartment(code=code, name=name, aliases=aliases, parent=parent)
        return self.tell(ROSTER, command)

    def record(self, name: str, *values: Any, **more: Any) -> int:
        return self.tell(activity_stream(name), RecordActivity(details=details(*values, **more)))

    def plan(self, name: str, *values: Any, **more: Any) -> int:
        return self.tell(activity_stream(name), PlanActivity(details=details(*values, **more)))

    def change(self, name: str, command: Any) -> int:
        return self.tell(activity_stream(name), command)

    def views(self, until: int | None = None, page: int = 1000):
        """Return views in memory built from the entries up to a position."""
        db = schema.connect(None)
        Ledger.opened.append(db)
        catch_up.catch_up(db, self.entries[:until], head_mark=lambda n: b"%d" % n, page=page)
        return db


@pytest.fixture(autouse=True)
def _views_are_closed():
    yield
    while Ledger.opened:
        Ledger.opened.pop().close()


@pytest.fixture(scope="session")
def new_ledger() -> type[Ledger]:
    return Ledger


@pytest.fixture
def ledger() -> Ledger:
    made = Ledger()
    made.begin()
    made.register("tsw", "团市委", "共青团辽源市委员会")
    return made
