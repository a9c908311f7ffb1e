"""What date phrases are read against: now, the campaign's zone, its period and its language."""

from kalends.application.workspaces.settings import against
from kalends.application.workspaces.workspace import Workspace
from kalends.dates.date_resolution import DateContext
from kalends.domain.campaign_settings import Settings


def date_context(workspace: Workspace) -> DateContext:
    """Return what date phrases are read against in a workspace."""
    return against(workspace.service.campaign().settings, workspace.now())


def settings_in_log(workspace: Workspace) -> Settings | None:
    """Return the campaign's settings in the log; None if there is no log, which is not created."""
    is_there = workspace.journal_sync.backend.exists()
    return workspace.service.campaign().settings if is_there else None
