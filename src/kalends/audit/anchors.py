"""The folder's own checkpoints, held against the log while it is read for another reason.

This is less than `verify`: whoever can change the folder may have taken them away. But no command
says yes to a log that does not fit what lies beside it.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kalends.audit.checkpoint import octets_in, read
from kalends.audit.note import NoteError, PublicKey
from kalends.domain.errors import ForgedJournalError, RewrittenError, ShortenedError
from kalends.log.journal import compose
from kalends.log.log import Log
from kalends.log.merkle import Frontier, leaf_hash


class Anchors:
    """What the checkpoints of a folder say: a root for some sizes.

    One that cannot be read, or that nobody trusted has signed, is passed over: `verify` says it.
    """

    def __init__(self, paths: Iterable[Path], keys: Sequence[PublicKey]) -> None:
        """Read the checkpoints, the one that counts most first."""
        self._tree = Frontier()
        self._roots: dict[int, bytes] = {}
        for path in paths:
            try:
                one = read(octets_in(path), keys)
            except (OSError, NoteError):
                continue
            self._roots.setdefault(one.size, one.root)

    def take(self, line: bytes) -> None:
        """Take the journal's next line; raise `ForgedJournalError` where it is not as signed."""
        if not self._follows(line):
            raise ForgedJournalError(size=self._tree.size)

    def check(self, log: Log) -> None:
        """Raise `RewrittenError` or `ShortenedError` for a log that is not what was signed."""
        largest = max(self._roots, default=0)
        if log.position() < largest:
            raise ShortenedError(size=largest, found=log.position())
        for row in log.rows(until=largest):
            if not self._follows(compose(row)):
                raise RewrittenError(size=self._tree.size)

    def _follows(self, line: bytes) -> bool:
        if not self._roots:
            return True
        self._tree.append(leaf_hash(line))
        root = self._roots.get(self._tree.size)
        return root is None or root == self._tree.root()
