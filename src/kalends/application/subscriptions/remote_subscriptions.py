"""The webhooks and digests of a campaign on a server, asked for over its API."""

from typing import Any
from urllib.parse import quote

from kalends.application.subscriptions.subscription_list import MadeSubscription, NewSubscription
from kalends.application.subscriptions.subscriptions import Kind
from kalends.application.workspaces.remote_workspace import RemoteWorkspace
from kalends.application.workspaces.workspace import Workspace
from kalends.presentation.json_types import SubscriptionShape as Shape


class RemoteSubscriptions:
    """Those of a server; what is wrong with a request, the server says."""

    def __init__(self, workspace: RemoteWorkspace) -> None:
        """Take the workspace, whose token is used."""
        self._workspace = workspace

    def all(self, kind: Kind) -> list[Shape]:
        """Return those of a kind, the oldest first."""
        found: list[Shape] = self._workspace.asked(f"/{kind}s")[f"{kind}s"]
        return found

    def new(self, kind: Kind, given: NewSubscription) -> MadeSubscription:
        """Make one."""
        body: dict[str, Any] = {
            "url": given.address,
            "departments": list(given.departments),
            "tags": list(given.tags),
            "from": given.after,
            "note": given.note,
            **({"withheld": given.withheld} if kind == "webhook" else {"every": given.every}),
        }
        answer = self._workspace.asked(f"/{kind}s", body)
        return MadeSubscription(answer[kind], answer.get("key", ""))

    def pause(self, kind: Kind, mark: str) -> Shape:
        """Send nothing more until it is resumed."""
        return self._changed(kind, mark, "pause", {})

    def resume(self, kind: Kind, mark: str, after: str | None) -> Shape:
        """Try again at once."""
        return self._changed(kind, mark, "resume", {"from": after})

    def revoke(self, kind: Kind, mark: str) -> str:
        """End one at once."""
        return str(self._asked_of(kind, mark, "revoke", {})["mark"])

    def _changed(self, kind: Kind, mark: str, what: str, body: dict[str, Any]) -> Shape:
        found: Shape = self._asked_of(kind, mark, what, body)[kind]
        return found

    def _asked_of(self, kind: Kind, mark: str, what: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._workspace.asked(f"/{kind}s/{quote(mark, safe='')}/{what}", body)


def of(workspace: Workspace) -> RemoteSubscriptions:
    """Return those of the server that keeps a workspace."""
    assert isinstance(workspace, RemoteWorkspace)
    return RemoteSubscriptions(workspace)
