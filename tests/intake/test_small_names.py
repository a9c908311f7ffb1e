"""Departments in small letters, as in chats, are read or asked about as those with capitals are."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kalends.dates.reader import DateContext
from kalends.domain.errors import KalendsError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
ROSTER = registered(
    {
        "tsw": ("Youth League",),
        "ga": ("Police Department", "Police"),
        "park": ("Parks Department", "Parks"),
        "wjw": ("Health Department", "Health"),
        "lib": ("Public Library", "Library"),
    }
)


def read(text):
    """Return the departments with their parts, and the title."""
    found = read_sentence(
        text, roster=ROSTER, context=HERE, wanted=("when", "departments", "title")
    )
    return [(part.code, part.role) for part in found.departments], found.title


SENTENCES = (
    "8 aug {lead} fair, {other} on standby", "8 aug {lead} fair; the {other} will close the road",
    "{lead} fair 8 aug - {other} doing traffic", "8 aug {lead} fair and {other} demo",
    "8 aug {lead} fair with {other}", "8 aug {lead} fair, {other} helping",
    "8 aug {lead} fair / {other}", "8 aug {lead} fair ({other})", "{lead} met {other} 8 aug",
    "8 aug {lead} fair, {other} and youth league", "8 aug fair by {lead}. {other} brought tents",
)  # fmt: skip
NAMES = ("Youth League", "Police", "Parks", "Public Library")


@pytest.mark.campaign
@pytest.mark.parametrize("sentence", SENTENCES)
def test_small_letters_hide_nobody_who_takes_part(sentence):
    for lead in NAMES:
        for other in NAMES:
            if lead == other:
                continue
            try:
                expected = {code for code, _ in read(sentence.format(lead=lead, other=other))[0]}
            except KalendsError:
                expected = None
            small = sentence.format(lead=lead, other=other).lower()
            try:
                departments = {code for code, _ in read(small)[0]}
            except KalendsError:
                continue
            is_title = other not in {"Youth League", "Public Library"} and "demo" in sentence
            assert departments == expected or is_title or "met" in sentence, small


@pytest.mark.parametrize(
    ("sentence", "departments", "title"),
    [
        ("8 aug police fair, youth league on standby", ["ga", "tsw"], "fair, Youth League on standby"),
        ("14 July: Youth League fair and the police closed the road", ["tsw", "ga"],
         "fair and the Police closed the road"),
        ("8 aug youth league health walk", ["tsw"], "health walk"),
        ("8 aug police fair in the library", ["ga"], "fair in the library"),
        ("8 Aug: Police meet with library staff", ["ga"], "meet with library staff"),
        ("Youth League, park clean-up, 8 Aug", ["tsw"], "park clean-up"),
        ("8 Aug, Youth League: park clean-up", ["tsw"], "park clean-up"),
        ("tsw park 8 Aug clean-up", ["tsw", "park"], "clean-up"),
        ("quiz night with police 8 aug", ["ga"], "quiz night"),
        ("cleaned the canal on 8 july with the youth league", ["tsw"], "cleaned the canal"),
    ],
)  # fmt: skip
def test_a_small_word_is_a_name_or_a_word_of_the_title(sentence, departments, title):
    found, read_title = read(sentence)
    assert ([code for code, _ in found], read_title) == (departments, title)


@pytest.mark.parametrize(
    "sentence",
    [
        "8 aug rotary fair, police on standby", "rotary lunch with police 8 aug",
        "8 aug youth league fair, police may come", "8 aug youth league fair, the police won't come",
        "8 aug rotary fair, police helped", "8 aug police and rotary fair", "8 aug fair, rotary, police",
        "went to the library's lego club run by rotary on 8 july", "8 aug police quiz hosted by rotary", "police met youth league 8 aug", "park rose show 8 aug",
    ],
)  # fmt: skip
def test_where_small_letters_hide_who_leads_that_is_asked(sentence):
    with pytest.raises(KalendsError):
        read(sentence)
