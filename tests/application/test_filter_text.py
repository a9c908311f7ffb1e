"""A filter in words, as an address holds it: there is no command line that would refuse it first."""

import pytest

from kalends.application.queries.filter_text import FilterText, read_filter
from kalends.domain.errors import NoSuchStatusError
from kalends.views.activity_filter import ActivityFilter


def test_nothing_said_is_nothing_asked():
    assert FilterText().is_empty
    assert not FilterText(by=("li",)).is_empty
    assert read_filter(None, FilterText(), known_at=1) == ActivityFilter()


def test_a_status_that_there_is_not_is_refused():
    with pytest.raises(NoSuchStatusError):
        read_filter(None, FilterText(status=("done",)), known_at=1)
