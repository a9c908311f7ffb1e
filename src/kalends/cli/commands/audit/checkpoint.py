"""`kalends audit checkpoint`: sign the size and the root hash of the log."""

from kalends.application.proof import proofs
from kalends.application.proof.verification import encoded
from kalends.cli.command_classes import command, option
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.terminal.output import exact
from kalends.domain.errors import N_


@command(
    "checkpoint",
    in_folder=True,
    kind="writes",
    help=N_("Sign the size and the root of the current log."),
)
@option(
    "--new-key", is_flag=True,
    help=N_(
        "Make a new key on this machine first, and trust it in kalends.toml; the old key is "
"retired."
    ),
)  # fmt: skip
@pass_context
def checkpoint(context: Context, *, new_key: bool) -> None:
    """Sign the log."""
    workspace = context.workspace
    if new_key and not context.dry_run:
        workspace.new_key()
        context.talk(
            N_("A new key: {path}. Keep a copy of it in a safe place."),
            path=workspace.signatures.key_path,
        )
    if context.dry_run:
        if not new_key:
            workspace.signatures.signer  # noqa: B018 - raises if nobody could sign
        if context.json:
            context.emit({"dry_run": True, "size": workspace.log.position()})
            return
        lines(
            [
                context.say(
                    N_("A log of {size} events would be signed."), size=workspace.log.position()
                )
            ]
        )
        return
    made = proofs.sign(workspace)
    if context.json:
        document = {
            "size": made.size,
            "root": encoded(made.root),
            "checkpoint": made.content.decode(),
        }
        context.emit(document)
        return
    exact(made.content)
