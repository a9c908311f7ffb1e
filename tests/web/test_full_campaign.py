"""A campaign of 500 activities with long names: pages stay small, and what they leave out is there."""

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import cycle
from types import SimpleNamespace

import pytest

from asgi_client import AppClient
from kalends import bootstrap
from kalends.application.readers import public_counts, public_record
from kalends.application.recording import recording
from kalends.domain.commands import RegisterDepartment
from kalends.domain.value import replace
from kalends.web.app import application
from kalends.web.operations.options import WebOptions
from kalends.web.pages import timeline
from served_campaign import campaign_at
from web.every_page import examples

DAY = timedelta(days=1)
_NAMES = [f"辽源市龙山区新兴街道办事处综合行政执法第{number}中队办公室" for number in range(12)]


def _titled(draft, title):
    return replace(draft, details=replace(draft.details, title=title))


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """Return the ids and a client of the campaign: every day of July has ten activities or more."""
    made = campaign_at(tmp_path_factory.mktemp("full") / "w")
    with made.opened() as workspace:
        for number, name in enumerate(_NAMES):
            workspace.service.change_roster(RegisterDepartment(code=f"d{number}", name=name))
        days = []
        for day in range(32):
            said = (
                f"{f'7月{day}日上午' if day else '8月'} {_NAMES[day % 12]}、{_NAMES[(day + 5) % 12]} "
                f"创建全国文明城市志愿服务主题宣传实践活动 #志愿服务 #推进会 @人民广场"
            )
            days.append(recording.read_activity(workspace, said, recording.Given()).draft)
        drafts = [
            (bootstrap.new_id(), _titled(day, f"{day.details.title}（第{number}期）"))
            for number, day in zip(range(500), cycle(days), strict=False)
        ]
        workspace.service.record_all(drafts, act=workspace.service.new_act())
    ids = {"moved": drafts[0][0], "cancelled": drafts[1][0]}
    options = WebOptions(folder=str(made.folder), settings=str(made.settings), rate=0)
    with AppClient(application(options, machine=made.machine)) as client:
        client.get(f"/activities/{ids['moved']}")  # it opens what stays open until the end
        yield SimpleNamespace(ids=ids, get=client.get)


@pytest.mark.parametrize("address", [*examples(), "/departments/d3", "/search?q=志愿服务"])
def test_every_page_is_below_50_kb(full, address):
    for language in ("", "/en" if address != "/" else ""):
        page = full.get(f"{language}{address.format(**full.ids)}")
        assert page.status_code == 200
        assert len(page.content) < 50_000


def test_a_day_of_a_full_month_shows_some_and_leads_to_the_others(full):
    page = full.get("/month/2020-07?tag=志愿服务").text
    assert page.count("期）") < 200
    link = "/agenda?tag=%E5%BF%97%E6%84%BF%E6%9C%8D%E5%8A%A1&amp;from=2020-07-03&amp;to=2020-07-03"
    assert f'href="{link}">还有 ' in page
    day = full.get("/agenda.json?from=2020-07-03&to=2020-07-03").json()["activities"]
    assert len(day) > 10


def test_a_full_timeline_counts_by_month_what_it_draws_together(full):
    page = full.get("/timeline").text
    assert "每个部门在各月的活动数。" in page
    assert "（第3期）" not in page
    found = full.get("/agenda.json?dept=d3&from=2020-07-01&to=2020-07-31").json()["activities"]
    assert f'<td class="number">{len(found)}</td>' in page
    few = full.get("/timeline?dept=d3&from=2020-07-01&to=2020-07-05").text
    assert "每个部门在各月的活动数。" not in few
    assert few.count('<rect class="exact"') == few.count("</time></td>") > 10


@pytest.mark.parametrize("filters", ["", "&tag=推进会", "&status=cancelled"])
def test_what_a_full_timeline_counts_and_draws_is_what_there_is(full, monkeypatch, filters):
    query = f"from=2020-07-03&to=2020-07-19{filters}"
    monkeypatch.setattr(timeline, "_MANY", -1)
    touched, days, skip = Counter(), defaultdict(set), 0
    while True:
        document = full.get(f"/timeline.json?{query}&skip={skip}").json()
        for each in document["activities"]:
            first, last = (
                date.fromisoformat(each["when"][name]) for name in ("first_day", "last_day")
            )
            for acting in each["departments"]:
                touched[acting["code"]] += 1
                days[acting["code"]] |= {first + n * DAY for n in range((last - first).days + 1)}
        if not document["more"]:
            break
        skip += 500
    page = full.get(f"/timeline?{query}").text
    found = re.findall(r'<td class="number">(\d*)</td>', page)
    assert sum(map(int, filter(None, found))) == sum(touched.values())
    # A stretch for days that follow on each other.
    stretches = sum(sum(day - DAY not in each for day in each) for each in days.values())
    assert len(re.findall(r"M[\d.]+ 5h", page)) == stretches
    monkeypatch.setattr(timeline, "_MOST_DRAWN", 1)
    whole_weeks = full.get(f"/timeline?{query}&place=").text
    assert len(re.findall(r"M[\d.]+ 5h", whole_weeks)) == len(days)


def test_data_of_a_full_month_goes_on_where_it_says(full):
    document = full.get("/month/2020-07.json").json()
    assert document["more"] is False
    assert len(document["activities"]) > 400


@pytest.mark.campaign
def test_a_far_part_of_a_list_is_that_of_the_whole(full, monkeypatch):
    addresses = ("/agenda.json?skip={}&from=2020-07-01", "/departments/d3.json?skip={}", "/tags/推进会.json?skip={}",
                 "/agenda.json?skip={}&status=planned")  # fmt: skip
    near = {address: full.get(address.format(0)).json()["activities"] for address in addresses}
    monkeypatch.setattr(public_counts, "FAR", 0)
    monkeypatch.setattr(public_record, "FAR", 0)
    for address, whole in near.items():
        for skip in (0, 7, 30, len(whole) - 1, len(whole) + 3):
            found = full.get(f"{address.format(skip)}&place=").json()["activities"]
            assert found == whole[skip:], (address, skip)
