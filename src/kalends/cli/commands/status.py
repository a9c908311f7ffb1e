"""`kalends` without a command: the current state, and what to do next."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from kalends.application.activity_lists import refs
from kalends.application.overview import (
    DAYS,
    Planned,
    Revision,
    overview,
    published,
    revision_before,
)
from kalends.cli import listing, printing
from kalends.cli.context import Context, lines
from kalends.domain.errors import N_, KalendsError
from kalends.domain.roster import Roster
from kalends.presentation import history_text, json_shapes
from kalends.words.dates import say_day

_MOST = 8


def status(context: Context) -> None:
    """Print the campaign, what is planned, the last changes and what to do next."""
    known_at = context.as_known
    title, today, roster, many, coming, overdue, corrections = overview(
        context.workspace, known_at=known_at
    )
    if context.json:
        found = {"coming": coming.each, "overdue": overdue.each, "corrections": corrections}
        shaped = {name: _shaped(context, each, roster) for name, each in found.items()}
        context.emit(
            {
                "known_at": known_at,
                "title": title,
                "published": published(context.workspace),
                **shaped,
            }
        )
        return
    begins = N_("{title} — today is {today}")
    stands = N_("activities: {count}, departments: {departments}, position: {position}")
    fields = {"count": many, "departments": len(roster.listed), "position": known_at}
    lines(
        [
            context.say(begins, title=title or "", today=say_day(context.words, today)),
            context.say(stands, **fields),
        ]
    )
    _section(context, N_("Planned for the next {days} days"), coming, roster)
    passed = N_("Planned, and the day has passed: held, moved or cancelled?")
    _section(context, passed, overdue, roster)
    _corrections(context, corrections, roster)
    try:
        context.workspace.service.check_clock()
    except KalendsError as error:
        context.caution(error)
    if not context.tell_if_shortened(context.workspace.log.position()):
        lines(["", *_next(context, many, len(roster.listed), overdue.count)])


def _shaped(
    context: Context, found: Iterable[Revision], roster: Roster
) -> Iterator[dict[str, Any]]:
    with_refs = listing.with_refs(
        context, found, lambda revision: revision.id, known_at=context.as_known
    )
    return (json_shapes.activity(revision, ref=ref, roster=roster) for revision, ref in with_refs)


def _corrections(context: Context, found: list[Revision], roster: Roster) -> None:
    if not found:
        return
    ids = (revision.id for revision in found)
    short = refs(context.workspace, ids, known_at=context.as_known)
    lines(["", context.say(N_("Last changes (times of {zone})"), zone=context.zone.key)])
    for revision in found:
        named = f"  {short[revision.id]}  {revision.details.title}"
        limit = printing.width()
        lines([named if limit is None else printing.shortened(named, limit)])
        lines(
            f"    {text}"
            for text in history_text.revision(
                context.words,
                context.zone,
                revision_before(context.workspace, revision),
                revision,
                roster,
            )
        )


def _section(context: Context, title: str, found: Planned, roster: Roster) -> None:
    if not found.count:
        return
    shown = list(islice(found.each, _MOST))
    ids = (revision.id for revision in shown)
    short = refs(context.workspace, ids, known_at=context.as_known)
    lines(["", context.say(title, days=DAYS)])
    rows = [
        ["", *listing.row(context, revision, short[revision.id], roster)] for revision in shown
    ]
    listing.write_rows(rows, listing.tones(context, shown))
    if found.count > _MOST:
        more = N_("  … and {count} more: `kalends agenda --all`")
        lines([context.say(more, count=found.count - _MOST)])


def _is_writable(context: Context) -> bool:
    from kalends.application.writing_place import is_writable  # noqa: PLC0415 - seldom needed

    return is_writable(context.workspace.folder)


def _next(context: Context, many: int, departments: int, overdue: int) -> list[str]:
    """Return what to do next, the most urgent first."""
    if not departments:
        return [context.say(N_("→ Register the departments first: `kalends dept add NAME`."))]
    if not many:
        example = context.say(N_("2020-07-14 NAME …"))
        first = N_("→ Record the first activity: `kalends add {example}`.")
        return [context.say(first, example=example)]
    steps = []
    if overdue:
        steps.append(
            N_("→ Record what became of planned activities: `kalends held ID`, `move`, `cancel`.")
        )
    stand = published(context.workspace)
    if stand is None:
        steps.append(
            N_(
                "→ feeds/manifest.json cannot be read. "
                "When the journal is complete: `kalends publish`."
            )
        )
    elif stand != context.workspace.log.position() and not _is_writable(context):
        stands = N_("The feeds stand at position {published}; publish where you may write.")
        return [context.say(stands, published=stand)]
    elif stand != context.workspace.log.position():
        steps.append(N_("→ Publish what is new: `kalends publish`."))
    return [context.say(step) for step in steps] or [context.say(N_("Everything is published."))]
