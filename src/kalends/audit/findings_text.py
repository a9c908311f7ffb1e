"""The findings of an audit, in words and as JSON."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import NamedTuple

from kalends.audit.findings import Report, Vouched
from kalends.audit.note import encoded
from kalends.domain.errors import N_

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
# Of which of the two the rest of the report speaks.
_ABOUT = {
    "database": N_("What is proved is proved of the journal alone."),
    "journal": N_("What is proved is proved of the database alone."),
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
_NOTHING = N_(
    "Nothing is proved. Copy the folder before you change anything: it is the evidence. Then "
    "compare it with a copy kept elsewhere."
)
_KEYS = N_(
    "Several keys have signed: {keys}. All of them are trusted: after a change of keys the older "
    "one stays valid for what it signed."
)
_LIMITS = N_(
    "No checkpoint proves that what was recorded is true. Events cut off after the newest"
    " checkpoint kept elsewhere cannot be detected, so keep copies elsewhere."
)


class Conclusion(NamedTuple):
    """A sentence about the whole report: a message to be translated, and what fills it."""

    message: str
    fields: dict[str, object]


def conclusions(
    report: Report, zone: tzinfo, *, is_served: bool = False, is_file: bool = True
) -> Iterator[Conclusion]:
    """Yield what was changed, what is proved and by whose copies, and what is not proved.

    `is_served` says that the log comes from a server, `is_file` that its database is a file.
    """
    alone, contradicted = _SERVED if is_served else _IN_FOLDER
    yield from _altered(report, is_file=is_file)
    kept, folder = report.by_kept, report.by_folder
    if kept.proved:
        yield Conclusion(_PROVED_BY_KEPT, {"proved": kept.proved, "since": _moment(kept, zone)})
    if folder.proved > kept.proved:
        fields = {"proved": folder.proved, "since": _moment(folder, zone)}
        yield Conclusion(alone, fields)
    if report.is_contradicted:
        yield Conclusion(contradicted, {})
    if report.is_good:
        yield from _limits(report)
    elif not report.proved:
        yield Conclusion(_NOTHING, {})


def _altered(report: Report, *, is_file: bool) -> Iterator[Conclusion]:
    """Yield which of journal and database was changed, and of which what is proved is proved."""
    if report.altered:
        is_server = report.altered == "database" and not is_file
        yield Conclusion(_ALTERED["server" if is_server else report.altered], {})
        if report.proved:
            yield Conclusion(_ABOUT[report.altered], {})


def _limits(report: Report) -> Iterator[Conclusion]:
    """Yield what a good report does not prove, and who has signed where several keys have."""
    keys = dict.fromkeys(each.checkpoint.key.rpartition("+")[2] for each in report.checkpoints)
    if len(keys) > 1:
        yield Conclusion(_KEYS, {"keys": ", ".join(keys)})
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
        "journals": [
            {"name": journal.name, "events": journal.events, "ok": journal.holds}
            for journal in report.journals
        ],
        "problems": [problem._asdict() for problem in report.problems],
    }
