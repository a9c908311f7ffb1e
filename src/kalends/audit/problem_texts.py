"""The problems that an audit finds, as people read them: where, what, and how it differs."""

from collections.abc import Iterator
from typing import NamedTuple

from kalends.audit.findings import Report
from kalends.audit.problem import Problem, ProblemKind
from kalends.domain.errors import N_
from kalends.words import Words

# These are about a file, whose name is printed first.
_OF_A_FILE = {"not-a-checkpoint", "untrusted", "retired", "forged", "misnamed"}

WORDS: dict[ProblemKind, str] = {
    "differs": N_("journal and database differ"),
    "missing": N_("the database lacks this event, or has not read it yet; any command reads it"),
    "form": N_("it is not in the form in which Kalends writes events"),
    "unreadable": N_("its content is not encoded as Kalends encodes it"),
    "unknown-topic": N_(
        "its topic is unknown: it was written by a newer Kalends, or not by Kalends"
    ),
    "version": N_("the versions of a stream have a gap"),
    "time": N_("the recorded times go back"),
    "stranger": N_("the database contains what Kalends did not create"),
    "no-position": N_("the database holds events at no position"),
    "not-a-checkpoint": N_("this is not a checkpoint"),
    "untrusted": N_("no trusted key has signed this checkpoint"),
    "retired": N_("the key that signed this checkpoint had been retired before"),
    "forged": N_("the signature of this checkpoint is wrong"),
    "root": N_("the first event that differs from what was signed is here"),
    "shorter": N_("the log is shorter than it was: its newest events were cut off"),
    "journal-cut": N_("the journal is shorter than what was published"),
    "two-roots": N_("two checkpoints of the same size differ: two versions were signed"),
    "misnamed": N_("the file name of this checkpoint gives another size than the checkpoint"),
    "unsigned": N_("there is no checkpoint that a trusted key has signed"),
    "kept": N_("the log differs from the journal that was kept"),
}
# Of longer texts only what differs is shown, with so much before and behind it.
_SHORT, _AROUND = 100, 30


class ShownProblem(NamedTuple):
    """A problem in words, and what was expected and found; "" if there is nothing to show."""

    text: str
    expected: str
    found: str


def shown_problems(words: Words, report: Report) -> Iterator[ShownProblem]:
    """Yield the problems to read: what several checkpoints say of the same event only once."""
    known = {problem.position for problem in report.problems if problem.what == "kept"}
    said: set[tuple[int, ProblemKind]] = set()
    for problem in report.problems:
        last = _last(report, problem)
        if problem.what in {"root", "shorter"}:
            is_known = not known.isdisjoint(range(problem.position, last + 1))
            if (problem.position, problem.what) in said or is_known:
                continue
            said.add((problem.position, problem.what))
        expected = (
            "" if problem.what in _OF_A_FILE or last > problem.position else problem.expected
        )
        found = "" if last > problem.position else problem.found
        yield ShownProblem(problem_text(words, problem, last), *differing(expected, found))


def _last(report: Report, problem: Problem) -> int:
    """Return the last position at which a problem may be: the next checkpoint that fails."""
    if problem.what != "root":
        return problem.position
    sizes = (each.checkpoint.size for each in report.checkpoints if not each.holds)
    return min((size for size in sizes if size >= problem.position), default=problem.position)


def problem_text(words: Words, problem: Problem, last: int = 0) -> str:
    """Return where a problem is, up to the position `last`, and what it is."""
    parts = [
        _where(words, problem.position, last),
        f"{problem.stream} v{problem.version}" if problem.stream else "",
        problem.expected if problem.what in _OF_A_FILE else "",
        words.say(WORDS[problem.what]),
    ]
    return "  ".join(part for part in parts if part)


def _where(words: Words, first: int, last: int) -> str:
    if not first:
        return ""
    if last > first:
        return words.say(N_("positions {first} to {last}"), first=first, last=last)
    return words.say(N_("position {position}"), position=first)


def differing(expected: str, found: str) -> tuple[str, str]:
    """Return of two long texts the parts that differ, each with a little around it."""
    if not expected or not found or max(len(expected), len(found)) <= _SHORT:
        return expected, found
    both = list(zip(expected, found, strict=False))
    first = next((n for n, (a, b) in enumerate(both) if a != b), len(both))
    behind = list(zip(expected[first:][::-1], found[first:][::-1], strict=False))
    same = next((n for n, (a, b) in enumerate(behind) if a != b), len(behind))
    return _part(expected, first, len(expected) - same), _part(found, first, len(found) - same)


def _part(text: str, first: int, last: int) -> str:
    """Return a part of a text with a little around it, and a mark where more stands there."""
    begin, end = max(0, first - _AROUND), min(len(text), last + _AROUND)
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"
