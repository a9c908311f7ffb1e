"""docs/reference/dates.md: what its tables say is read is read so, and the rest refused so."""

import re
from datetime import date, datetime
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from docs.transcript import read as read_page
from kalends.dates.reader import DateContext, read
from kalends.domain.campaign_settings import Period
from kalends.domain.errors import KalendsError
from kalends.domain.when import Precision
from kalends.words import words
from kalends.words.dates import say_when

PAGE = read_page("docs/reference/dates.md")
_READ = re.findall(r"^\| `(.+?)` \| ([^`|]+) \| `([a-z-]+)` \|$", PAGE, re.MULTILINE)
_REFUSED = re.findall(r"^\| `(.+?)` \| `([a-z-]+)` \| [^|]+ \|$", PAGE, re.MULTILINE)
# As the page says: a Monday at ten in Shanghai, in the campaign of 2020.
HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")),
    zone="Asia/Shanghai",
    period=Period(first_day=date(2020, 6, 1), last_day=date(2020, 12, 31)),
)


@pytest.mark.parametrize(("phrase", "said", "precision"), _READ)
def test_a_phrase_is_read_as_its_table_says(phrase, said, precision):
    when = read(phrase, HERE).when

    text = say_when(
        words("en"),
        when.first_day,
        when.last_day,
        precision=when.precision,
        part=when.part,
        starts=when.starts,
        ends=when.ends,
    )
    assert (text, when.precision) == (said, precision)


@pytest.mark.parametrize(("phrase", "code"), _REFUSED)
def test_a_phrase_is_refused_as_its_table_says(phrase, code):
    with pytest.raises(KalendsError) as refused:
        read(phrase, HERE)

    assert refused.value.code == code


def test_every_precision_is_explained():
    table = PAGE.split("## Precision")[1]
    cells = " ".join(re.findall(r"^\| (.*?) \|", table, re.MULTILINE))

    assert set(re.findall(r"`([a-z-]+)`", cells)) == set(get_args(Precision))
