"""Checks a workspace and its machine for problems, for `kalends doctor`."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kalends.application.access.oidc import check_login
from kalends.application.proof.signed_log import check_journal, check_signed
from kalends.application.queries.overview import is_ahead
from kalends.application.subscriptions.digests import check_digests
from kalends.application.subscriptions.feed_secrets import check_secrets
from kalends.application.subscriptions.webhooks import check_webhooks
from kalends.application.workspaces.workspace import Workspace
from kalends.application.workspaces.writing_place import check_writing, is_writable
from kalends.domain.errors import (
    N_,
    FeedsAheadError,
    FeedsDifferError,
    JournalBehindError,
    KalendsError,
    MachineError,
    RemoteDiskError,
    StrayFilesError,
    UnfinishedError,
    UnpublishedElsewhereError,
    UnpublishedError,
    UnsignedError,
)
from kalends.domain.events import activity_stream
from kalends.domain.when import When
from kalends.log.journal import agreed
from kalends.service import zone
from kalends.words import Message, os_error_message

_REMOTE = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph"}


Check = tuple[str, Callable[[], object]]


class Finding(NamedTuple):
    """Something that was checked, in words, and what is wrong with it."""

    name: str
    error: KalendsError | None


class Backwards(NamedTuple):
    """An activity that ends before it begins, and the position of that event; not a fault.

    Kalends 0.1.0 could record one in the night when clocks go forward; later versions cannot.
    """

    id: str
    position: int


class Health(NamedTuple):
    """The result of checking a workspace."""

    findings: list[Finding]
    backwards: list[Backwards]
    is_from_afar: bool = False


def health(workspace: Workspace) -> Health:
    """Check everything; a check is skipped if it depends on one that failed.

    Over a server that is what its log shows; its machine must be checked there.
    """
    backwards: dict[str, int] = {}
    made = _remote_findings if workspace.is_remote else _findings
    findings = [Finding(name, error) for name, error in made(workspace, backwards)]
    found = [Backwards(*each) for each in backwards.items()]
    return Health(findings, found, is_from_afar=workspace.is_remote)


def _remote_findings(
    workspace: Workspace, backwards: dict[str, int]
) -> Iterator[tuple[str, KalendsError | None]]:
    from kalends.application import remote_health  # noqa: PLC0415 - only over a server

    vital = [
        (N_("the server answers and takes this token"), lambda: workspace.log),
        (N_("every event can be read"), lambda: _read_events(workspace, backwards)),
        (N_("the campaign is open and its time zone is known"), lambda: _zone(workspace)),
    ]
    return _in_turn(vital, remote_health.checks(workspace))


def _findings(
    workspace: Workspace, backwards: dict[str, int]
) -> Iterator[tuple[str, KalendsError | None]]:
    """Yield each check and what it found; stop where the next checks depend on a failed one.

    Activities that end before they begin go into `backwards`.
    """
    vital: list[Check] = [
        (N_("the workspace is found and its settings can be read"), lambda: workspace.folder),
        (N_("the log opens and agrees with the journal"), lambda: _agrees(workspace)),
        (N_("every event can be read"), lambda: _read_events(workspace, backwards)),
        (N_("the campaign is open and its time zone is known"), lambda: _zone(workspace)),
    ]
    yield from _in_turn(vital, _others(workspace))


def _others(workspace: Workspace) -> Iterator[Check]:
    """Yield the checks of an opened log; some only where there is something to check."""
    yield N_("the log is signed up to its newest event"), lambda: _signed(workspace)
    yield N_("the key that signs can be seen by its owner only"), lambda: _key(workspace)
    if workspace.signatures.is_key_begun:
        yield N_("no new key was left unfinished"), workspace.signatures.check_finished
    yield N_("the clock is not behind the record"), lambda: _clock(workspace)
    yield N_("the workspace can be written"), lambda: check_writing(workspace.folder)
    if workspace.folder.store is None:
        yield N_("the database lies on a local disk"), lambda: _local(workspace.folder.root)
    yield N_("what is published is up to date"), lambda: _published(workspace)
    if workspace.folder.secrets.exists():
        kept = N_("secret addresses can be read, and only by their owner")
        yield kept, lambda: check_secrets(workspace.folder)
        yield N_("every webhook can be sent what is recorded"), lambda: _webhooks(workspace)
        spoken = N_("every digest was sent the last time")
        yield spoken, lambda: check_digests(workspace.folder)
    if workspace.folder.provider is not None:
        logins = N_("people can log in at the provider that the settings name")
        yield logins, lambda: check_login(workspace.folder)


def _in_turn(
    vital: Iterable[Check], others: Iterable[Check]
) -> Iterator[tuple[str, KalendsError | None]]:
    """Yield what each check finds; the others depend on all that are vital."""
    for name, check in vital:
        error = _error(check)
        yield name, error
        if error is not None:
            return
    for name, check in others:
        yield name, _error(check)


def _error(check: Callable[[], object]) -> KalendsError | None:
    try:
        check()
    except KalendsError as error:
        return error
    except OSError as error:
        detail = os_error_message(error)
        return MachineError(detail=f"{error.filename}: {detail}" if error.filename else detail)
    return None


def _agrees(workspace: Workspace) -> None:
    """Compare journal and database completely, without trusting remembered results."""
    lines, position = (
        agreed(workspace.log, workspace.folder.journal).lines,
        workspace.log.position(),
    )
    if lines < position:
        check_journal(workspace, lines)
        raise JournalBehindError(lines=lines, position=position)


def _read_events(workspace: Workspace, backwards: dict[str, int]) -> None:
    """Read every event; collect the activities that end before they begin."""
    for entry in workspace.log.entries():
        event = entry.event
        details = getattr(event, "details", None)
        when = getattr(event, "when", None) if details is None else details.when
        if not isinstance(when, When):
            continue
        name = entry.stream.removeprefix(activity_stream(""))
        backwards.pop(name, None)
        if when.begin is not None and when.end is not None and when.end < when.begin:
            backwards[name] = entry.position


def _key(workspace: Workspace) -> None:
    from kalends.application.workspaces import key_place  # noqa: PLC0415 - only for a checkup

    key_place.check(workspace.signatures.key_path)


def _signed(workspace: Workspace) -> None:
    check_signed(workspace)
    signs = workspace.folder.signs
    due = workspace.published() if signs == "publish" else workspace.log.position()
    if signs == "never" or workspace.signatures.newest.size >= due:
        return
    with suppress(KalendsError), workspace.log.turn():
        pass  # by now a command that was recording has signed
    if workspace.signatures.newest.size < due:
        _ = workspace.signatures.signer  # raises why nothing can be signed here
        raise UnsignedError(detail=Message("no checkpoint covers the newest events"))


def _clock(workspace: Workspace) -> None:
    workspace.service.check_clock()


def _webhooks(workspace: Workspace) -> None:
    check_webhooks(workspace.folder, workspace.log.position())


def _zone(workspace: Workspace) -> None:
    zone(workspace.service.campaign().settings.zone)


def _local(root: Path) -> None:
    """Raise if the folder lies on a network disk, according to Linux's table of mounts."""
    mounts = Path("/proc/self/mounts")
    if str(root).startswith("\\\\"):
        raise RemoteDiskError(kind="SMB")
    if not mounts.exists():
        return
    kinds = {
        fields[1]: fields[2]
        for fields in (line.split() for line in mounts.read_text("utf-8").splitlines())
    }
    here = root.resolve()
    kind = next(
        (kinds[str(folder)] for folder in (here, *here.parents) if str(folder) in kinds), ""
    )
    if kind in _REMOTE:
        raise RemoteDiskError(kind=kind)


def _published(workspace: Workspace) -> None:
    from kalends.application.publish import check_feeds  # noqa: PLC0415 - only if all else is well

    position, published = workspace.log.position(), workspace.published()
    if is_ahead(workspace):
        raise FeedsAheadError(published=published, position=position)
    if published != position and not is_writable(workspace.folder):
        raise UnpublishedElsewhereError(published=published, position=position)
    if published != position or workspace.journal_sync.agreed_lines(workspace.log) != position:
        raise UnpublishedError(published=published, position=position)
    found = check_feeds(workspace)
    if found.wrong:
        raise FeedsDifferError(names=", ".join(found.wrong))
    if found.stray:
        raise StrayFilesError(names=", ".join(found.stray))
    if not found.finished:
        raise UnfinishedError(position=found.position)
