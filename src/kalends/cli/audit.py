"""`kalends audit`: proof that the record is what it was, and the record as it was."""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from kalends.application.known_at import is_file, zone_of
from kalends.audit.checkpoint import octets_in
from kalends.audit.note import PublicKey, encoded, keys_in
from kalends.audit.signer import trusted_keys
from kalends.audit.supplied import Kept, KeptJournal, gathered
from kalends.audit.verify import Report
from kalends.audit.verify import verify as verify_log
from kalends.cli import verdict
from kalends.cli.call import Call, lines, pass_call
from kalends.cli.output import exact
from kalends.cli.verbs import Verbs, option, verb
from kalends.domain.errors import (
    N_,
    DepartsError,
    FileNotReadableError,
    IntegrityError,
    KalendsError,
    UnfinishedError,
    UsageError,
    WorkspaceNotFoundError,
)
from kalends.presentation.errors import exit_code
from kalends.words import Message

if TYPE_CHECKING:
    from kalends.audit.replay import Replayed

_PATH = click.Path(path_type=Path)


def keys_of(call: Call, written: Sequence[str]) -> tuple[PublicKey, ...]:
    """Return the public keys given, or in files; without any those the workspace trusts."""
    if not written:
        try:
            return call.desk.trusted
        except WorkspaceNotFoundError:
            detail = Message("outside a workspace the public key is given with --key")
            raise UsageError(detail=detail) from None
    found: list[str] = []
    for one in written:
        try:
            told = keys_in(Path(one).read_bytes().decode()) if is_file(one) else [one]
        except (OSError, UnicodeDecodeError) as error:
            raise FileNotReadableError(name=one, detail=str(error)) from None
        found += told or [one]
    return trusted_keys(found)


key_option = option(
    "--key", "keys", multiple=True, metavar="KEY",
    help=N_("A public key to believe, or a file of some; else those of kalends.toml."),
)  # fmt: skip


@verb(
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
@pass_call
def verify(
    call: Call,
    *,
    journal: Path | None,
    checkpoints: tuple[Path, ...],
    against: tuple[Path, ...],
    keys: tuple[str, ...],
) -> None:
    """Verify the log."""
    trusted = keys_of(call, keys)
    with ExitStack() as opened:

        def scratch() -> Path:
            return Path(opened.enter_context(TemporaryDirectory(prefix="kalends-kept-")))

        kept, journals = gathered([*checkpoints, *against], scratch)
        report = _verified(call, journal, trusted, kept, journals, own=not checkpoints)
    walked = journal if journal is not None else call.desk.workspace.journal
    verdict.tell(call, report, zone=zone_of(walked))
    if not report.is_good:
        raise click.exceptions.Exit(exit_code(IntegrityError(detail="")))


def _verified(
    call: Call,
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
    here = call.desk.workspace
    return verify_log(
        call.desk.keeping.backend.untrusted(),
        here.journal if here.journal.exists() else None,
        [*(_own(call) if own else []), *kept],
        trusted,
        journals=journals,
    )


def _own(call: Call) -> list[Kept]:
    """Return the workspace's own checkpoints: the newest, then those kept, by size."""
    here = call.desk.workspace
    found = [one for one in here.checkpoints.glob("*.txt") if one.stem.isdecimal()]
    paths = [here.checkpoint, *sorted(found, key=lambda one: int(one.stem))]
    return [
        Kept(
            str(one.relative_to(here.root)),
            octets_in(one) if one.is_file() else b"",
            int(one.stem) if one.stem.isdecimal() else None,
            is_own=True,
        )
        for one in paths
        if one.exists()
    ]


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


@verb(
    "replay",
    kind="asks",
    help=N_(
        "Build every view and feed again from the events alone, and compare with what stands."
    ),
)
@option(
    "--deep", is_flag=True, help=N_("Compare the tree's nodes, and each feed made by itself, too.")
)
@pass_call
def replay(call: Call, *, deep: bool) -> None:
    """Replay the log."""
    from kalends.application.publish import alone, lock_of  # noqa: PLC0415 - only to replay
    from kalends.audit.replay import replay as replayed  # noqa: PLC0415 - the name is this one's

    desk = call.desk
    with closing(desk.components()) as components:
        done = replayed(
            desk.log,
            lambda: desk.views,
            components,
            desk.workspace.feeds,
            deep=deep,
            published=any(desk.workspace.checkpoints.glob("*.txt")),
            alone=lambda: alone(lock_of(desk.keeping)),
        )
    error: KalendsError | None = None
    if done.wrong:
        error = DepartsError(count=done.wrong)
    elif not done.finished:
        error = UnfinishedError(position=desk.published())
    if call.json:
        told = [one._asdict() for one in done.differences]
        call.emit({**done._asdict(), "ok": error is None, "differences": told})
        if error is not None:
            raise click.exceptions.Exit(exit_code(error))
        return
    _tell_replayed(call, done)
    if error is not None:
        raise error


def _tell_replayed(call: Call, done: "Replayed") -> None:
    from kalends.audit.folder import STRAY  # noqa: PLC0415 - only to replay
    from kalends.cli.feeds import STRAY as STRAY_FILE  # noqa: PLC0415 - only to replay

    said = N_("{position} events replayed; rows compared: {rows}, files: {files}")
    facts = {"position": done.position, "rows": done.rows, "files": done.files}
    lines([call.say(said, **facts)])
    for one in done.differences:
        if one.where == STRAY:
            lines([f"× {call.say(STRAY_FILE, name=one.place)}"])
            continue
        lines([f"× {one.place}  {one.where}"])
        lines(verdict.compared(call, one.expected, one.found))
    if not done.wrong:
        lines([call.say(N_("√ everything is what the events give"))])


LAZY = {
    "verify": ("audit:verify", N_("Say what is proved, and what is not.")),
    "checkpoint": ("audit:checkpoint", N_("Sign the log as it stands.")),
    "prove": ("proofs:prove", N_("Write the proof of one activity.")),
    "check": ("proofs:check", N_("Check a proof.")),
    "pack": ("packs:pack_", N_("Put the whole record into one file.")),
    "check-pack": ("packs:check_pack", N_("Check such a file.")),
    "replay": ("audit:replay", N_("Build all again from the events, and compare.")),
    "served": ("proofs:served", N_("Say when a calendar's file was what the feed said.")),
}
audit = Verbs(
    "audit", lazy=LAZY, help=N_("Prove that the record is what it was; show it as it was.")
)
