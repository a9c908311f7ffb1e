"""docs/reference/sentences.md: its tables say how sentences are read, and what is asked."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from docs.transcript import read as read_page
from kalends.dates.reader import DateContext
from kalends.domain.errors import UnclearError
from kalends.intake.sentence import read_sentence
from specification import registered

PAGE = read_page("docs/reference/sentences.md")
_READ = re.findall(r"^\| `([^`]+)` \| ([a-z, ]+) \| `([^`]+)` \|$", PAGE, re.MULTILINE)
_ASKED = re.findall(r"^\| `([^`]+)` \| `([a-z-]+)` \| `([^`]+)` \|$", PAGE, re.MULTILINE)
HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
NAMES = {
    "jyj": ("市教育局", "Education Bureau"),
    "tsw": ("团市委", "Youth League"),
    "ga": ("市公安局", "Police"),
    "ls": ("龙山区",),
    "nk": ("南康街道",),
}


def _read(sentence):
    return read_sentence(
        sentence, roster=registered(NAMES), context=HERE, wanted=("when", "departments", "title")
    )


def test_the_page_has_both_tables():
    assert len(_READ) >= 12
    assert len(_ASKED) >= 9


@pytest.mark.parametrize(("sentence", "departments", "title"), _READ)
def test_a_sentence_is_read_as_its_table_says(sentence, departments, title):
    found = _read(sentence)

    said = {f"{part.code} {part.role}" for part in found.departments}
    assert (said, found.title) == (set(departments.split(", ")), title)


@pytest.mark.parametrize(("sentence", "code", "named"), _ASKED)
def test_a_sentence_is_asked_about_as_its_table_says(sentence, code, named):
    with pytest.raises(UnclearError) as asked:
        _read(sentence)

    fields = asked.value.fields
    assert (asked.value.code, fields.get("part", fields["text"])) == (code, named)
