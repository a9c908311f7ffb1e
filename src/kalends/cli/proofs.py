"""`kalends audit prove` and `check`: one activity's events, shown to be in the log."""

from contextlib import closing
from pathlib import Path

import click

from kalends.application.saved_files import never, newest, octets_of
from kalends.audit.note import encoded
from kalends.audit.proof import check as proved_by
from kalends.audit.proof import prove as proof_of
from kalends.audit.served import served as served_at
from kalends.audit.signer import replace
from kalends.cli.audit import key_option, keys_of
from kalends.cli.call import Call, lines, pass_call
from kalends.cli.output import exact
from kalends.cli.verbs import option, verb
from kalends.cli.verdict import compared
from kalends.domain.errors import (
    N_,
    UnsignedError,
)
from kalends.domain.events import activity_stream
from kalends.presentation.errors import exit_code
from kalends.views import activities, facts
from kalends.words import Message

_PATH = click.Path(path_type=Path)


@verb(
    "prove",
    help=N_(
        "Write the proof that the events of one activity are in the log, for anyone to check."
    ),
)
@click.argument("activity", metavar="ID")
@option("-o", "--output", type=_PATH, metavar="FILE", help=N_("Where to; else to the screen."))
@pass_call
def prove(call: Call, activity: str, *, output: Path | None) -> None:
    """Write a proof."""
    db, known_at = call.views, call.as_known
    target = activities.resolve(db, activity, known_at=known_at)
    one = newest(call.desk)
    # Of the log itself: what is kept beside it could leave an event out.
    story = [p for p in call.desk.log.positions(activity_stream(target)) if p <= known_at]
    positions = [position for position in story if position <= one.size]
    if not positions:
        raise UnsignedError(detail=Message("no checkpoint covers this activity yet"))
    text = proof_of(db, call.desk.log, one, target, positions)
    proved_by(text.encode(), call.desk.trusted, one.origin)  # nothing is given away unchecked
    if output is None:
        exact(text.encode())
    else:
        replace(output, text.encode())
        told = N_("√ {name}: events proved: {count}, in the log of {size}")
        click.echo(call.say(told, name=output, count=len(positions), size=one.size), err=call.json)
    if len(positions) < len(story):
        told = N_("! No checkpoint covers yet what is newer; its further events: {count}.")
        call.talk(told, count=len(story) - len(positions))


@verb(
    "check",
    kind="asks",
    help=N_("Check a proof; nothing is needed but the file and the public key."),
)
@click.argument("file", metavar="FILE", type=_PATH)
@key_option
@pass_call
def check(call: Call, file: Path, *, keys: tuple[str, ...]) -> None:
    """Check a proof."""
    shown = proved_by(octets_of(file), keys_of(call, keys), file.name)
    one = shown.checkpoint
    if call.json:
        events = [
            {
                "position": row.position,
                "stream": row.stream,
                "version": row.version,
                "topic": row.topic,
            }
            for row in shown.events
        ]
        told = {"activity": shown.activity, "size": one.size, "root": encoded(one.root)}
        call.emit({**told, "origin": one.origin, "events": events})
        return
    told_words = N_("√ proved: {activity}, events: {count}, in the log of {size}, {origin}")
    lines(
        [
            call.say(
                told_words,
                count=len(shown.events),
                activity=shown.activity,
                size=one.size,
                origin=one.origin,
            ),
            *(f"  {row.position:>6}  {row.topic}" for row in shown.events),
            call.say(N_("Not proved by this file: that there were no later ones.")),
        ]
    )


_NOT_EXACT = N_(
    "! The same but for line ends: a program changed them on the way, or a mark at the beginning."
)


@verb(
    "served",
    kind="asks",
    help=N_(
        "Tell at which positions exactly this file was what the feed said, or that it never was, "
        "and where it departs."
    ),
)
@click.argument("file", metavar="FILE.ics", type=_PATH)
@pass_call
def served(call: Call, file: Path) -> None:
    """Find a calendar's file in the history of the feeds."""
    octets = octets_of(file)
    with closing(call.desk.components()) as components:
        found = served_at(call.views, components, octets, last=call.desk.log.position())
    departs = found.departs
    if call.json:
        spans = {name: [list(one) for one in many] for name, many in found.spans.items()}
        told = {"spans": spans, "exact": found.exact, "departs": departs and departs._asdict()}
        call.emit({"ok": bool(spans), **told})
    for name, many in found.spans.items() if not call.json else ():
        for first, last in many:
            said = N_("√ {name}: positions {first} to {last}, from {at} on")
            at = f"{facts.recorded(call.views, first).astimezone(call.zone):%Y-%m-%d %H:%M}"
            lines([call.say(said, name=name, first=first, last=last, at=at)])
    if found.spans:
        if not found.exact and not call.json:
            call.talk(_NOT_EXACT)
        return
    error = never(file, departs)
    if call.json:
        raise click.exceptions.Exit(exit_code(error))
    if departs is not None:
        lines([f"× {departs.feed}  {departs.position}:{departs.line}"])
        lines(compared(call, departs.expected, departs.found))
    raise error
