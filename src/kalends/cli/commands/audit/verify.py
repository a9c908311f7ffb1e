"""`kalends audit verify`: check the log; say what is proved, since when, and what is not."""

from contextlib import ExitStack
from datetime import tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from kalends.application.proof import proofs
from kalends.application.workspaces.settings import zone_of
from kalends.cli.command_classes import PATH, command, option
from kalends.cli.commands.audit import verify_report
from kalends.cli.commands.audit.keys import key_option, keys_of
from kalends.cli.context import Context, pass_context
from kalends.domain.errors import (
    N_,
    IntegrityError,
)
from kalends.presentation.error_answers import exit_code

_SERVERS_KEYS = N_(
    "! Checked with the keys that the server names, and a forger would name another: compare "
    "them with one you know, or give it with --key."
)


@command(
    "verify",
    kind="asks",
    help=N_(
        "Check the whole log, and say what is proved, since when, and what is not. With "
        "--journal, check a file instead of this workspace's log; with --server, the log that a "
        "server sends."
    ),
)
@option("--journal", type=PATH, metavar="FILE", help=N_("Check this journal file alone."))
@option(
    "--checkpoint", "checkpoints", multiple=True, type=PATH, metavar="FILE",
    help=N_("Check against this checkpoint; by default, against those of the workspace. "
"Repeatable."),
)  # fmt: skip
@option(
    "--against", multiple=True, type=PATH, metavar="FILE|DIR",
    help=N_("Compare the log with checkpoints, journals and packs kept elsewhere. Repeatable."),
)  # fmt: skip
@key_option
@pass_context
def verify(
    context: Context,
    *,
    journal: Path | None,
    checkpoints: tuple[Path, ...],
    against: tuple[Path, ...],
    keys: tuple[str, ...],
) -> None:
    """Verify the log."""
    trusted = keys_of(context, keys)
    with ExitStack() as opened:

        def scratch() -> Path:
            return Path(opened.enter_context(TemporaryDirectory(prefix="kalends-kept-")))

        kept, journals = proofs.gathered([*checkpoints, *against], scratch)
        if journal is not None:
            report = proofs.verify_journal(journal, trusted, kept, journals)
        else:
            own = not checkpoints
            report = proofs.verify(context.workspace, trusted, kept, journals, own=own)
    is_served = journal is None and context.on_server is not None
    if is_served:
        zone: tzinfo = context.zone
        if not keys:
            context.talk(_SERVERS_KEYS)
    else:
        zone = zone_of(journal if journal is not None else context.workspace.folder.journal)
    is_file = journal is not None or is_served or context.workspace.folder.store is None
    verify_report.tell(context, report, zone=zone, is_served=is_served, is_file=is_file)
    if not report.is_good:
        raise click.exceptions.Exit(exit_code(IntegrityError(detail="")))
