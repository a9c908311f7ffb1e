"""The stored subscriptions: the addresses to which webhooks and digests are sent.

They may hold secrets, so they stand outside the record, in a file that only its owner can read.
Where each stands is kept in a file of its own: see `deliveries`.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from kalends.application.access.access_lines import SubscriptionLine
from kalends.application.access.access_record import AccessRecord
from kalends.application.access.secrets_folder import (
    check_closed,
    file_in,
    moment_text,
    read_file,
    shown_path,
    write_document,
)
from kalends.application.workspaces.workspace import Workspace
from kalends.config import WorkspaceFolder
from kalends.domain.errors import (
    DigestNotFoundError,
    HookKeyReusedError,
    HookNotFoundError,
    SubscriptionsError,
)

_FILE, _FORMAT = "subscriptions.json", "kalends-subscriptions/1"

Kind = Literal["webhook", "digest"]
Every = Literal["hour", "day", "week"]
What = Literal["made", "paused", "resumed", "revoked"]
# So many characters of the mark of a request are those of its key.
_KEY_LENGTH = 12


class Subscription(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Somebody who is told of changes.

    `address` and `key` are secret. `departments` are codes; with `withheld` what is withheld is
    sent too. `mark` names it in lists; `made` is a moment in UTC. A digest is sent once in `every`
    hour, day or week at most. What was made over the API is `distant`: it reaches public addresses
    and the networks that the settings name. `request` marks the request that made it.
    """

    kind: Kind
    mark: str
    address: str
    made: str
    by: str
    key: str = ""
    departments: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    withheld: bool = False
    every: Every | None = None
    note: str = ""
    distant: bool = False
    request: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    subscriptions: list[Subscription]


def subscriptions(here: WorkspaceFolder, kind: Kind) -> list[Subscription]:
    """Return those of a kind, the oldest first; raises `DiskError`, `SubscriptionsError`."""
    return [each for each in _read(here) if each.kind == kind]


def find(here: WorkspaceFolder, kind: Kind, mark: str) -> Subscription:
    """Return the one with a mark; raises as `subscriptions`, and `NotFoundError`."""
    for each in subscriptions(here, kind):
        if each.mark == mark.strip().lower():
            return each
    missing = {"webhook": HookNotFoundError, "digest": DigestNotFoundError}
    raise missing[kind](name=mark)


def add(workspace: Workspace, made: Subscription) -> Subscription:
    """Keep a new one and return it, or the one that the same request has made before.

    Raises `DiskError`, `SubscriptionsError`, `AccessRecordError`, `HookKeyReusedError`.
    """
    with access_record(workspace).turn():
        found = before(workspace.folder, made.request)
        if found is not None:
            return found
        log(workspace, made, "made")
        _write(workspace.folder, [*_read(workspace.folder), made])
    return made


def before(here: WorkspaceFolder, request: str) -> Subscription | None:
    """Return what a request has made; raise `HookKeyReusedError` for another with its key."""
    for each in _read(here):
        if request and each.request[:_KEY_LENGTH] == request[:_KEY_LENGTH]:
            if each.request != request:
                raise HookKeyReusedError(mark=each.mark)
            return each
    return None


def remove(workspace: Workspace, kind: Kind, mark: str) -> Subscription:
    """End one at once; raises as `find`, `AccessRecordError`."""
    here = workspace.folder
    with access_record(workspace).turn():
        found = find(here, kind, mark)
        log(workspace, found, "revoked")
        _write(here, [each for each in _read(here) if each != found])
    return found


def log(workspace: Workspace, subscription: Subscription, what: What) -> None:
    """Write into the record of access what was done with one; only within its turn."""
    access_record(workspace).append(
        SubscriptionLine(
            at=moment_text(workspace.now()),
            mark=subscription.mark,
            by=workspace.by,
            kind=subscription.kind,
            change=what,
        )
    )


def access_record(workspace: Workspace) -> AccessRecord:
    """Return the record of access."""
    return AccessRecord(workspace.folder)


def check(here: WorkspaceFolder) -> None:
    """Raise if the file is damaged, cannot be read, or can be read by others than its owner."""
    _read(here)
    check_closed(file_in(here, _FILE))


def _read(here: WorkspaceFolder) -> list[Subscription]:
    path = file_in(here, _FILE)
    found = read_file(path, _File, SubscriptionsError)
    if found is None:
        return []
    if found.format != _FORMAT:
        raise SubscriptionsError(name=shown_path(path))
    return found.subscriptions


def _write(here: WorkspaceFolder, kept: Sequence[Subscription]) -> None:
    document = {"format": _FORMAT, "subscriptions": [msgspec.to_builtins(each) for each in kept]}
    write_document(here, file_in(here, _FILE), document)
