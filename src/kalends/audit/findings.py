"""What an audit reports: the checkpoints, what they prove and since when, and the problems."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from kalends.audit.checkpoint import Checkpoint
from kalends.audit.problem import Problem, ProblemKind

# At most so many problems of a kind are listed, so that one kind does not hide another.
_EACH = 20
# Problems of events are listed first, then those of files.
_OF_AN_EVENT: frozenset[ProblemKind] = frozenset(
    {"differs", "missing", "form", "unreadable", "unknown-topic", "version", "time", "kept"}
)


class Signed(NamedTuple):
    """A checkpoint that a trusted key has signed; `is_own` as in `SuppliedCheckpoint`."""

    name: str
    checkpoint: Checkpoint
    is_own: bool


class CheckedCheckpoint(NamedTuple):
    """A signed checkpoint, and whether it holds: whether the log has its root hash."""

    name: str
    checkpoint: Checkpoint
    holds: bool
    is_own: bool


class ComparedJournal(NamedTuple):
    """A journal kept elsewhere: how many of its events the log has, and whether it has all."""

    name: str
    events: int
    holds: bool


class Vouched(NamedTuple):
    """Up to which position the log is proved unchanged, and since when.

    `since` is when the last event of the oldest checkpoint that holds was recorded. Everything
    up to that event has not changed since.
    """

    proved: int = 0
    since: datetime | None = None


class Report(NamedTuple):
    """The result of an audit: the log's size and root hash, what is proved, and the problems.

    `by_kept` is what copies kept elsewhere prove, `by_folder` what the folder's own checkpoints
    prove. If a copy contradicts the folder (`is_contradicted`), the folder's checkpoints prove
    nothing, because whoever changed the log could have signed them again. `altered` says which
    of journal and database differs from what was signed, "" if unknown. `behind` is the number
    of events that the journal still lacks.
    """

    size: int
    root: bytes
    by_kept: Vouched
    by_folder: Vouched
    is_contradicted: bool
    checkpoints: list[CheckedCheckpoint]
    problems: list[Problem]
    altered: str
    behind: int
    journals: Sequence[ComparedJournal] = ()

    @property
    def proved(self) -> int:
        """Return up to which position the log is proved, by copies or by the folder."""
        return max(self.by_kept.proved, self.by_folder.proved)

    @property
    def since(self) -> datetime | None:
        """Return since when the log is proved unchanged, by copies or by the folder."""
        return min(filter(None, (self.by_kept.since, self.by_folder.since)), default=None)

    @property
    def is_good(self) -> bool:
        """Return whether there are no problems."""
        return not self.problems


def listed(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems to list: those of events first, by position, limited for each kind."""
    counts: Counter[str] = Counter()
    shown: list[Problem] = []
    for problem in sorted(
        problems, key=lambda problem: (problem.what not in _OF_AN_EVENT, problem)
    ):
        counts[problem.what] += 1
        if counts[problem.what] <= _EACH:
            shown.append(problem)
    return shown
