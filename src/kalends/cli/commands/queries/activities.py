"""`kalends show, agenda, history, search`: read activities."""

from collections.abc import Iterator, Sequence

import click

from kalends.application.queries import activity_history, activity_lists, departments
from kalends.application.queries.activity_lists import Revision
from kalends.application.queries.filter_text import FilterText
from kalends.application.workspaces.date_context import date_context
from kalends.cli.command_classes import command, option
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.lists import listing
from kalends.cli.options.filters import filters
from kalends.cli.options.tables import TableOutput, tables
from kalends.domain.errors import N_
from kalends.domain.roster import Roster
from kalends.presentation import history_text, json_shapes, texts


@command(help=N_("Show one activity, and everything that happened to it."))
@click.argument("activity", metavar="ID")
@pass_context
def show(context: Context, activity: str) -> None:
    """Show one activity with its revisions."""
    known_at = context.as_known
    found = activity_history.activity(context.workspace, activity, known_at=known_at)
    revisions, ref, roster = found
    if context.json:
        shaped = json_shapes.history(revisions, ref=ref, roster=roster)
        context.emit({"known_at": known_at, "activity": shaped})
        return
    lines(texts.full_lines(context.words, revisions[-1], ref, roster))
    lines(["", context.say(N_("What happened to it (times of {zone}):"), zone=context.zone.key)])
    lines(history_text.history(context.words, context.zone, revisions, roster))


@command(help=N_("List activities by day, by default from today on."))
@filters
@option("--all", "whole", is_flag=True, help=N_("All of them, past ones too."))
@pass_context
@tables
def agenda(context: Context, filter_text: FilterText, table: TableOutput, *, whole: bool) -> None:
    """List activities by day."""
    found = activity_lists.agenda(
        context.workspace, filter_text, known_at=context.as_known, whole=whole
    )
    if _list(context, found, table, whole=whole) == 0:
        context.talk(_none_found(filter_text, whole=whole))


def _none_found(filter_text: FilterText, *, whole: bool) -> str:
    """Return why a list by day is empty; it speaks of --all where that can help."""
    if not whole and filter_text.first is None and filter_text.last is None:
        return N_("No activities on these days; --all lists every activity.")
    if filter_text.is_empty:
        return N_("No activities yet.")
    return N_("No activity is like this.")


@command(help=N_("Show the history of a department, its children included."))
@click.argument("name", metavar="DEPARTMENT")
@filters
@pass_context
@tables
def history(context: Context, name: str, filter_text: FilterText, table: TableOutput) -> None:
    """Show a department's history."""
    known_at = context.as_known
    asked, roster, total, every = activity_history.history(
        context.workspace, name, filter_text, known_at=known_at
    )
    if table.is_wanted:
        rows = ((revision, (revision.reason,)) for revision, _ in every)
        _write(context, table, rows, roster, with_reason=True)
        return
    found = listing.with_refs(context, every, lambda pair: pair[0].id, known_at=known_at)
    today = date_context(context.workspace).today
    if context.json:
        shaped = (
            json_shapes.history(revisions, ref=ref, roster=roster) for (_, revisions), ref in found
        )
        document = {"department": json_shapes.department(asked, today), "known_at": known_at}
        context.emit({**document, "activities": shaped})
        return
    title = context.say(
        N_("{name} — activities: {count}, as known at position {position}; times of {zone}"),
        name=asked.name_on(today),
        count=total,
        position=known_at,
        zone=context.zone.key,
    )
    lines([title, ""])

    def show(some: Sequence[tuple[tuple[Revision, list[Revision]], str]]) -> None:
        rows = [
            listing.row(context, revision, ref, roster, asked.code) for (revision, _), ref in some
        ]
        listing.write_with_lines(
            rows,
            [
                history_text.history(context.words, context.zone, made, roster)[1:]
                for (_, made), _ in some
            ],
            tones=listing.tones(context, (revision for (revision, _), _ in some)),
        )

    listing.write(context, found, show)


@command(help=N_("Find activities that contain every word: title, place, tags, departments, …"))
@click.argument("words", nargs=-1, required=True)
@filters
@pass_context
@tables
def search(
    context: Context, words: tuple[str, ...], filter_text: FilterText, table: TableOutput
) -> None:
    """Find activities by words."""
    found = activity_lists.search(
        context.workspace, " ".join(words), filter_text, known_at=context.as_known
    )
    if _list(context, found, table) == 0:
        context.talk(N_("No activity contains all of these words."))


def _list(
    context: Context, every: Iterator[Revision], table: TableOutput, *, whole: bool = True
) -> int | None:
    """List activities; without `whole`, people see only the first batch. Return how many they saw.

    For programs and tables it lists all of them and returns None.
    """
    known_at = context.as_known
    roster = departments.roster(context.workspace, known_at=known_at)
    if table.is_wanted:
        _write(context, table, ((revision, ()) for revision in every), roster)
        return None
    found = listing.with_refs(context, every, lambda revision: revision.id, known_at=known_at)
    if context.json:
        shaped = (
            json_shapes.activity(revision, ref=ref, roster=roster) for revision, ref in found
        )
        context.emit({"known_at": known_at, "activities": shaped})
        return None
    return listing.write(
        context,
        found,
        lambda some: listing.write_rows(
            [listing.row(context, revision, ref, roster) for revision, ref in some],
            listing.tones(context, (revision for revision, _ in some)),
        ),
        whole=whole,
    )


def _write(
    context: Context,
    output: TableOutput,
    found: Iterator[tuple[Revision, Sequence[str | None]]],
    roster: Roster,
    *,
    with_reason: bool = False,
) -> None:
    """Write activities as a table; with `with_reason`, each brings its reason."""
    from kalends.cli.lists.table_files import write_table  # noqa: PLC0415 - only for tables
    from kalends.presentation.sheets import REASON  # noqa: PLC0415
    from kalends.presentation.tables import activity_table  # noqa: PLC0415

    more = (REASON,) if with_reason else ()
    table = activity_table(context.words, context.zone, found, roster, more)
    write_table(context, output, table)
