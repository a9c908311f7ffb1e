"""Prints the report of `kalends audit verify`: what holds, what does not, what is unproved."""

from datetime import UTC, tzinfo

from kalends.application.proofs import Problem, Report, Vouched, What
from kalends.application.verification import encoded
from kalends.cli.cells import cells
from kalends.cli.context import Context, lines
from kalends.domain.errors import N_

_HASH = 12
_EXPECTED, _FOUND = N_("expected"), N_("found")
# These are about a file, whose name is printed first.
_OF_A_FILE = {"not-a-checkpoint", "untrusted", "retired", "forged", "misnamed"}

WORDS: dict[What, str] = {
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
    "root": N_("the first event that differs from what was signed is here or later"),
    "shorter": N_("the log is shorter than it was: its newest events were cut off"),
    "journal-cut": N_("the journal is shorter than what was published"),
    "two-roots": N_("two checkpoints of the same size differ: two versions were signed"),
    "misnamed": N_("the file name of this checkpoint gives another size than the checkpoint"),
    "unsigned": N_("there is no checkpoint that a trusted key has signed"),
    "kept": N_("the log differs from the journal that was kept"),
}


def tell(context: Context, report: Report, *, zone: tzinfo = UTC) -> None:
    """Print a report, as text or as JSON; times are shown in `zone`."""
    if context.json:
        context.emit(_shaped(report))
        return
    template = N_("events: {size}, root {root}")
    lines([context.say(template, size=report.size, root=encoded(report.root))])
    for checkpoint in report.checkpoints:
        mark = "√" if checkpoint.holds else "×"
        size, root = checkpoint.checkpoint.size, encoded(checkpoint.checkpoint.root)[:_HASH]
        lines([f"{mark} {size:>9}  {root}…  {checkpoint.name}"])
    for problem in report.problems:
        lines(_said(context, problem))
    lines(_blame(context, report))
    lines(_vouched(context, report, zone))
    if report.is_good and report.size > report.proved:
        template = N_("Not proved: the newest {count}; no checkpoint covers that yet.")
        lines([context.say(template, count=report.size - report.proved)])
    if report.behind and report.is_good:
        template = N_("Journal and database agree; one of them still lacks the newest {count}.")
        lines([context.say(template, count=report.behind)])
    template = N_(
        "No checkpoint proves that what was recorded is true. Events cut off after the newest"
        " checkpoint kept elsewhere cannot be detected, so keep copies elsewhere."
    )
    lines([context.say(template)] if report.is_good else [])


def _vouched(context: Context, report: Report, zone: tzinfo) -> list[str]:
    """Return the sentence that says what is proved, and by whose copies."""
    kept, folder = report.by_kept, report.by_folder
    said = []
    if kept.proved:
        template = N_(
            "Proved by what you kept: positions 1 to {proved} are as they were then. Nothing "
            "recorded up to {since} has changed since."
        )
        said.append(context.say(template, proved=kept.proved, since=_moment(kept, zone)))
    if folder.proved > kept.proved:
        template = N_(
            "Proved only by this folder's own checkpoints: positions 1 to {proved} are as they "
            "were signed. Nothing recorded up to {since} has changed since the oldest valid "
            "checkpoint was signed, unless somebody with the key signed again. To compare with a "
            "copy kept elsewhere, use --against."
        )
        said.append(context.say(template, proved=folder.proved, since=_moment(folder, zone)))
    if report.is_contradicted:
        template = N_("What you kept contradicts this folder: its own checkpoints prove nothing.")
        said.append(context.say(template))
    return said


def _moment(vouched: Vouched, zone: tzinfo) -> str:
    return f"{vouched.since.astimezone(zone):%Y-%m-%d %H:%M} ({zone})" if vouched.since else "—"


def _said(context: Context, problem: Problem) -> list[str]:
    place = (
        context.say(N_("position {position}"), position=problem.position)
        if problem.position
        else ""
    )
    stream = f"{problem.stream} v{problem.version}" if problem.stream else ""
    name = problem.expected if problem.what in _OF_A_FILE else ""
    head = "  ".join(
        part for part in (place, stream, name, context.say(WORDS[problem.what])) if part
    )
    return [f"× {head}", *compared(context, "" if name else problem.expected, problem.found)]


def compared(context: Context, expected: str, found: str) -> list[str]:
    """Return a line for what was expected and one for what was found, without empty ones."""
    values = [(context.say(_EXPECTED), expected), (context.say(_FOUND), found)]
    wide = max(cells(name) for name, _ in values)
    return [f"    {name}{' ' * (wide - cells(name))}  {text}" for name, text in values if text]


def _blame(context: Context, report: Report) -> list[str]:
    if report.altered == "database":
        return [
            context.say(
                N_(
                    "The journal is what was signed; the database was changed. Move the "
                    "database away: `mv events/kalends.db* ..`; the next command restores it."
                )
            )
        ]
    if report.altered == "journal":
        return [
            context.say(
                N_(
                    "The database is what was signed; the journal was changed. Move the journal"
                    " away: `mv events/journal.jsonl ..`; `kalends publish` writes it again."
                )
            )
        ]
    return []


def _shaped(report: Report) -> dict[str, object]:
    return {
        "ok": report.is_good,
        "size": report.size,
        "root": encoded(report.root),
        "proved": report.proved,
        "proved_since": report.since and f"{report.since:%Y-%m-%dT%H:%M:%SZ}",
        "proved_by": {
            name: {
                "proved": vouched.proved,
                "since": vouched.since and f"{vouched.since:%Y-%m-%dT%H:%M:%SZ}",
            }
            for name, vouched in (("kept", report.by_kept), ("folder", report.by_folder))
        },
        "contradicted": report.is_contradicted,
        "altered": report.altered or None,
        "behind": report.behind,
        "checkpoints": [
            {
                "name": checkpoint.name,
                "size": checkpoint.checkpoint.size,
                "root": encoded(checkpoint.checkpoint.root),
                "ok": checkpoint.holds,
                "by": "folder" if checkpoint.is_own else "kept",
            }
            for checkpoint in report.checkpoints
        ],
        "problems": [problem._asdict() for problem in report.problems],
    }
