"""Commands as JSON: what is written is read again as the same command."""

import dataclasses
import json
from datetime import date, datetime
from pathlib import Path
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from kalends.dates.reader import DateContext, read
from kalends.domain.errors import ImpossibleDateError, KalendsError
from kalends.domain.value import replace
from kalends.domain.when import sound
from kalends.service.command_json import ACTIVITY, COMMANDS, Order, from_shape, shapes, to_json
from specification import a_day

_PHRASES = json.loads((Path(__file__).parent / "dates" / "phrases.json").read_text("utf-8"))
_SHANGHAI = "Asia/Shanghai"
_MONDAY = DateContext(now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo(_SHANGHAI)), zone=_SHANGHAI)
_ids = st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=12, max_size=12).filter(
    lambda text: not text.isdigit()
)


def _some(kind):
    """Return values of a class, whatever its fields may hold."""
    hints = get_type_hints(kind)
    fields = {field.name: _of(hints[field.name]) for field in dataclasses.fields(kind)}
    return st.builds(kind, **fields)


def _of(hint):
    if dataclasses.is_dataclass(hint):
        return _some(hint)
    if get_origin(hint) in {Union, UnionType}:
        return st.one_of(*map(_of, get_args(hint)))
    if get_origin(hint) is tuple and get_args(hint)[-1] is Ellipsis:
        return st.lists(_of(get_args(hint)[0]), max_size=2).map(tuple)
    return st.from_type(hint)


@st.composite
def _orders(draw):
    name = draw(st.sampled_from(sorted(COMMANDS)))
    command = draw(_some(COMMANDS[name]))
    if name not in ACTIVITY:
        return Order(command=command)
    version = None
    if name not in {"activity.plan", "activity.record"}:
        version = draw(st.none() | st.integers(1, 999))
    return Order(command=command, id=draw(_ids), version=version)


@settings(max_examples=60, deadline=None)
@for_all(_orders())
def test_an_order_is_read_as_it_was_written(order):
    written = msgspec.json.encode(to_json(order))
    try:
        shape = msgspec.json.decode(written, type=shapes())
    except msgspec.ValidationError:
        return  # a text that stands for a clock, or a number that no JSON reader keeps
    assert from_shape(shape) == order


def test_an_id_and_a_clock_are_exactly_that():
    for wrong in ("abc", "ABCDEFGHJKMN", "123456789012", "abcdefghjkmn\n", "abcdefghjkmo"):
        body = msgspec.json.encode({"do": "activity.hold", "id": wrong})
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(body, type=shapes())


def test_every_date_that_a_phrase_means_is_sound():
    count = 0
    for phrase in _PHRASES["phrases"]:
        try:
            when = read(phrase["text"], _MONDAY).when
        except KalendsError:
            continue
        assert sound(when, _SHANGHAI) == when, phrase
        count += 1
    assert count > 100


@pytest.mark.parametrize(
    "change",
    [
        {"zone": "Mars/Base"},
        {"part": "morning"},
        {"precision": "part"},
        {"precision": "minute"},
        {"starts": "09:00"},
        {"ends": "09:00"},
        {"precision": "day", "last_day": date(2020, 7, 20)},
    ],
)
def test_a_date_whose_parts_do_not_fit_is_refused(change):
    when = replace(a_day(), zone=_SHANGHAI)
    assert sound(when, _SHANGHAI) == when
    with pytest.raises(ImpossibleDateError):
        sound(replace(when, **change), _SHANGHAI)
