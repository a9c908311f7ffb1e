"""Who may do what: roles and tokens."""

from kalends.domain.errors.base import (
    N_,
    ConflictError,
    IntegrityError,
    MachineError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
    UsageError,
)


class OfficeOnlyError(NotAllowedError):
    """A clerk wants to change something that only the campaign office may change."""

    code = "office-only"
    message = N_("“{actor}” may not change the campaign or its departments.")
    hint = N_("The campaign office can do it.")


class WithheldByOtherError(NotAllowedError):
    """A clerk wants to release what somebody else withheld."""

    code = "withheld-by-other"
    message = N_("“{name}” withheld this activity; “{actor}” may not release it.")
    hint = N_("Whoever withheld it can release it, and the campaign office.")


class OtherDepartmentError(NotAllowedError):
    """A clerk wants to record for a department that is not theirs."""

    code = "other-department"
    message = N_("“{actor}” may not record for {name}, only for: {names}.")
    hint = N_("The campaign office, or a clerk of the department that leads, can do it.")


class ReadsOnlyError(NotAllowedError):
    """An auditor wants to record something."""

    code = "reads-only"
    message = N_("“{actor}” may read everything, and record nothing.")
    hint = N_("The campaign office, or a clerk of the department that leads, can do it.")


class TokenRefusedError(NotAllowedError):
    """A token is unknown, over or revoked; which of them is not said to whoever has it."""

    code = "token-refused"
    message = N_("This token is unknown, has expired or was revoked.")
    hint = N_("The campaign office can make a new one.")


class LinkRefusedError(NotAllowedError):
    """A link that logs in is unknown, over or used; which of them is not said."""

    code = "link-refused"
    message = N_("This link is unknown, has expired or was used before.")
    hint = N_("Ask for a new link, or log in with your token.")


class LoginRefusedError(NotAllowedError):
    """What came back from the provider is not what must come back; why is not said."""

    code = "login-refused"
    message = N_("The login at {name} was refused, was given up or took too long.")
    hint = N_("Begin again, in one window and within ten minutes.")


class StrangerError(NotAllowedError):
    """The provider knows somebody to whom the campaign office has given no role."""

    code = "no-role"
    message = N_("{name} knows you as “{login}”; nobody has given you a role here.")
    hint = N_("Ask the campaign office for one, and tell it this name.")


class FormRefusedError(NotAllowedError):
    """A form did not come from a page of this site, or from a session that is over."""

    code = "form-refused"
    message = N_("This form comes from another site, or from a page that is too old.")
    hint = N_("Open the page again, and send it from there. Nothing was recorded.")


class SessionOverError(NotAllowedError):
    """Somebody sent a form after their session had ended, and has logged in again."""

    code = "session-over"
    message = N_("You had been logged out: what you sent is not recorded yet.")
    hint = N_("Your words are still here. Look at them, and send them again.")


class NoFileChosenError(UsageError):
    """A form for a file was sent without one."""

    code = "no-file-chosen"
    message = N_("No file was chosen, or there is nothing in it.")
    hint = N_("Choose the file, and send the form again.")


class LongRosterError(UsageError):
    """A file holds more departments than a page can show and send again."""

    code = "long-roster"
    message = N_("The departments in this file take more than {most} bytes.")
    hint = N_("Divide it into several files; parents first.")


class UndoOtherError(RefusedError):
    """Somebody wants to undo what they did last, and has done something else since."""

    code = "undo-other"
    message = N_("You have done something else since this page was shown.")
    hint = N_("This is what you did last now. Nothing was undone yet.")


class FormSentError(ConflictError):
    """A form that was recorded is sent again with other words: somebody went back in the browser."""

    code = "form-sent"
    message = N_("You have sent this form before: position {position} records what it said then.")
    hint = N_("What it says now is not recorded. If it should be, look at it and send it again.")


class UndoUnseenError(NotAllowedError):
    """An act that somebody wants to undo also changed what they may not read."""

    code = "undo-unseen"
    message = N_("What you did last also changed activities that this token may not read.")
    hint = N_("Undo it with the token with which it was recorded, or ask the campaign office.")


class TokenNotFoundError(NotFoundError):
    """No token has this mark."""

    code = "token-not-found"
    message = N_("No token that works has the mark “{name}”.")
    hint = N_("Look it up in the list of tokens.")


class ClerkDepartmentError(UsageError):
    """A clerk has no department, or another role has some."""

    code = "clerk-department"
    message = N_("A clerk records for some departments; every other role is for all of them.")
    hint = N_("Name the departments of a clerk, and none for another role.")


class LifetimeError(UsageError):
    """How long a token works cannot be read."""

    code = "bad-lifetime"
    message = N_("“{text}” is not a number of days from 1 to 3650.")
    hint = N_("Write it like 90d.")


class AccessRecordError(IntegrityError):
    """The record of tokens is damaged."""

    code = "bad-access-record"
    message = N_("Line {line} of {name} is damaged; no token works until it is repaired.")
    hint = N_("Restore it from a backup, or remove it: all tokens then end.")


class ProviderUnreachableError(MachineError):
    """The provider does not answer, or not as the settings say."""

    code = "provider-unreachable"
    message = N_("{name} cannot be reached right now, or does not answer as it should.")
    hint = N_("Try again in a minute, or log in with a token.")


class NoOidcError(MachineError):
    """The libraries for logging in at a provider are not installed."""

    code = "no-oidc"
    message = N_("Logging in elsewhere needs libraries that are not installed here.")
    hint = N_("Install the oidc extra of Kalends. Tokens work without it.")


class AccessRecordBusyError(MachineError):
    """Another process has been writing the record of tokens for too long."""

    code = "access-record-busy"
    message = N_("Another program has been writing {name} for {seconds} seconds.")
    hint = N_("Try again. If this goes on, look for a program that hangs.")
