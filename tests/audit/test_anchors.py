"""What the folder's own checkpoints say of a log that is read for another reason."""

import pytest

from audit_examples import KEY, OTHER, checkpoint, lines
from kalends.audit.anchors import Anchors
from kalends.domain.errors import ForgedJournalError, RewrittenError, ShortenedError


def _written(folder, *checkpoints):
    paths = []
    for number, made in enumerate(checkpoints):
        paths.append(folder / f"{number}.txt")
        paths[-1].write_bytes(made.octets)
    return paths


def test_a_log_that_is_as_signed_is_let_pass(place, tmp_path):
    anchors = Anchors(
        _written(tmp_path, checkpoint(lines(12)), checkpoint(lines(5))), [KEY.public]
    )

    anchors.check(place.log)


def test_a_log_that_was_rewritten_is_named(place, tmp_path):
    other = [*lines(4), b"another line"]
    anchors = Anchors(_written(tmp_path, checkpoint(other)), [KEY.public])

    with pytest.raises(RewrittenError) as refused:
        anchors.check(place.log)
    assert refused.value.facts == {"size": 5}


def test_a_log_that_is_shorter_than_what_was_signed_is_named(place, tmp_path):
    anchors = Anchors(_written(tmp_path, checkpoint(lines(13))), [KEY.public])

    with pytest.raises(ShortenedError) as refused:
        anchors.check(place.log)
    assert refused.value.facts == {"size": 13, "found": 12}


def test_a_journal_is_refused_at_the_line_that_does_not_fit(tmp_path):
    anchors = Anchors(_written(tmp_path, checkpoint(lines(3))), [KEY.public])
    for line in lines(2):
        anchors.take(line)

    with pytest.raises(ForgedJournalError) as refused:
        anchors.take(b"another line")
    assert refused.value.facts == {"size": 3}


def test_a_checkpoint_that_nobody_trusted_has_signed_says_nothing(place, tmp_path):
    paths = _written(tmp_path, checkpoint([b"another line"], OTHER))

    Anchors([*paths, tmp_path / "not there"], [KEY.public]).check(place.log)
