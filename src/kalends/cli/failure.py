"""The one place of the command line where errors become words and exit codes."""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress

import click

from kalends.cli.call import Call
from kalends.domain.errors import (
    N_,
    ConflictError,
    IntegrityError,
    KalendsError,
    LineError,
    MachineError,
    NotAllowedError,
    NotFoundError,
    PartlyDoneError,
    RefusedError,
    UnclearError,
    UsageError,
)
from kalends.words import complaint

EXITS: dict[type[KalendsError], int] = {
    UsageError: 2,
    NotFoundError: 3,
    UnclearError: 4,
    ConflictError: 5,
    RefusedError: 6,
    NotAllowedError: 7,
    IntegrityError: 8,
    PartlyDoneError: 9,
    MachineError: 10,
}
FAULT = 1
INTERRUPTED = 130


def run(command: Callable[[], object], call: Call) -> int:  # noqa: PLR0911 - a case each
    """Run a command and return its exit code; whatever goes wrong is said in words."""
    try:
        code = command()
        sys.stdout.flush()
    except KalendsError as error:
        return _told(call, error)
    except click.ClickException as error:
        told = UsageError(detail=error.format_message())
        told.hint = _usage_hint(error)  # type: ignore[misc]  # this one's own cure
        return _told(call, told)
    except (click.Abort, KeyboardInterrupt):
        with suppress(OSError):
            call.talk(N_("Interrupted; nothing further was done."))
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has gone, as `head` does: quiet, and nothing left to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED
    except OSError as error:
        name = error.filename or call.say(N_("the output"))
        said = call.words.gettext(complaint(error))
        return _told(call, MachineError(detail=f"{name}: {said}"))
    except Exception as error:
        if os.environ.get("KALENDS_DEBUG"):
            raise
        return _told(call, KalendsError(detail=f"{type(error).__name__}: {error}"))
    return code if isinstance(code, int) else 0


def exit_code(error: KalendsError) -> int:
    """Return the exit code of an error's family; a fault of ours is 1."""
    if isinstance(error, LineError):
        return exit_code(error.cause)
    return next((code for kind, code in EXITS.items() if isinstance(error, kind)), FAULT)


def in_words(call: Call, error: KalendsError) -> dict[str, str]:
    """Return an error as it is told: code, message and cure, in the call's language."""
    facts = {name: _shown(value) for name, value in error.facts.items()}
    return {
        "code": error.code,
        "message": call.say(error.message, **facts),
        "hint": call.say(error.hint, **facts),
    }


def unsigned(call: Call, error: KalendsError) -> None:
    """Say why the log goes on without a new checkpoint: no failure, what was asked is done."""
    told = in_words(call, error)
    call.talk(N_("! The log goes on unsigned. {reason}"), reason=told["message"])
    click.echo(f"→ {told['hint']}", err=True)


def _shown(value: object) -> object:
    """Return a fact as it can be printed, characters that are none made visible."""
    if isinstance(value, str) and not value.isascii():
        shown = value.encode("utf-8", "backslashreplace").decode("utf-8")
        return value if shown == value else shown
    return value


def _told(call: Call, error: KalendsError) -> int:
    told = in_words(call, error)
    with suppress(OSError):
        if call.json:
            click.echo(json.dumps({"ok": False, "error": told}, ensure_ascii=False))
        else:
            click.echo(told["message"], err=True)
            click.echo(f"→ {told['hint']}", err=True)
    return exit_code(error)


def _usage_hint(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "kalends"
    return f"{path} --help"
