"""Publishes journal, checkpoint and feeds, in this order; does nothing if nothing changed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kalends.application.workspaces.workspace import Workspace
from kalends.application.workspaces.writing_place import is_writable
from kalends.audit.signer import Signer
from kalends.domain.errors import KalendsError, LockedError, MachineError, UnpublishedError
from kalends.feeds.cache import Components
from kalends.feeds.manifest import read_manifest, strays
from kalends.feeds.publishing import publish_feeds
from kalends.log.journal_sync import JournalSync
from kalends.log.lock import held
from kalends.log.log import Log
from kalends.views.database import Views

if TYPE_CHECKING:
    from kalends.feeds.check import FeedCheck

_LOCK_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The result of publishing: the position, and the files that changed.

    `stray` are calendar files in the feeds' folder that this campaign did not write.
    """

    position: int
    journal: bool
    checkpoint: bool
    feeds: tuple[str, ...]
    stray: tuple[str, ...] = ()


def publish_log(
    log: Log,
    journal_sync: JournalSync,
    views: Callable[[], Views],
    components: Components,
    folder: Path,
    *,
    signer: Signer | None = None,
) -> Publication:
    """Bring the journal, the checkpoint and then the feeds up to the end of the log.

    The journal goes first, so that it always contains whatever a feed shows. Journal and
    checkpoint are written in one turn, so that the checkpoint covers exactly the journal. `views`
    is called after that and returns the views, caught up. Without a signer nothing is signed.
    Raises `DivergedError`, `DiskError` or `LockedError`, and what `Signer.renew` raises, before
    any feed is changed.
    """
    with alone(lock_of(journal_sync)):
        with log.turn():
            position = log.position()
            journal = journal_sync.write(log)
            newest = None if signer is None else signer.renew(log)
        changed = publish_feeds(views(), components, folder, known_at=position)
        # Last, because a kept checkpoint says that the feeds were published completely.
        kept = signer is not None and newest is not None and signer.keep(newest)
    return Publication(position=position, journal=journal, checkpoint=kept, feeds=tuple(changed))


def publish(workspace: Workspace) -> Publication:
    """Publish what is new in a workspace; raises what `publish_log` raises.

    Where nothing is new, it does not matter that the workspace cannot be written.
    """
    try:
        done = _published(workspace)
    except MachineError:
        if is_writable(workspace.folder) or not _is_all_published(workspace):
            raise
        position = workspace.log.position()
        done = Publication(position=position, journal=False, checkpoint=False, feeds=())
    folder = workspace.folder.feeds
    return replace(done, stray=tuple(strays(folder, read_manifest(folder)[1])))


def _published(workspace: Workspace) -> Publication:
    with closing(workspace.components()) as components:
        return publish_log(
            workspace.log,
            workspace.journal_sync,
            lambda: workspace.views,
            components,
            workspace.folder.feeds,
            signer=_signer(workspace),
        )


def _is_all_published(workspace: Workspace) -> bool:
    """Return whether journal, checkpoint and feeds are those of the end of the log."""
    position = workspace.log.position()
    if (
        workspace.published() != position
        or workspace.journal_sync.agreed_lines(workspace.log) != position
    ):
        return False
    if workspace.folder.signs != "never" and workspace.signatures.newest.size != position:
        return False
    with suppress(KalendsError):
        found = check_feeds(workspace)
        return found.finished and not found.wrong
    return False


def check_feeds(workspace: Workspace) -> "FeedCheck":
    """Compare the published files with what the log says they are.

    Raises `UnpublishedError` if there is no manifest: nothing was published, or it was lost.
    """
    from kalends.feeds.check import check  # noqa: PLC0415 - only to check

    if not workspace.published():
        raise UnpublishedError(published=0, position=workspace.log.position())
    return check(lambda: workspace.views, workspace.folder.feeds, lambda: alone_in(workspace))


def _signer(workspace: Workspace) -> Signer | None:
    """Return the signer; None, with a warning, if this machine cannot sign what is new."""
    if workspace.folder.signs == "never":
        return None
    try:
        return workspace.signatures.signer
    except KalendsError as error:
        with suppress(KalendsError):
            if workspace.signatures.newest.size == workspace.log.position():
                return None
        workspace.tell_unsigned(error)
        return None


def alone_in(workspace: Workspace) -> AbstractContextManager[None]:
    """Keep other publishers out of a workspace within the block; raises `LockedError`."""
    return alone(lock_of(workspace.journal_sync))


def lock_of(journal_sync: JournalSync) -> Path:
    """Return the file that publishers lock."""
    return journal_sync.note.with_name("publish.lock")


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Wait for a running publisher, then keep others out within the block.

    If no lock can be made, go on without one. Raises `LockedError`.
    """
    with ExitStack() as until_done:
        try:
            until_done.enter_context(held(lock, _LOCK_SECONDS))
        except TimeoutError:
            raise LockedError(seconds=_LOCK_SECONDS) from None
        except OSError:
            until_done.close()
        yield
