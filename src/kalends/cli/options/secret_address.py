"""Reads an address that may hold a secret, and shows it nowhere."""

import sys

import click

from kalends.cli.context import Context
from kalends.domain.errors import N_


def address_given(context: Context, given: str | None) -> str:
    """Return the address of the command; `-`, or none at a terminal, reads it from standard input.

    At a terminal it is asked for, and not shown. Raises click's error if there is none.
    """
    if given not in {None, "-"}:
        return str(given)
    if context.can_ask or (given == "-" and context.is_at_terminal):
        prompt = context.say(N_("Address, not shown"))
        return str(click.prompt(prompt, hide_input=True, prompt_suffix="> ", err=True)).strip()
    if given is None:
        ctx = click.get_current_context()
        url = next(param for param in ctx.command.params if param.name == "url")
        raise click.MissingParameter(ctx=ctx, param=url)
    return sys.stdin.readline().strip()
