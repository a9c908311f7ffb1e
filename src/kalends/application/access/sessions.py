"""Sessions: a browser that logged in with a token, or with a link that was made with one.

A session is an opaque secret in a cookie. Its hash stands in the record of access, beside the
tokens; so do the hashes of links. Every server of the workspace sees at once what has ended.
"""

import hmac
from contextlib import suppress
from datetime import timedelta
from typing import NamedTuple

from kalends.application.access.access_lines import (
    AccessLine,
    LinkMade,
    SessionBegun,
    SessionEnded,
)
from kalends.application.access.permissions import Caller
from kalends.application.access.secrets_folder import hash_of, moment_text, secret_from
from kalends.application.access.tokens import Tokens, caller_of
from kalends.domain.errors import LinkRefusedError, TokenNotFoundError

# So many sessions are kept before those that are over are looked for.
_LEAST = 1_000
LINK_LIFETIME, SESSION_LIFETIME = timedelta(minutes=10), timedelta(hours=12)


class NewLink(NamedTuple):
    """A link that was made, and its code, which is kept nowhere."""

    made: LinkMade
    code: str


class Sessions:
    """The sessions of a workspace; one thread uses it at a time."""

    def __init__(self, tokens: Tokens) -> None:
        """Take the tokens, whose record holds the sessions."""
        self._tokens = tokens
        self._links: dict[str, LinkMade] = {}
        self._begun: dict[str, SessionBegun] = {}
        self._kept = _LEAST
        tokens.record.feed(self)

    def new_link(self, seed: bytes, mark: str, *, by: str) -> NewLink:
        """Make a link for a token that works.

        Raises `TokenNotFoundError`, `DiskError`, `AccessRecordError`.
        """
        code = secret_from(seed)
        with self._tokens.record.turn():
            token = self._tokens.working(mark)
            now = self._tokens.now()
            made = LinkMade(
                at=moment_text(now),
                mark=token.mark,
                by=by,
                sha256=hash_of(code),
                expires=moment_text(now + LINK_LIFETIME),
            )
            self._tokens.record.append(made)
        return NewLink(made, code)

    def begin(self, seed: bytes, token: str, host: str) -> str:
        """Return the secret of a new session, for somebody who has a token.

        Raises `TokenRefusedError`, `DiskError`, `AccessRecordError`.
        """
        mark = self._tokens.token_of(token).mark
        with self._tokens.record.turn():
            return self._begin(seed, mark, host, None)

    def begin_as(self, seed: bytes, subject: str, email: str | None, host: str) -> str | None:
        """Return the secret of a new session, for somebody whom the provider knows.

        None if the office has made no token for them. Raises `DiskError`, `AccessRecordError`.
        """
        with self._tokens.record.turn():
            found = self._tokens.of_login(subject, email)
            return None if found is None else self._begin(seed, found.mark, host, None)

    def follow(self, seed: bytes, code: str, host: str) -> str:
        """Return the secret of a new session, for somebody who has a link; it is used up.

        Raises `LinkRefusedError`, `DiskError`, `AccessRecordError`.
        """
        with self._tokens.record.turn():
            self._tokens.record.catch_up()
            link = self._links.get(hash_of(code))
            if link is None or link.expires <= moment_text(self._tokens.now()):
                raise LinkRefusedError
            try:
                return self._begin(seed, link.mark, host, link.sha256)
            except TokenNotFoundError:
                raise LinkRefusedError from None

    def caller(self, secret: str) -> Caller | None:
        """Return whose session it is; None if it is over, or none.

        Raises `DiskError`, `AccessRecordError`.
        """
        begun = self._of(secret)
        if begun is None:
            return None
        with suppress(TokenNotFoundError):
            return caller_of(self._tokens.working(begun.mark))
        return None

    def end(self, secret: str) -> None:
        """Log out; raises `DiskError`, `AccessRecordError`."""
        with self._tokens.record.turn():
            begun = self._of(secret)
            if begun is None:
                return
            at = moment_text(self._tokens.now())
            self._tokens.record.append(
                SessionEnded(at=at, mark=begun.mark, by=begun.by, sha256=begun.sha256)
            )

    def _begin(self, seed: bytes, mark: str, host: str, link: str | None) -> str:
        token, secret, now = self._tokens.working(mark), secret_from(seed), self._tokens.now()
        begun = SessionBegun(
            at=moment_text(now),
            mark=token.mark,
            by=token.actor,
            sha256=hash_of(secret),
            expires=moment_text(now + SESSION_LIFETIME),
            host=host,
            link=link,
        )
        self._tokens.record.append(begun)
        return secret

    def _of(self, secret: str) -> SessionBegun | None:
        """Return a session that goes on; it is found by its hash, so timing tells nothing."""
        self._tokens.record.catch_up()
        begun = self._begun.get(hash_of(secret))
        now = moment_text(self._tokens.now())
        return None if begun is None or begun.expires <= now else begun

    def forget(self) -> None:
        """Forget all links and sessions: the record begins again."""
        self._links, self._begun = {}, {}

    def take(self, line: AccessLine) -> None:
        """Take a line of the record."""
        match line:
            case LinkMade():
                self._links[line.sha256] = line
            case SessionBegun():
                self._begun[line.sha256] = line
                self._links.pop(line.link or "", None)
                self._drop_what_is_over(line.at)
            case SessionEnded():
                self._begun.pop(line.sha256, None)
            case _:
                pass

    def _drop_what_is_over(self, now: str) -> None:
        """Keep as many as there are alive, twice over: nobody asks for the others again."""
        if len(self._begun) > self._kept:
            self._begun = {key: each for key, each in self._begun.items() if each.expires > now}
            self._links = {key: each for key, each in self._links.items() if each.expires > now}
            self._kept = max(_LEAST, 2 * len(self._begun))


def form_secret(session: str) -> str:
    """Return what each form of a session bears: only a page that the session read knows it."""
    return hmac.new(session.encode("utf-8", "replace"), b"form", "sha256").hexdigest()
