"""Activities with everything that they can have, drawn for tests of their calendar entries."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from kalends.domain.campaign_settings import Settings
from kalends.domain.details import Details, Participation
from kalends.domain.when import OfficeHours, When, resolved
from kalends.views.activities import Revision

AT = datetime(2020, 7, 1, tzinfo=UTC)
SAFE = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
TEXT = st.text(st.one_of(SAFE, st.sampled_from('\\;,:"^N会')), min_size=1, max_size=120).filter(
    lambda text: "\\N" not in text
)
LINES = st.lists(TEXT, min_size=1, max_size=4).map("\n".join)
CLOCKS = st.none() | st.times().map(lambda time: f"{time:%H:%M}")
LINKS = st.sampled_from(("https://例.cn/a", "https://x.cn/a,b;c?d=%20#e", "见附件")) | TEXT


@st.composite
def times(draw):
    first = draw(st.dates(date(1900, 1, 2), date(2200, 1, 1)))
    last = first + timedelta(days=draw(st.integers(0, 3)))
    starts, ends = draw(CLOCKS), draw(CLOCKS)
    if first == last and starts and ends and ends <= starts:
        ends = None
    part = draw(st.sampled_from((None, "night", "morning", "evening")))
    precision = draw(
        st.sampled_from(("minute", "part", "day", "week", "ten-days", "month", "year"))
    )
    when = When(
        first_day=first, last_day=last, precision=precision, zone="UTC", text="?",
        part=None if starts else part, starts=starts, ends=ends,
    )  # fmt: skip
    return resolved(when, UTC, OfficeHours())


@st.composite
def drawn_histories(draw):
    made = []
    for version in range(1, draw(st.integers(1, 4)) + 1):
        topics = ["moved", "cancelled", "reinstated", "corrected", "retracted", "held", "released"]
        topic = draw(st.sampled_from(topics)) if version > 1 else "recorded"
        roles = draw(
            st.lists(st.sampled_from(("lead", "joint", "participant")), min_size=1, max_size=4)
        )
        details = Details(
            title=draw(TEXT),
            when=draw(times()),
            departments=tuple(
                Participation(code=f"d{n}", role=role) for n, role in enumerate(roles)
            ),
            place=draw(st.none() | TEXT),
            tags=tuple(draw(st.lists(TEXT.map(lambda text: text.replace(",", "")).filter(bool)))),
            description=draw(st.none() | LINES),
            headcount=draw(st.none() | st.integers(0, 9)),
            links=tuple(draw(st.lists(LINKS, max_size=2))),
        )
        status = draw(st.sampled_from(("planned", "held", "recorded", "cancelled", "retracted")))
        made.append(
            Revision(
                id="0123456789ab",
                version=version,
                position=version,
                until=9,
                by="li",
                via="cli",
                at=AT + timedelta(seconds=draw(st.integers(0, 9**8))),
                act="a",
                dated=None,
                topic=f"activity.{topic}",
                reason=draw(TEXT),
                details=details,
                status=status,
                withheld=False,
                created=AT,
            )
        )
    return made


SETTINGS = st.builds(
    Settings,
    title=TEXT,
    zone=st.sampled_from(("Asia/Shanghai", "UTC")),
    language=st.sampled_from(("zh", "en")),
    uid_domain=st.sampled_from(("x.cn", "a" * 90 + ".kalends")),
    site=st.sampled_from((None, "https://x.cn", "https://x.cn/a,b;c/")),
)
