"""Records many activities from a file: all of them or none, or all that can be recorded."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count, islice
from typing import TYPE_CHECKING, NamedTuple

from kalends.application.recording import warnings
from kalends.application.recording.duplicates import already_recorded
from kalends.application.recording.prompting import NoPrompter, Prompter
from kalends.application.recording.warnings import WarningMessage
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.details import Likeness, likeness
from kalends.domain.draft import Draft
from kalends.domain.errors import KalendsError, LikeLineError, LineError, OnRecordError
from kalends.domain.events import ActivityRetracted, Entry, activity_stream
from kalends.domain.value import Value
from kalends.intake.files.row_file import row_file
from kalends.intake.files.rows import NumberedRow, RowFile, SentenceRow, row_id
from kalends.intake.resolver import Resolver
from kalends.words import Words

if TYPE_CHECKING:
    from kalends.intake.files.sentence_lines import SentenceLines
    from kalends.intake.files.table import Table

__all__ = ["Imported", "RowFile", "Rows", "Wanted", "given_back", "import_rows", "row_file"]

_CHUNK = 1_000
Rows = Iterable[NumberedRow]


class Wanted(Value):
    """The options of an import."""

    keep_going: bool = False
    allow_duplicates: bool = False
    skip_duplicates: bool = False
    again: bool = False


@dataclass(slots=True)
class Imported:
    """The result of an import; each list holds line numbers, counted from 1.

    `passed` lists skipped lines, each with the id of the similar recorded activity, or "" if an
    earlier line was similar. `warnings` are about lines that were recorded. In a dry run
    `activities` are what would be recorded: the event and the details of each line.
    """

    recorded: int = 0
    already: int = 0
    retracted: list[tuple[int, str]] = field(default_factory=list)
    passed: list[tuple[int, str]] = field(default_factory=list)
    left_out: list[tuple[int, KalendsError]] = field(default_factory=list)
    warnings: list[tuple[int, WarningMessage]] = field(default_factory=list)
    activities: list[tuple[int, Entry]] = field(default_factory=list)


class _Line(NamedTuple):
    """A line that was read without error."""

    number: int
    draft: Draft
    kept_words: str | None
    sentence: str = ""


def given_back(rows: RowFile) -> "Table | SentenceLines | None":
    """Return a table or sentences, to write what was left out; None for what programs made."""
    from kalends.intake.files.sentence_lines import SentenceLines  # noqa: PLC0415 - seldom needed
    from kalends.intake.files.table import Table  # noqa: PLC0415

    return rows if isinstance(rows, Table | SentenceLines) else None


def import_rows(  # noqa: PLR0913 - all that an import depends on
    workspace: Workspace,
    words: Words,
    rows: RowFile,
    wanted: Wanted,
    *,
    prompter: Prompter | None = None,
    sees: Callable[[str], bool] = lambda _: True,
    advance: Callable[[int], Callable[[Rows], Rows]] = lambda _: iter,
) -> Imported:
    """Record every row of a decoded file, in one transaction.

    With `keep_going`, the valid rows are recorded, 1,000 in a transaction, and the others listed.
    Without it, the first bad row raises `LineError`, and nothing is recorded. `advance` takes the
    number of rows and returns a function through which they pass, for a progress bar. Activities
    that the user does not see, by `sees`, are like none.
    """
    through = advance(len(rows))
    work = _Import(workspace, words, rows.digest, wanted, prompter or NoPrompter(), sees)
    # A server is asked once, so that it is one act to be undone.
    is_at_once = workspace.is_remote or not wanted.keep_going
    size = max(len(rows), 1) if is_at_once else _CHUNK
    coming = iter(rows)
    while some := list(islice(coming, size)):
        work.record(list(work.read(through(some))))
    work.done.left_out.sort(
        key=lambda left_out: left_out[0]
    )  # both reading and recording find bad lines
    return work.done


def unreadable(
    workspace: Workspace, words: Words, rows: RowFile
) -> list[tuple[int, KalendsError]]:
    """Return every row that cannot be read, with the reason, in order; nothing is recorded."""
    work = _Import(
        workspace, words, rows.digest, Wanted(keep_going=True), NoPrompter(), lambda _: True
    )
    deque(work.read(rows), maxlen=0)
    return work.done.left_out


class _Import:
    """An import in progress: what is done, and which lines were left out."""

    def __init__(
        self,
        workspace: Workspace,
        words: Words,
        digest: str,
        wanted: Wanted,
        prompter: Prompter,
        sees: Callable[[str], bool],
    ) -> None:
        self.done = Imported()
        self._sees = sees
        self._workspace = workspace
        self._words = words
        self._digest = digest
        self._wanted = wanted
        self._prompter = prompter
        self._roster, self._here = workspace.service.roster(), date_context(workspace)
        self._resolver = Resolver(self._roster, self._here)
        self._act = workspace.service.new_act()
        self._first: dict[Likeness, int] = {}
        self._numbers: dict[str, int] = {}

    def read(self, rows: Rows) -> Iterator[_Line]:
        """Yield the valid lines; collect the others."""
        for number, row, kept_words in rows:
            if isinstance(row, KalendsError):
                self._refuse(number, row)
                continue
            try:
                draft = self._resolver.draft(row)
            except KalendsError as error:
                self._refuse(number, error)
            else:
                said = row.text if isinstance(row, SentenceRow) else ""
                yield _Line(number, draft, kept_words or _about_people(said, draft), said)

    def record(self, lines: list[_Line]) -> None:
        """Append the new lines in one transaction."""
        fresh = self._fresh(lines)
        if not self._wanted.allow_duplicates:
            fresh = self._unlike(fresh)
        self._numbers.update((new_id, line.number) for line, new_id in fresh)
        entries = self._workspace.service.record_all(
            [(new_id, line.draft) for line, new_id in fresh],
            act=self._act,
            refused=lambda new_id, error: self._refuse(self._numbers[new_id], error),
        )
        self.done.recorded += len(entries)
        made = {entry.stream: entry for entry in entries}
        for line, new_id in fresh:
            if (entry := made.get(activity_stream(new_id))) is not None:
                self._note(line, entry)

    def _note(self, line: _Line, entry: Entry) -> None:
        """Collect the warnings about a line that was recorded, and in a dry run what it says."""
        when, is_held = line.draft.details.when, not line.draft.planned
        found = warnings.of_phrase(when, self._here, sentence=line.sentence)
        found += warnings.of_date(when, self._here, is_held=is_held)
        if line.kept_words is not None:
            found += warnings.kept(line.kept_words, when)
        self.done.warnings += [(line.number, warning) for warning in found]
        if self._workspace.dry_run:
            self.done.activities.append((line.number, entry))

    def _fresh(self, lines: list[_Line]) -> list[tuple[_Line, str]]:
        """Return the lines that are not recorded yet, each with its future id.

        A line that was recorded and then retracted is recorded again only with `again`.
        """
        log, fresh, waiting = self._workspace.log, [], lines
        for attempt in count():
            ids = {line.number: row_id(self._digest, line.number, attempt) for line in waiting}
            known = log.existing([activity_stream(new_id) for new_id in ids.values()])
            gone = log.existing(sorted(known), topic=ActivityRetracted.TOPIC)
            following = []
            for line in waiting:
                stream = activity_stream(ids[line.number])
                if stream in gone:
                    following.append(line)
                elif stream in known:
                    self.done.already += 1
                elif attempt == 0 or self._wanted.again:
                    fresh.append((line, ids[line.number]))
                else:
                    before = row_id(self._digest, line.number, attempt - 1)
                    self.done.retracted.append((line.number, before))
            if not following:
                return fresh
            waiting = following
        raise AssertionError  # pragma: no cover - numbers never run out

    def _unlike(self, fresh: list[tuple[_Line, str]]) -> list[tuple[_Line, str]]:
        """Return the lines to record, after asking about those similar to recorded activities."""
        likenesses = {line.number: likeness(line.draft.details) for line, _ in fresh}
        alike_to = self._workspace.alike(set(likenesses.values()))
        standing = {found: each for found, each in alike_to.items() if self._sees(each)}
        kept, alike = [], []
        for line, new_id in fresh:
            found = likenesses[line.number]
            first = self._first.setdefault(found, line.number)
            if found in standing or first != line.number:
                alike.append((line, standing.get(found), first))
            else:
                kept.append((line, new_id))
        if alike and self._records(alike):
            return fresh
        return kept

    def _records(self, alike: list[tuple[_Line, str | None, int]]) -> bool:
        """Return whether to record lines similar to recorded activities; else leave them out."""
        if not self._wanted.skip_duplicates:
            errors = [
                (line.number, LikeLineError(first=first) if found is None else self._known(found))
                for line, found, first in alike
            ]
            passed = None if self._wanted.keep_going else self._prompter.pass_lines(errors)
            if passed is None:
                for number, error in errors:
                    self._refuse(number, error)
                return False
            if not passed:
                self._wanted = replace(self._wanted, allow_duplicates=True)
                return True
            self._wanted = replace(self._wanted, skip_duplicates=True)
        self.done.passed += [(line.number, found or "") for line, found, _ in alike]
        return False

    def _known(self, found: str) -> OnRecordError:
        return already_recorded(self._workspace, self._words, found, self._roster)

    def _refuse(self, number: int, error: KalendsError) -> None:
        if not self._wanted.keep_going:
            raise LineError(error, line=number)
        self.done.left_out.append((number, error))


def _about_people(sentence: str, draft: Draft) -> str | None:
    """Return the words of a sentence that are kept, but not those about an exact headcount."""
    if not sentence:
        return None
    details = draft.details
    said, is_exact = details.description or "", details.headcount is not None
    return warnings.worth_saying(said, details.when, is_exact=is_exact) or None
