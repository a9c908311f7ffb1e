"""One event of every topic, each with everything it can hold."""

from datetime import UTC, date, datetime

from kalends.domain import events as e
from kalends.domain.campaign_settings import Period, Settings
from kalends.domain.department import Name, Pause
from kalends.domain.details import Details, Participation, Source
from kalends.domain.when import When

STAMP = e.Stamp(
    at=datetime(2020, 7, 15, 1, 2, 3, tzinfo=UTC), by="li", via="cli", act="0a1b2c3d4e5f"
)
WHEN = When(
    first_day=date(2020, 7, 14),
    last_day=date(2020, 7, 14),
    precision="minute",
    zone="Asia/Shanghai",
    text="7月14日上午9:30至11:00",
    starts="09:30",
    ends="11:00",
    begin=datetime(2020, 7, 14, 1, 30, tzinfo=UTC),
    end=datetime(2020, 7, 14, 3, tzinfo=UTC),
)
DETAILS = Details(
    title="推进会",
    when=WHEN,
    departments=(Participation(code="tsw", role="lead"), Participation(code="jyj", role="joint")),
    place="会议室",
    tags=("推进会",),
    description="第一行\n第二行",
    headcount=50,
    links=("https://example.org/1",),
    source=Source(document="ab" * 32, quote="召开", span=(10, 12)),
)
SETTINGS = Settings(
    title="创城",
    zone="Asia/Shanghai",
    language="zh",
    uid_domain="x.kalends",
    period=Period(first_day=date(2020, 6, 1), last_day=date(2020, 12, 31)),
    site="https://example.org",
)
ON = date(2020, 8, 1)

EXAMPLES: dict[str, e.Event] = {
    event.TOPIC: event
    for event in (
        e.CampaignOpened(**STAMP, id="0a1b2c3d4e5f", settings=SETTINGS),
        e.CampaignRevised(**STAMP, settings=SETTINGS, reason="新址"),
        e.ClockCorrected(**STAMP, reason="时钟曾快"),
        e.DepartmentRegistered(
            **STAMP, code="tsw", name="团市委", aliases=("共青团",), parent="city", on=ON
        ),
        e.DepartmentAliased(**STAMP, code="tsw", alias="共青团", on=ON),
        e.DepartmentUnaliased(**STAMP, code="tsw", alias="共青团", reason="停用"),
        e.DepartmentAbbreviated(**STAMP, code="tsw", short="团委"),
        e.DepartmentRenamed(**STAMP, code="tsw", name="团委", on=ON, reason="改名"),
        e.DepartmentMerged(**STAMP, code="tsw", into="city", on=ON, reason="合并"),
        e.DepartmentClosed(**STAMP, code="tsw", on=ON, reason="撤销"),
        e.DepartmentReopened(**STAMP, code="tsw", on=ON, reason="恢复"),
        e.DepartmentMoved(**STAMP, code="tsw", parent="city", reason="划转"),
        e.DepartmentRestored(
            **STAMP,
            code="tsw",
            names=(Name(name="团市委"), Name(name="团委", on=ON)),
            aliases=("共青团",),
            short="团委",
            parent="city",
            since=ON,
            closed=True,
            closed_on=ON,
            merged_into="city",
            pauses=(Pause(since=ON, until=date(2020, 9, 1)),),
            reason="误记",
        ),
        e.DepartmentWithdrawn(**STAMP, code="tsw", reason="误记"),
        e.ActivityPlanned(**STAMP, details=DETAILS),
        e.ActivityRecorded(**STAMP, details=DETAILS),
        e.ActivityHeld(**STAMP),
        e.ActivityMoved(**STAMP, when=WHEN, reason="下雨"),
        e.ActivityCancelled(**STAMP, reason="下雨"),
        e.ActivityReinstated(**STAMP, reason="天晴"),
        e.ActivityCorrected(**STAMP, details=DETAILS, status="held", reason="记错"),
        e.ActivityRetracted(**STAMP, reason="重复"),
        e.ActivityWithheld(**STAMP, reason="未定"),
        e.ActivityReleased(**STAMP, reason="已定"),
    )
}
