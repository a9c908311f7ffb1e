"""Activities: finding them, and what may not happen to them."""

from kalends.domain.errors.base import N_, NotFoundError, RefusedError, UnclearError, UsageError


class ActivityNotFoundError(NotFoundError):
    """No activity has an id that starts so."""

    code = "activity-not-found"
    message = N_("No activity's id begins with “{name}”.")
    hint = N_("The agenda and a search show ids.")


class AmbiguousIdError(UnclearError):
    """Several activities have ids that start so."""

    code = "ambiguous-id"
    message = N_("Several activities' ids begin with “{text}”: {found}.")
    hint = N_("Give one more character.")


class ReasonRequiredError(RefusedError):
    """A change without a reason."""

    code = "reason-required"
    message = N_("A reason is required.")
    hint = N_("Say why, for those who read the history later.")


class NotPossibleError(RefusedError):
    """The activity's status does not allow it."""

    code = "not-possible"
    message = N_("The activity is {status}; it cannot be {wanted}.")
    hint = N_("Look at what happened to it; if the record is wrong, correct it.")


class RetractedError(NotPossibleError):
    """The activity was retracted, which is final."""

    code = "retracted"
    message = N_("The activity was retracted, and that is final.")
    hint = N_("If it did take place, record it again.")


class TooManyError(RefusedError):
    """More departments, tags or links than an activity can have."""

    code = "too-many"
    message = N_("The activity would have {count} {field}; at most {limit} are allowed.")
    hint = N_("Name the most important ones; the rest fits into the description.")


class NothingToUndoError(RefusedError):
    """This person has no act to undo."""

    code = "nothing-to-undo"
    message = N_("{by} has done nothing yet that could be undone.")
    hint = N_("The log shows who did what.")


class CannotUndoError(RefusedError):
    """The last act cannot be undone."""

    code = "cannot-undo"
    message = N_("Your last act, “{what}” at position {position}, cannot be undone: {detail}.")
    hint = N_("{cure}")


class ChangedSinceError(CannotUndoError):
    """The last act cannot be undone: somebody changed the same thing since."""

    code = "changed-since"
    message = N_(
        "Your last act, “{what}” at position {position}, cannot be undone: {by} changed {name} "
        "since, at position {later}."
    )
    hint = N_("The log shows the later change; correct it with a new one.")


class RoleError(UsageError):
    """A role that departments cannot have."""

    code = "bad-role"
    message = N_("“{name}” is not a role.")
    hint = N_("A department is lead, joint or participant: 牵头, 联合 or 参加.")
