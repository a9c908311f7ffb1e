"""Reading activities: show, agenda, history, search."""

from collections.abc import Iterator, Sequence

import click

from kalends.application.known_at import date_context
from kalends.cli import listing
from kalends.cli.command_classes import option, verb
from kalends.cli.context import Call, lines, pass_call
from kalends.dates.reader import read
from kalends.domain.errors import N_, SpanError
from kalends.domain.roster import Roster
from kalends.intake.naming import department
from kalends.presentation import history_text, json_shapes, texts
from kalends.views import activities
from kalends.views import roster as rosters
from kalends.views.activities import Revision
from kalends.views.search import matching


@verb(help=N_("Show one activity, and everything that happened to it."))
@click.argument("activity", metavar="ID")
@pass_call
def show(call: Call, activity: str) -> None:
    """Show one activity with its revisions."""
    db, known_at = call.views, call.as_known
    target = activities.resolve(db, activity, known_at=known_at)
    revisions = activities.revisions(db, target, known_at=known_at)
    roster = rosters.roster(db, known_at=known_at)
    ref = activities.refs(db, [target], known_at=known_at)[target]
    if call.json:
        shaped = _shaped(revisions, ref, roster)
        call.emit({"known_at": known_at, "activity": shaped})
        return
    lines(texts.page(call.words, revisions[-1], ref, roster))
    lines(["", call.say(N_("What happened to it (times of {zone}):"), zone=call.zone.key)])
    lines(history_text.history(call.words, call.zone, revisions, roster))


@verb(help=N_("List activities by day, from today on unless told otherwise."))
@option("--from", "first", metavar="DAY", help=N_("From this day on."))
@option("--to", "last", metavar="DAY", help=N_("Up to this day."))
@option("--all", "whole", is_flag=True, help=N_("All of them, past ones too."))
@pass_call
def agenda(call: Call, first: str | None, last: str | None, *, whole: bool) -> None:
    """List activities by day."""
    here = date_context(call.desk)
    since = read(first, here).when.first_day if first is not None else None
    until = read(last, here).when.last_day if last is not None else None
    if since is not None and until is not None and until < since:
        raise SpanError(detail=f"{since} → {until}")
    if since is None and until is None and not whole:
        since = here.now.date()
    db, known_at = call.views, call.as_known
    found = activities.by_day(db, since, until, known_at=known_at)
    if _list(call, found, whole=whole) == 0:
        call.talk(N_("No activity is on these days; --all lists every one."))


@verb(help=N_("Show the history of a department, its children included."))
@click.argument("name", metavar="DEPARTMENT")
@pass_call
def history(call: Call, name: str) -> None:
    """Show a department's history."""
    db, known_at = call.views, call.as_known
    roster = rosters.roster(db, known_at=known_at)
    asked = department(roster, name)
    codes = roster.within(asked.code)
    every = activities.history(db, codes, known_at=known_at)
    found = listing.with_refs(call, every, lambda one: one[0].id, known_at=known_at)
    today = date_context(call.desk).now.date()
    if call.json:
        shaped = (_shaped(revisions, ref, roster) for (_, revisions), ref in found)
        document = {"department": json_shapes.department(asked, today), "known_at": known_at}
        call.emit({**document, "activities": shaped})
        return
    title = call.say(
        N_("{name} — activities: {count}, as known at position {position}; times of {zone}"),
        name=asked.name_on(today),
        count=activities.count_in_history(db, codes, known_at=known_at),
        position=known_at,
        zone=call.zone.key,
    )
    lines([title, ""])

    def show(some: Sequence[tuple[tuple[Revision, list[Revision]], str]]) -> None:
        rows = [listing.row(call, one, ref, roster, asked.code) for (one, _), ref in some]
        listing.write_with_lines(
            rows,
            [
                history_text.history(call.words, call.zone, made, roster)[1:]
                for (_, made), _ in some
            ],
        )

    listing.write(call, found, show)


@verb(help=N_("Find activities in which every word occurs: title, place, tags, departments, …"))
@click.argument("words", nargs=-1, required=True)
@pass_call
def search(call: Call, words: tuple[str, ...]) -> None:
    """Find activities by words."""
    found = matching(call.views, " ".join(words), known_at=call.as_known)
    if _list(call, found) == 0:
        call.talk(N_("Nothing holds all of these words."))


def _list(call: Call, every: Iterator[Revision], *, whole: bool = True) -> int | None:
    """List activities, for people only the first unless `whole`; return how many they were shown.

    Programs are given all of them, uncounted.
    """
    known_at = call.as_known
    roster = rosters.roster(call.views, known_at=known_at)
    found = listing.with_refs(call, every, lambda one: one.id, known_at=known_at)
    if call.json:
        shaped = (json_shapes.activity(one, ref=ref, roster=roster) for one, ref in found)
        call.emit({"known_at": known_at, "activities": shaped})
        return None
    return listing.write(
        call,
        found,
        lambda some: listing.write_rows(
            [listing.row(call, one, ref, roster) for one, ref in some]
        ),
        whole=whole,
    )


def _shaped(revisions: list[Revision], ref: str, roster: Roster) -> dict[str, object]:
    told = [
        json_shapes.revision(one, activities.changes(before, one), roster)
        for before, one in zip([None, *revisions], revisions, strict=False)
    ]
    return {**json_shapes.activity(revisions[-1], ref=ref, roster=roster), "revisions": told}
