"""Webhooks and digests: addresses to which changes are sent."""

from kalends.domain.errors.base import (
    N_,
    IntegrityError,
    MachineError,
    NotAllowedError,
    NotFoundError,
    PartlyDoneError,
    UsageError,
)


class HookAddressError(UsageError):
    """An address cannot be that of a webhook; it is not said again, since it may hold a secret."""

    code = "bad-hook-address"
    message = N_("This is not an address for a webhook.")
    hint = N_(
        "Give an http or https address without user and password, of at most 2,000 characters."
    )


class InsecureHookError(UsageError):
    """What is withheld would go over the network unencrypted."""

    code = "insecure-hook"
    message = N_("What is withheld is sent to https addresses only, or to this machine.")
    hint = N_("Give an https address, or leave out what is withheld.")


class InsideAddressError(UsageError):
    """An address that was sent over the API leads into the server's own network."""

    code = "inside-address"
    message = N_("This address leads into the server's own network, which is closed to it.")
    hint = N_(
        "Give a public address, let the server's administrator make this on that machine, or name "
        "the network in its kalends.toml."
    )


class DigestServiceError(UsageError):
    """A service that is not used where the address was sent over the API."""

    code = "closed-service"
    message = N_("Over a server, digests go by mail or to WeCom, DingTalk, Feishu or Lark.")
    hint = N_("For another service, make the digest on the machine that has the record.")


class HookKeyReusedError(UsageError):
    """An idempotency key comes with another request than the first time."""

    code = "hook-key-reused"
    message = N_("Another request with this Idempotency-Key has made {mark}.")
    hint = N_("Make a new key for each request. Use one again only to repeat the same request.")


class OfficeAloneError(NotAllowedError):
    """Somebody else than the campaign office asks for webhooks or digests."""

    code = "office-alone"
    message = N_("“{actor}” may not see or change webhooks and digests.")
    hint = N_("The campaign office can do it.")


class HookNotFoundError(NotFoundError):
    """No webhook has this mark."""

    code = "hook-not-found"
    message = N_("No webhook has the mark “{name}”.")
    hint = N_("Look it up in the list of webhooks.")


class SubscriptionsError(IntegrityError):
    """The file of webhooks and digests, or of where one of them stands, cannot be read as one."""

    code = "bad-hooks"
    message = N_("{name} is damaged or missing; nothing is sent until it is repaired.")
    hint = N_("Restore it from a backup, or revoke the webhook and make a new one.")


class AheadOfLogError(IntegrityError):
    """A receiver was told more than the log holds: it was replaced by an older one."""

    code = "ahead-of-log"
    message = N_("{mark} has sent events up to {position}; the log ends at {last}.")
    hint = N_(
        "Bring the newer log back. If it is lost for good, revoke this and make a new one: receivers ignore messages whose ids they have seen."
    )


class HookBusyError(MachineError):
    """Another process sends for a webhook, and has not stopped for too long."""

    code = "hook-busy"
    message = N_("Another program is sending for {mark}.")
    hint = N_("Try again in a minute.")


class HooksBehindError(PartlyDoneError):
    """Some receivers were not told everything."""

    code = "hooks-behind"
    message = N_("Webhooks that are not up to date: {marks}.")
    hint = N_("See why in the list of webhooks. They are tried again after a while.")


class HookPausedError(PartlyDoneError):
    """A receiver has failed for days; it gets nothing more until somebody resumes it."""

    code = "hook-paused"
    message = N_("The webhooks {marks} are paused: their receivers have failed for days.")
    hint = N_("Repair the receiver, then resume the webhook; or revoke it.")


class DigestNotFoundError(NotFoundError):
    """No digest has this mark."""

    code = "digest-not-found"
    message = N_("No digest has the mark “{name}”.")
    hint = N_("Look it up in the list of digests.")


class DigestAddressError(UsageError):
    """An address cannot be that of a digest; it is not said again, since it may hold a secret."""

    code = "bad-digest-address"
    message = N_("No service is known by this address.")
    hint = N_(
        "Give an address as Apprise writes it, like mailto://, wecombot://, dingtalk:// or feishu://."
    )


class DigestsBehindError(PartlyDoneError):
    """Some digests could not be sent."""

    code = "digests-behind"
    message = N_("Digests that were not sent: {marks}.")
    hint = N_("See why in the list of digests. Nothing is lost: they are sent again next time.")


class NoNotifyError(MachineError):
    """The library that sends digests is not installed."""

    code = "no-notify"
    message = N_("Digests need a library that is not installed here.")
    hint = N_("Install the notify extra of Kalends. Everything else works without it.")
