"""Pages, addresses and requests, and the server that answers them."""

from kalends.domain.errors.base import (
    N_,
    KalendsError,
    MachineError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
    UsageError,
)


class PageFaultError(KalendsError):
    """A page cannot be made, and it is our fault or that of the record."""

    code = "page-fault"
    message = N_("Something went wrong here.")
    hint = N_("It is not your fault. Whoever runs this site sees it in the server's messages.")


class PageNotFoundError(NotFoundError):
    """There is no page at this address."""

    code = "no-page"
    message = N_("There is no page here: {name}")
    hint = N_("Begin from the first page, or search.")


class LogNotPublicError(NotFoundError):
    """The events of the log are not published, only what proves them."""

    code = "log-not-public"
    message = N_("The events themselves are not published here.")
    hint = N_("Checkpoints, hashes and the proofs of public activities are.")


class NotInTreeError(NotFoundError):
    """The signed tree has no such tile."""

    code = "not-in-tree"
    message = N_("The signed tree of {size} events has no tile {name}.")
    hint = N_("The checkpoint says how many events there are, and so which tiles.")


class NotSignedYetError(NotFoundError):
    """No checkpoint covers this."""

    code = "not-signed-yet"
    message = N_("No checkpoint covers this yet.")
    hint = N_("Come back when the log has been signed.")


class ProofNotPublicError(NotFoundError):
    """A proof would show what happened to an activity while it was withheld."""

    code = "proof-not-public"
    message = N_("Part of what happened to this activity is not public, so neither is its proof.")
    hint = N_("The campaign's office can give it to you.")


class LongEntryError(NotFoundError):
    """An event is too long for a bundle of entries."""

    code = "long-entry"
    message = N_(
        "Event {position} takes {size} bytes, and a bundle of entries holds at most {most}."
    )
    hint = N_("Read it from the journal.")


class WithheldLogError(RefusedError):
    """The journal may not be published, because it holds what is withheld."""

    code = "withheld-log"
    message = N_(
        "The journal holds {count} withheld activities: publishing its lines would show them."
    )
    hint = N_("Publish without the journal; its hashes, checkpoints and proofs are still there.")


class NotSiteError(RefusedError):
    """A folder for the files of a site that holds files of somebody else."""

    code = "not-a-site"
    message = N_("{name} holds other files than those of a site that Kalends wrote.")
    hint = N_("Name an empty folder, or one that is not there yet. Nothing was written.")


class BadAddressError(UsageError):
    """The words of a web address cannot be read."""

    code = "bad-address"
    message = N_("This address cannot be read: {detail}")
    hint = N_("Begin again from the first page.")


class AddressTooLongError(UsageError):
    """An address of more characters than any of ours."""

    code = "address-too-long"
    message = N_("This address is too long: more than {most} characters.")
    hint = N_("Begin again from the first page.")


class MethodNotAllowedError(UsageError):
    """A request that wants to change something."""

    code = "method-not-allowed"
    message = N_("{name} is not possible here: this address can only be read.")
    hint = N_("Read it with GET or HEAD.")


class BodyNotAllowedError(UsageError):
    """A request that carries data."""

    code = "body-not-allowed"
    message = N_("A request cannot carry data here: this address can only be read.")
    hint = N_("Send it without a body.")


class TooManyRequestsError(NotAllowedError):
    """More requests from one address than are answered."""

    code = "too-many-requests"
    message = N_("Too many requests from your address: {rate} a minute are answered.")
    hint = N_("Wait {seconds} seconds. A calendar need not ask more often than once an hour.")


class TooManyReadingsError(TooManyRequestsError):
    """Somebody's words are sent to be read more often than anybody types."""

    code = "too-many-readings"
    message = N_("What you type is read at most {rate} times a minute.")
    hint = N_("Wait {seconds} seconds, or press the button.")


class PageNotNowError(MachineError):
    """A page cannot be made at the moment: the disk, or somebody who writes for long."""

    code = "page-not-now"
    message = N_("This page cannot be shown right now.")
    hint = N_("Try again in a minute.")


class ShowsOnlyError(NotAllowedError):
    """Somebody wants to record through a server that reads from a standby."""

    code = "shows-only"
    message = N_("This server only shows what is recorded.")
    hint = N_("Nothing was recorded. Ask the campaign office for the address at which to record.")


class PerhapsRecordedError(MachineError):
    """The store could not say what became of what was just recorded."""

    code = "perhaps-recorded"
    message = N_("This may be recorded, or not: it could not be found out.")
    hint = N_("Look at what was recorded last before you record it again.")


class NoWebError(MachineError):
    """The libraries of the web are not installed."""

    code = "no-web"
    message = N_("The web needs libraries that are not installed here.")
    hint = N_("Install the web extra of Kalends. Everything else works without it.")


class PortInUseError(MachineError):
    """Another program listens at the port."""

    code = "port-in-use"
    message = N_("Another program already listens at {host}, port {port}.")
    hint = N_("Stop it, or choose another port.")


class CannotListenError(MachineError):
    """The machine does not let us listen at an address."""

    code = "cannot-listen"
    message = N_("The server cannot listen at {host}, port {port}: {detail}")
    hint = N_("Choose an address of this machine and a port from 1024 on.")


class NotStartedError(MachineError):
    """A process of a server ended before it answered."""

    code = "not-started"
    message = N_("The server could not start.")
    hint = N_("Its output above says why. Try it with one process, then with more.")


class NoCampaignsError(NotFoundError):
    """A folder that is to be served is no workspace and holds none."""

    code = "no-campaigns"
    message = N_("{name} is not a Kalends workspace, and contains none.")
    hint = N_("Name workspaces, or a folder that holds some.")


class CampaignListError(UsageError):
    """A list of campaigns that cannot be read."""

    code = "bad-campaign-list"
    message = N_("{name} is no list of campaigns: {detail}")
    hint = N_("See docs/reference/web.md, under “A list of campaigns”.")


class CampaignNameError(UsageError):
    """A campaign cannot have this name in addresses."""

    code = "campaign-name"
    message = N_("“{name}” cannot be used in a campaign's addresses.")
    hint = N_("Use a-z, 0-9 and hyphens, at most 40 characters, as in NAME=DIR.")


class CampaignNameTakenError(UsageError):
    """Two campaigns would have one address."""

    code = "campaign-name-taken"
    message = N_("Two campaigns would be called {name}: {first} and {second}.")
    hint = N_("Give one of them another name, as in NAME=DIR.")


class CampaignNotFoundError(NotFoundError):
    """No campaign of this name is served."""

    code = "campaign-not-found"
    message = N_("There is no campaign here: {name}")
    hint = N_("The first page lists all campaigns.")
