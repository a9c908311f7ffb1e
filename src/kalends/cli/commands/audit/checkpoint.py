"""`kalends audit checkpoint`: the size and the root of the log, signed."""

import click

from kalends.audit.note import encoded
from kalends.cli.command_classes import option, verb
from kalends.cli.context import Call, pass_call
from kalends.cli.output import exact
from kalends.domain.errors import (
    N_,
)


@verb("checkpoint", kind="writes", help=N_("Sign the size and the root of the log as it stands."))
@option(
    "--new-key", is_flag=True,
    help=N_(
        "Make a new key on this machine first, and let kalends.toml trust it; "
        "the one that was here is retired."
    ),
)  # fmt: skip
@pass_call
def checkpoint(call: Call, *, new_key: bool) -> None:
    """Sign the log."""
    desk = call.desk
    if new_key and not call.dry_run:
        desk.new_key()
        call.talk(N_("A new key: {path}. Keep a copy of it in a safe place."), path=desk.key_path)
    signer = None if new_key and call.dry_run else desk.signer
    if signer is None or call.dry_run:
        if call.json:
            call.emit({"dry_run": True, "size": desk.log.position()})
            return
        click.echo(call.say(N_("The log of {size} would be signed."), size=desk.log.position()))
        return
    with desk.log.turn():
        desk.keeping.write(desk.log)  # no checkpoint covers more than the journal
        made = signer.renew(desk.log, begins=True)
    if call.json:
        told = {"size": made.size, "root": encoded(made.root), "checkpoint": made.octets.decode()}
        call.emit(told)
        return
    exact(made.octets)
