"""The use cases of `kalends audit`: sign, verify, prove one activity, pack, replay."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kalends.application.given_files import check_output
from kalends.application.workspaces.workspace import Workspace
from kalends.audit import own_checkpoints
from kalends.audit.checkpoint import Checkpoint, SuppliedCheckpoint
from kalends.audit.findings import Report
from kalends.audit.findings_text import conclusions, report_shape
from kalends.audit.note import PublicKey
from kalends.audit.problem_texts import differing, shown_problems
from kalends.audit.supplied import SuppliedJournal, gathered
from kalends.audit.verify import verify as verify_log
from kalends.domain.errors import FileNotReadableError, UnsignedError
from kalends.domain.events import activity_stream
from kalends.views import activities
from kalends.words import Message

if TYPE_CHECKING:
    from kalends.audit.folder import Difference
    from kalends.audit.replay import Replayed  # noqa: TC004 - exported for annotations alone

__all__ = [
    "Packed", "Proof", "Replayed", "Report", "checkpoints", "conclusions", "differing",
    "gathered", "is_stray", "pack", "prove", "replay", "report_shape", "save", "shown_problems",
    "sign", "verify", "verify_journal",
]  # fmt: skip


class Proof(NamedTuple):
    """A proof that an activity's events are in the log.

    `covered` events are proved; `newer` ones are not yet covered by a checkpoint.
    """

    text: str
    size: int
    covered: int
    newer: int


class Packed(NamedTuple):
    """A pack that was written: its checkpoint, its size, how many events were left out."""

    checkpoint: Checkpoint
    length: int
    unsigned: int


def sign(workspace: Workspace) -> Checkpoint:
    """Sign the log as it is now; raises what `Signatures.signer` raises."""
    signer = workspace.signatures.signer
    with workspace.log.turn():
        workspace.journal_sync.write(workspace.log)  # no checkpoint covers more than the journal
        return signer.renew(workspace.log, begins=True)


def checkpoints(workspace: Workspace) -> list[Checkpoint]:
    """Return the workspace's own valid checkpoints, the newest first."""
    found = own_checkpoints.signed(workspace.folder, workspace.signatures.trusted)
    return [each for each in found if each.size <= workspace.log.position()]


def verify(
    workspace: Workspace,
    trusted: Sequence[PublicKey],
    supplied: Sequence[SuppliedCheckpoint] = (),
    journals: Sequence[SuppliedJournal] = (),
    *,
    own: bool = True,
) -> Report:
    """Verify the log against checkpoints and journals; with `own`, also those of its folder."""
    if workspace.is_remote:
        from kalends.application.proof import remote_audit  # noqa: PLC0415 - only over a server

        return remote_audit.verify(workspace, trusted, supplied, journals, own=own)
    here = workspace.folder
    return verify_log(
        workspace.journal_sync.backend.untrusted(),
        here.journal if here.journal.exists() else None,
        [*(own_checkpoints.files_in(here) if own else []), *supplied],
        trusted,
        journals=journals,
        may_lag=not workspace.journal_sync.is_compared(),
    )


def verify_journal(
    journal: Path,
    trusted: Sequence[PublicKey],
    supplied: Sequence[SuppliedCheckpoint] = (),
    journals: Sequence[SuppliedJournal] = (),
) -> Report:
    """Verify a single journal file anywhere; raises `FileNotReadableError`."""
    if not journal.is_file():
        raise FileNotReadableError(name=journal, detail=Message("it is not a file"))
    return verify_log(None, journal, supplied, trusted, journals=journals)


def prove(workspace: Workspace, text: str, *, known_at: int) -> Proof:
    """Prove that an activity's events are in the log; `text` is the beginning of its id.

    Raises `UnsignedError` when no checkpoint covers any of them, and over a server
    `HiddenEventsError`.
    """
    _check_whole(workspace)
    from kalends.audit import proof  # noqa: PLC0415 - verifying needs none of it

    db, newest = workspace.views, workspace.signatures.newest
    target = activities.resolve(db, text, known_at=known_at)
    # Ask the log, not the views: views that were tampered with could leave an event out.
    found = workspace.log.positions(activity_stream(target))
    positions = [position for position in found if position <= known_at]
    covered = [position for position in positions if position <= newest.size]
    if not covered:
        raise UnsignedError(detail=Message("no checkpoint covers this activity yet"))
    made = proof.prove(db, workspace.log, newest, target, covered)
    # Check it before handing it out.
    proof.check(made.encode(), workspace.signatures.trusted, newest.origin)
    return Proof(made, newest.size, len(covered), len(positions) - len(covered))


def _check_whole(workspace: Workspace) -> None:
    if workspace.is_remote:
        from kalends.application.proof import remote_audit  # noqa: PLC0415 - only over a server

        remote_audit.check_whole(workspace)


def save(proof: Proof, output: Path) -> None:
    """Write a proof to a file, whole or not at all.

    Raises `DiskError` and what `check_output` raises.
    """
    from kalends.audit.signer import write_whole  # noqa: PLC0415 - verifying needs none of it

    check_output(output)
    write_whole(output, proof.text.encode())


def pack(workspace: Workspace, output: Path, *, known_at: int | None = None) -> Packed:
    """Write a pack as of the newest checkpoint, or of the one at a position.

    Raises `UnsignedError` if there is no such checkpoint, and what `check_output` raises.
    """
    from kalends.audit.pack import pack as write_pack  # noqa: PLC0415 - verifying needs none of it

    check_output(output)
    _check_whole(workspace)
    believed = checkpoints(workspace)
    fitting = [each for each in believed if known_at in {None, each.size}]
    if not fitting:
        raise UnsignedError(detail=Message("no checkpoint of this position is kept"))
    newest = max(fitting, key=lambda each: each.size)
    by_size = {each.size: each for each in believed}
    length = write_pack(
        workspace.views, workspace.log, newest, by_size.values(), workspace.signatures.trusted,
        output.absolute(),
    )  # fmt: skip
    unsigned = workspace.log.position() - newest.size if known_at is None else 0
    return Packed(newest, length, unsigned)


def replay(workspace: Workspace, *, deep: bool = False) -> "Replayed":
    """Rebuild every view and feed from the events alone and compare them with the current ones."""
    from kalends.application.publish import alone_in  # noqa: PLC0415 - only to replay
    from kalends.audit.replay import replay as replay_log  # noqa: PLC0415

    with closing(workspace.components()) as components:
        return replay_log(
            workspace.log,
            lambda: workspace.views,
            components,
            workspace.folder.feeds,
            deep=deep,
            published=any(workspace.folder.checkpoints.glob("*.txt")),
            hold=lambda: alone_in(workspace),
        )


def is_stray(difference: "Difference") -> bool:
    """Return whether a replay found a file that does not belong to the feeds."""
    from kalends.audit.folder import STRAY  # noqa: PLC0415 - only to replay

    return difference.where == STRAY
