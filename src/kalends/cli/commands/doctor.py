"""`kalends doctor`: check the workspace and the machine, and say what to do about problems."""

import click

from kalends.application.health import health
from kalends.cli.command_classes import command
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.hints import in_words
from kalends.domain.errors import N_
from kalends.presentation.error_answers import exit_code

_BACKWARDS = N_(
    "Activity {id} ends before it begins; an older Kalends recorded it, at position {position}."
)
_BACKWARDS_HINT = N_("`kalends correct {id} --when DATE --reason WHY` puts it right.")


@command(
    in_folder=True,
    kind="asks",
    help=N_("Check the workspace for problems, and say what to do about them."),
)
@pass_context
def doctor(context: Context) -> None:
    """Check the workspace, its log and the machine."""
    found = health(context.workspace)
    findings = found.findings
    notices = [
        {
            "message": context.say(_BACKWARDS, id=activity_id, position=position),
            "hint": context.say(_BACKWARDS_HINT, id=activity_id),
        }
        for activity_id, position in found.backwards
    ]
    bad = [error for _, error in findings if error is not None]
    if context.json:
        checks = [
            {
                "check": context.say(name),
                "ok": error is None,
                "error": error and in_words(context.words, error),
            }
            for name, error in findings
        ]
        context.emit({"ok": not bad, "checks": checks, "notices": notices})
    else:
        for name, error in findings:
            lines([f"{'×' if error else '√'} {context.say(name)}"])
            if error is not None:
                said = in_words(context.words, error)
                lines([f"  {said['message']}", f"  → {said['hint']}"])
        for notice in notices:
            lines([f"! {notice['message']}", f"  → {notice['hint']}"])
    if bad:
        raise click.exceptions.Exit(max(exit_code(error) for error in bad))
