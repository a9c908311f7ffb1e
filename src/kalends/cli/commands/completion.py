"""`kalends completion`: print the script that completes commands in a shell."""

import os
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from kalends.cli.command_classes import command
from kalends.cli.context import Context, pass_context
from kalends.domain.errors import N_, UsageError
from kalends.words import Message

# Each shell's start-up file, and the line to put there.
_STARTS = {
    "bash": ("~/.bashrc", 'eval "$(kalends completion bash 2>/dev/null)"'),
    "zsh": ("~/.zshrc", 'eval "$(kalends completion zsh 2>/dev/null)"'),
    "fish": ("~/.config/fish/config.fish", "kalends completion fish 2>/dev/null | source"),
}


@command(kind="asks", help=N_("Print the completion script for your shell."))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), required=False)
@pass_context
def completion(context: Context, shell: str | None) -> None:
    """Print a completion script."""
    chosen = shell or Path(os.environ.get("SHELL", "bash")).name
    kind = get_completion_class(chosen)
    if kind is None:
        raise UsageError(detail=Message("only bash, zsh and fish are supported"))
    program = click.get_current_context().find_root().command
    start, line = _STARTS[chosen]
    context.talk(N_("Put this line into {file}: {line}"), file=start, line=line)
    click.echo(kind(program, {}, "kalends", "_KALENDS_COMPLETE").source())
