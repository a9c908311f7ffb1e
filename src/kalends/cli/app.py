"""The program `kalends`: its commands, each loaded when it is called."""

import atexit
import gc
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from kalends.cli import failure
from kalends.cli.click_messages import speak
from kalends.cli.command_classes import Group, options
from kalends.cli.context import Context
from kalends.cli.help import Option
from kalends.cli.terminal.output import shown
from kalends.domain.errors import N_, MachineError
from kalends.words import Message

if TYPE_CHECKING:
    from kalends.application.recording.prompting import Prompter
    from kalends.application.workspaces.machine import Machine

# Modules stay loaded to the end: collecting garbage among them takes 5 % of the start-up time.
# `Command` turns the collector on again once its code is loaded.
gc.disable()

COMMANDS = {
    "init": ("init:init", N_("Make a workspace and open a campaign.")),
    "add": ("add:add", N_("Record or plan an activity, in one sentence or by options.")),
    "held": ("activity:held", N_("Mark a planned activity as held.")),
    "move": ("activity:move", N_("Move a planned activity to another date or time.")),
    "cancel": ("activity:cancel", N_("Cancel a planned activity.")),
    "reinstate": (
        "activity:reinstate",
        N_("Put a cancelled activity back on the plan."),
    ),
    "correct": ("activity:correct", N_("Correct a wrong record.")),
    "retract": (
        "activity:retract",
        N_("Retract an activity that should never have been recorded."),
    ),
    "withhold": ("activity:withhold", N_("Keep an activity out of public feeds.")),
    "release": ("activity:release", N_("Make a withheld activity public again.")),
    "undo": ("undo:undo", N_("Undo your own last act with a new event.")),
    "show": (
        "queries.activities:show",
        N_("Show one activity and everything that happened to it."),
    ),
    "agenda": ("queries.activities:agenda", N_("List activities by day.")),
    "history": ("queries.activities:history", N_("Show the history of a department.")),
    "search": ("queries.activities:search", N_("Find activities by words.")),
    "log": ("queries.log:log", N_("List the whole log, oldest first.")),
    "diff": ("queries.record:diff", N_("Show what changed between two moments.")),
    "late": ("queries.record:late", N_("List what was recorded long after it happened.")),
    "report": (
        "queries.report:report",
        N_("Report on a period: by department, by week, and who recorded nothing."),
    ),
    "when": ("when:when", N_("Show what a date phrase is read as.")),
    "dept": ("dept.group:dept", N_("Register departments and change them.")),
    "campaign": ("campaign:campaign", N_("Show the campaign's settings, or change them.")),
    "publish": ("publish:publish", N_("Bring the journal and the feeds up to date.")),
    "serve": ("serve:serve", N_("Serve pages, feeds and proofs over HTTP.")),
    "feed": ("feeds:feed", N_("List, show, explain and check feeds.")),
    "token": ("tokens:token", N_("Say who may record through the server.")),
    "webhook": ("webhooks:webhook", N_("Send each change to other programs.")),
    "digest": ("digests:digest", N_("Say by mail or in a chat what has changed.")),
    "audit": (
        "audit.group:audit",
        N_("Prove that the record was not changed."),
    ),
    "store": ("store:store", N_("Keep the log in a file or on a PostgreSQL server.")),
    "doctor": ("doctor:doctor", N_("Check the workspace for problems.")),
    "completion": (
        "completion:completion",
        N_("Print the completion script for your shell."),
    ),
}


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version  # noqa: PLC0415 - slow to load

        click.echo(f"kalends {version('kalends')}")
        ctx.exit()


