"""Secret addresses: who has one sees a feed with the withheld activities too.

A secret is shown once. What is kept is its hash, in a file of the workspace that git ignores, so
that every server of the workspace sees at once that a secret is new or has ended.
"""

import hmac
from typing import NamedTuple

import msgspec

from kalends.application.access.secrets_folder import (
    MARK_LENGTH,
    check_closed,
    file_in,
    hash_of,
    moment_text,
    read_file,
    secret_from,
    shown_path,
    write_document,
)
from kalends.application.workspaces.workspace import Workspace
from kalends.config import WorkspaceFolder
from kalends.domain.errors import SecretNotFoundError, SecretsError
from kalends.domain.text import clean_or_none
from kalends.feeds import selection

_FILE = "feeds.json"
_FORMAT = "kalends-secrets/1"


class FeedSecret(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A secret as it is kept: which feed it opens, and the SHA-256 of the secret.

    `mark` names it in lists; `created` is a moment in UTC; `note` says who has it.
    """

    mark: str
    name: str
    sha256: str
    created: str
    note: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    secrets: list[FeedSecret]


class NewSecret(NamedTuple):
    """A secret that was made, and the address below the server's own."""

    kept: FeedSecret
    path: str


def new_secret(workspace: Workspace, name: str, note: str = "") -> NewSecret:
    """Make a secret address of a feed.

    Raises `FeedNotFoundError`, `TextError` for the note, `DiskError`, `SecretsError`.
    """
    note = clean_or_none(note, "note") or ""
    feed = selection.find(
        workspace.views, name.removesuffix(".ics"), known_at=workspace.log.position()
    )
    secret = secret_from(workspace.new_seed())
    hashed = hash_of(secret)
    made = FeedSecret(hashed[:MARK_LENGTH], feed.name, hashed, moment_text(workspace.now()), note)
    with workspace.log.turn():
        _write(workspace.folder, [*secrets(workspace.folder), made])
    return NewSecret(made, f"/feeds/secret/{secret}/{feed.name}.ics")


def revoke(workspace: Workspace, mark: str) -> FeedSecret:
    """End a secret address at once; raises `SecretNotFoundError`, `DiskError`, `SecretsError`."""
    with workspace.log.turn():
        kept = secrets(workspace.folder)
        found = next((each for each in kept if each.mark == mark.strip().lower()), None)
        if found is None:
            raise SecretNotFoundError(name=mark)
        _write(workspace.folder, [each for each in kept if each != found])
    return found


def secrets(here: WorkspaceFolder) -> list[FeedSecret]:
    """Return the secret addresses, the oldest first; raises `DiskError`, `SecretsError`."""
    path = file_in(here, _FILE)
    found = read_file(path, _File, SecretsError)
    if found is None:
        return []
    if found.format != _FORMAT:
        raise SecretsError(name=shown_path(path))
    return found.secrets


def opens(here: WorkspaceFolder, secret: str, name: str) -> bool:
    """Return whether a secret opens a feed; how long that takes says nothing of any secret."""
    hashed = hash_of(secret)
    found = False
    for each in secrets(here):
        is_same = hmac.compare_digest(each.sha256.encode(), hashed.encode())
        found |= is_same and each.name == name
    return found


def check_secrets(here: WorkspaceFolder) -> None:
    """Raise if the file is damaged, cannot be read, or can be read by others than its owner."""
    secrets(here)
    check_closed(file_in(here, _FILE))


def _write(here: WorkspaceFolder, kept: list[FeedSecret]) -> None:
    document = {"format": _FORMAT, "secrets": [msgspec.structs.asdict(each) for each in kept]}
    write_document(here, file_in(here, _FILE), document)
