"""Prints the report of `kalends audit verify`: what holds, what does not, what is unproved."""

from datetime import UTC, tzinfo

from kalends.application.proof.proofs import (
    Report,
    conclusions,
    differing,
    report_shape,
    shown_problems,
)
from kalends.application.proof.verification import encoded
from kalends.cli.context import Context, lines
from kalends.cli.hints import HINTS
from kalends.cli.terminal.cells import cells
from kalends.domain.errors import N_

_HASH = 12
_EXPECTED, _FOUND = N_("expected"), N_("found")


def tell(
    context: Context,
    report: Report,
    *,
    zone: tzinfo = UTC,
    is_served: bool = False,
    is_file: bool = True,
) -> None:
    """Print a report, as text or as JSON; times are shown in `zone`.

    `is_served` says that the log comes from a server, `is_file` that its database is a file.
    """
    if context.json:
        context.emit(report_shape(report))
        return
    template = N_("events: {size}, root {root}")
    lines([context.say(template, size=report.size, root=encoded(report.root))])
    for checkpoint in report.checkpoints:
        mark = "√" if checkpoint.holds else "×"
        size, root = checkpoint.checkpoint.size, encoded(checkpoint.checkpoint.root)[:_HASH]
        key = context.say(N_("key {hash}"), hash=checkpoint.checkpoint.key.rpartition("+")[2])
        lines([f"{mark} {size:>9}  {root}…  {key}  {checkpoint.name}"])
    for journal in report.journals:
        mark, said = (
            ("√", N_("same events")) if journal.holds else ("×", N_("same events, then no longer"))
        )
        lines([f"{mark} {journal.events:>9}  {context.say(said)}  {journal.name}"])
    for problem in shown_problems(context.words, report):
        lines([f"× {problem.text}"])
        lines(compared(context, problem.expected, problem.found))
    lines(
        context.say(HINTS.get(message, message), **fields)
        for message, fields in conclusions(report, zone, is_served=is_served, is_file=is_file)
    )


def compared(context: Context, expected: str, found: str) -> list[str]:
    """Return a line for what was expected and one for what was found, without empty ones.

    Of long texts only what differs is shown.
    """
    expected, found = differing(expected, found)
    values = [(context.say(_EXPECTED), expected), (context.say(_FOUND), found)]
    wide = max(cells(name) for name, _ in values)
    return [f"    {name}{' ' * (wide - cells(name))}  {text}" for name, text in values if text]