@click.pass_context
def _status(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        from kalends.cli.commands.status import status  # noqa: PLC0415 - only when nothing else was asked

        status(ctx.ensure_object(Context))


kalends = Group(
    "kalends",
    lazy=COMMANDS,
    callback=_status,
    invoke_without_command=True,
    help=N_("A shared record and calendar for a campaign. Without a command, it shows the current"
" state."),
    params=[
        Option(
            ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=_version,
            help=N_("Print the version."),
        ),
        *(option for option in options("reads") if option.name == "known_at"),
        *(option for option in options("writes") if option.name in {"actor", "dry_run", "yes"}),
    ],
)  # fmt: skip


def main(arguments: list[str] | None = None, *, machine: "Machine | None" = None) -> NoReturn:
    """Run the program on these arguments and exit with its code.

    Without arguments, take them from `sys.argv` and end the whole process. `machine` gives the
    clock, ids and user; by default those of this machine.
    """
    is_heard = sys.stdout is not None
    _open_closed()
    _speak_utf8()
    context = Context(machine)
    context.confirmed = lambda doubt: failure.confirmed(context, doubt)
    context.asking = lambda: _prompter(context)
    context.unwritten = lambda error: failure.unwritten(context, error)
    context.unsigned = lambda error: failure.unsigned(context, error)
    with shown():
        code = failure.run(lambda: _run(context, arguments, is_heard=is_heard), context)
    if arguments is None:
        _end_process(code)
    sys.exit(code)


def _end_process(code: int) -> None:
    """End the process without freeing each object first, as the system frees all its memory.

    Freeing them takes 8 % of the time of a command. `failure.run` has flushed what was printed,
    and what is registered for the end is done here. Where other threads still run, return: Python
    waits for them.
    """
    if threading.active_count() == 1:
        atexit._run_exitfuncs()  # noqa: SLF001 - nothing public calls them
        os._exit(code)


def _prompter(context: Context) -> "Prompter":
    """Return who asks at the terminal, or who refuses when nobody is there."""
    if context.can_ask:
        from kalends.cli.asking import Asking  # noqa: PLC0415 - most runs ask nothing

        return Asking(context)
    from kalends.application.recording.prompting import NoPrompter  # noqa: PLC0415 - only to record

    return NoPrompter()


def _run(context: Context, arguments: list[str] | None, *, is_heard: bool) -> object:
    given = sys.argv[1:] if arguments is None else arguments
    _foresee(context, given)
    speak(context.language)
    if not is_heard:
        context.json = False  # only standard error is left for the message
        raise MachineError(detail=Message("standard output is closed"))
    if "_KALENDS_COMPLETE" in os.environ:
        return kalends.main(given, prog_name="kalends", obj=context)
    # Like click's own `main`, which would exit with 1 on a closed pipe.
    try:
        # `color`: otherwise click removes escape sequences from stored text; we show them instead.
        with kalends.make_context("kalends", list(given), obj=context, color=True) as ctx:
            return kalends.invoke(ctx)
    except click.exceptions.Exit as left:
        return left.exit_code
    finally:
        context.close()


def _open_closed() -> None:
    """Open /dev/null in place of standard streams that were closed before we started.

    Otherwise the next file we open would take the stream's number. Reading from a closed standard
    input stays an error.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            if nowhere != number:
                os.dup2(nowhere, number)
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - it stays to the end


def _foresee(context: Context, arguments: list[str]) -> None:
    """Read -C, --server, --lang, --json ahead of click, so that usage errors follow them too."""
    context.json = "--json" in arguments
    for before, after in zip(["", *arguments], arguments, strict=False):
        name, _, value = after.partition("=")
        if before == "-C":
            context.directory = Path(after)
        if before == "--server" or name == "--server":
            context.server = after if before == "--server" else value
        if before == "--lang" or name == "--lang":
            language = after if before == "--lang" else value
            context.lang = language if language in {"en", "zh"} else context.lang


def _speak_utf8() -> None:
    """Write UTF-8 to pipes and files; on a terminal, escape what it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                encoding=None if stream.isatty() else "utf-8", errors="backslashreplace"
            )
    if sys.platform == "win32":
        os.environ.setdefault("PYTHONIOENCODING", "utf-8")
