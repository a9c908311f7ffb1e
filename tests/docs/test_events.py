"""docs/reference/events.md names every topic and field that can stand in the journal."""

import dataclasses
import re
from types import NoneType
from typing import get_args, get_type_hints

import pytest

from docs.transcript import read
from kalends.domain.campaign_settings import Period, Settings
from kalends.domain.department import Name, Pause
from kalends.domain.details import Details, Source
from kalends.domain.events import Event, Stamped
from kalends.domain.when import OfficeHours, When
from kalends.log.codec import TOPICS

PAGE = read("docs/reference/events.md")
_TOPIC = re.compile(r"^\| `([a-z]+\.[a-z]+)` \| (.*?) \|", re.MULTILINE)
_SHARED = {field.name for field in dataclasses.fields(Stamped)}


def _fields(kind):
    """Return a shape's fields; those that may be absent in brackets."""
    hints = get_type_hints(kind)
    return {
        f"[`{field.name}`]" if NoneType in get_args(hints[field.name]) else f"`{field.name}`"
        for field in dataclasses.fields(kind)
    }


def _named(text):
    return set(re.findall(r"\[`\w+`\]|`\w+`", text))


def _section(title):
    return PAGE.split(f"### `{title}`\n")[1].split("\n#")[0]


def test_the_topics_documented_are_the_topics_there_are():
    assert [topic for topic, _ in _TOPIC.findall(PAGE)] == [
        argument.TOPIC for argument in get_args(Event)
    ]
    assert {topic for topic, _ in _TOPIC.findall(PAGE)} == set(TOPICS)


@pytest.mark.parametrize(("topic", "written"), _TOPIC.findall(PAGE))
def test_the_fields_of_a_topic_are_documented(topic, written):
    own = {field for field in _fields(TOPICS[topic]) if field.strip("[]`") not in _SHARED}

    assert _named(written) == own


def test_the_fields_that_every_event_carries_are_documented():
    section = PAGE.split("## What every event carries")[1].split("\n## ")[0]

    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == _SHARED


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("settings", Settings),
        ("details", Details),
        ("when", When),
        ("names", Name),
        ("pauses", Pause),
    ],
)
def test_the_fields_of_a_value_are_documented(title, kind):
    cells = re.findall(r"^\| (.*?) \|", _section(title), re.MULTILINE)

    assert _named(" ".join(cells)) == _fields(kind)


def test_the_fields_inside_those_values_are_documented():
    assert {f"`{field.name}`" for field in dataclasses.fields(OfficeHours)} <= _named(
        _section("settings")
    )
    assert _fields(Period) <= _named(_section("settings"))
    assert _fields(Source) <= _named(_section("details"))
