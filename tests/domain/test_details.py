"""What can be told of an activity, and what cannot."""

import pytest

from kalends.domain.details import Participation, Source, accepted, usual_role
from kalends.domain.errors import (
    CharacterError,
    EmptyTextError,
    LongLinkError,
    NumberError,
    SpanError,
    TextError,
    TooManyError,
)
from specification import MEETING, a_day, changed


def test_details_that_keep_the_rules_stay_as_they_are():
    full = changed(
        MEETING,
        description="第一行\n第二行",
        headcount=30,
        links=("https://example.org/1",),
        source=Source(document="ab" * 32, quote="7月14日上午", span=(0, 7)),
    )
    assert accepted(full) == full


def test_every_text_is_cleaned():
    untidy = changed(
        MEETING,
        title=" 创城工作推进会",
        when=changed(MEETING.when, text=" 7月14日上午"),
        place="会议室　",
        tags=("#推进会", "推进会 "),
        description="  ",
        links=(" https://example.org/1",),
        source=Source(document=" " + "ab" * 32, quote=" "),
    )
    tidy = changed(MEETING, links=("https://example.org/1",), source=Source(document="ab" * 32))
    assert accepted(untidy) == tidy


@pytest.mark.parametrize("blank", "\t\n\r\x1f\x85\u2028")
def test_a_date_s_words_have_a_blank_where_a_tab_or_line_end_was(blank):
    torn = changed(MEETING, when=changed(MEETING.when, text=f"7月{blank}14日"))
    assert accepted(torn).when.text == "7月 14日"


def test_a_department_named_twice_takes_part_once_in_its_first_role():
    lead, joint = (Participation(code="tuanshiwei", role=role) for role in ("lead", "joint"))
    assert accepted(changed(MEETING, departments=(lead, joint))).departments == (lead,)


def test_an_activity_has_a_department():
    with pytest.raises(EmptyTextError) as refused:
        accepted(changed(MEETING, departments=()))
    assert refused.value.fields == {"field": "department"}


@pytest.mark.parametrize("headcount", [0, 1, 1_000_000_000])
def test_people_are_counted_from_none_to_a_thousand_million(headcount):
    assert accepted(changed(MEETING, headcount=headcount)).headcount == headcount


@pytest.mark.parametrize("headcount", [-1, 1_000_000_001])
def test_people_are_not_counted_beyond_that(headcount):
    with pytest.raises(NumberError) as refused:
        accepted(changed(MEETING, headcount=headcount))
    assert refused.value.fields == {"field": "headcount", "value": headcount}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"when": a_day(text=" ")}, "date"),
        ({"tags": ("",)}, "tag"),
        ({"links": (" ",)}, "link"),
        ({"source": Source(document="")}, "name"),
    ],
)
def test_what_must_be_said_is_said(changes, field):
    with pytest.raises(EmptyTextError) as refused:
        accepted(changed(MEETING, **changes))
    assert refused.value.fields == {"field": field}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"place": "\u2028"}, "place"),
        ({"description": "\x0b"}, "description"),
        ({"links": ("\u202e",)}, "link"),
        ({"source": Source(document="ab" * 32, quote="\ud800")}, "quote"),
    ],
)
def test_no_text_holds_what_breaks_readers(changes, field):
    with pytest.raises(CharacterError) as refused:
        accepted(changed(MEETING, **changes))
    assert refused.value.fields["field"] == field


def test_a_tag_is_one_word():
    with pytest.raises(TextError):
        accepted(changed(MEETING, tags=("推进 会",)))


def test_an_activity_does_not_end_before_it_begins():
    with pytest.raises(SpanError):
        accepted(changed(MEETING, when=a_day(starts="10:00", ends="09:00")))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "example.org", "https://", "https://a b"])
def test_a_link_is_an_address_on_the_web(link):
    with pytest.raises(TextError):
        accepted(changed(MEETING, links=(link,)))


def test_those_that_lead_stand_first_and_the_others_stay_in_their_order():
    named = tuple(
        Participation(code=code, role=role)
        for code, role in (("a", "participant"), ("b", "lead"), ("c", "joint"), ("d", "lead"))
    )
    found = accepted(changed(MEETING, departments=named)).departments
    assert [department.code for department in found] == ["b", "d", "a", "c"]


def test_the_first_named_leads_and_the_others_join():
    assert [usual_role(place) for place in range(3)] == ["lead", "joint", "joint"]


def test_lines_of_a_description_end_alike_wherever_it_was_written():
    text = accepted(changed(MEETING, description="一\r\n二\r三\n四\r\n")).description
    assert text == "一\n二\n三\n四"
    for field in ("title", "place"):
        with pytest.raises(CharacterError):
            accepted(changed(MEETING, **{field: "一\r\n二"}))


def test_a_source_is_named_by_the_hash_of_its_document():
    with pytest.raises(TextError) as caught:
        accepted(changed(MEETING, source=Source(document="AB" * 32)))
    assert caught.value.fields["field"] == "source"


def _many(field, count):
    return {
        "departments": tuple(Participation(code=f"d{n}", role="joint") for n in range(count)),
        "tags": tuple(f"t{n}" for n in range(count)),
        "links": tuple(f"https://x.cn/{n}" for n in range(count)),
    }[field]


@pytest.mark.parametrize(("field", "most"), [("departments", 200), ("tags", 20), ("links", 20)])
def test_an_activity_holds_no_more_than_a_calendar_entry_can(field, most):
    fitting = changed(MEETING, **{field: _many(field, most)})
    assert accepted(fitting) == fitting
    too_many = changed(MEETING, **{field: _many(field, most + 1)})
    with pytest.raises(TooManyError) as refused:
        accepted(too_many)
    assert refused.value.fields == {"field": field, "count": most + 1, "limit": most}
    assert accepted(too_many, known=[MEETING, too_many]) == too_many


def test_a_link_is_bounded_in_bytes():
    link = "https://x.cn/" + "文" * 662
    assert accepted(changed(MEETING, links=(link,))).links == (link,)
    longer = changed(MEETING, links=(link + "ab",))
    with pytest.raises(LongLinkError) as refused:
        accepted(longer)
    assert refused.value.fields == {"size": 2001, "limit": 2000}
    assert accepted(longer, known=[longer]) == longer


def test_tags_of_two_widths_are_one_as_it_is_written_first():
    assert accepted(changed(MEETING, tags=("５Ｇ", "5G", "5g", "推进会"))).tags == (
        "５Ｇ",
        "推进会",
    )


def test_an_older_title_that_may_not_stand_any_more_needs_no_correction():
    old = changed(MEETING, title="推\u200b进会")
    assert accepted(changed(old, place="会议室"), known=[old]).title == old.title
    with pytest.raises(CharacterError):
        accepted(changed(old, title="推\u200b进会议"), known=[old])
