"""Checks a campaign on a server for problems, from the log it sends, for `kalends doctor`."""

from collections.abc import Callable, Iterator
from operator import itemgetter

from kalends.application.proof.remote_audit import verify
from kalends.application.subscriptions.remote_subscriptions import RemoteSubscriptions
from kalends.application.subscriptions.subscriptions import Kind
from kalends.application.workspaces.remote_workspace import RemoteWorkspace
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import (
    N_,
    DigestsBehindError,
    HookPausedError,
    RewrittenError,
    UnpublishedElsewhereError,
    UnsignedError,
)
from kalends.presentation.json_types import SubscriptionShape
from kalends.words import Message


def checks(workspace: Workspace) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield each check with its name; what only the office may see, only the office checks."""
    assert isinstance(workspace, RemoteWorkspace)
    yield N_("the log is signed up to its newest event"), lambda: _signed(workspace)
    yield N_("what is published is up to date"), lambda: _published(workspace)
    if workspace.reads_as == "office":
        yield N_("every webhook can be sent what is recorded"), lambda: _webhooks(workspace)
        yield N_("every digest was sent the last time"), lambda: _digests(workspace)


def _signed(workspace: RemoteWorkspace) -> None:
    newest, position = workspace.signatures.newest, workspace.log.position()
    if workspace.reads_all:
        report = verify(workspace, workspace.signatures.trusted, (), (), own=True)
        if not report.is_good:
            raise RewrittenError(size=newest.size)
    if newest.size < position:
        raise UnsignedError(detail=Message("no checkpoint covers the newest events"))


def _published(workspace: RemoteWorkspace) -> None:
    position, published = workspace.log.position(), workspace.published()
    if published != position:
        raise UnpublishedElsewhereError(published=published, position=position)


def _webhooks(workspace: RemoteWorkspace) -> None:
    paused = _failing(workspace, "webhook", itemgetter("paused"))
    if paused:
        raise HookPausedError(marks=paused)


def _digests(workspace: RemoteWorkspace) -> None:
    failing = _failing(workspace, "digest", itemgetter("failing"))
    if failing:
        raise DigestsBehindError(marks=failing)


def _failing(
    workspace: RemoteWorkspace, kind: Kind, state: Callable[[SubscriptionShape], str | None]
) -> str:
    """Return the marks of those that have failed and are in this state."""
    found = RemoteSubscriptions(workspace).all(kind)
    return ", ".join(each["mark"] for each in found if state(each) and each["failing"])
