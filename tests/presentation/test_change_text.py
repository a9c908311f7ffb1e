"""Every change of an activity has a line, done or to be done, in both languages."""

from typing import get_args

import pytest

from kalends.domain.details import STATUSES
from kalends.domain.events import ActivityEvent, Entry
from kalends.presentation import texts
from kalends.presentation.change_text import DONE, changed
from kalends.words import words


class Event:
    def __init__(self, topic):
        self.TOPIC = topic


def said(topic, language, monkeypatch, **how):
    monkeypatch.setattr(texts, "one_line", lambda *_: "周二 团市委 走访")
    entries = [Entry(7, "activity-x", 2, Event(topic))] if topic else []
    return changed(words(language), entries, "x7k0", None, None, **how)


def test_every_event_of_an_activity_has_its_line():
    kinds = get_args(ActivityEvent)

    assert {kind.TOPIC for kind in kinds} == set(DONE)


@pytest.mark.parametrize("topic", DONE)
def test_what_was_done_is_said_in_both_languages(topic, monkeypatch):
    english, chinese = (said(topic, language, monkeypatch) for language in ("en", "zh"))

    assert english == f"√ {topic.removeprefix('activity.')} x7k0: 周二 团市委 走访"
    assert chinese.startswith("√ ")
    assert chinese.endswith("x7k0：周二 团市委 走访")
    assert chinese != english


def test_a_dry_run_says_what_would_be(monkeypatch):
    assert said("activity.planned", "en", monkeypatch, dry_run=True) == (
        "Would be planned: 周二 团市委 走访"
    )
    assert said("activity.moved", "en", monkeypatch, dry_run=True) == (
        "Would be recorded (moved): 周二 团市委 走访"
    )


def test_without_an_event_there_was_nothing_to_do(monkeypatch):
    assert said(None, "en", monkeypatch) == "Nothing to do: x7k0 is already like this."


def test_every_status_has_its_word_and_what_took_place_has_one():
    assert tuple(texts.STATUS_WORDS) == STATUSES
    assert texts.STATUS_WORDS["recorded"] == texts.STATUS_WORDS["held"] == "held"
