"""The findings of an audit, in words and as JSON."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import NamedTuple

from kalends.audit.findings import Report, Vouched
from kalends.audit.note import encoded
from kalends.audit.problem import Problem, ProblemKind
from kalends.domain.errors import N_
from kalends.words import Words

# These are about a file, whose name is printed first.
OF_A_FILE = {"not-a-checkpoint", "untrusted", "retired", "forged", "misnamed"}

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
    "root": N_("the first event that differs from what was signed is here or later"),
    "shorter": N_("the log is shorter than it was: its newest events were cut off"),
    "journal-cut": N_("the journal is shorter than what was published"),
    "two-roots": N_("two checkpoints of the same size differ: two versions were signed"),
    "misnamed": N_("the file name of this checkpoint gives another size than the checkpoint"),
    "unsigned": N_("there is no checkpoint that a trusted key has signed"),
    "kept": N_("the log differs from the journal that was kept"),
}

_ALTERED = {
    "database": N_(
        "The journal is what was signed; the database was changed. Move the database away; it is "
        "then restored from the journal."
    ),
    "journal": N_(
        "The database is what was signed; the journal was changed. Move the journal away; "
        "publishing writes it again."
    ),
    "server": N_(
        "The journal is what was signed; the database on the server was changed. Rename its "
        "schema there; a new one is then filled from the journal."
    ),
}
_PROVED_BY_KEPT = N_(
    "Proved by what you kept: positions 1 to {proved} are as they were then. Nothing "
    "recorded up to {since} has changed since."
)
_PROVED_BY_FOLDER = N_(
    "Proved only by this folder's own checkpoints: positions 1 to {proved} are as they were "
    "signed. Nothing recorded up to {since} has changed since the oldest valid checkpoint was "
    "signed, unless somebody with the key signed again. A copy kept elsewhere would prove more."
)
_PROVED_BY_SERVER = N_(
    "Proved only by the server's own checkpoints: positions 1 to {proved} are as they were "
    "signed. Nothing recorded up to {since} has changed since the oldest valid checkpoint was "
    "signed, unless somebody with the key signed again. These checkpoints are kept on this "
    "machine: the next time the server is compared with them."
)
# What the log's own checkpoints prove alone, and when they prove nothing.
_IN_FOLDER = (
    _PROVED_BY_FOLDER,
    N_("What you kept contradicts this folder: its own checkpoints prove nothing."),
)
_SERVED = (
    _PROVED_BY_SERVER,
    N_("What you kept contradicts the server: its checkpoints prove nothing."),
)
_LIMITS = N_(
    "No checkpoint proves that what was recorded is true. Events cut off after the newest"
    " checkpoint kept elsewhere cannot be detected, so keep copies elsewhere."
)


class Conclusion(NamedTuple):
    """A sentence about the whole report: a message to be translated, and what fills it."""

    message: str
    fields: dict[str, object]


def problem_text(words: Words, problem: Problem) -> str:
    """Return where a problem is, and what it is."""
    parts = [
        words.say(N_("position {position}"), position=problem.position)
        if problem.position
        else "",
        f"{problem.stream} v{problem.version}" if problem.stream else "",
        problem.expected if problem.what in OF_A_FILE else "",
        words.say(WORDS[problem.what]),
    ]
    return "  ".join(part for part in parts if part)


def conclusions(
    report: Report, zone: tzinfo, *, is_served: bool = False, is_file: bool = True
) -> Iterator[Conclusion]:
    """Yield what was changed, what is proved and by whose copies, and what is not proved.

    `is_served` says that the log comes from a server, `is_file` that its database is a file.
    """
    alone, contradicted = _SERVED if is_served else _IN_FOLDER
    if report.altered:
        is_server = report.altered == "database" and not is_file
        yield Conclusion(_ALTERED["server" if is_server else report.altered], {})
    kept, folder = report.by_kept, report.by_folder
    if kept.proved:
        yield Conclusion(_PROVED_BY_KEPT, {"proved": kept.proved, "since": _moment(kept, zone)})
    if folder.proved > kept.proved:
        fields = {"proved": folder.proved, "since": _moment(folder, zone)}
        yield Conclusion(alone, fields)
    if report.is_contradicted:
        yield Conclusion(contradicted, {})
    if not report.is_good:
        return
    if report.size > report.proved:
        message = N_("Not proved: the newest {count}; no checkpoint covers that yet.")
        yield Conclusion(message, {"count": report.size - report.proved})
    if report.behind:
        message = N_("Journal and database agree; one of them still lacks the newest {count}.")
        yield Conclusion(message, {"count": report.behind})
    yield Conclusion(_LIMITS, {})


def _moment(vouched: Vouched, zone: tzinfo) -> str:
    return f"{vouched.since.astimezone(zone):%Y-%m-%d %H:%M} ({zone})" if vouched.since else "—"


def report_shape(report: Report) -> dict[str, object]:
    """Return the JSON shape of a report."""
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
                "key": checkpoint.checkpoint.key,
                "ok": checkpoint.holds,
                "by": "folder" if checkpoint.is_own else "kept",
            }
            for checkpoint in report.checkpoints
        ],
        "problems": [problem._asdict() for problem in report.problems],
    }
