"""Turns msgspec's errors about a line of JSON into errors that help you correct it."""

import re
from collections.abc import Callable

from kalends.domain.errors import (
    CutLineError,
    FieldChoiceError,
    FieldTypeError,
    FormatError,
    MissingFieldError,
    NotJsonError,
    NotUtf8Error,
    UnknownFieldError,
)
from kalends.words import Message
from kalends.words.encodings import encoding_of

_Found = re.Match[str]
_KINDS = {
    "str": Message("a text"), "int": Message("a whole number"), "float": Message("a number"),
    "bool": Message("true or false"), "array": Message("a list"), "object": Message("an object"),
    "null": Message("nothing"),
}  # fmt: skip
THE_LINE = Message("the line")
# Where msgspec found the error, as in `$.departments[0].role`.
_WHERE = r"(?: - at `\$\.?(?P<where>.*)`)?"


def format_error_of(error: Exception, line: bytes) -> FormatError:
    """Return our error for what msgspec says about a line; unknown messages stay as they are."""
    text = str(error)
    if text.startswith("Invalid UTF-8"):
        return NotUtf8Error(encoding=encoding_of(line))
    if "truncated" in text:
        return CutLineError()
    for sentence, made in _SENTENCES:
        found = re.fullmatch(sentence, text)
        if found:
            return made(found)
    return FormatError(detail=text)


def _missing(found: _Found) -> FormatError:
    return MissingFieldError(name=found["name"])


def _unknown(found: _Found) -> FormatError:
    return UnknownFieldError(name=found["name"])


def _choice(found: _Found) -> FormatError:
    return FieldChoiceError(name=found["where"] or THE_LINE, found=found["found"])


def _kind(found: _Found) -> FormatError:
    if found["found"] == "null" and found["where"]:  # null means not given
        return MissingFieldError(name=found["where"])
    expected, there = (_named(found[name]) for name in ("expected", "found"))
    return FieldTypeError(name=found["where"] or THE_LINE, expected=expected, found=there)


def _large(found: _Found) -> FormatError:
    return FieldTypeError(
        name=found["where"] or THE_LINE,
        expected=_KINDS["int"],
        found=Message("too large a number"),
    )


def _length(found: _Found) -> FormatError:
    return FieldTypeError(
        name=found["where"] or THE_LINE,
        expected=Message("a list of two numbers"),
        found=Message("a list of another length"),
    )


def _half(found: _Found) -> FormatError:
    error = NotJsonError(place=int(found["place"]) + 1)
    error.hint = NotJsonError.hint_if_half  # type: ignore[misc]  # of this one alone
    return error


def _malformed(found: _Found) -> FormatError:
    return NotJsonError(place=int(found["place"]) + 1)


def _named(kind: str) -> str:
    """Return our word for a kind of value; of several kinds, the first."""
    first = kind.partition(" | ")[0]
    return _KINDS.get(first, first)


_SENTENCES: tuple[tuple[str, Callable[[_Found], FormatError]], ...] = (
    (r"Object missing required field `(?P<name>.*?)`" + _WHERE, _missing),
    (r"Object contains unknown field `(?P<name>.*?)`" + _WHERE, _unknown),
    (r"Invalid enum value '(?P<found>.*)'" + _WHERE, _choice),
    (r"Expected `(?P<expected>.*?)`, got `(?P<found>.*?)`" + _WHERE, _kind),
    (r"Number out of range" + _WHERE, _large),
    (r"Expected `array` of length 2(?:, got [0-9]+)?" + _WHERE, _length),
    (r"JSON is malformed: .*surrogate pair \(byte (?P<place>[0-9]+)\)", _half),
    (r"JSON is malformed: .* \(byte (?P<place>[0-9]+)\)", _malformed),
)
