"""Turns errors into messages and hints, and exit codes; `http_statuses` knows the statuses."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NotRequired, TypedDict

from kalends.domain.errors import (
    ConflictError,
    IntegrityError,
    KalendsError,
    LineError,
    MachineError,
    NotAllowedError,
    NotFoundError,
    OnRecordError,
    PartlyDoneError,
    RefusedError,
    UnclearError,
    UsageError,
)
from kalends.words import Message, Words
from kalends.words.visible import visible

# Each family of errors: its exit code, its HTTP status (RFC 9110).
ANSWERS: dict[type[KalendsError], tuple[int, int]] = {
    UsageError: (2, 400),
    NotFoundError: (3, 404),
    UnclearError: (4, 422),
    ConflictError: (5, 409),
    RefusedError: (6, 409),
    NotAllowedError: (7, 403),
    IntegrityError: (8, 500),
    PartlyDoneError: (9, 207),
    MachineError: (10, 503),
}
FAULT = (1, 500)
# The most characters of user input that a message repeats, by field; our own lists stay whole.
MOST = {"text": 80, "part": 80, "name": 80, "value": 80, "detail": 300}
_LONGEST_PATH = 300


class ErrorShape(TypedDict):
    """An error: what happened, and what to do. `id` is the recorded activity that it is about."""

    code: str
    message: str
    hint: str
    id: NotRequired[str]


def exit_code(error: KalendsError) -> int:
    """Return the exit code for an error, by its family; 1 for a fault of the program."""
    return answer(error)[0]


def answer(error: KalendsError) -> tuple[int, int]:
    """Return the exit code and the HTTP status of an error's family."""
    if isinstance(error, LineError):
        return answer(error.cause)
    return next((answer for kind, answer in ANSWERS.items() if isinstance(error, kind)), FAULT)


def in_words(
    words: Words,
    error: KalendsError,
    hints: Mapping[str, str] = MappingProxyType({}),
    messages: Mapping[str, str] = MappingProxyType({}),
) -> ErrorShape:
    """Return an error's code, message and hint in a language.

    `hints` replace the general hints with what to type or click; the keys are error codes, or the
    texts of hints. `messages` replace messages, by error codes. If the error is about a recorded
    activity, its id is returned too.
    """
    fields = _fields(words, error, hints)
    has_own = "hint" in vars(error)
    hint = hints.get(error.hint, error.hint) if has_own else hint_of(type(error), hints)
    said: ErrorShape = {
        "code": error.code,
        "message": words.say(messages.get(error.code, error.message), **fields),
        "hint": words.say(hint, **fields),
    }
    cause = error.cause if isinstance(error, LineError) else error
    if isinstance(cause, OnRecordError):
        said["id"] = str(cause.fields["id"])
    return said


def hint_of(kind: type[KalendsError], hints: Mapping[str, str]) -> str:
    """Return the template of an error's hint, from `hints` if it has one."""
    kinds = (parent for parent in kind.__mro__ if issubclass(parent, KalendsError))
    owner = next(parent for parent in kinds if "hint" in vars(parent))
    return hints.get(owner.code, kind.hint)


def _fields(words: Words, error: KalendsError, hints: Mapping[str, str]) -> dict[str, object]:
    if isinstance(error, LineError):
        said = in_words(words, error.cause, hints)
        return {
            **error.fields,
            "line": error.line,
            "detail": said["message"],
            "cure": said["hint"],
        }
    fields = {name: _shown(name, value) for name, value in error.fields.items()}
    cure = fields.get("cure")
    if isinstance(cure, str) and cure in hints:
        fields["cure"] = Message(hints[cure])
    return fields


def _shown(name: str, value: object) -> object:
    """Return a value ready to print: shortened, with invisible characters as escapes."""
    if isinstance(value, Path):
        return shortened(visible(str(value)), _LONGEST_PATH)
    if isinstance(value, Message) or not isinstance(value, str):
        return value
    return shortened(visible(value), MOST.get(name, len(value)))


def shortened(text: str, most: int) -> str:
    """Return a text cut to at most `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
