"""Clauses in English that say who led, helped or took part, with names that nobody knows."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.errors import HalfReadDepartmentError, UnclearError
from kalends.intake.sentence import read_sentence
from kalends.intake.sentence_prompter import NoSentencePrompter
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
ROSTER = registered(
    {
        "tsw": ("共青团辽源市委员会", "Youth League"),
        "jyj": ("辽源市教育局", "Education Bureau"),
        "ga": ("辽源市公安局", "Police"),
        "xf": ("辽源市消防救援支队", "Fire Brigade"),
        "ls": ("龙山区", "Longshan"),
    }
)
CODES = {"Education Bureau": "jyj", "Police": "ga", "Fire Brigade": "xf", "Longshan": "ls"}
UNKNOWN = ("Rotary", "Red Cross", "Sanitation Team", "Police Station", "Education Park", "Li Ming",
           "residents", "Longshan School", "Traffic Police")  # fmt: skip
FORMS = (
    ("14 July: Youth League street drill, {} took part", "participant"),
    ("14 July: Youth League street drill, with {} taking part", "participant"),
    ("14 July: Youth League held a drill with {} taking part @City Hall #safety", "participant"),
    ("street drill, 14 July, led by Youth League with the {} participating", "participant"),
    ("street drill led by Youth League, {} helped, 14 July", "participant"),
    ("Youth League held a street drill on 14 July; {} joined in", "participant"),
    ("Youth League held a street drill and {} helped on 14 July", "participant"),
    ("14 July Youth League street drill, assisted by {}", "participant"),
    ("14 July Youth League street drill with help from {}", "participant"),
    ("14 July Youth League street drill with {} in support", "participant"),
    ("14 July Youth League (with {} helping) street drill", "participant"),
    ("Youth League led, {} supported: street drill, 14 July", "participant"),
    ("14 July Youth League leads, {} co-hosted: street drill", "joint"),
    ("14 July Youth League street drill in partnership with {}", "joint"),
    ("14 July Youth League together with {}: street drill", "joint"),
    ("14 July Youth League street drill alongside {}", "joint"),
    ("Youth League street drill, 14 July, co-organised by {}", "joint"),
)
TITLES = ("street drill", "held a drill", "held a street drill")


def read(sentence):
    return read_sentence(
        sentence, roster=ROSTER, context=HERE, wanted=("when", "departments", "title")
    )


def listed(names):
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


NAMES = st.lists(st.sampled_from(sorted(CODES)), min_size=1, max_size=3, unique=True)


@for_all(NAMES, st.sampled_from(FORMS))
def test_all_who_are_named_have_the_part_that_the_clause_says(names, form):
    sentence, role = form
    try:
        found = read(sentence.format(listed(names)))
    except UnclearError:
        # The name before the event may be a part of what it is called, if others were two hosts.
        assert "co-organised by" in sentence
        assert len(names) > 1
        return

    expected = [("tsw", "lead"), *((CODES[name], role) for name in names)]
    assert [(part.code, part.role) for part in found.departments] == expected
    assert found.title in TITLES


@for_all(NAMES, st.sampled_from(UNKNOWN), st.integers(0, 3), st.sampled_from(FORMS))
@example(["Police"], "Education Park", 0, FORMS[0])
@example(["Police", "Longshan"], "Education Park", 1, FORMS[1])
@example(["Police", "Longshan"], "residents", 0, FORMS[2])
@example(["Police"], "residents", 1, FORMS[11])
def test_a_list_with_an_unknown_name_is_asked_about(names, unknown, place, form):
    names.insert(place, unknown)
    sentence, role = form
    try:
        found = read(sentence.format(listed(names)))
    except UnclearError:
        return
    # People are no department: they may stay in the title.
    assert unknown == "residents"
    assert unknown in found.title
    expected = [("tsw", "lead"), *((CODES[name], role) for name in names if name in CODES)]
    assert [(part.code, part.role) for part in found.departments] == expected


@for_all(
    st.sampled_from(UNKNOWN).filter(lambda name: name != "residents"),
    st.sampled_from(FORMS),
)
def test_an_unknown_name_alone_is_asked_about(unknown, form):
    with pytest.raises(UnclearError):
        read(form[0].format(unknown))


@for_all(
    NAMES,
    st.sampled_from(
        (
            "Youth League drill without {} taking part",
            "Youth League drill, not with {} taking part",
            "Youth League drill, not attended by {}",
            "Youth League drill, never supported by {}",
            "Youth League drill, {} did not take part",
            "Youth League drill, {} may take part",
            "Youth League drill, no {} took part",
            "Youth League drill, only {} helped",
            "Youth League drill, 20 {} helped",
            "Youth League drill, {} helped the Youth League",
            "Youth League drill except {}",
            "drill on how {} took part, by Youth League",
            "Youth League drill, {} helped on 15 July",
        )
    ),
    st.sampled_from(("14 July: {}", "{}, 14 July")),
)
def test_nobody_is_recorded_of_whom_the_clause_says_something_else(names, form, place):
    try:
        found = read(place.format(form.format(listed(names))))
    except UnclearError:
        return
    assert [part.code for part in found.departments] == ["tsw"]


@for_all(
    st.permutations(sorted(CODES)),
    st.sampled_from(
        (
            "{} drill, 14 July, led by {}",
            "{} drill on 14 July, {} leading",
            "14 July: {} drill by {}",
            "14 July {} drill, {} in charge",
            "{} drill, 14 July. Lead: {}",
            "{} drill hosted by {}, 14 July",
        )
    ),
)
def test_two_who_may_lead_are_asked_about(names, form):
    with pytest.raises(UnclearError):
        read(form.format(*names[:2]))


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("14 July: Youth League drill, Red Cross participated", "Red Cross participated"),
        ("14 July: Youth League drill led by Red Cross, Police helped", "Red Cross"),
        ("14 July: Youth League drill, Sanitation Team and Police helped", "Sanitation Team"),
        ("14 July: Youth League drill together with Police, Rotary", "Rotary"),
        ("14 July: Police drill, Longshan helped, Red Cross too", "Red Cross too"),
        ("Police led, Red Cross supported: drill, 14 July", "Red Cross supported"),
    ],
)
def test_the_words_that_were_not_understood_are_said(sentence, part):
    with pytest.raises(HalfReadDepartmentError) as asked:
        read(sentence)
    assert asked.value.fields["part"] == part


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("14 July: Police drill, residents took part", "drill, residents took part"),
        ("14 July: Police drill with volunteers helping", "drill with volunteers helping"),
        ("14 July: Police drill, Mayor Wang attended", "drill, Mayor Wang attended"),
        ('14 July: Police film "How the Youth League helped"', 'film "How the Youth League helped"'),
    ],
)  # fmt: skip
def test_people_who_took_part_stay_in_the_title(sentence, title):
    found = read(sentence)
    assert ([part.code for part in found.departments], found.title) == (["ga"], title)


class Answering(NoSentencePrompter):
    """Answers that the Police led."""

    def department(self, error):
        assert error.code == "no-lead"
        return ROSTER.departments["ga"]


@pytest.mark.parametrize(
    ("sentence", "departments"),
    [
        ("14 July: Rotary gave a talk, Longshan took part", ["ga lead", "ls participant"]),
        ("14 July: talk attended by Police and Longshan", ["ga lead", "ls participant"]),
    ],
)
def test_whoever_is_named_when_asked_leads(sentence, departments):
    found = read_sentence(
        sentence,
        roster=ROSTER,
        context=HERE,
        wanted=("when", "departments"),
        prompter=Answering(),
    )
    assert [f"{part.code} {part.role}" for part in found.departments] == departments
