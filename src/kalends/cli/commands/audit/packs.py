"""`kalends audit pack` and `check-pack`: write the whole record into one file, and check one."""

from contextlib import suppress
from pathlib import Path

import click

from kalends.application.proof import proofs, verification
from kalends.application.proof.verification import encoded
from kalends.cli.command_classes import PATH, command, option
from kalends.cli.commands.audit.keys import key_option, keys_of
from kalends.cli.context import Context, lines, pass_context
from kalends.domain.errors import (
    N_,
    WorkspaceNotFoundError,
)


@command(
    "pack",
    help=N_(
        "Write journal, checkpoints, keys, feeds, a page for people and two verifiers into one "
        "file, as of the newest checkpoint, or of the one at --known-at."
    ),
)
@option(
    "-o", "--output", type=PATH, metavar="FILE.zip", required=True, help=N_("The file to write.")
)
@pass_context
def pack_(context: Context, *, output: Path) -> None:
    """Pack the record."""
    known_at = context.as_known if context.known_at is not None else None
    packed = proofs.pack(context.workspace, output, known_at=known_at)
    checkpoint, unsigned = packed.checkpoint, packed.unsigned
    if context.json:
        document = {"known_at": checkpoint.size, "file": str(output), "octets": packed.length}
        context.emit({**document, "root": encoded(checkpoint.root), "unsigned": unsigned})
    else:
        said = N_("√ {name}: events: {size}, root {root}")
        lines(
            [context.say(said, name=output, size=checkpoint.size, root=encoded(checkpoint.root))]
        )
    if unsigned:
        left = N_("! The newest events are not signed, and were left out: {count}.")
        context.talk(left, count=unsigned)
        hint = N_(
            "Sign them where the key is: `kalends audit checkpoint`; or make another key: "
            "`kalends audit checkpoint --new-key`. Then pack again."
        )
        click.echo(f"→ {context.say(hint)}", err=True, color=True)


@command(
    "check-pack",
    kind="asks",
    help=N_(
        "Check a pack as its verifiers do, then rebuild its pages and feeds from its journal "
        "and compare them."
    ),
)
@click.argument("file", metavar="FILE.zip", type=PATH)
@key_option
@pass_context
def check_pack(context: Context, file: Path, *, keys: tuple[str, ...]) -> None:
    """Check a pack."""
    trusted = None
    with suppress(WorkspaceNotFoundError):
        trusted = keys_of(context, keys) if keys else context.workspace.signatures.trusted
    own = N_(
        "! The pack was checked with its own key, and a forger would have put in "
        "another: compare the key with one you know."
    )
    shown = verification.check_pack(file, trusted, by_own_key=lambda: context.talk(own))
    checkpoint = shown.checkpoint
    if context.json:
        document = {
            "origin": checkpoint.origin,
            "size": checkpoint.size,
            "root": encoded(checkpoint.root),
        }
        context.emit(
            {**document, "files": shown.files, "remade": shown.remade, "own_key": shown.own_key}
        )
        return
    said = N_("√ proved: {origin}, events: {size}, root {root}")
    also = N_("√ rebuilt from the journal, identical to the byte: {count} files")
    lines(
        [
            context.say(
                said, size=checkpoint.size, origin=checkpoint.origin, root=encoded(checkpoint.root)
            ),
            context.say(also, count=shown.remade),
        ]
    )
