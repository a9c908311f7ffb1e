"""Tokens: who may use the server, and in which role.

A token is shown once; its SHA-256 is kept. Who made, used and revoked each token is recorded in
`.kalends-secrets/access.jsonl`, one line for each event. Lines are never changed: what is true
now follows from all of them. So every server of the workspace sees at once what has changed.
"""

import hmac
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from kalends.application.access_lines import (
    AccessLine,
    SessionBegun,
    SubscriptionLine,
    TokenMade,
    TokenRevoked,
    TokenUsed,
)
from kalends.application.permissions import AccessRole, Caller
from kalends.application.secrets_folder import (
    MARK,
    file_in,
    hash_of,
    moment_text,
    name_of,
    prepare,
    secret_from,
)
from kalends.config import WorkspaceFolder
from kalends.domain.errors import (
    AccessRecordBusyError,
    AccessRecordError,
    ClerkDepartmentError,
    DiskError,
    LifetimeError,
    TokenNotFoundError,
    TokenRefusedError,
)
from kalends.domain.text import clean_actor, clean_or_none
from kalends.log.lock import held
from kalends.words import os_error_message

_FILE, _LOCK, _LOCK_SECONDS = "access.jsonl", "access.lock", 10
# People who find one in a file know what it is, and so do programs that look for secrets.
PREFIX = "kalends_"
_LIFETIME = re.compile(r"([1-9]\d{0,3}) ?d(?:ays?)?", re.ASCII)
_LONGEST = 3_650
_DECODER = msgspec.json.Decoder(AccessLine)


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it stands: how it was made, when it was last used, whether it was revoked."""

    made: TokenMade
    used: str | None = None
    revoked: str | None = None

    def works(self, now: datetime) -> bool:
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
        self._here, self._now = here, now
        self._seen: tuple[int, int, int] | None = None
        self._lines: list[AccessLine] = []
        self._tokens: dict[str, Token] = {}
        self._used: set[tuple[str, str, str]] = set()

    def new(  # noqa: PLR0913 - all that is known of a token
        self,
        seed: bytes,
        *,
        actor: str,
        role: AccessRole,
        departments: Sequence[str] = (),
        lifetime: timedelta | None = None,
        note: str = "",
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
            mark=hashed[:MARK],
            by=by,
            sha256=hashed,
            actor=clean_actor(actor),
            role=role,
            departments=tuple(dict.fromkeys(departments)),
            expires=None if lifetime is None else moment_text(now + lifetime),
            note=clean_or_none(note, "note") or "",
        )
        with self.turn():
            self._current()  # nothing is added to what is damaged
            self.append(made)
        return NewToken(made, secret)

    def revoke(self, mark: str, *, by: str) -> Token:
        """End a token at once; raises `TokenNotFoundError`, `DiskError`, `AccessRecordError`."""
        with self.turn():
            found = self._current().get(mark.strip().lower())
            if found is None or found.revoked is not None:
                raise TokenNotFoundError(name=mark)
            ended = TokenRevoked(at=moment_text(self._now()), mark=found.made.mark, by=by)
            self.append(ended)
        return replace(found, revoked=ended.at)

    def all(self) -> list[Token]:
        """Return all tokens, the oldest first; raises `DiskError`, `AccessRecordError`."""
        return list(self._current().values())

    def lines(self) -> list[AccessLine]:
        """Return who made, used and revoked tokens, oldest first; raises as `all` does."""
        self._current()
        return list(self._lines)

    def caller(self, secret: str, host: str) -> Caller:
        """Return who comes with a token from an address; that it was used is written down.

        How long it takes says nothing of any token. Raises `TokenRefusedError`, `DiskError`,
        `AccessRecordError`.
        """
        found = self.made_as(secret)
        self._note_use(found, host, moment_text(self._now()))
        return caller_of(found)

    def made_as(self, secret: str) -> TokenMade:
        """Return how the token of a secret was made; raises as `caller` does, and is as silent."""
        now, hashed = self._now(), hash_of(secret)
        found = None
        for token in self._current().values():
            is_same = hmac.compare_digest(token.made.sha256, hashed)
            if is_same and token.works(now):
                found = token.made
        if found is None:
            raise TokenRefusedError
        return found

    def working(self, mark: str) -> TokenMade:
        """Return how a token that works now was made; raises `TokenNotFoundError`."""
        found = self._current().get(mark.strip().lower())
        if found is None or not found.works(self._now()):
            raise TokenNotFoundError(name=mark)
        return found.made

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self._now()

    def _note_use(self, made: TokenMade, host: str, at: str) -> None:
        """Write down the first use of a day from an address."""
        use = (made.mark, host, at[:10])
        if use in self._used:
            return
        with self.turn():
            self._current()
            if use not in self._used:
                self.append(TokenUsed(at=at, mark=made.mark, by=made.actor, host=host))

    def _current(self) -> dict[str, Token]:
        """Return the tokens by mark, read again if the file has changed."""
        path = self._path
        try:
            found = path.stat()
            seen = (found.st_ino, found.st_size, found.st_mtime_ns)
            if seen != self._seen:
                self._read(path.read_bytes())
                self._seen = seen
        except FileNotFoundError:
            self._read(b"")
            self._seen = None
        except OSError as error:
            raise DiskError(name=name_of(path), detail=os_error_message(error)) from None
        return self._tokens

    def _read(self, text: bytes) -> None:
        """Take all lines; a piece that was cut off after the last line is ignored."""
        self._lines, self._tokens, self._used = [], {}, set()
        *whole, _ = text.split(b"\n")
        for number, line in enumerate(whole, 1):
            try:
                self._take(_DECODER.decode(line))
            except (ValueError, KeyError, RecursionError):
                self._seen, self._tokens = None, {}
                raise AccessRecordError(line=number, name=name_of(self._path)) from None

    def _take(self, line: AccessLine) -> None:
        match line:
            case TokenMade():
                self._tokens[line.mark] = Token(line)
            case TokenUsed():
                self._tokens[line.mark] = replace(self._tokens[line.mark], used=line.at)
                self._used.add((line.mark, line.host, line.at[:10]))
            case TokenRevoked():
                self._tokens[line.mark] = replace(self._tokens[line.mark], revoked=line.at)
            case SessionBegun():
                self._tokens[line.mark] = replace(self._tokens[line.mark], used=line.at)
            case SubscriptionLine():
                pass  # of no token
            case _:  # links, and the ends of sessions: of a token that was made before
                self._tokens[line.mark]
        self._lines.append(line)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Let nobody else write meanwhile."""
        with ExitStack() as until_done:
            try:
                prepare(self._here, self._path)
                until_done.enter_context(held(self._here.secrets / _LOCK, _LOCK_SECONDS))
            except TimeoutError:
                name = name_of(self._path)
                raise AccessRecordBusyError(name=name, seconds=_LOCK_SECONDS) from None
            except OSError as error:
                raise DiskError(name=name_of(self._path), detail=os_error_message(error)) from None
            yield

    def append(self, line: AccessLine) -> None:
        """Add a line, and wait until it is on the disk; what was cut off before it goes."""
        try:
            with self._path.open("r+b") as file:
                text = file.read()
                file.seek(text.rfind(b"\n") + 1)
                file.truncate()
                file.write(msgspec.json.encode(line) + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise DiskError(name=name_of(self._path), detail=os_error_message(error)) from None

    def are_made(self) -> bool:
        """Return whether a token was ever made here."""
        return self._path.exists()

    @property
    def _path(self) -> Path:
        return file_in(self._here, _FILE)


def caller_of(made: TokenMade) -> Caller:
    """Return who comes with a token."""
    return Caller(made.actor, made.role, made.departments)


def lifetime(text: str) -> timedelta:
    """Return a number of days, written like "90d"; raises `LifetimeError`."""
    found = _LIFETIME.fullmatch(text.strip().lower())
    if found is None or int(found[1]) > _LONGEST:
        raise LifetimeError(text=text)
    return timedelta(days=int(found[1]))
