"""What the folder's own checkpoints say of a log that is read for another reason."""

import pytest

from audit_examples import checkpoint, lines
from kalends.audit.anchors import Anchors
from kalends.domain.errors import ForgedJournalError, RewrittenError, ShortenedError


def test_a_log_that_is_as_signed_is_let_pass(place):
    anchors = Anchors([checkpoint(lines(12)), checkpoint(lines(5))])

    anchors.check(place.log)


def test_a_log_that_was_rewritten_is_named(place):
    other = [*lines(4), b"another line"]
    anchors = Anchors([checkpoint(other)])

    with pytest.raises(RewrittenError) as refused:
        anchors.check(place.log)
    assert refused.value.fields == {"size": 5}


def test_a_log_that_is_shorter_than_what_was_signed_is_named(place):
    anchors = Anchors([checkpoint(lines(13))])

    with pytest.raises(ShortenedError) as refused:
        anchors.check(place.log)
    assert refused.value.fields == {"size": 13, "found": 12}


def test_a_journal_is_refused_at_the_line_that_does_not_fit():
    anchors = Anchors([checkpoint(lines(3))])
    for line in lines(2):
        anchors.take(line)

    with pytest.raises(ForgedJournalError) as refused:
        anchors.take(b"another line")
    assert refused.value.fields == {"size": 3}


def test_where_nothing_is_signed_every_line_is_let_pass(place):
    anchors = Anchors([])

    anchors.take(b"any line")
    anchors.check(place.log)
