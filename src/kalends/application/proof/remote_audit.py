"""Verifies a server's log on your own machine, trusting nothing that the server says."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kalends.application.workspaces.remote_workspace import RemoteWorkspace
from kalends.application.workspaces.workspace import Workspace
from kalends.audit import own_checkpoints
from kalends.audit.checkpoint import SuppliedCheckpoint
from kalends.audit.findings import Report
from kalends.audit.note import PublicKey
from kalends.audit.supplied import SuppliedJournal
from kalends.audit.verify import verify as verify_log


def check_whole(workspace: Workspace) -> None:
    """Raise `HiddenEventsError` if the token does not read every event."""
    _remote(workspace).check_whole()


def verify(
    workspace: Workspace,
    trusted: Sequence[PublicKey],
    supplied: Sequence[SuppliedCheckpoint],
    journals: Sequence[SuppliedJournal],
    *,
    own: bool,
) -> Report:
    """Verify the log that the server sends now against its checkpoints and those seen before.

    What it has shown once on this machine, it is measured by ever after. Raises
    `HiddenEventsError`, and what reading from the server raises.
    """
    remote = _remote(workspace)
    remote.check_whole()
    _ = remote.signatures.trusted  # the checkpoints first: the log may go on meanwhile
    shown = own_checkpoints.files_in(remote.folder) if own else []
    with TemporaryDirectory(prefix="kalends-served-") as folder:
        report = verify_log(
            None,
            remote.fetch(Path(folder)),
            [*shown, *(_seen(remote) if own else []), *supplied],
            trusted,
            journals=journals,
        )
    if own:
        valid = own_checkpoints.signed(remote.folder, trusted)
        remote.remember((each.size, each.content) for each in valid)
    return report


def _seen(remote: RemoteWorkspace) -> list[SuppliedCheckpoint]:
    """Return the checkpoints that the server has shown here before; they count as kept ones."""
    found = own_checkpoints.kept_files(remote.seen)
    return [SuppliedCheckpoint(str(path), path.read_bytes(), int(path.stem)) for path in found]


def _remote(workspace: Workspace) -> RemoteWorkspace:
    assert isinstance(workspace, RemoteWorkspace)
    return workspace
