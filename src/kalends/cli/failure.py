"""Turns every error into a message, a hint and an exit code; nothing else in `cli` does."""

import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress

import click

from kalends.cli.click_messages import as_typed
from kalends.cli.context import Context
from kalends.domain.errors import (
    N_,
    DamagedViewsError,
    JournalBehindError,
    KalendsError,
    MachineError,
    NoKeyError,
    UsageError,
)
from kalends.words import Message, os_error_message

INTERRUPTED = 130
CLOSED_PIPE = 141  # as a shell says of a program that the signal of a closed pipe has ended


def run(command: Callable[[], object], context: Context) -> int:
    """Run a command and return its exit code; print whatever goes wrong as a message."""
    code = _run(command, context)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # or Python would try again at exit, and print a traceback
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return code


def _run(command: Callable[[], object], context: Context) -> int:  # noqa: PLR0911 - a case each
    try:
        code = command()
        sys.stdout.flush()
    except KalendsError as error:
        return _print_error(context, error)
    except click.ClickException as error:
        return _print_error(context, _misused(error))
    except (click.Abort, KeyboardInterrupt):
        with suppress(OSError):
            click.echo(err=True)  # a new line after the ^C that the terminal shows
            context.talk(N_("Interrupted; nothing further was done."))
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has closed the pipe, as `head` does: say nothing.
        return 0 if context.must_not_repeat else CLOSED_PIPE
    except OSError as error:
        answer = _unanswered if context.must_not_repeat else _print_error
        return answer(context, _refused_by_machine(context, error))
    except Exception as error:
        if os.environ.get("KALENDS_DEBUG"):
            raise
        fault = _fault(context, error)
        is_recorded = context.must_not_repeat and isinstance(fault, MachineError)
        return (_unanswered if is_recorded else _print_error)(context, fault)
    return code if isinstance(code, int) else 0


def _misused(error: click.ClickException) -> KalendsError:
    """Return the error for a wrong command line, in the words of click."""
    from kalends.presentation.error_answers import MOST, shortened  # noqa: PLC0415 - only for errors

    # Click's message may list many choices, one on each line.
    said = as_typed(error.format_message())
    said = re.sub(r"\s*\n\s*", " ", said)
    misused = UsageError(detail=Message(shortened(said, MOST["detail"])))
    misused.hint = _usage_hint(error)  # type: ignore[misc]  # a hint of this error alone
    return misused


def _refused_by_machine(context: Context, error: OSError) -> KalendsError:
    """Return the error for what the operating system refused."""
    name = error.filename or context.say(N_("the output"))
    said = context.words.gettext(os_error_message(error))
    return MachineError(detail=context.say(N_("{name}: {detail}"), name=name, detail=said))


def _fault(context: Context, error: Exception) -> KalendsError:
    """Return the error that reports an unexpected exception.

    Damaged views can cause any exception. If this run read the views, delete them and blame them;
    if the fault comes again without them, it is ours.
    """
    if isinstance(error, MemoryError):
        return MachineError(detail=context.say(N_("there is not enough memory")))
    from kalends.application.workspaces import caches  # noqa: PLC0415 - only when something fails

    if caches.are_refused(error):
        return MachineError(detail=f".kalends: {error}")

    detail = f"{type(error).__name__}: {error}"
    if context.forget_views() or caches.are_damaged(error):
        return DamagedViewsError(detail=detail)
    return KalendsError(detail=detail)


def confirmed(context: Context, doubt: KalendsError) -> bool:
    """Print a doubt about the clock and ask whether to go on; no answer means no."""
    click.echo(context.in_words(doubt)["message"], err=True)
    return click.confirm(context.say(N_("Is the clock right?")), default=False, err=True)


def unwritten(context: Context, error: KalendsError) -> None:
    """Warn that the journal could not be written; the database has the event, so no failure."""
    reason = context.in_words(error)["message"]
    said = N_("! Recorded, but the journal could not be written. {reason}")
    context.talk(said, reason=reason)
    hint = context.say(
        N_("The database has it; the next command that can write the journal will do so.")
    )
    click.echo(f"→ {hint}", err=True)
    message = context.say(said, reason=reason).removeprefix("! ")
    context.warnings.append({"code": JournalBehindError.code, "message": message, "hint": hint})


def _unanswered(context: Context, error: KalendsError) -> int:
    """Warn that only the answer was lost; return 0, or you would record the same again."""
    reason = context.in_words(error)["message"]
    with suppress(OSError):
        context.talk(
            N_("! Recorded, but the answer could not be written. {reason}"), reason=reason
        )
        hint = context.say(N_("Do not repeat the command; `kalends log` shows what was recorded."))
        click.echo(f"→ {hint}", err=True)
    return 0


def unsigned(context: Context, error: KalendsError) -> None:
    """Warn that no new checkpoint was signed; not a failure, since the event is recorded."""
    said = context.in_words(error)
    context.warnings.append(said)
    if isinstance(error, NoKeyError):
        lacks = N_(
            "! What you record here is unsigned: the key that signs this log is not on this "
            "machine. Copy it to {path}, or make a key on this machine: `kalends audit checkpoint"
            " --new-key`. You see this only once."
        )
        context.talk(lacks, **error.fields)
        return
    context.talk(N_("! The log continues unsigned. {reason}"), reason=said["message"])
    click.echo(f"→ {said['hint']}", err=True, color=True)


def _print_error(context: Context, error: KalendsError) -> int:
    said = context.in_words(error)
    with suppress(OSError):
        if context.json:
            import json  # noqa: PLC0415 - only with --json

            click.echo(json.dumps({"ok": False, "error": said}, ensure_ascii=False))
        else:
            click.echo(said["message"], err=True, color=True)
            click.echo(f"→ {said['hint']}", err=True, color=True)
    from kalends.presentation.error_answers import exit_code  # noqa: PLC0415 - only for errors

    return exit_code(error)


def _usage_hint(error: click.ClickException) -> str:
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx is not None else "kalends"
    return f"{path} --help"
