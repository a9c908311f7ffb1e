"""Reading activities: show, agenda, history, search."""

from collections.abc import Iterator, Sequence

import click

from kalends.cli import listing, printing, shapes, story
from kalends.cli.call import Call, lines, pass_call
from kalends.cli.moment import context
from kalends.cli.verbs import option, verb
from kalends.dates.reader import read
from kalends.domain.errors import N_, SpanError
from kalends.domain.roster import Roster
from kalends.intake.naming import department
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
    lines(_page(call, revisions[-1], ref, roster))
    lines(["", call.say(N_("What happened to it (times of {zone}):"), zone=call.zone.key)])
    lines(story.story(call, revisions, roster))


@verb(help=N_("List activities by day, from today on unless told otherwise."))
@option("--from", "first", metavar="DAY", help=N_("From this day on."))
@option("--to", "last", metavar="DAY", help=N_("Up to this day."))
@option("--all", "whole", is_flag=True, help=N_("All of them, past ones too."))
@pass_call
def agenda(call: Call, first: str | None, last: str | None, *, whole: bool) -> None:
    """List activities by day."""
    here = context(call.desk)
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
    today = context(call.desk).now.date()
    if call.json:
        shaped = (_shaped(revisions, ref, roster) for (_, revisions), ref in found)
        document = {"department": shapes.department(asked, today), "known_at": known_at}
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
        rows = [story.line(call, one, ref, roster, asked.code) for (one, _), ref in some]
        story.tell(rows, [story.story(call, made, roster)[1:] for (_, made), _ in some])

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
        shaped = (shapes.activity(one, ref=ref, roster=roster) for one, ref in found)
        call.emit({"known_at": known_at, "activities": shaped})
        return None
    return listing.write(
        call,
        found,
        lambda some: story.write([story.line(call, one, ref, roster) for one, ref in some]),
        whole=whole,
    )


def _shaped(revisions: list[Revision], ref: str, roster: Roster) -> dict[str, object]:
    told = [
        shapes.revision(one, activities.changes(before, one), roster)
        for before, one in zip([None, *revisions], revisions, strict=False)
    ]
    return {**shapes.activity(revisions[-1], ref=ref, roster=roster), "revisions": told}


def _page(call: Call, revision: Revision, ref: str, roster: Roster) -> list[str]:
    details = revision.details
    day = details.when.first_day
    named = printing.joined(
        call,
        (
            call.say(
                N_("{name} ({role})"),
                name=roster.departments[one.code].name_on(day),
                role=one.role,
            )
            for one in details.departments
        ),
    )
    rows = [
        (N_("date"), f"{printing.when(call, details.when)}  “{details.when.text}”"),
        (N_("status"), story.status(call, revision)),
        (N_("departments"), named),
        (N_("place"), details.place),
        (N_("tags"), " ".join(f"#{tag}" for tag in details.tags)),
        (N_("headcount"), details.headcount),
        (N_("description"), details.description),
        (N_("links"), " ".join(details.links)),
        (N_("source"), details.source and (details.source.quote or details.source.document)),
    ]
    told = []
    for name, value in rows:
        if value not in {None, ""}:
            # Further lines of a description are set in, so that none looks like a field.
            first, *others = str(value).split("\n")
            told.append(call.say(N_("{name}: {value}"), name=call.say(name), value=first))
            told += [f"    {other}" for other in others]
    return [f"{details.title}  [{ref}]", *told]
