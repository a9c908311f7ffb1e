"""Verifies a log: compares it with checkpoints and kept journals, and reports what is proved."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kalends.audit.checkpoint import Checkpoint, SuppliedCheckpoint, read
from kalends.audit.findings import (
    CheckedCheckpoint,
    ComparedJournal,
    Report,
    Signed,
    Vouched,
    listed,
)
from kalends.audit.note import NoteError, PublicKey, encoded
from kalends.audit.own_checkpoints import Published
from kalends.audit.problem import Problem, ProblemKind
from kalends.audit.scan import NOWHERE, ScanResult, Sources, scan, sources
from kalends.audit.supplied import SuppliedJournal
from kalends.domain.errors import CorruptDatabaseError
from kalends.domain.value import replace
from kalends.log.event_log import Range, UntrustedLog
from kalends.log.untrusted_journal import Journal


def verify(
    store: UntrustedLog | None,
    journal: Path | None,
    kept: Sequence[SuppliedCheckpoint],
    keys: Sequence[PublicKey],
    *,
    journals: Iterable[SuppliedJournal] = (),
    may_lag: bool = False,
) -> Report:
    """Check the whole log against checkpoints and against kept journals.

    `store` or `journal` may be None; with both, they are compared with each other, and the one
    that was signed is believed. With `may_lag` the journal came here since they were compared
    last, as by `git pull`, and the database may end earlier. Whatever an attacker writes becomes a
    problem in the report. Raises only `DiskError`.
    """
    given, problems = _given(store, journal)
    signed, unsigned, published = _signed(kept, keys)
    brought = list(journals)
    compared = [_against(journal, given) for journal in brought]
    matched = [until for until, _ in compared]
    scanned = scan(given, [*(held.checkpoint.size for held in signed), *matched])
    scanned = _without_lag(scanned, given.stored) if may_lag else scanned
    problems += unsigned
    if published.is_cut(given.lines.events):
        problems.append(_cut("journal-cut", published.kept, given.lines.events))
    altered = ""
    if given.store and given.journal and scanned.problems:
        altered, scanned = _blamed(given, signed, matched, scanned)
    problems += scanned.problems
    checked = [
        CheckedCheckpoint(*held[:2], _holds(held.checkpoint, scanned), held.is_own)
        for held in signed
    ]
    differ = [problem for _, problem in compared if problem is not None]
    is_contradicted = bool(differ) or any(
        not result.holds and not result.is_own for result in checked
    )
    believed = [
        result for result in checked if result.holds and not (is_contradicted and result.is_own)
    ]
    problems += _broken(
        checked, [*(result.checkpoint.size for result in believed), *matched], scanned
    )
    problems += differ
    if not any(result.holds for result in checked) and not problems:
        problems.append(Problem(0, "", 0, "unsigned", "", ""))
    # What a kept copy contradicts, a newer signature over another version does not prove.
    against = [
        problem.position for problem in problems if problem.what in {"root", "two-roots", "kept"}
    ]
    below = min(against, default=scanned.size + 1)
    others = [result.checkpoint.size for result in believed if not result.is_own]
    own = [result.checkpoint.size for result in believed if result.is_own]
    return Report(
        size=scanned.size,
        root=scanned.roots[scanned.size],
        by_kept=_vouched([*others, *matched], below, scanned),
        by_folder=_vouched(own, below, scanned),
        is_contradicted=is_contradicted,
        checkpoints=checked,
        problems=listed(problems),
        altered=altered,
        behind=_behind(given, may_lag=may_lag),
        journals=[
            ComparedJournal(kept.name, until, problem is None)
            for kept, (until, problem) in zip(brought, compared, strict=True)
        ],
    )


def _vouched(sizes: Iterable[int], below: int, scanned: ScanResult) -> Vouched:
    held = [size for size in sizes if 0 < size < below]
    return Vouched(max(held), scanned.moments.get(min(held))) if held else Vouched()


def _given(store: UntrustedLog | None, journal: Path | None) -> tuple[Sources, list[Problem]]:
    """Return what to scan, and what is wrong with either as a whole."""
    problems: list[Problem] = []
    if journal is not None and not journal.is_file():
        problems.append(Problem(0, "", 0, "form", "", str(journal)))
        journal = None
    # The journal first: what is recorded meanwhile is then in the database too.
    alone = sources(Journal(journal) if journal else None)
    wrong, database, stored = _database(store)
    return alone.beside(database, stored), wrong + problems


def _database(
    database: UntrustedLog | None,
) -> tuple[list[Problem], UntrustedLog | None, Range]:
    if database is None:
        return [], None, NOWHERE
    try:
        extent = database.extent()
        strangers = database.strangers()
    except CorruptDatabaseError as error:
        return [Problem(0, "", 0, "form", "", str(error))], None, NOWHERE
    problems = [Problem(0, "", 0, "stranger", "", stranger) for stranger in strangers]
    if extent.events > extent.last:
        problems.append(_cut("no-position", extent.last, extent.events))
    return problems, database, extent


def _signed(
    kept: Iterable[SuppliedCheckpoint], keys: Sequence[PublicKey]
) -> tuple[list[Signed], list[Problem], Published]:
    """Return the signed checkpoints, the problems of the others, and how far was published."""
    found: list[Signed] = []
    problems: list[Problem] = []
    published = Published()
    for name, content, size, is_own in kept:
        try:
            checkpoint = read(content, keys)
        except NoteError as error:
            problems.append(Problem(0, "", 0, error.kind, name, str(error)))
            continue
        found.append(Signed(name, checkpoint, is_own))
        if size is not None and size != checkpoint.size:
            problems.append(Problem(0, "", 0, "misnamed", name, f"{checkpoint.size}"))
        elif size is not None:
            published = replace(published, kept=max(published.kept, size))
        elif is_own:
            published = replace(published, newest=checkpoint.size)
    return found, problems, published


def _holds(checkpoint: Checkpoint, scanned: ScanResult) -> bool:
    return scanned.roots.get(checkpoint.size) == checkpoint.root


def _broken(
    checked: Sequence[CheckedCheckpoint], held: Sequence[int], scanned: ScanResult
) -> Iterator[Problem]:
    """Yield a problem for each checkpoint that does not hold, or contradicts another.

    `held` are the sizes of those that hold: the first changed event comes after the largest below.
    """
    roots: dict[int, tuple[str, bytes]] = {}
    seen: set[tuple[int, bytes]] = set()
    for name, checkpoint, holds, _ in checked:
        if (checkpoint.size, checkpoint.root) in seen:
            continue
        seen.add((checkpoint.size, checkpoint.root))
        first, root = roots.setdefault(checkpoint.size, (name, checkpoint.root))
        if root != checkpoint.root:
            roots_said = f"{first}: {encoded(root)}", f"{name}: {encoded(checkpoint.root)}"
            yield Problem(checkpoint.size, "", 0, "two-roots", *roots_said)
        if holds:
            continue
        if checkpoint.size > scanned.size:
            yield _cut("shorter", checkpoint.size, scanned.size, name)
            continue
        before = max((size for size in held if size < checkpoint.size), default=0)
        expected = f"{name}: {encoded(checkpoint.root)}"
        yield Problem(before + 1, "", 0, "root", expected, encoded(scanned.roots[checkpoint.size]))


def _blamed(
    given: Sources, signed: Sequence[Signed], matched: Sequence[int], both: ScanResult
) -> tuple[str, ScanResult]:
    """Find out whether the journal or the database was changed, by what was signed.

    Copies kept elsewhere count more than the folder's own checkpoints. Return the name of the
    changed one, "" if that is unknown or if one only lacks the newest events; and the scan of the
    other, with its events as the expected ones.
    """
    sizes = [*(held.checkpoint.size for held in signed), *matched]
    alone = {
        "journal": scan(given._replace(store=None, stored=0), sizes),
        "database": scan(given._replace(journal=None, lines=NOWHERE), sizes),
    }
    holds = {
        name: tuple(
            sum(_holds(held.checkpoint, scanned) for held in signed if held.is_own == is_own)
            for is_own in (False, True)
        )
        for name, scanned in alone.items()
    }
    if holds["journal"] == holds["database"] or all(
        problem.what == "missing" for problem in both.problems
    ):
        return "", both
    if holds["journal"] > holds["database"]:
        return "database", both
    turned = [
        problem._replace(expected=problem.found, found=problem.expected)
        if problem.what == "differs"
        else problem
        for problem in both.problems
    ]
    return "journal", alone["database"]._replace(problems=turned)


def _against(brought: SuppliedJournal, given: Sources) -> tuple[int, Problem | None]:
    """Compare the log with a journal kept elsewhere.

    Return up to which position they are equal, and the first difference, or None. A last line that
    was cut off, as by copying while somebody recorded, must begin like ours.
    """
    kept = Journal(brought.path)
    last, until = kept.extent()
    ours = _lines(given, last if last <= max(given.stored, given.lines.events) else until)
    for position, shown in kept.raw_events(0, last, 0):
        line, is_cut = next(ours, None), position > until
        if line is None and not is_cut:
            return position - 1, _cut("shorter", until, position - 1, brought.name)
        if (
            line is not None
            and line != shown.line
            and not (is_cut and line.startswith(shown.line))
        ):
            row = shown.row
            stream, version = (row.stream, row.version) if row else ("", 0)
            texts = [text.decode("utf-8", "backslashreplace") for text in (shown.line, line)]
            return position - 1, Problem(position, stream, version, "kept", *texts)
    return until, None


def _without_lag(scanned: ScanResult, stored: int) -> ScanResult:
    """Return a scan without the problem that the database ends before the journal."""
    left = [
        each for each in scanned.problems if (each.what, each.position) != ("missing", stored + 1)
    ]
    return scanned._replace(problems=left)


def _behind(given: Sources, *, may_lag: bool) -> int:
    """Return how many of the newest events the journal, or the database, still lacks."""
    if not given.journal or given.store is None:
        return 0
    ahead = given.stored - given.lines.events
    return -ahead if ahead < 0 and may_lag else max(0, ahead)


def _lines(given: Sources, until: int) -> Iterator[bytes]:
    if given.store is not None and (given.journal is None or given.stored >= until):
        yield from (raw_event.line for _, raw_event in given.store.raw_events(0, until))
    elif given.journal is not None:
        yield from (raw_event.line for _, raw_event in given.journal.raw_events(0, until, 0))


def _cut(what: ProblemKind, expected: int, found: int, name: str = "") -> Problem:
    expected_text = f"{name}: {expected}" if name else f"{expected}"
    return Problem(min(expected, found) + 1, "", 0, what, expected_text, f"{found}")
