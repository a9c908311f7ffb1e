"""Compares the log with the workspace's own checkpoints while it is being restored.

This proves less than `verify`, because whoever can change the folder can also delete its
checkpoints. But no command accepts a log that contradicts the checkpoints beside it.
"""

from collections.abc import Iterable

from kalends.audit.checkpoint import Checkpoint
from kalends.domain.errors import ForgedJournalError, RewrittenError, ShortenedError
from kalends.log.journal_line import compose
from kalends.log.log import Log
from kalends.log.merkle import Frontier, leaf_hash


class Anchors:
    """The root hashes that signed checkpoints give for some sizes of the log."""

    def __init__(self, checkpoints: Iterable[Checkpoint]) -> None:
        """Take the checkpoints; where two have the same size, the first counts."""
        self._tree = Frontier()
        self._roots: dict[int, bytes] = {}
        for checkpoint in checkpoints:
            self._roots.setdefault(checkpoint.size, checkpoint.root)

    def take(self, line: bytes) -> None:
        """Take the journal's next line; raise `ForgedJournalError` if the root then differs."""
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
