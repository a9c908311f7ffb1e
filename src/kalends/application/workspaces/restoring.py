"""The checks made while the database is restored from the journal."""

from kalends.application.workspaces import signing
from kalends.config import WorkspaceFolder
from kalends.domain.transition_checker import TransitionChecker
from kalends.log.backends import spilled
from kalends.log.journal import Readers


def checks(here: WorkspaceFolder) -> Readers:
    """Return the check of each event, and that of each line against what was signed."""
    follow = TransitionChecker(spilled()).follow
    if not here.keys:
        return follow, lambda _: None
    return follow, signing.anchors(here).take
