"""Whether the record is what was signed: what is proved, since when, and what is not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kalends.audit.checkpoint import Checkpoint, read
from kalends.audit.note import ForeignNoteError, ForgedNoteError, NoteError, PublicKey, encoded
from kalends.audit.walk import NOWHERE, Problem, Sources, Walked, What, sources, walk
from kalends.domain.errors import CorruptDatabaseError, FileNotReadableError
from kalends.log.evidence import Extent, Journal, Store
from kalends.words import Message

# So many problems of a kind are told: who can make many of one kind hides none of another.
_EACH = 20
# What speaks of an event itself stands before what speaks of a file that was kept.
_OF_AN_EVENT: frozenset[What] = frozenset(
    {"differs", "missing", "form", "unreadable", "unknown-topic", "version", "time", "kept"}
)
_SIGNED = "\n\n\N{EM DASH} ".encode()
_LINE = b'{"stream":'


class Kept(NamedTuple):
    """A checkpoint's file as somebody kept it: its name, and its octets.

    `size` is the one that its name says, as the names of those kept at each publication do.
    """

    name: str
    octets: bytes
    size: int | None = None


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
    journals: Iterable[Path] = (),
) -> Report:
    """Walk the whole log, and hold it against checkpoints and against kept journals.

    `store` or `journal` may be None; with both they are held against each other, and what is
    signed is believed. Never raises for what an attacker could write, but `DiskError` where the
    disk would not.
    """
    problems, database, stored = _database(store)
    if journal is not None and not journal.is_file():
        problems.append(Problem(0, "", 0, "form", "", str(journal)))
        journal = None
    given = sources(Journal(journal) if journal else None, database, stored)
    signed, unsigned, published = _signed(kept, keys)
    walked = walk(given, [one.size for _, one in signed])
    problems += unsigned
    if journal and given.lines.events < published:
        problems.append(_cut("journal-cut", published, given.lines.events))
    altered = ""
    if given.store and given.journal and walked.problems:
        altered, walked = _blamed(given, signed, walked)
    problems += walked.problems
    checked = [Checked(name, one, _holds(one, walked)) for name, one in signed]
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
        problems=_told(problems),
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
        is_folder, before = path.is_dir(), len(checkpoints) + len(journals)
        for one in sorted(path.rglob("*")) if is_folder else [path]:
            if is_folder and not one.is_file():
                continue
            head = _head(one)
            if head.startswith(_LINE):
                journals.append(one)
            elif not is_folder or _SIGNED in head:
                checkpoints.append(Kept(str(one), head))
        if len(checkpoints) + len(journals) == before:
            raise FileNotReadableError(name=path, detail=Message("there is nothing kept in it"))
    return checkpoints, journals


def _head(path: Path) -> bytes:
    """Return a file's first octets: more than any checkpoint has."""
    try:
        with path.open("rb") as file:
            return file.read(1 << 16)
    except OSError as error:
        raise FileNotReadableError(name=path, detail=error.strerror or error) from None


def _database(store: Path | None) -> tuple[list[Problem], Store | None, Extent]:
    if store is None:
        return [], None, NOWHERE
    database = Store(store)
    try:
        extent = database.extent()
        strangers = database.strangers()
    except CorruptDatabaseError as error:
        return [Problem(0, "", 0, "form", "", str(error))], None, NOWHERE
    problems = [Problem(0, "", 0, "stranger", "", one) for one in strangers]
    if extent.events > extent.last:
        problems.append(_cut("no-position", extent.last, extent.events))
    return problems, database, extent


def _signed(
    kept: Iterable[Kept], keys: Sequence[PublicKey]
) -> tuple[list[tuple[str, Checkpoint]], list[Problem], int]:
    """Return what is signed, what is wrong with the others, and how far was published."""
    found: list[tuple[str, Checkpoint]] = []
    problems: list[Problem] = []
    published = 0
    kinds: dict[type[NoteError], What] = {ForeignNoteError: "untrusted", ForgedNoteError: "forged"}
    for name, octets, size in kept:
        try:
            one = read(octets, keys)
        except NoteError as error:
            what = kinds.get(type(error), "not-a-checkpoint")
            problems.append(Problem(0, "", 0, what, name, str(error)))
            continue
        found.append((name, one))
        if size is not None and size != one.size:
            problems.append(Problem(0, "", 0, "misnamed", name, f"{one.size}"))
        elif size is not None:
            published = max(published, size)
    return found, problems, published


def _told(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems, those of events first, by position; so many of a kind."""
    counts: Counter[str] = Counter()
    told: list[Problem] = []
    for one in sorted(problems, key=lambda one: (one.what not in _OF_AN_EVENT, one)):
        counts[one.what] += 1
        if counts[one.what] <= _EACH:
            told.append(one)
    return told


def _holds(one: Checkpoint, walked: Walked) -> bool:
    return walked.roots.get(one.size) == one.root


def _broken(checked: Sequence[Checked], walked: Walked) -> Iterator[Problem]:
    """Yield what does not hold; the first event that differs stands behind the last that does."""
    roots: dict[int, tuple[str, bytes]] = {}
    seen: set[tuple[int, bytes]] = set()
    for name, one, holds in checked:
        if (one.size, one.root) in seen:
            continue
        seen.add((one.size, one.root))
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
    given: Sources, signed: Sequence[tuple[str, Checkpoint]], both: Walked
) -> tuple[str, Walked]:
    """Find out which of journal and database is what was signed; that one is what was expected.

    Return the other one's name, "" when it cannot be told or only lacks what is new, and what was
    seen of the one that is believed.
    """
    sizes = [one.size for _, one in signed]
    alone = {
        "journal": walk(given._replace(store=None, stored=0), sizes),
        "database": walk(given._replace(journal=None, lines=NOWHERE), sizes),
    }
    holds = {name: sum(_holds(one, walked) for _, one in signed) for name, walked in alone.items()}
    if holds["journal"] == holds["database"] or all(
        one.what == "missing" for one in both.problems
    ):
        return "", both
    if holds["journal"] > holds["database"]:
        return "database", both
    turned = [
        one._replace(expected=one.found, found=one.expected) if one.what == "differs" else one
        for one in both.problems
    ]
    return "journal", alone["database"]._replace(problems=turned)


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
