"""The log as anybody may check it: checkpoints, tiles of the tree, proofs, perhaps the events."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from kalends.application.proof.proofs import Proof, pack, prove
from kalends.application.readers.public_record import PublicRecord
from kalends.application.workspaces.workspace import Workspace
from kalends.audit import own_checkpoints, tiles
from kalends.audit.checkpoint import Checkpoint
from kalends.audit.proof import is_of
from kalends.audit.tlog_proof import tlog_proof
from kalends.domain.errors import (
    KalendsError,
    LogNotPublicError,
    NotSignedYetError,
    ProofNotPublicError,
    UnsignedError,
)
from kalends.log.journal_line import compose
from kalends.views.activities import Revision

# The journal is sent so many lines at a time.
_TOGETHER = 500
# The pack of a longer log takes seconds to make, so that nobody may ask for it over the web.
_MOST_IN_PACK = 20_000
WIDTH = tiles.WIDTH


class PublicLog:
    """The log of one workspace as of its newest checkpoint.

    `publishes` says whether the events themselves are published: 0 never, 1 while nothing is
    withheld, 2 also the withheld ones.
    """

    def __init__(self, workspace: Workspace, publishes: int = 0) -> None:
        """Take the workspace, and whether its events are published."""
        self._workspace = workspace
        self._publishes = publishes

    @cached_property
    def is_anything_withheld(self) -> bool:
        """Return whether an activity is withheld now."""
        return self._workspace.withheld() > 0

    @cached_property
    def has_events(self) -> bool:
        """Return whether the events themselves may be read here now."""
        return self._publishes > 1 or (self._publishes > 0 and not self.is_anything_withheld)

    @property
    def is_asked_for(self) -> bool:
        """Return whether the events would be here if nothing were withheld."""
        return self._publishes > 0

    @cached_property
    def checkpoint(self) -> Checkpoint:
        """Return the newest checkpoint; raise `NotSignedYetError`, or `CheckpointError`."""
        try:
            return self._workspace.signatures.newest
        except UnsignedError:
            raise NotSignedYetError from None

    @property
    def position(self) -> int:
        """Return the position of the newest event."""
        return self._workspace.log.position()

    @property
    def is_intact(self) -> bool:
        """Return whether the log has the root that its newest checkpoint signs."""
        return is_of(self._workspace.views, self._workspace.log, self.checkpoint)

    @property
    def is_signed(self) -> bool:
        """Return whether anything is signed."""
        try:
            return self.checkpoint.size > 0
        except NotSignedYetError:
            return False

    def covers(self, position: int) -> bool:
        """Return whether the newest checkpoint, if there is a valid one, covers a position."""
        try:
            return position <= self.checkpoint.size
        except KalendsError:
            return False

    @cached_property
    def kept(self) -> dict[int, Checkpoint]:
        """Return the checkpoints kept for each publication, by size."""
        here, found = self._workspace.folder, dict[int, Checkpoint]()
        sizes = {int(path.stem) for path in own_checkpoints.kept_files(here.checkpoints)}
        for checkpoint in own_checkpoints.signed(here, self._workspace.signatures.trusted):
            if checkpoint.size in sizes:
                found[checkpoint.size] = checkpoint
        return dict(sorted(found.items()))

    @property
    def notes(self) -> list[tuple[int | None, str]]:
        """Return the checkpoint files as they are: the newest, with None, then those kept.

        Whoever reads them checks them.
        """
        found = own_checkpoints.files_in(self._workspace.folder)
        return [(each.size, each.content.decode("utf-8", "replace")) for each in found]

    @property
    def keys(self) -> list[str]:
        """Return the public keys that the workspace trusts, in their encoding."""
        return [key.written() for key in self._workspace.signatures.trusted]

    def tile(self, level: int, number: int, width: int) -> bytes:
        """Return the hashes of a tile; raises what `tiles.tile` raises."""
        db, log = self._workspace.views, self._workspace.log
        return tiles.tile(db, log, self.checkpoint, level=level, number=number, width=width)

    def bundle(self, number: int, width: int) -> bytes:
        """Return the events of a tile; raises `LogNotPublicError` and what `tiles.bundle` does."""
        self._check_events()
        return tiles.bundle(self._workspace.log, self.checkpoint, number=number, width=width)

    def journal(self) -> Iterator[bytes]:
        """Return the journal in pieces; raises `LogNotPublicError`."""
        self._check_events()
        return self._pieces(self._workspace.log.position())

    def _pieces(self, until: int) -> Iterator[bytes]:
        rows = self._workspace.log.rows(until=until)
        while lines := [compose(row) for row in islice(rows, _TOGETHER)]:
            yield b"\n".join([*lines, b""])

    @cached_property
    def has_pack(self) -> bool:
        """Return whether a pack may be read here now."""
        return self.has_events and self.is_signed and self.checkpoint.size <= _MOST_IN_PACK

    def pack(self) -> bytes:
        """Return a pack as of the newest checkpoint; the same log gives the same bytes.

        Raises `LogNotPublicError`, and what `proofs.pack` raises.
        """
        self._check_events()
        with TemporaryDirectory(prefix="kalends-pack-") as folder:
            path = Path(folder) / "pack.zip"
            pack(self._workspace, path)
            return path.read_bytes()

    def _check_events(self) -> None:
        if not self.has_events:
            raise LogNotPublicError

    def proof(self, record: PublicRecord, prefix: str) -> str:
        """Return the proof of a public activity's events, which our small programs check.

        Raises `ActivityNotFoundError`, as for one that does not exist where it is withheld,
        `AmbiguousError`, `NotSignedYetError`, and `ProofNotPublicError`.
        """
        found, shown = self._proved(record, prefix)
        if len(shown) < found.covered and not self.has_events:
            raise ProofNotPublicError
        return found.text

    def last_proof(self, record: PublicRecord, prefix: str) -> str:
        """Return the proof of its last event alone, as others' programs read it.

        Raises what `proof` raises.
        """
        found, shown = self._proved(record, prefix)
        is_last_shown = bool(shown) and shown[-1].version == found.covered
        if not is_last_shown and not self.has_events:
            raise ProofNotPublicError
        return tlog_proof(found.text)

    def may_prove(self, revisions: Sequence[Revision]) -> bool:
        """Return whether the proof of these is given: none of them was made while withheld."""
        return self.has_events or len(revisions) == revisions[-1].version

    def _proved(self, record: PublicRecord, prefix: str) -> tuple[Proof, list[Revision]]:
        """Return the proof of all events that are signed, and the revisions that may be shown."""
        revisions = record.revisions(prefix)
        try:
            found = prove(self._workspace, revisions[-1].id, known_at=record.known_at)
        except UnsignedError:
            raise NotSignedYetError from None
        return found, [each for each in revisions if each.position <= found.size]

    def tile_paths(self) -> Iterator[str]:
        """Yield the paths of all tiles, and of the bundles of entries if they are public.

        Also of those that the checkpoints kept for publications need.
        """
        for level, number, width in tiles.paths(self.checkpoint.size, self.kept):
            yield tiles.path(level, number, width)
            if level == 0 and self.has_events:
                yield tiles.path(None, number, width)


def verifier(name: str) -> bytes:
    """Return one of the small programs that check a log: `verify.py` or `verify.mjs`."""
    return (files("kalends.audit.verifier") / name).read_bytes()
