"""The figures of a period: by department and by week, and who recorded nothing."""

from kalends.application.queries.filter_text import FilterText, read_filter
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.views.report import PeriodReport
from kalends.views.report import report as figures
from kalends.views.report_figures import Figures

__all__ = ["Figures", "PeriodReport", "report"]


def report(workspace: Workspace, text: FilterText, *, known_at: int, days: int) -> PeriodReport:
    """Return the figures of what a filter finds, as known at a position.

    What was recorded more than `days` days after it happened counts as late. Raises what
    `read_filter` raises.
    """
    wanted, today = read_filter(workspace, text, known_at=known_at), date_context(workspace).today
    return figures(workspace.views, wanted, known_at=known_at, days=days, today=today)
