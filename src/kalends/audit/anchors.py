"""The folder's own checkpoints, held against the log while it is read for another reason.

This is less than `verify`: whoever can change the folder may have taken them away. But no command
says yes to a log that does not fit what lies beside it.
"""

from collections.abc import Iterable

from kalends.audit.checkpoint import Checkpoint
from kalends.domain.errors import ForgedJournalError, RewrittenError, ShortenedError
from kalends.log.journal import compose
from kalends.log.log import Log
from kalends.log.merkle import Frontier, leaf_hash


class Anchors:
    """What signed checkpoints say: a root for some sizes."""

    def __init__(self, checkpoints: Iterable[Checkpoint]) -> None:
        """Take the checkpoints, the one that counts most first."""
        self._tree = Frontier()
        self._roots: dict[int, bytes] = {}
        for checkpoint in checkpoints:
            self._roots.setdefault(checkpoint.size, checkpoint.root)

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
