"""A made-up campaign of any size, the same at each run."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from kalends.domain.campaign_settings import Settings
from kalends.domain.details import Details, Participation
from kalends.domain.events import (
    ActivityCancelled,
    ActivityCorrected,
    ActivityHeld,
    ActivityMoved,
    ActivityPlanned,
    ActivityRecorded,
    CampaignOpened,
    DepartmentRegistered,
    Stamp,
    activity_stream,
)
from kalends.domain.when import OfficeHours, When, resolved
from kalends.log.event_log import NewEvent

ZONE = ZoneInfo("Asia/Shanghai")
WORDS = ("推进会", "志愿服务", "主题党日", "环境整治", "普法宣传", "调研", "动员会", "督查")
PLACES = ("平安广场", "明珠花园", "会议室", "西宁街道", None)
DEPARTMENTS = 40


def stamp(n: int) -> Stamp:
    """Return the stamp of the nth event, a second after the one before."""
    at = datetime(2020, 6, 1, tzinfo=UTC) + timedelta(seconds=n)
    return Stamp(at=at, by=f"clerk{n % 7}", via="cli", act=f"act{n:09d}")


def details(n: int) -> Details:
    """Return the nth activity's details; one in three is a part of a day, some are timed."""
    day = date(2020, 6, 1) + timedelta(days=n % 400)
    when = When(first_day=day, last_day=day, precision="day", zone="Asia/Shanghai", text=f"{day}")
    if n % 3 == 0:
        when = When(
            first_day=day,
            last_day=day,
            precision="part",
            part="morning",
            zone="Asia/Shanghai",
            text=f"{day} 上午",
        )
    elif n % 5 == 0:
        when = When(
            first_day=day,
            last_day=day,
            precision="minute",
            starts="14:30",
            ends="16:00",
            zone="Asia/Shanghai",
            text=f"{day} 14:30",
        )
    word = WORDS[n % len(WORDS)]
    return Details(
        title=f"第{n}次创建文明城市{word}",
        when=resolved(when, ZONE, OfficeHours()),
        departments=(
            Participation(code=f"d{n % DEPARTMENTS}", role="lead"),
            Participation(code=f"d{(n * 7 + 1) % DEPARTMENTS}", role="joint"),
        ),
        place=PLACES[n % len(PLACES)],
        tags=(word,),
        description=f"{word}的第{n}条说明，按工作方案开展；参加人员、时间和地点以通知为准。",
        headcount=n % 300,
    )


def setting() -> list[NewEvent]:
    """Return the campaign and its departments."""
    settings = Settings(
        title="创建文明城市", zone="Asia/Shanghai", language="zh", uid_domain="bench.kalends"
    )
    new_events = [
        NewEvent("campaign", 1, CampaignOpened(**stamp(0), id="bench0000000", settings=settings))
    ]
    for n in range(DEPARTMENTS):
        parent = f"d{n % 4}" if n >= 4 else None
        event = DepartmentRegistered(**stamp(0), code=f"d{n}", name=f"第{n}局", parent=parent)
        new_events.append(NewEvent("roster", n + 1, event))
    return new_events


def new_events(count: int) -> Iterator[NewEvent]:
    """Yield so many events: the setting, then activities, of which one in ten has a history."""
    made = setting()
    yield from made
    done, n = len(made), 0
    while done < count:
        n += 1
        for new in _events_of(n, done)[: count - done]:
            yield new
            done += 1


def _events_of(n: int, at: int) -> list[NewEvent]:
    stream, known = activity_stream(f"b{n:011d}"), details(n)
    if n % 10:
        return [NewEvent(stream, 1, ActivityRecorded(**stamp(at), details=known))]
    moved = details(n + 1).when
    return [
        NewEvent(stream, 1, ActivityPlanned(**stamp(at), details=known)),
        NewEvent(stream, 2, ActivityMoved(**stamp(at + 1), when=moved, reason="下雨")),
        NewEvent(stream, 3, ActivityHeld(**stamp(at + 2)))
        if n % 20
        else NewEvent(stream, 3, ActivityCancelled(**stamp(at + 2), reason="取消")),
        NewEvent(
            stream,
            4,
            ActivityCorrected(**stamp(at + 3), details=known, status="held", reason="更正"),
        ),
    ]
