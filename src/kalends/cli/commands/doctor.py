"""`kalends doctor`: check the workspace and the machine, and say what to do about problems."""

from kalends.application.health import health
from kalends.cli.command_classes import command
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.lists.findings import checks_shape, exit_if_bad, is_good, write_checks
from kalends.domain.errors import N_

_BACKWARDS = N_(
    "Activity {id} ends before it begins; an older Kalends recorded it, at position {position}."
)
_BACKWARDS_HINT = N_("`kalends correct {id} --when DATE --reason WHY` puts it right.")

_AFAR = N_("Not checked from here: the server's disk, keys, secrets, settings and clock.")
_AFAR_HINT = N_("`kalends doctor` on the machine that has the record checks them.")


@command(
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
    if found.is_from_afar:
        notices.append({"message": context.say(_AFAR), "hint": context.say(_AFAR_HINT)})
    if context.json:
        checks = checks_shape(context, findings)
        context.emit({"ok": is_good(findings), "checks": checks, "notices": notices})
    else:
        write_checks(context, findings)
        for notice in notices:
            lines([f"! {notice['message']}", f"  → {notice['hint']}"])
    exit_if_bad(findings)
