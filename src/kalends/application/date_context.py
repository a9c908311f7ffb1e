"""What date phrases are read against: now, the campaign's zone, its period and its language."""

from kalends.application.settings import against
from kalends.application.workspace import Workspace
from kalends.dates.date_resolution import DateContext


def date_context(workspace: Workspace) -> DateContext:
    """Return what date phrases are read against in a workspace."""
    return against(workspace.service.campaign().settings, workspace.now())
