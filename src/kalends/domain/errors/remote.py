"""What can go wrong between the command line and a server of a campaign."""

from kalends.domain.errors.base import (
    N_,
    ConflictError,
    IntegrityError,
    MachineError,
    NotAllowedError,
    UsageError,
)


class MixedCommandsError(UsageError):
    """Commands that cannot be one act."""

    code = "mixed-commands"
    message = N_("These commands are not one act.")
    hint = N_(
        "Send new activities, one change of an activity, changes of departments, or new settings."
    )


class OtherActError(ConflictError):
    """The last act of somebody is not the one that they want to undo."""

    code = "other-act"
    message = N_("Your last act ends at position {found}, not at {expected}.")
    hint = N_("Look at what you did last, then undo it.")


class ServerAddressError(UsageError):
    """What is given as a server is not its address."""

    code = "bad-server"
    message = N_("“{name}” is not the address of a server.")
    hint = N_("Write it like https://calendar.example.org, without a user, a ? or a #.")


class InsecureServerError(UsageError):
    """A token would travel where anybody can read it."""

    code = "insecure-server"
    message = N_("{name} is not https: anyone on the way could read your token.")
    hint = N_("Use https. Only a server on this machine, such as 127.0.0.1, can do without it.")


class NoTokenError(NotAllowedError):
    """There is no token for a server."""

    code = "no-token"
    message = N_("There is no token for {name}.")
    hint = N_("Write the token that the campaign office gave you into {path}, or set {variable}.")


class HiddenEventsError(NotAllowedError):
    """Somebody would check a log of which they may not read every event."""

    code = "hidden-events"
    message = N_("Your token may not read every event, so the log cannot be checked with it.")
    hint = N_("Ask for a token of an auditor; to check a proof, none is needed.")


class ExposedTokenError(NotAllowedError):
    """Other users of the machine can read the token."""

    code = "exposed-token"
    message = N_("Others on this machine can read the token in {path}.")
    hint = N_("Let nobody but yourself read it.")


class FolderOnlyError(UsageError):
    """A command that works in the folder of the campaign is given a server."""

    code = "folder-only"
    message = N_("{name} works in the folder of the campaign, not over a server.")
    hint = N_("Do it there, without a server's address.")


class ServerSilentError(MachineError):
    """A server cannot be reached, or gives no answer."""

    code = "server-silent"
    message = N_("{name} does not answer: {detail}")
    hint = N_("Nothing was recorded. Check the address and the network, then try again.")


class AnswerLostError(MachineError):
    """A server was asked to record, and did not answer."""

    code = "answer-lost"
    message = N_("{name} was asked to record it, and did not answer: {detail}")
    hint = N_(
        "It may be recorded, or not. When the server answers again, look at the newest events before you record it once more."
    )


class RecordedUnreadError(MachineError):
    """A server has recorded something, and went away before it could be read back."""

    code = "recorded-unread"
    message = N_("{name} has recorded it, and does not answer any more: {detail}")
    hint = N_("Do not record it again. Look at the newest events when the server is back.")


class CertificateError(MachineError):
    """The certificate of a server cannot be trusted."""

    code = "bad-certificate"
    message = N_("The certificate of {name} is not valid: {detail}")
    hint = N_("Nothing was sent. Do not go on before its administrator has explained it.")


class RedirectError(MachineError):
    """A server wants to be asked elsewhere."""

    code = "server-moved"
    message = N_("{name} redirects to another address: {place}")
    hint = N_("Your token was not sent there. If it is the campaign's new address, use that one.")


class OtherServerError(MachineError):
    """What answers is no server of Kalends, or one of another version."""

    code = "other-server"
    message = N_("{name} does not answer as this version of Kalends expects: {detail}")
    hint = N_(
        "Check the address: a server of several campaigns has one for each, ending in /c/ and its "
        "name. If it is right, use the version of Kalends that the server runs."
    )


class ForeignAnswerError(IntegrityError):
    """A server sends a log that cannot be read."""

    code = "bad-answer"
    message = N_("{name} sends an event that is damaged, at position {position}.")
    hint = N_("Nothing was recorded. Tell its administrator.")


class OtherActorError(NotAllowedError):
    """Somebody wants to record under another handle than that of their token."""

    code = "other-actor"
    message = N_("The server records under “{actor}”, whose token this is, not under “{name}”.")
    hint = N_("Give no other name.")
