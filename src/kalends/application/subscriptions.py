"""Who is told of changes without asking: the addresses of webhooks and of digests.

They may hold secrets, so they stand outside the record, in a file that only its owner can read.
Where each stands is kept in a file of its own: see `deliveries`.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from kalends.application.access_lines import SubscriptionLine
from kalends.application.access_record import AccessRecord
from kalends.application.secrets_folder import (
    check_closed,
    file_in,
    moment_text,
    read_file,
    shown_path,
    write_document,
)
from kalends.application.workspace import Workspace
from kalends.config import WorkspaceFolder
from kalends.domain.errors import DigestNotFoundError, HookNotFoundError, SubscriptionsError

_FILE, _FORMAT = "subscriptions.json", "kalends-subscriptions/1"

Kind = Literal["webhook", "digest"]
Every = Literal["hour", "day", "week"]
What = Literal["made", "paused", "resumed", "revoked"]


class Subscription(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Somebody who is told of changes.

    `address` and `key` are secret. `departments` are codes; with `withheld` what is withheld is
    sent too. `mark` names it in lists; `made` is a moment in UTC. A digest is sent once in `every`
    hour, day or week at most.
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


def add(workspace: Workspace, made: Subscription) -> None:
    """Keep a new one; raises `DiskError`, `SubscriptionsError`, `AccessRecordError`."""
    with access_record(workspace).turn():
        kept = _read(workspace.folder)
        log(workspace, made, "made")
        _write(workspace.folder, [*kept, made])


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
