"""Tokens: who may use the server, and in which role.

A token is shown once; its SHA-256 is kept. Who made, used and revoked each token is recorded in
`.kalends-secrets/access.jsonl`, one line for each event. Lines are never changed: what is true
now follows from all of them. So every server of the workspace sees at once what has changed.
"""

import hmac
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from kalends.application.access.access_lines import (
    AccessLine,
    SessionBegun,
    SubscriptionLine,
    TokenMade,
    TokenRevoked,
    TokenUsed,
)
from kalends.application.access.access_record import AccessRecord
from kalends.application.access.permissions import AccessRole, Caller
from kalends.application.access.secrets_folder import (
    MARK_LENGTH,
    hash_of,
    moment_text,
    secret_from,
)
from kalends.config import WorkspaceFolder
from kalends.domain.errors import (
    AccessRecordError,
    ClerkDepartmentError,
    LifetimeError,
    TokenNotFoundError,
    TokenRefusedError,
)
from kalends.domain.text import clean_actor, clean_or_none

# People who find one in a file know what it is, and so do programs that look for secrets.
PREFIX = "kalends_"
_LIFETIME = re.compile(r"([1-9]\d{0,3}) ?d(?:ays?)?", re.ASCII)
_LONGEST = 3_650
_SUBJECT = "sub:"  # before what is no e-mail address though it has an @


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it stands: how it was made, when it was last used, whether it was revoked."""

    made: TokenMade
    used: str | None = None
    revoked: str | None = None

    def is_valid_at(self, now: datetime) -> bool:
        """Return whether it opens anything at a moment."""
        expires = self.made.expires
        return self.revoked is None and (expires is None or moment_text(now) < expires)


class NewToken(NamedTuple):
    """A token that was made, and its secret, which is kept nowhere."""

    made: TokenMade
    secret: str


class Tokens:
    """The tokens of a workspace; what another process writes is seen at the next question."""

    def __init__(self, here: WorkspaceFolder, now: Callable[[], datetime]) -> None:
        """Take the workspace's folder and the clock."""
        self._now = now
        self.record = AccessRecord(here)
        self._tokens: dict[str, Token] = {}
        self._used: set[tuple[str, str]] = set()
        self._day = ""
        self._are_made = False
        self._without: tuple[int, int, int] | None = None  # the file as it was without any
        self.record.feed(self)

    def new(  # noqa: PLR0913 - all that is known of a token
        self,
        seed: bytes,
        *,
        actor: str,
        role: AccessRole,
        departments: Sequence[str] = (),
        lifetime: timedelta | None = None,
        note: str = "",
        login: str = "",
        by: str,
    ) -> NewToken:
        """Make a token; `departments` are codes, and only a clerk has some.

        Raises `ClerkDepartmentError`, `TextError`, `DiskError`, `AccessRecordError`.
        """
        if (role == "clerk") != bool(departments):
            raise ClerkDepartmentError
        secret = PREFIX + secret_from(seed)
        now, hashed = self._now(), hash_of(secret)
        made = TokenMade(
            at=moment_text(now),
            mark=hashed[:MARK_LENGTH],
            by=by,
            sha256=hashed,
            actor=clean_actor(actor),
            role=role,
            departments=tuple(dict.fromkeys(departments)),
            expires=None if lifetime is None else moment_text(now + lifetime),
            note=clean_or_none(note, "note") or "",
            login=clean_or_none(login, "login") or "",
        )
        with self.record.turn():
            self.record.append(made)
        return NewToken(made, secret)

    def revoke(self, mark: str, *, by: str) -> Token:
        """End a token at once; raises `TokenNotFoundError`, `DiskError`, `AccessRecordError`."""
        with self.record.turn():
            found = self._tokens.get(mark.strip().lower())
            if found is None or found.revoked is not None:
                raise TokenNotFoundError(name=mark)
            ended = TokenRevoked(at=moment_text(self._now()), mark=found.made.mark, by=by)
            self.record.append(ended)
        return replace(found, revoked=ended.at)

    def all(self) -> list[Token]:
        """Return all tokens, the oldest first; raises `DiskError`, `AccessRecordError`."""
        return list(self._current().values())

    def lines(self) -> list[AccessLine]:
        """Return who made, used and revoked tokens, oldest first; raises as `all` does."""
        self.record.catch_up()
        return list(self.record.lines())

    def caller(self, secret: str, host: str) -> Caller:
        """Return who comes with a token from an address; that it was used is written down.

        How long it takes says nothing of any token. Raises `TokenRefusedError`, `DiskError`,
        `AccessRecordError`.
        """
        found = self.token_of(secret)
        self._note_use(found, host, moment_text(self._now()))
        return caller_of(found)

    def token_of(self, secret: str) -> TokenMade:
        """Return how the token of a secret was made; raises as `caller` does, and is as silent."""
        now, hashed = self._now(), hash_of(secret)
        found = None
        for token in self._current().values():
            is_same = hmac.compare_digest(token.made.sha256, hashed)
            if is_same and token.is_valid_at(now):
                found = token.made
        if found is None:
            raise TokenRefusedError
        return found

    def of_login(self, subject: str, email: str | None) -> TokenMade | None:
        """Return the newest that works of those made for whom a provider knows so.

        A login with an @ is an e-mail address, whatever its letters' size; any other is a subject,
        and so is what follows "sub:". Raises as `all` does.
        """
        now, found = self._now(), None
        for token in self._current().values():
            login = token.made.login
            if token.is_valid_at(now) and _is_of(login, subject, email):
                found = token.made
        return found

    def working(self, mark: str) -> TokenMade:
        """Return how a token that is valid now was made; raises `TokenNotFoundError`."""
        found = self._current().get(mark.strip().lower())
        if found is None or not found.is_valid_at(self._now()):
            raise TokenNotFoundError(name=mark)
        return found.made

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self._now()

    def are_made(self) -> bool:
        """Return whether a token was ever made here; it can be asked at each request."""
        mark = self.record.mark()
        if mark is None or self._without == mark:
            return False
        if not self._are_made:
            try:
                self._are_made = any(isinstance(line, TokenMade) for line in self.record.lines())
            except AccessRecordError:
                return True  # nobody can tell
            self._without = None if self._are_made else mark
        return self._are_made

    def _note_use(self, made: TokenMade, host: str, at: str) -> None:
        """Write down the first use of a day from an address."""
        if self._is_known(made.mark, host, at):
            return
        with self.record.turn():
            if not self._is_known(made.mark, host, at):
                self.record.append(TokenUsed(at=at, mark=made.mark, by=made.actor, host=host))

    def _is_known(self, mark: str, host: str, at: str) -> bool:
        return self._day >= at[:10] and (mark, host) in self._used

    def _current(self) -> dict[str, Token]:
        """Return the tokens by mark, as they are now."""
        self.record.catch_up()
        return self._tokens

    def forget(self) -> None:
        """Forget all tokens: the record begins again."""
        self._tokens, self._used, self._day = {}, set(), ""

    def take(self, line: AccessLine) -> None:
        """Take a line of the record; of uses only those of its last day are kept."""
        match line:
            case TokenMade():
                self._tokens[line.mark] = Token(line)
            case TokenUsed():
                self._tokens[line.mark] = replace(self._tokens[line.mark], used=line.at)
                if line.at[:10] > self._day:
                    self._used, self._day = set(), line.at[:10]
                self._used.add((line.mark, line.host))
            case TokenRevoked():
                self._tokens[line.mark] = replace(self._tokens[line.mark], revoked=line.at)
            case SessionBegun():
                self._tokens[line.mark] = replace(self._tokens[line.mark], used=line.at)
            case SubscriptionLine():
                pass  # of no token
            case _:  # links, and the ends of sessions: of a token that was made before
                self._tokens[line.mark]


def _is_of(login: str, subject: str, email: str | None) -> bool:
    """Return whether a login is that of somebody whom the provider knows so."""
    if "@" in login and not login.startswith(_SUBJECT):
        return email is not None and login.casefold() == email.casefold()
    return bool(login) and login.removeprefix(_SUBJECT) == subject


def caller_of(made: TokenMade) -> Caller:
    """Return who comes with a token."""
    return Caller(made.actor, made.role, made.departments)


def lifetime(text: str) -> timedelta:
    """Return a number of days, written like "90d"; raises `LifetimeError`."""
    found = _LIFETIME.fullmatch(text.strip().lower())
    if found is None or int(found[1]) > _LONGEST:
        raise LifetimeError(text=text)
    return timedelta(days=int(found[1]))
