"""`kalends diff, late`: what changed between two moments, and what was recorded late."""

from collections.abc import Iterable, Sequence
from typing import Any

import click

from kalends.application.queries import activity_lists, departments
from kalends.application.queries.activity_lists import Late
from kalends.application.queries.difference import Change, difference
from kalends.application.queries.filter_text import FilterText
from kalends.cli.click_messages import plural
from kalends.cli.command_classes import command, option
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.lists import listing
from kalends.cli.options.filters import filters, late_days
from kalends.cli.options.tables import TableOutput, tables
from kalends.cli.terminal import printing
from kalends.domain.errors import N_
from kalends.domain.roster import Roster
from kalends.presentation import history_text, json_shapes

ALL = N_("Show all; by default only the first 1,000.")
_LATE = plural("{count} day late", "{count} days late")


@command(
    help=N_(
        "Show what was added, moved, corrected or cancelled between two moments, by whom and "
        "why. A moment is a position, a day (its end) or a time. T1 alone means from the "
        "beginning of that day until now; the same day twice means that day."
    )
)
@click.argument("since", metavar="T1")
@click.argument("until", metavar="T2", required=False)
@option("--all", "whole", is_flag=True, help=ALL)
@filters
@pass_context
@tables
def diff(
    context: Context,
    since: str,
    until: str | None,
    filter_text: FilterText,
    table: TableOutput,
    *,
    whole: bool,
) -> None:
    """Show what changed between two moments; without the second, until now."""
    start, end, roster, total, every = difference(
        context.workspace, since, until, known_at=context.as_known, text=filter_text
    )
    if table.is_wanted:
        _write_changes(context, table, every, roster)
        return
    found = listing.with_refs(context, every, lambda changed: changed[1].id, known_at=end)
    if context.json:
        shaped = (_shaped(change, ref, roster) for change, ref in found)
        context.emit({"known_at": end, "from": start, "to": end, "activities": shaped})
        return
    title = N_(
        "Between positions {start} and {end} — activities changed: {count}; times of {zone}"
    )
    lines([context.say(title, start=start, end=end, count=total, zone=context.zone.key)])

    def show(some: Sequence[tuple[Change, str]]) -> None:
        rows = [listing.row(context, after, ref, roster) for (_, after, _), ref in some]
        below = [
            history_text.history(context.words, context.zone, made, roster, before=before)
            for (before, _, made), _ in some
        ]
        marks = ["~" if before else "+" for (before, _, _), _ in some]
        listing.write_with_lines(rows, below, mark="".join(marks))

    listing.write(context, found, show, whole=whole)


@command(
    help=N_("List activities that were recorded more than a number of days after they happened.")
)
@late_days
@option("--all", "whole", is_flag=True, help=ALL)
@filters
@pass_context
@tables
def late(
    context: Context, days: int, filter_text: FilterText, table: TableOutput, *, whole: bool
) -> None:
    """List what was recorded late, the latest first."""
    known_at = context.as_known
    roster = departments.roster(context.workspace, known_at=known_at)
    every = activity_lists.late(context.workspace, filter_text, known_at=known_at, days=days)
    if table.is_wanted:
        from kalends.cli.lists.table_files import write_table  # noqa: PLC0415 - only for tables
        from kalends.presentation.sheets import LATE_COLUMNS  # noqa: PLC0415
        from kalends.presentation.tables import activity_table  # noqa: PLC0415

        rows = ((entry.revision, (entry.recorded_on, entry.days)) for entry in every)
        write_table(
            context, table, activity_table(context.words, context.zone, rows, roster, LATE_COLUMNS)
        )
        return
    found = listing.with_refs(context, every, lambda entry: entry.revision.id, known_at=known_at)
    if context.json:
        shaped = (
            {
                **json_shapes.activity(entry.revision, ref=ref, roster=roster),
                "told_on": entry.recorded_on.isoformat(),
                "days_late": entry.days,
            }
            for entry, ref in found
        )
        context.emit({"known_at": known_at, "days": days, "activities": shaped})
        return

    def show(some: Sequence[tuple[Late, str]]) -> None:
        rows = []
        for entry, ref in some:
            when, shown, status, *others = listing.row(context, entry.revision, ref, roster)
            # The status is `held` for all, so a terminal leaves it out to make room for the title.
            statuses = [status] if printing.width() is None else []
            late_by = context.words.plural(*_LATE, entry.days)
            rows.append([late_by, when, shown, *statuses, *others])
        listing.write_rows(rows)

    if not listing.write(context, found, show, whole=whole):
        context.talk(N_("Nothing was recorded more than {days} days late."), days=days)


def _write_changes(
    context: Context, table: TableOutput, every: Iterable[Change], roster: Roster
) -> None:
    """Write what changed, each as it stands at the end, added or changed, with the last reason."""
    from kalends.cli.lists.table_files import write_table  # noqa: PLC0415 - only for tables
    from kalends.presentation.sheets import CHANGE_COLUMNS  # noqa: PLC0415
    from kalends.presentation.tables import activity_table  # noqa: PLC0415

    added, changed = context.say(N_("added")), context.say(N_("changed"))
    rows = (
        (after, (added if before is None else changed, after.reason)) for before, after, _ in every
    )
    write_table(
        context, table, activity_table(context.words, context.zone, rows, roster, CHANGE_COLUMNS)
    )


def _shaped(change: Change, ref: str, roster: Roster) -> dict[str, Any]:
    before, _, made = change
    return {
        **json_shapes.history(made, ref=ref, roster=roster, before=before),
        "added": before is None,
    }
