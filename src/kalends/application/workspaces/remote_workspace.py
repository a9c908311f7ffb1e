"""A workspace whose log a server keeps: everything is read from a copy, and recorded there."""

from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kalends.application.access.permissions import Caller
from kalends.application.workspaces.machine import Machine
from kalends.application.workspaces.once import once
from kalends.application.workspaces.workspace import Workspace
from kalends.config import WorkspaceFolder
from kalends.domain.errors import (
    HiddenEventsError,
    KalendsError,
    OtherActorError,
    OtherServerError,
)
from kalends.domain.overriding import override
from kalends.log.journal_line import compose
from kalends.log.log import Log, closed_on_failure
from kalends.remote.address import ServerAddress, server_address
from kalends.remote.client import Client
from kalends.remote.copy import Copy, Note, copy_name
from kalends.remote.log import RemoteLog
from kalends.remote.service import RemoteService
from kalends.words import Message

if TYPE_CHECKING:
    from kalends.application.workspaces.signing import Signatures
    from kalends.service import Service

__all__ = ["RemoteWorkspace", "ServerAddress", "server_address"]


_NOT_JSON = Message("it sends no JSON")


class _Note(msgspec.Struct):
    size: int | None
    note: str


class _Proofs(msgspec.Struct):
    """An answer of the server: its keys and its checkpoints."""

    keys: list[str]
    checkpoints: list[_Note]


# So much may pass between two looks at the clock.
_USUAL = timedelta(minutes=1)


class RemoteWorkspace(Workspace):
    """A workspace on a server, as somebody with a token uses it.

    `caches` is the folder for copies of logs; `language` is the one in which the server should
    speak.
    """

    is_remote = True

    def __init__(  # noqa: PLR0913 - all that a command depends on
        self,
        address: ServerAddress,
        token: str,
        *,
        caches: Path,
        machine: Machine,
        settings: Path,
        language: Callable[[], str],
        actor: str | None = None,
        dry_run: bool = False,
    ) -> None:
        """Set the server; nothing is asked yet."""
        self._copy = Copy(caches / copy_name(address.name, token))
        super().__init__(
            self._copy.folder, machine=machine, settings=settings, actor=actor, dry_run=dry_run
        )
        self._address, self._token, self._language = address, token, language
        self._behind = timedelta()

    @once
    def _client(self) -> Client:
        pause = self._machine.pause
        return Client(self._address, self._token, language=self._language(), pause=pause)

    @override
    @once
    def folder(self) -> WorkspaceFolder:
        return WorkspaceFolder(root=self._copy.folder, signs="never")

    @override
    @once
    def log(self) -> Log:
        return self._remote_log

    @once
    def _remote_log(self) -> RemoteLog:
        log = RemoteLog(self._copy, self._client)
        with closed_on_failure(log):
            log.catch_up()
            assert log.server_time is not None  # it is in every answer
            behind = log.server_time - self._machine.now()
            self._behind = behind if abs(behind) > _USUAL else timedelta()
        return log

    @override
    @once
    def service(self) -> "Service":
        log, by = self._remote_log, self.by
        if self._actor not in {None, by}:
            raise OtherActorError(actor=by, name=self._actor)
        return RemoteService(
            log,
            self._client,
            now=self.now,
            new_id=self._machine.new_id,
            by=by,
            dry_run=self.dry_run,
            permit=self._caller.check,
            appended=self._note_recorded,
        )

    def _note_recorded(self) -> None:
        self.has_recorded = True

    @property
    def _caller(self) -> Caller:
        """Return whose token it is, as the server says."""
        actor, role, departments = msgspec.structs.astuple(self._note.reader)
        return Caller(actor, role, tuple(departments))

    @property
    def _note(self) -> Note:
        """Return what the server says of itself and of the reader, as it says now."""
        _, note = self._remote_log, self._copy.note
        assert note is not None  # it is written with the log
        return note

    @override
    def now(self) -> datetime:
        """Return the time by the server's clock, so that "tomorrow" is the campaign's."""
        _ = self._remote_log
        return super().now() + self._behind

    @property
    @override
    def by(self) -> str:
        return self._note.reader.actor

    @override
    def published(self) -> int:
        return self._note.published

    @property
    @override
    def signatures(self) -> "Signatures":
        from kalends.application.workspaces.served_signatures import (  # noqa: PLC0415 - only to verify
            ServedSignatures,
        )

        return ServedSignatures(
            self.folder, self._settings, lambda: self.service.campaign_id, self._served_keys
        )

    @once
    def _served_keys(self) -> tuple[str, ...]:
        """Return the keys that the server names; keep its checkpoints as a workspace has them."""
        log, answer = self._remote_log, self.asked("/audit")
        try:
            shown = msgspec.convert(answer, _Proofs)
        except msgspec.ValidationError:
            raise OtherServerError(name=self._address.name, detail=_NOT_JSON) from None
        self._copy.keep_checkpoints((each.size, each.note) for each in shown.checkpoints)
        log.catch_up()  # so that it holds all that these cover
        return tuple(shown.keys)

    @property
    def seen(self) -> Path:
        """Return the folder of the checkpoints that the server has shown here before."""
        return self._copy.seen

    def remember(self, checkpoints: Iterable[tuple[int, bytes]]) -> None:
        """Keep valid checkpoints, so that the server is measured by them later."""
        self._copy.remember(checkpoints)

    @property
    def reads_as(self) -> str:
        """Return the role of the token."""
        return self._caller.role

    @property
    def reads_all(self) -> bool:
        """Return whether the token reads every event."""
        return not self._note.hidden

    def check_whole(self) -> None:
        """Raise `HiddenEventsError` if the token does not read every event."""
        if not self.reads_all:
            raise HiddenEventsError

    def fetch(self, folder: Path) -> Path:
        """Read the log once more, as the server sends it now, and return it as a journal."""
        log, journal = RemoteLog(Copy(folder), self._client), folder / "journal.jsonl"
        with closing(log), journal.open("wb") as file:
            log.catch_up()
            file.writelines(compose(row) + b"\n" for row in log.rows(until=log.position()))
        return journal

    @property
    def language(self) -> str | None:
        """Return the campaign's language, as last read; None if the server does not say it."""
        try:
            return (self._copy.note or self._note).language
        except KalendsError:
            return None

    def asked(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the document at an address of the API; a body is sent, once whatever happens.

        Raises what the server says is wrong.
        """
        client = self._client
        if body is None:
            answer = client.get(path)
        else:
            answer = client.post(path, body, key=self._machine.new_id() + self._machine.new_id())
        try:
            return msgspec.json.decode(answer, type=dict[str, Any])
        except (msgspec.DecodeError, RecursionError):
            raise OtherServerError(name=self._address.name, detail=_NOT_JSON) from None

    @override
    def close(self) -> None:
        super().close()
        log, client = (vars(self).pop(name, None) for name in ("_remote_log", "_client"))
        if log is not None:
            log.close()  # also where only the server was asked who reads
        if client is not None:
            client.close()
