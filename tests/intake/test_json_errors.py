"""What is wrong with a line of JSON is said so that its writer can put it right."""

import json

import pytest

from kalends.intake.files.json_errors import format_error_of
from kalends.intake.files.json_lines import _decode
from kalends.presentation.error_answers import in_words
from kalends.words import words

WHOLE = {"when": "7月14日", "title": "会", "departments": ["团市委"]}
TABLE = [
    (
        {"when": "7月14日", "title": "会"},
        "missing-field",
        "“departments” is missing.",
        "缺少“departments”。",
    ),
    ({**WHOLE, "departments": [{}]}, "missing-field", "“name” is missing.", "缺少“name”。"),
    ({**WHOLE, "who": 1}, "unknown-field", "There is no field “who”.", "没有“who”这个字段。"),
    (
        {**WHOLE, "title": 5},
        "wrong-type",
        "“title” should be a text, but is a whole number.",
        "“title”应为文字，实际为整数。",
    ),
    (
        {**WHOLE, "headcount": "五十"},
        "wrong-type",
        "“headcount” should be a whole number, but is a text.",
        "“headcount”应为整数，实际为文字。",
    ),
    (
        [1],
        "wrong-type",
        "“the line” should be an object, but is a list.",
        "“整行”应为对象，实际为列表。",
    ),
    (
        {**WHOLE, "departments": [{"name": "团市委", "role": "boss"}]},
        "wrong-choice",
        "“departments[0].role” cannot be “boss”.",
        "“departments[0].role”不能是“boss”。",
    ),
    (b"{when: 1}", "not-json", "This is not JSON from byte 2 on.", "从第 2 个字节起不是 JSON。"),
    (
        b'{"when": "7',
        "cut-line",
        "The line ends before its object does.",
        "这一行没有写完，对象没有结束。",
    ),
    (
        '{"when": "会"}'.encode("gbk"),
        "wrong-encoding",
        "This is probably GBK, not UTF-8.",
        "编码是 GBK（可能），不是 UTF-8。",
    ),
    (
        b'{"when": "1", "title": "x", "departments": [], "headcount": 1e400}',
        "wrong-type",
        "“headcount” should be a whole number, but is too large a number.",
        "“headcount”应为整数，实际为过大的数。",
    ),
    (
        {**WHOLE, "source": {"document": "d", "span": [1]}},
        "wrong-type",
        "“source.span” should be a list of two numbers, but is a list of another length.",
        "“source.span”应为两个数的列表，实际为其他长度的列表。",
    ),
    (
        b'{"when": "1", "title": "x\\ud83d", "departments": []}',
        "not-json",
        "This is not JSON from byte 32 on.",
        "从第 32 个字节起不是 JSON。",
    ),
    ({**WHOLE, "when": None}, "missing-field", "“when” is missing.", "缺少“when”。"),
    (
        {**WHOLE, "departments": [{"name": None}]},
        "missing-field",
        "“departments[0].name” is missing.",
        "缺少“departments[0].name”。",
    ),
]


@pytest.mark.parametrize(("line", "code", "english", "chinese"), TABLE)
def test_it_is_said_in_both_languages(line, code, english, chinese):
    octets = line if isinstance(line, bytes) else json.dumps(line).encode()
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - whatever msgspec raises
        _decode(octets)

    error = format_error_of(refused.value, octets)

    assert error.code == code
    for language, message in (("en", english), ("zh", chinese)):
        assert in_words(words(language), error)["message"] == message


def test_what_is_not_known_stays_as_it_was_said():
    assert format_error_of(ValueError("Something else"), b"").code == "bad-format"
