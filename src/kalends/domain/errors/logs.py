"""The log: its positions, its events, its journal and its database."""

from kalends.domain.errors.base import N_, IntegrityError, NotFoundError, RefusedError


class PositionNotFoundError(NotFoundError):
    """The log is shorter than this position."""

    code = "position-not-found"
    message = N_("The log has no position {name}; its last is {last}.")
    hint = N_("Give a position from 1 to {last}, a day, or a moment.")


class NothingKnownError(PositionNotFoundError):
    """A moment before anything was recorded."""

    code = "nothing-known"
    message = N_("Nothing had been recorded yet at {name}; the log begins at {first}.")


class JournalBehindError(RefusedError):
    """The journal lacks events that the database holds."""

    code = "journal-behind"
    message = N_("The journal, events/journal.jsonl, holds {lines} of {position} events.")
    hint = N_("Publishing writes the others.")


class UnknownTopicError(IntegrityError):
    """An event written by a newer Kalends."""

    code = "unknown-topic"
    message = N_(
        "Position {position} holds “{topic}”, which this version of Kalends does not know."
    )
    hint = N_(
        "It was written by a newer Kalends. Install the newest version; nothing was changed."
    )


class StateError(IntegrityError):
    """Stored bytes that Kalends did not write."""

    code = "bad-state"
    message = N_("Position {position} ({stream}, version {version}) is damaged: {detail}")


class TransitionError(IntegrityError):
    """An event that Kalends could not have decided there."""

    code = "out-of-course"
    message = N_(
        "Position {position} ({stream}) holds “{topic}”, which cannot follow the events before it."
    )


class GapError(IntegrityError):
    """A position or a version is missing."""

    code = "gap"
    message = N_("The log has a gap: {detail}")


class JournalError(IntegrityError):
    """A line of the journal that Kalends did not write."""

    code = "bad-journal"
    message = N_("Line {line} of {name} is broken: {detail}")
    hint = N_("Restore {name} from git or from a backup. Nothing was changed.")


class JournalCutError(IntegrityError):
    """The journal lacks events that were signed and published, and the database holds them."""

    code = "journal-cut"
    message = N_("The journal, events/journal.jsonl, holds {lines} events; {size} were published.")
    hint = N_(
        "Nothing is lost: the database holds them, and publishing writes them again. Then ask who shortened the journal."
    )


class ForgedJournalError(IntegrityError):
    """The journal does not match the checkpoints beside it."""

    code = "forged-journal"
    message = N_(
        "The journal, events/journal.jsonl, is not what was signed: its first {size} lines give another root."
    )
    hint = N_("Restore it from git or from a backup; verifying says more. Nothing was changed.")


class EmptyJournalError(IntegrityError):
    """There is no database, and no journal to restore it from."""

    code = "empty-journal"
    message = N_("There is no database, and {name} is empty or missing.")
    hint = N_("Restore events/{name} from git or from a backup. Nothing was changed.")


class DivergedError(IntegrityError):
    """Journal and database differ; `name` is the database's."""

    code = "diverged"
    message = N_(
        "The journal and the database, events/journal.jsonl and {name}, differ from position {position} on."
    )
    hint = N_(
        "Neither was changed. Find out which of the two is right, and put the other aside. Then record again what is missing."
    )
    hint_on_server = N_(
        "Neither was changed. Everybody else uses the database: to keep it, put the journal aside; publishing writes it again. Then record again what only the journal held."
    )


class CorruptDatabaseError(IntegrityError):
    """The database file cannot be read."""

    code = "corrupt-database"
    message = N_("{name} is damaged: {detail}")
    hint = N_(
        "Move it away, with all files whose names begin with its name; it is then restored from events/journal.jsonl."
    )
