"""Finds the position of a saved calendar file or checkpoint."""

from contextlib import closing
from pathlib import Path

from kalends.application.given_files import text_of
from kalends.application.workspaces.workspace import Workspace
from kalends.audit.checkpoint import read, why_not_believed
from kalends.audit.note import NoteError
from kalends.audit.proof import is_of
from kalends.audit.served import Mismatch, served
from kalends.domain.errors import (
    N_,
    CheckpointError,
    NeverServedError,
    RewrittenError,
    ShortenedError,
)

_CALENDAR = b"BEGIN:VCALENDAR"


def position_of_file(workspace: Workspace, path: Path) -> int:
    """Return a checkpoint's size, or the last position at which a feed had a file's bytes.

    Raises `FileNotReadableError`; `NeverServedError`, `CheckpointError`, `RewrittenError` or
    `ShortenedError` for a file that does not match this log.
    """
    content, last = text_of(path), workspace.log.position()
    if content.lstrip(b"\xef\xbb\xbf").startswith(_CALENDAR):
        with closing(workspace.components()) as components:
            found = served(workspace.views, components, content, last=last)
        if not found.spans:
            raise never(path, found.mismatch)
        return found.newest
    try:
        checkpoint = read(content, workspace.signatures.trusted)
    except NoteError as error:
        raise CheckpointError(name=path.name, detail=why_not_believed(error)) from None
    if checkpoint.size > last:
        raise ShortenedError(size=checkpoint.size, found=last)
    if not is_of(workspace.views, workspace.log, checkpoint):
        raise RewrittenError(size=checkpoint.size)
    return checkpoint.size


def never(path: Path, mismatch: Mismatch | None) -> NeverServedError:
    """Return the error for a calendar file that no feed ever had."""
    if mismatch is None:
        return NeverServedError(name=path.name, rule=N_("it does not begin like any feed"))
    return NeverServedError(
        name=path.name,
        rule=N_("{feed} is most like it at position {position}, and differs in line {line}"),
        feed=mismatch.feed,
        position=mismatch.position,
        line=mismatch.line,
    )
