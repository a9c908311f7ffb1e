"""`kalends audit served`: find the positions at which a feed had exactly the bytes of a file."""

from pathlib import Path

import click

from kalends.application.given_files import text_of
from kalends.application.proof.verification import moment_of
from kalends.application.proof.verification import served as served_at
from kalends.application.queries.saved_files import never
from kalends.cli.command_classes import PATH, command
from kalends.cli.commands.audit.verify_report import compared
from kalends.cli.context import Context, lines, pass_context
from kalends.domain.errors import (
    N_,
)
from kalends.presentation.error_answers import exit_code

_NOT_EXACT = N_(
    "! The same except for line ends or a byte order mark, which a program changed on the way."
)


@command(
    "served",
    kind="asks",
    help=N_(
        "Show at which positions a feed had exactly the contents of this file; if none ever "
        "had, show the first difference."
    ),
)
@click.argument("file", metavar="FILE.ics", type=PATH)
@pass_context
def served(context: Context, file: Path) -> None:
    """Find a calendar file in the history of the feeds."""
    found = served_at(context.workspace, text_of(file))
    mismatch = found.mismatch
    if context.json:
        spans = {name: [list(span) for span in many] for name, many in found.spans.items()}
        document = {
            "spans": spans,
            "exact": found.exact,
            "departs": mismatch and mismatch._asdict(),
        }
        context.emit({"ok": bool(spans), **document})
    for name, many in found.spans.items() if not context.json else ():
        for first, last in many:
            said = N_("√ {name}: positions {first} to {last}, from {at} on")
            at = f"{moment_of(context.workspace, first).astimezone(context.zone):%Y-%m-%d %H:%M}"
            lines([context.say(said, name=name, first=first, last=last, at=at)])
    if found.spans:
        if not found.exact and not context.json:
            context.talk(_NOT_EXACT)
        return
    error = never(file, mismatch)
    if context.json:
        raise click.exceptions.Exit(exit_code(error))
    if mismatch is not None:
        said = N_("× {feed} at position {position}: line {line}")
        fields = {"feed": mismatch.feed, "position": mismatch.position, "line": mismatch.line}
        lines([context.say(said, **fields)])
        lines(compared(context, mismatch.expected, mismatch.found))
    raise error
