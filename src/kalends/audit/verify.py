"""Whether the record is what was signed: what is proved, since when, and what is not."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kalends.audit.checkpoint import Checkpoint, read
from kalends.audit.note import ForeignNoteError, ForgedNoteError, NoteError, PublicKey, encoded
from kalends.audit.walk import NOWHERE, Problem, Sources, Walked, What, sources, walk
from kalends.domain.errors import CorruptDatabaseError, FileNotReadableError
from kalends.log.evidence import Journal, Store

_MOST = 100
_SIGNED = "\n\n\N{EM DASH} ".encode()
_LINE = b'{"stream":'


class Kept(NamedTuple):
    """A checkpoint's file as somebody kept it: its name, and its octets."""

    name: str
    octets: bytes


class Checked(NamedTuple):
    """A checkpoint that somebody trusted has signed, and whether the log is what it says."""

    name: str
    one: Checkpoint
    holds: bool


class Report(NamedTuple):
    """What was found: the log's size and root, what holds, and what does not.

    `proved` is up to which position, `since` when the newest event of the oldest checkpoint that
    holds was recorded: what is older than that has not been changed since. `altered` names the
    one of journal and database that is not what was signed, "" when that cannot be told.
    `behind` is how many events the journal still lacks.
    """

    size: int
    root: bytes
    proved: int
    since: datetime | None
    checkpoints: list[Checked]
    problems: list[Problem]
    altered: str
    behind: int

    @property
    def is_good(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.problems


def verify(
    store: Path | None,
    journal: Path | None,
    kept: Sequence[Kept],
    keys: Sequence[PublicKey],
    *,
    published: int = 0,
    journals: Iterable[Path] = (),
) -> Report:
    """Walk the whole log, and hold it against checkpoints and against kept journals.

    `store` or `journal` may be None; with both they are held against each other. `published` is
    up to which position the journal must reach. Never raises for what an attacker could write,
    but `DiskError` where the disk would not.
    """
    problems, database = _database(store)
    given = sources(database, Journal(journal) if journal else None)
    signed, unsigned = _signed(kept, keys)
    walked = walk(given, [one.size for _, one in signed])
    problems += unsigned + walked.problems
    if journal and given.lines.events < published:
        problems.append(_cut("journal-cut", published, given.lines.events))
    checked = [Checked(name, one, _holds(one, walked)) for name, one in signed]
    altered = ""
    if given.store and given.journal and walked.problems:
        altered, problems = _blamed(given, signed, problems)
    problems += _broken(checked, walked)
    for path in journals:
        problems += _against(path, given)
    held = [one.one for one in checked if one.holds]
    if not held and not problems:
        problems.append(Problem(0, "", 0, "unsigned", "", ""))
    # What a kept copy speaks against is not proved by a younger signature over another story.
    against = [one.position for one in problems if one.what in {"root", "two-roots", "kept"}]
    sizes = [one.size for one in held if one.size < min(against, default=one.size + 1)]
    return Report(
        size=walked.size,
        root=walked.roots[walked.size],
        proved=max(sizes, default=0),
        since=walked.moments.get(min(sizes, default=0)),
        checkpoints=checked,
        problems=sorted(problems)[:_MOST],
        altered=altered,
        behind=max(0, given.stored - given.lines.events) if journal else 0,
    )


def gathered(paths: Iterable[Path]) -> tuple[list[Kept], list[Path]]:
    """Return the checkpoints and the journals in files and folders that somebody kept.

    In a folder whatever is neither is passed over. Raises `FileNotReadableError`.
    """
    checkpoints: list[Kept] = []
    journals: list[Path] = []
    for path in paths:
        is_folder = path.is_dir()
        for one in sorted(path.rglob("*")) if is_folder else [path]:
            if is_folder and not one.is_file():
                continue
            head = _head(one)
            if head.startswith(_LINE):
                journals.append(one)
            elif not is_folder or _SIGNED in head:
                checkpoints.append(Kept(str(one), head))
    return checkpoints, journals


def _head(path: Path) -> bytes:
    """Return a file's first octets: more than any checkpoint has."""
    try:
        with path.open("rb") as file:
            return file.read(1 << 16)
    except OSError as error:
        raise FileNotReadableError(name=path, detail=error.strerror or error) from None


def _database(store: Path | None) -> tuple[list[Problem], Store | None]:
    if store is None:
        return [], None
    database = Store(store)
    try:
        extent = database.extent()
        strangers = database.strangers()
    except CorruptDatabaseError as error:
        return [Problem(0, "", 0, "form", "", str(error))], None
    problems = [Problem(0, "", 0, "stranger", "", one) for one in strangers]
    if extent.events > extent.last:
        problems.append(_cut("no-position", extent.last, extent.events))
    return problems, database


def _signed(
    kept: Iterable[Kept], keys: Sequence[PublicKey]
) -> tuple[list[tuple[str, Checkpoint]], list[Problem]]:
    found: list[tuple[str, Checkpoint]] = []
    problems: list[Problem] = []
    kinds: dict[type[NoteError], What] = {ForeignNoteError: "untrusted", ForgedNoteError: "forged"}
    for name, octets in kept:
        try:
            found.append((name, read(octets, keys)))
        except NoteError as error:
            what = kinds.get(type(error), "not-a-checkpoint")
            problems.append(Problem(0, "", 0, what, name, str(error)))
    return found, problems


def _holds(one: Checkpoint, walked: Walked) -> bool:
    return walked.roots.get(one.size) == one.root


def _broken(checked: Sequence[Checked], walked: Walked) -> Iterator[Problem]:
    """Yield what does not hold; the first event that differs stands behind the last that does."""
    roots: dict[int, tuple[str, bytes]] = {}
    for name, one, holds in checked:
        first, root = roots.setdefault(one.size, (name, one.root))
        if root != one.root:
            told = f"{first}: {encoded(root)}", f"{name}: {encoded(one.root)}"
            yield Problem(one.size, "", 0, "two-roots", *told)
        if holds:
            continue
        if one.size > walked.size:
            yield _cut("shorter", one.size, walked.size, name)
            continue
        before = max(
            (two.one.size for two in checked if two.holds and two.one.size < one.size), default=0
        )
        expected = f"{name}: {encoded(one.root)}"
        yield Problem(before + 1, "", 0, "root", expected, encoded(walked.roots[one.size]))


def _blamed(
    given: Sources, signed: Sequence[tuple[str, Checkpoint]], problems: list[Problem]
) -> tuple[str, list[Problem]]:
    """Find out which of journal and database is what was signed; that one is what was expected."""
    sizes = [one.size for _, one in signed]
    alone = {
        "journal": walk(given._replace(store=None, stored=0), sizes),
        "database": walk(given._replace(journal=None, lines=NOWHERE), sizes),
    }
    holds = {name: sum(_holds(one, walked) for _, one in signed) for name, walked in alone.items()}
    if holds["journal"] == holds["database"]:
        return "", problems
    altered = min(alone, key=holds.__getitem__)
    if altered == "database":
        return altered, problems
    turned = [
        one._replace(expected=one.found, found=one.expected) if one.what == "differs" else one
        for one in problems
    ]
    return altered, turned


def _against(path: Path, given: Sources) -> list[Problem]:
    """Hold the log against a journal that somebody kept: the first line that differs is told."""
    kept = Journal(path)
    until = kept.extent().events
    ours = _lines(given, until)
    for position, shown in kept.exhibits(0, until, 0):
        line = next(ours, None)
        if line is None:
            return [_cut("shorter", until, position - 1, str(path))]
        if line != shown.line:
            row = shown.row
            stream, version = (row.stream, row.version) if row else ("", 0)
            told = [one.decode("utf-8", "backslashreplace") for one in (shown.line, line)]
            return [Problem(position, stream, version, "kept", *told)]
    return []


def _lines(given: Sources, until: int) -> Iterator[bytes]:
    if given.store is not None:
        yield from (one.line for _, one in given.store.exhibits(0, until))
    elif given.journal is not None:
        yield from (one.line for _, one in given.journal.exhibits(0, until, 0))


def _cut(what: What, expected: int, found: int, name: str = "") -> Problem:
    told = f"{name}: {expected}" if name else f"{expected}"
    return Problem(min(expected, found) + 1, "", 0, what, told, f"{found}")
