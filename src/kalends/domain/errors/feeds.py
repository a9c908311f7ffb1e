"""Published feeds and their secret addresses."""

from kalends.domain.errors.base import N_, IntegrityError, NotFoundError, RefusedError


class NotShownError(NotFoundError):
    """No calendar shows this activity."""

    code = "not-shown"
    message = N_("No calendar shows this activity: {detail}.")
    hint = N_("The explanation of its feeds says what subscribers see of it, and why.")


class FeedNotFoundError(NotFoundError):
    """No feed has this name."""

    code = "feed-not-found"
    message = N_("There is no feed “{name}”.")
    hint = N_("Look it up in the list of feeds.")


class SecretNotFoundError(NotFoundError):
    """No secret address has this mark."""

    code = "secret-not-found"
    message = N_("No secret address has the mark “{name}”.")
    hint = N_("Look it up in the list of secret addresses.")


class UnpublishedError(RefusedError):
    """The published feeds are behind the log."""

    code = "unpublished"
    message = N_("The feeds stand at position {published}, the log at {position}.")
    hint = N_("Publish what is new.")


class UnpublishedElsewhereError(UnpublishedError):
    """What is published lags behind the log, in a workspace that is only read here."""

    code = "unpublished-elsewhere"
    message = N_("The feeds stand at position {published}, the log at {position}.")
    hint = N_(
        "Anyone who may write in this workspace can publish. You can read without publishing."
    )


class FeedsAheadError(IntegrityError):
    """What was published goes further than the log: its newest events are missing."""

    code = "feeds-ahead"
    message = N_(
        "The feeds stand at position {published}, but the log ends at {position}: its newest "
        "events are missing here."
    )
    hint = N_(
        "Bring the newer journal back, from git, a backup or a clone. Only if its events are lost "
        "for good, publish: calendars then lose them, too."
    )


class UnfinishedError(RefusedError):
    """Publishing was cut short: some feeds are newer than the manifest."""

    code = "unfinished"
    message = N_(
        "Some feeds may be newer than position {position}, which feeds/manifest.json gives: "
        "publishing was interrupted, or git reset the manifest."
    )
    hint = N_("Publishing again finishes it.")


class ManifestError(IntegrityError):
    """The manifest of the published feeds cannot be read."""

    code = "bad-manifest"
    message = N_(
        "The list of what is published, feeds/{name}, cannot be read: it was cut off, or git left a conflict in it."
    )
    hint = N_("When the journal is complete, publishing writes it again.")


class FeedsDifferError(IntegrityError):
    """Published files differ from the log."""

    code = "feeds-differ"
    message = N_("Files in feeds/ that are missing or not what the log says: {names}.")
    hint = N_("Publishing writes them again. Then ask who changed them.")


class StrayFilesError(IntegrityError):
    """Calendar files among the published ones that no feed wrote."""

    code = "stray-files"
    message = N_("Calendar files in feeds/ that no feed of this campaign has written: {names}.")
    hint = N_("Move them to another folder; programs that sync folders make such copies.")


class SecretsError(IntegrityError):
    """The file of secret addresses cannot be read as one."""

    code = "bad-secrets"
    message = N_("{name} is damaged; no secret address works until it is repaired.")
    hint = N_("Restore it from a backup, or remove it: all secret addresses then end.")


class OpenSecretsError(IntegrityError):
    """Others than its owner can read the file of secret addresses."""

    code = "open-secrets"
    message = N_("Others on this machine can read {name}.")
    hint = N_("Let only its owner read it.")
