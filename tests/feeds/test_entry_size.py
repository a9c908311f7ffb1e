"""However much an activity holds, its entry stays within a bound: four such entries fit a feed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.domain.campaign import Campaign
from kalends.domain.campaign_settings import Settings
from kalends.domain.details import LINK_BYTES, MOST_OF, Details, Participation, accepted
from kalends.domain.roster import Department, Roster
from kalends.domain.text import LIMITS
from kalends.domain.when import OfficeHours, When, resolved
from kalends.feeds.calendar import component
from kalends.views.activities import Revision

# What docs/reference/feeds.md promises.
MOST = 250_000
AT = datetime(2020, 7, 1, tzinfo=UTC)
# One byte that is escaped, one that is not, three bytes, four.
FILLS = st.sampled_from((",", "a", "文", "𠮷"))
TIME = When(
    first_day=date(2020, 11, 20), last_day=date(2020, 12, 30), precision="days", zone="UTC",
    text="文" * LIMITS["date"], starts="09:00",
)  # fmt: skip


def roster(fill):
    names = {f"d{n:03}": fill * LIMITS["name"] for n in range(MOST_OF["departments"])}
    return Roster(
        departments={
            code: Department(code=code, names=((None, name),)) for code, name in names.items()
        }
    )


def links(fill):
    begin = "https://x.cn/{n:02}/"
    room = (LINK_BYTES - len(begin.format(n=0))) // len(fill.encode())
    return tuple(begin.format(n=n) + fill * room for n in range(MOST_OF["links"]))


@pytest.mark.campaign
@given(
    title=FILLS, place=FILLS, name=FILLS, reason=FILLS, link=FILLS, description=FILLS,
    tag=st.sampled_from(("a", "文", "𠮷")), language=st.sampled_from(("zh", "en")),
    feed_format=st.sampled_from((1, 2)), topic=st.sampled_from(("moved", "corrected")),
)  # fmt: skip
def test_the_largest_activity_there_can_be_has_an_entry_of_a_quarter_megabyte_at_most(
    feed_format, language, topic, **fills
):
    text = "".join(islice(cycle(fills["description"] + "\n"), LIMITS["description"] - 2))
    details = accepted(
        Details(
            title=fills["title"] * LIMITS["title"],
            when=resolved(TIME, UTC, OfficeHours()),
            place=fills["place"] * LIMITS["place"],
            tags=tuple(
                f"{n:02}" + fills["tag"] * (LIMITS["tag"] - 2) for n in range(MOST_OF["tags"])
            ),
            description=f"文{text}文",
            headcount=1_000_000_000,
            links=links(fills["link"]),
            departments=tuple(
                Participation(code=f"d{n:03}", role="lead") for n in range(MOST_OF["departments"])
            ),
        )
    )
    revisions = [
        Revision(
            id="a" * 12, version=version, position=version, until=9, at=AT, by="li", via="cli",
            act="a", topic=f"activity.{topic}", reason=fills["reason"] * LIMITS["reason"],
            details=details if version % 2 else replace(details, when=replace(TIME, ends="10:00")),
            status="cancelled", withheld=False, created=AT, dated=1,
        )
        for version in range(1, 8)
    ]  # fmt: skip
    settings = Settings(
        title="t", zone="UTC", language=language, uid_domain="a" * 253, feed_format=feed_format
    )
    entry = component(revisions, Campaign(id="c", settings=settings), roster(fills["name"]))
    assert 50_000 < len(entry) <= MOST
