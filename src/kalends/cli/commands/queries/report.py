"""`kalends report`: figures for a period, and the departments that recorded nothing in it."""

from dataclasses import replace
from itertools import chain

import click

from kalends.application.queries.filter_text import FilterText
from kalends.application.queries.period_report import PeriodReport
from kalends.application.queries.period_report import report as make_report
from kalends.cli.command_classes import command, option
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.lists.report_table import table_lines
from kalends.cli.lists.tones import WRONG, toned_lines
from kalends.cli.options.filters import filters, late_days
from kalends.cli.options.tables import TableOutput, tables
from kalends.cli.terminal import printing
from kalends.domain.errors import N_, UsageError
from kalends.presentation import report_shapes, report_text


@command(
    help=N_(
        "Report on a period: activities by department and by week, what became of them, and "
        "which departments recorded nothing.\n\n"
        "kalends report July 2020"
    )
)
@click.argument("period", nargs=-1)
@filters
@late_days
@option("--markdown", is_flag=True, help=N_("Print Markdown, for a document."))
@pass_context
@tables
def report(
    context: Context,
    period: tuple[str, ...],
    filter_text: FilterText,
    table: TableOutput,
    *,
    days: int,
    markdown: bool,
) -> None:
    """Report on a period."""
    if markdown and (context.json or table.is_wanted):
        raise UsageError(detail="--markdown --json --csv --xlsx")
    if period:
        if filter_text.first is not None or filter_text.last is not None:
            raise UsageError(detail=f"{' '.join(period)} --from --to")
        filter_text = replace(filter_text, first=" ".join(period), last=" ".join(period))
    found = make_report(context.workspace, filter_text, known_at=context.as_known, days=days)
    if filter_text.by and not found.total.activities:
        context.talk(
            N_(
                "! {name} recorded nothing of this: --by takes a handle. A report always counts "
                "by department and by week."
            ),
            name=", ".join(filter_text.by),
        )
    if context.json:
        context.emit(report_shapes.report_shape(found))
    elif table.is_wanted:
        _write_table(context, table, filter_text, found)
    elif markdown:
        lines(report_text.markdown(context.words, found))
    else:
        _show(context, found)


def _show(context: Context, found: PeriodReport) -> None:
    words, width = context.words, printing.width()
    heads = [report_text.heading(words, found), report_text.summary(words, found)]
    lines(heads)
    for table in report_text.tables(words, found):
        if table.rows:
            lines(chain([""], table_lines(words, table, width)))
    said = report_text.silent(words, found)
    if said:
        lines([""])
        toned_lines([said], WRONG)


def _write_table(
    context: Context, output: TableOutput, filter_text: FilterText, found: PeriodReport
) -> None:
    from kalends.application.queries import activity_lists, departments  # noqa: PLC0415 - only for tables
    from kalends.cli.lists.table_files import write_table, write_workbook  # noqa: PLC0415
    from kalends.presentation import tables  # noqa: PLC0415

    words = context.words
    if output.xlsx is None:
        write_table(context, output, tables.report_table(words, found))
        return
    workspace, known_at = context.workspace, found.known_at
    every = activity_lists.agenda(workspace, filter_text, known_at=known_at, whole=True)
    rows = ((revision, ()) for revision in every)
    roster = departments.roster(workspace, known_at=known_at)
    activities = tables.activity_table(words, context.zone, rows, roster)
    write_workbook(context, output.xlsx, tables.report_sheets(words, found, activities))
