"""Requests to the API that cannot be answered."""

from kalends.domain.errors.base import N_, NotAllowedError, UsageError


class TokenMissingError(NotAllowedError):
    """A request to the API has no token."""

    code = "token-missing"
    message = N_("This request has no token.")
    hint = N_("Send your token in the header Authorization, after the word Bearer.")


class ApiMethodError(UsageError):
    """An address of the API is asked with a method that it does not have."""

    code = "api-method"
    message = N_("{name} is not possible at this address.")
    hint = N_("The header Allow says what is.")


class BodyTooLongError(UsageError):
    """The body of a request is longer than any of ours."""

    code = "body-too-long"
    message = N_("The body of this request is too long: more than {most} bytes.")
    hint = N_("Send each activity in a request of its own.")


class BodyTooSlowError(UsageError):
    """The body of a request did not come in time."""

    code = "body-too-slow"
    message = N_("The body of this request did not come within {seconds} seconds.")
    hint = N_("Send it again. With the same Idempotency-Key nothing is recorded twice.")


class MediaTypeError(UsageError):
    """The body of a request does not say that it is JSON."""

    code = "media-type"
    message = N_("The body of this request is not marked as JSON: {found}")
    hint = N_("Send a JSON object with the header Content-Type: application/json.")


class BadHeaderError(UsageError):
    """A header of a request cannot be read."""

    code = "bad-header"
    message = N_("The header {name} cannot be read: {found}")
    hint = N_("Write it as the documentation of the API says.")


class KeyReusedError(UsageError):
    """An idempotency key comes with another request than the first time."""

    code = "key-reused"
    message = N_("Another request was recorded with this Idempotency-Key, at position {position}.")
    hint = N_("Make a new key for each request. Use one again only to repeat the same request.")
