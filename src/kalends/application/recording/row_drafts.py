"""Turns the fields of one activity, as a line of a file has them, into a draft."""

from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.draft import Draft
from kalends.intake.files.rows import Row
from kalends.intake.resolver import Resolver


def draft_of(workspace: Workspace, row: Row) -> Draft:
    """Return the draft of a row; raises an error of reading its date or departments."""
    return Resolver(workspace.service.roster(), date_context(workspace)).draft(row)
