"""One campaign: opened once, and revised within its rules."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.domain.campaign import Campaign, decide, evolve, is_site
from kalends.domain.campaign_settings import Period, Settings
from kalends.domain.commands import CorrectClock, OpenCampaign, ReviseCampaign
from kalends.domain.errors import (
    CampaignError,
    EmptyTextError,
    KalendsError,
    NotFoundError,
    ReasonRequiredError,
    RefusedError,
    SpanError,
)
from kalends.domain.events import CampaignOpened, CampaignRevised, ClockCorrected
from kalends.domain.when import OfficeHours
from specification import STAMP, given

SETTINGS = Settings(
    title="创建全国文明城市",
    zone="Asia/Shanghai",
    language="zh",
    uid_domain="wenming.liaoyuan.gov.cn",
    period=Period(first_day=date(2020, 1, 1), last_day=date(2020, 12, 31)),
)
OPENED = CampaignOpened(**STAMP, id="3v8k2m9q4x7t", settings=SETTINGS)
RETITLED = replace(SETTINGS, title="创城")


def test_a_campaign_is_opened():
    given().when(OpenCampaign(id=OPENED.id, settings=SETTINGS)).then(OPENED)


def test_a_campaign_is_opened_once():
    given(OPENED).when(OpenCampaign(id="another", settings=SETTINGS)).then_refused(
        CampaignError, field="id", value=OPENED.id
    )


def test_a_campaign_is_revised():
    revised = CampaignRevised(**STAMP, settings=RETITLED, reason="简称")
    given(OPENED).when(ReviseCampaign(settings=RETITLED, reason="简称 ")).then(revised)
    assert evolve(evolve(None, OPENED), revised) == Campaign(id=OPENED.id, settings=RETITLED)


def test_a_revision_needs_no_reason():
    given(OPENED).when(ReviseCampaign(settings=RETITLED)).then(
        CampaignRevised(**STAMP, settings=RETITLED)
    )


def test_a_revision_that_changes_nothing_is_nothing():
    given(OPENED).when(
        ReviseCampaign(settings=replace(SETTINGS, title=" 创建全国文明城市"))
    ).then_nothing()


def test_only_what_was_opened_is_revised():
    given().when(ReviseCampaign(settings=SETTINGS)).then_refused(NotFoundError)
    with pytest.raises(RefusedError):
        evolve(None, CampaignRevised(**STAMP, settings=SETTINGS))


def test_the_domain_that_calendars_hang_on_never_changes():
    given(OPENED).when(
        ReviseCampaign(settings=replace(SETTINGS, uid_domain="example.org"))
    ).then_refused(CampaignError, field="UID domain", value="example.org", form="it never changes")


# How a setting is called where its name in the journal is no word.
SAID = {"uid_domain": "UID domain", "feed_format": "feed format"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("language", "fr"),
        ("feed_format", 3),
        *(("uid_domain", value) for value in ("", "a b", ".a", "a.", "A.org", "城.cn", "a" * 254)),
        *(
            ("site", value)
            for value in ("", "example.org", "ftp://a", "https://", "https://城.cn")
        ),
        *(("site", value) for value in ("https://a b", "https://a\n", "https://" + "a" * 91)),
        *(
            ("site", "https://x.cn" + value)
            for value in ("?a=1", "/a?", "/#b", "/%zz", ":x", ":65536", ":99999", "/\\")
        ),
        *(("site", value) for value in ("https://u@x.cn", "https://u:p@x.cn/a", "https://x..cn")),
    ],
)
def test_a_setting_that_cannot_be_is_refused(field, value):
    given().when(
        OpenCampaign(id=OPENED.id, settings=replace(SETTINGS, **{field: value}))
    ).then_refused(CampaignError, field=SAID.get(field, field), value=value)


@pytest.mark.parametrize("field", ["title", "zone"])
def test_a_campaign_has_a_title_and_a_zone(field):
    given().when(
        OpenCampaign(id=OPENED.id, settings=replace(SETTINGS, **{field: " "}))
    ).then_refused(EmptyTextError, field=field)


def test_a_campaign_does_not_end_before_it_begins():
    backwards = Period(first_day=date(2020, 12, 31), last_day=date(2020, 1, 1))
    given().when(
        OpenCampaign(id=OPENED.id, settings=replace(SETTINGS, period=backwards))
    ).then_refused(SpanError, detail="2020-12-31 → 2020-01-01")


@for_all(st.integers(0, 99_999))
def test_a_site_has_a_port_that_there_is(port):
    assert is_site(f"https://x.cn:{port}/feeds") is (1 <= port <= 65_535)


def test_a_campaign_needs_no_period_and_no_site():
    bare = replace(SETTINGS, period=None, site=None)
    given().when(OpenCampaign(id=OPENED.id, settings=bare)).then(replace(OPENED, settings=bare))


def test_a_campaign_may_have_a_site_and_hours_of_its_own():
    own = replace(
        SETTINGS,
        site="https://wenming.liaoyuan.gov.cn/kalends/",
        office_hours=OfficeHours(night="22:00-06:00", evening="18:00-24:00"),
    )
    given().when(OpenCampaign(id=OPENED.id, settings=own)).then(replace(OPENED, settings=own))


@pytest.mark.parametrize(
    "hours",
    ["", "8:30-11:30", "08:30", "08:30-11:60", "24:00-24:00", "08:30–11:30", "０8:30-11:30"],
)
def test_hours_that_no_clock_shows_are_refused(hours):
    settings = replace(SETTINGS, office_hours=OfficeHours(morning=hours))
    given().when(OpenCampaign(id=OPENED.id, settings=settings)).then_refused(
        CampaignError, field="office hours", value=hours, form="morning=09:00-12:00"
    )


@pytest.mark.parametrize("hours", ["11:30-08:30", "08:30-08:30"])
def test_only_the_night_ends_on_the_next_day(hours):
    settings = replace(SETTINGS, office_hours=OfficeHours(morning=hours))
    given().when(OpenCampaign(id=OPENED.id, settings=settings)).then_refused(SpanError)


some_settings = st.builds(
    Settings,
    title=st.text(max_size=5),
    zone=st.text(max_size=5) | st.just("Asia/Shanghai"),
    language=st.sampled_from(["en", "zh"]),
    uid_domain=st.just(SETTINGS.uid_domain) | st.text(max_size=5),
    office_hours=st.builds(OfficeHours, night=st.from_regex(r"\A[0-2]\d:\d\d-[0-2]\d:\d\d\Z")),
    site=st.none() | st.text(max_size=5),
)


@for_all(st.lists(some_settings, max_size=6))
def test_whatever_is_asked_is_refused_in_words_or_makes_a_campaign_that_replays(asked):
    state = evolve(None, OPENED)
    for settings in asked:
        try:
            events = decide(state, ReviseCampaign(settings=settings), stamp=STAMP)
        except KalendsError:
            continue
        for event in events:
            state = evolve(state, event)
            assert state.settings == event.settings


@pytest.mark.parametrize(
    "site",
    [
        "https://x.cn",
        "http://127.0.0.1:8000/feeds/",
        "https://wenming.liaoyuan.gov.cn/a,b;c/%E5%88%9B@x/",
        "https://" + "a" * 90,
    ],
)
def test_a_site_is_a_host_perhaps_with_a_port_and_a_path(site):
    own = replace(SETTINGS, site=site)
    given().when(OpenCampaign(id=OPENED.id, settings=own)).then(replace(OPENED, settings=own))


def test_a_site_from_before_todays_limits_may_stay():
    old = replace(SETTINGS, site="https://u:p@x.cn/?" + "a" * 200)
    opened = replace(OPENED, settings=old)
    titled = replace(old, title="创城")
    given(opened).when(ReviseCampaign(settings=titled)).then(
        CampaignRevised(**STAMP, settings=titled)
    )


def test_the_clock_is_set_right_with_a_reason_and_the_settings_stay():
    corrected = ClockCorrected(**STAMP, reason="时钟曾快")

    given(OPENED).when(CorrectClock(reason=" 时钟曾快 ")).then(corrected)
    assert evolve(Campaign(id=OPENED.id, settings=SETTINGS), corrected).settings == SETTINGS


def test_the_clock_is_not_set_right_without_a_reason_or_a_campaign():
    given(OPENED).when(CorrectClock(reason="  ")).then_refused(ReasonRequiredError)
    given().when(CorrectClock(reason="时钟曾快")).then_refused(NotFoundError)
    with pytest.raises(RefusedError):
        evolve(None, ClockCorrected(**STAMP, reason="时钟曾快"))
