"""`kalends audit verify`: what is proved, since when, and what is not."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from kalends.application.known_at import zone_of
from kalends.audit.note import PublicKey
from kalends.audit.own_checkpoints import files_in
from kalends.audit.supplied import Kept, KeptJournal, gathered
from kalends.audit.verify import Report
from kalends.audit.verify import verify as verify_log
from kalends.cli.command_classes import command, option
from kalends.cli.commands.audit import verify_report
from kalends.cli.commands.audit.keys import key_option, keys_of
from kalends.cli.context import Context, pass_context
from kalends.domain.errors import (
    N_,
    FileNotReadableError,
    IntegrityError,
)
from kalends.presentation.errors import exit_code
from kalends.words import Message

_PATH = click.Path(path_type=Path)


@command(
    "verify",
    kind="asks",
    help=N_(
        "Walk the whole log, and say what is proved, since when, and what is not. With --journal "
        "a file is walked instead of this workspace's log."
    ),
)
@option("--journal", type=_PATH, metavar="FILE", help=N_("Walk this journal alone."))
@option(
    "--checkpoint", "checkpoints", multiple=True, type=_PATH, metavar="FILE",
    help=N_("Check this checkpoint; without it those of the workspace. Repeatable."),
)  # fmt: skip
@option(
    "--against", multiple=True, type=_PATH, metavar="FILE|DIR",
    help=N_("Hold the log against checkpoints, journals and packs kept elsewhere. Repeatable."),
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

        kept, journals = gathered([*checkpoints, *against], scratch)
        report = _verified(context, journal, trusted, kept, journals, own=not checkpoints)
    walked = journal if journal is not None else context.workspace.folder.journal
    verify_report.tell(context, report, zone=zone_of(walked))
    if not report.is_good:
        raise click.exceptions.Exit(exit_code(IntegrityError(detail="")))


def _verified(
    context: Context,
    journal: Path | None,
    trusted: Sequence[PublicKey],
    kept: Sequence[Kept],
    journals: Sequence[KeptJournal],
    *,
    own: bool,
) -> Report:
    if journal is not None:
        if not journal.is_file():
            raise FileNotReadableError(name=journal, detail=Message("it is no file"))
        return verify_log(None, journal, kept, trusted, journals=journals)
    here = context.workspace.folder
    return verify_log(
        context.workspace.journal_sync.backend.untrusted(),
        here.journal if here.journal.exists() else None,
        [*(files_in(here) if own else []), *kept],
        trusted,
        journals=journals,
    )
