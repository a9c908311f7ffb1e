"""The lines of the access record: tokens, login links, sessions, subscriptions."""

from typing import Literal

import msgspec

from kalends.application.access.permissions import AccessRole


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    at: str
    mark: str
    by: str


class TokenMade(_Line, frozen=True, tag_field="what", tag="token.made"):
    """A token was made by `by`, for `actor`; `departments` are codes, `expires` is in UTC.

    With a `login` nobody has the token: whoever the provider knows by that may act so.
    """

    sha256: str
    actor: str
    role: AccessRole
    departments: tuple[str, ...] = ()
    expires: str | None = None
    note: str = ""
    login: str = ""


class TokenUsed(_Line, frozen=True, tag_field="what", tag="token.used"):
    """A token was used from an address, for the first time on that day (UTC)."""

    host: str


class TokenRevoked(_Line, frozen=True, tag_field="what", tag="token.revoked"):
    """A token was ended by `by`."""


class LinkMade(_Line, frozen=True, tag_field="what", tag="link.made"):
    """A link was made that logs one browser in with a token; `sha256` is that of its code."""

    sha256: str
    expires: str


class SessionBegun(_Line, frozen=True, tag_field="what", tag="session.begun"):
    """A browser logged in with a token; `link` is the hash of the code that it used up."""

    sha256: str
    expires: str
    host: str
    link: str | None = None


class SessionEnded(_Line, frozen=True, tag_field="what", tag="session.ended"):
    """A browser logged out."""

    sha256: str


class SubscriptionLine(_Line, frozen=True, tag_field="what", tag="subscription"):
    """A webhook or a digest was made, paused after long failure, resumed or revoked."""

    kind: Literal["webhook", "digest"]
    change: Literal["made", "paused", "resumed", "revoked"]


AccessLine = (
    TokenMade
    | TokenUsed
    | TokenRevoked
    | LinkMade
    | SessionBegun
    | SessionEnded
    | SubscriptionLine
)
