"""Makes the errors that a server sends (RFC 9457) our own errors again."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from kalends.domain import errors
from kalends.domain.errors import KalendsError, MachineError, OtherServerError
from kalends.presentation.error_answers import ANSWERS

# These say that an address or a method is not there: the server is of another version.
_OTHER = {"page-not-found", "api-method", "media-type", "bad-header"}


def error_of(problem: Mapping[str, Any], server: str) -> KalendsError:
    """Return the error that a problem document describes.

    Raises `KeyError`, `TypeError` or `AttributeError` if the document is none of Kalends.
    """
    code, detail, hint = problem["code"], str(problem["detail"]), str(problem["hint"])
    if code in _OTHER:
        return OtherServerError(name=server, detail=detail)
    kind = _kinds().get(code)
    if kind is not None:
        try:
            return kind(**problem["fields"])
        except (LookupError, ValueError, TypeError):
            pass
    family = next(
        (each for each, (_, status) in ANSWERS.items() if status == problem["status"]),
        MachineError,
    )
    error = family.__new__(family)
    Exception.__init__(error, detail)
    error.fields = {}
    error.code = str(code)  # type: ignore[misc]  # of this error alone
    error.message = _literal(detail)  # type: ignore[misc]
    error.hint = _literal(hint)  # type: ignore[misc]
    return error


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


@cache
def _kinds() -> dict[str, type[KalendsError]]:
    kinds = (getattr(errors, name) for name in dir(errors))
    return {
        kind.code: kind
        for kind in kinds
        if isinstance(kind, type) and issubclass(kind, KalendsError) and "code" in vars(kind)
    }
