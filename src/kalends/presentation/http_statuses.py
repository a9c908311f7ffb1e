"""Turns errors into HTTP statuses. Doors without HTTP load none of this."""

from kalends.domain.errors import (
    AddressTooLongError,
    ApiMethodError,
    BodyNotAllowedError,
    BodyTooLongError,
    BodyTooSlowError,
    CodeError,
    FileNotReadableError,
    HookKeyReusedError,
    KalendsError,
    KeyReusedError,
    LineError,
    LongRosterError,
    MediaTypeError,
    MethodNotAllowedError,
    NotOwnFileError,
    NumberError,
    ServerRefusedError,
    SettingsGoneError,
    SpanError,
    TextError,
    TokenMissingError,
    TokenRefusedError,
    TooManyError,
    TooManyRequestsError,
    WorkspaceNotFoundError,
)
from kalends.presentation.error_answers import answer

# Errors to which HTTP answers otherwise than to their family (RFC 9110, RFC 6585): what was typed
# is wrong, whatever the record says; what the server lacks, its visitors cannot look up.
HTTP_STATUSES: dict[type[KalendsError], int] = {
    AddressTooLongError: 414,
    MethodNotAllowedError: 405,
    ApiMethodError: 405,
    BodyTooSlowError: 408,
    BodyTooLongError: 413,
    MediaTypeError: 415,
    KeyReusedError: 422,
    HookKeyReusedError: 422,
    BodyNotAllowedError: 413,
    LongRosterError: 413,
    TokenMissingError: 401,
    TokenRefusedError: 401,
    TooManyRequestsError: 429,
    **dict.fromkeys((CodeError, NumberError, SpanError, TextError, TooManyError), 422),
    **dict.fromkeys(
        (
            FileNotReadableError,
            NotOwnFileError,
            ServerRefusedError,
            SettingsGoneError,
            WorkspaceNotFoundError,
        ),
        503,
    ),
}


def http_status(error: KalendsError) -> int:
    """Return the HTTP status for an error; 500 for a fault of the program."""
    if isinstance(error, LineError):
        return http_status(error.cause)
    own = (status for kind, status in HTTP_STATUSES.items() if isinstance(error, kind))
    return next(own, answer(error)[1])
