"""What a proof shows is said in words, whatever form it has."""

import pytest

from kalends.application.proof.verification import recorded_words
from kalends.log.event_log import StoredEvent


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            '{"at":"2020-07-20T02:05:00Z","by":"li","details":{"title":"走访","when":{"text":"7月14日"}}}',
            ["2020-07-20T02:05:00Z", "li", "走访", "“7月14日”"],
        ),
        (
            '{"at":"2020-07-20T02:06:00Z","by":"li","reason":"下雨","when":{"text":"7月15日"}}',
            ["2020-07-20T02:06:00Z", "li", "下雨", "“7月15日”"],
        ),
        ('{"at":1,"by":null,"details":[],"when":"x"}', []),
        ("[]", []),
        ("{", []),
        ("[" * 100_000, []),
    ],
)
def test_when_by_whom_and_what_is_said_as_far_as_it_is_there(state, words):
    assert (
        recorded_words(StoredEvent(1, "activity-x", 1, "activity.moved", state.encode())) == words
    )
