"""Checks a workspace's log and journal against its own checkpoints."""

from kalends.application.workspaces import signing
from kalends.application.workspaces.workspace import Workspace
from kalends.audit import own_checkpoints
from kalends.domain.errors import JournalCutError


def check_signed(workspace: Workspace) -> None:
    """Raise `RewrittenError` or `ShortenedError` if the log differs from what was signed."""
    signing.anchors(workspace.folder).check(workspace.log)


def check_journal(workspace: Workspace, lines: int) -> None:
    """Raise `JournalCutError` if a journal with this many lines was published with more."""
    published = own_checkpoints.published(workspace.folder, workspace.signatures.trusted)
    if published.is_cut(lines):
        raise JournalCutError(lines=lines, size=published.kept)
