"""`kalends` without a command: the current state, and what to do next."""

from collections.abc import Iterable, Iterator
from itertools import islice

from kalends.application.queries.activity_lists import refs
from kalends.application.queries.overview import (
    DAYS,
    NextStep,
    Overview,
    Planned,
    Revision,
    next_steps,
    overview,
    published,
    revision_before,
)
from kalends.cli.context import Context, lines
from kalends.cli.lists import listing
from kalends.cli.terminal import printing
from kalends.domain.errors import N_, KalendsError
from kalends.domain.roster import Roster
from kalends.presentation import history_text, json_shapes
from kalends.presentation.json_types import ActivityShape
from kalends.words.dates import say_day

_MOST = 8
_STEPS = {
    NextStep.REGISTER_DEPARTMENTS: N_(
        "→ Register the departments first: `kalends dept add NAME`."
    ),
    NextStep.RECORD_FIRST: N_("→ Record the first activity: `kalends add {example}`."),
    NextStep.RECORD_OUTCOMES: N_(
        "→ Record what became of planned activities: `kalends held ID`, `move`, `cancel`."
    ),
    NextStep.RESTORE_MANIFEST: N_(
        "→ feeds/manifest.json cannot be read. When the journal is complete: `kalends publish`."
    ),
    NextStep.PUBLISH: N_("→ Publish what is new: `kalends publish`."),
    NextStep.PUBLISH_ELSEWHERE: N_(
        "The feeds stand at position {published}; publish where you may write."
    ),
    NextStep.FIND_NEWER_LOG: N_(
        "→ The feeds stand at position {published}, and the log ends before: do not publish. "
        "`kalends doctor` says what to do."
    ),
}


def status(context: Context) -> None:
    """Print the campaign, what is planned, the last changes and what to do next."""
    known_at = context.as_known
    found = overview(context.workspace, known_at=known_at)
    if context.json:
        _emit(context, found)
        return
    roster = found.roster
    begins = N_("{title} — today is {today}")
    stands = N_("activities: {count}, departments: {departments}, position: {position}")
    fields = {"count": found.total, "departments": len(roster.listed), "position": known_at}
    lines(
        [
            context.say(
                begins, title=found.title or "", today=say_day(context.words, found.today)
            ),
            context.say(stands, **fields),
        ]
    )
    _section(context, N_("Planned for the next {days} days"), found.coming, roster)
    passed = N_("Planned, and the day has passed: held, moved or cancelled?")
    _section(context, passed, found.overdue, roster)
    _corrections(context, found.corrections, roster)
    try:
        context.workspace.service.check_clock()
    except KalendsError as error:
        context.caution(error)
    if not context.tell_if_shortened(context.workspace.log.position()):
        lines(["", *_next(context, found)])


def _emit(context: Context, found: Overview) -> None:
    parts = {
        "coming": found.coming.each,
        "overdue": found.overdue.each,
        "corrections": found.corrections,
    }
    context.emit(
        {
            "known_at": context.as_known,
            "title": found.title,
            "published": published(context.workspace),
            **{name: _shaped(context, each, found.roster) for name, each in parts.items()},
        }
    )


def _shaped(
    context: Context, found: Iterable[Revision], roster: Roster
) -> Iterator[ActivityShape]:
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


def _next(context: Context, found: Overview) -> Iterator[str]:
    """Yield what to do next, the most urgent first."""
    steps = next_steps(context.workspace, found)
    example = context.say(N_("2020-07-14 NAME …"))
    for step in steps:
        yield context.say(_STEPS[step], example=example, published=published(context.workspace))
    if not steps:
        yield context.say(N_("Everything is published."))
