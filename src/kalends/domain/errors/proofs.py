"""Keys, signatures, checkpoints and proofs."""

from kalends.domain.errors.base import (
    N_,
    IntegrityError,
    MachineError,
    NotAllowedError,
    RefusedError,
)


class NoKeyError(NotAllowedError):
    """The signing key is not on this machine."""

    code = "no-key"
    message = N_("The key that signs this log is not on this machine: {path}")
    hint = N_("Copy it to this machine, or make another key.")


class UnreadableKeyError(MachineError):
    """The signing key is on this machine, but cannot be read."""

    code = "unreadable-key"
    message = N_("The key that signs this log cannot be read: {path}: {detail}")
    hint = N_(
        "Make it a file that you may read and nobody else. Until then the log continues unsigned."
    )


class UnfinishedKeyError(RefusedError):
    """Making a new key was interrupted: it is there, but nobody trusts it."""

    code = "unfinished-key"
    message = N_("A new key was begun and never trusted; it signs nothing: {path}")
    hint = N_("Make a new key again, which uses this one; or delete the file.")


class RetiredKeyError(NotAllowedError):
    """The private key here was retired: another key signs now."""

    code = "retired-key"
    message = N_("The key on this machine was retired at position {position}: {path}")
    hint = N_("Copy the newer key to this machine, or make another.")


class ExposedKeyError(NotAllowedError):
    """A private key would be where git or other users see it."""

    code = "exposed-key"
    message = N_("No key was made: {path} would lie in {folder}, which is shared with others.")
    hint = N_("{cure} Then make a new key.")


class SeenKeyError(NotAllowedError):
    """A private key lies where git or other users see it."""

    code = "seen-key"
    message = N_("The private key {path} lies in {folder}, which is shared with others.")
    hint = N_("{cure} Then make a new key.")


class UntrustedKeyError(NotAllowedError):
    """A key that this workspace does not trust."""

    code = "untrusted-key"
    message = N_("The key in {path} is not one that kalends.toml trusts.")
    hint = N_("The keys that may sign are listed in kalends.toml: [audit] keys.")


class UnsignedError(IntegrityError):
    """There is no trusted signature to compare the record with."""

    code = "unsigned"
    message = N_("Nothing can be proved: {detail}.")
    hint = N_("Sign the log as it stands; keep a copy elsewhere.")


class NoTrustedKeyError(UnsignedError):
    """Nobody can sign: the workspace trusts no key."""

    code = "no-trusted-key"
    message = N_("Nothing can be proved: kalends.toml trusts no key.")
    hint = N_(
        "If it named keys, bring it back from git or a backup. If it never did, make a key and sign."
    )


class CheckpointError(IntegrityError):
    """A checkpoint that is malformed, forged or not signed by a trusted key."""

    code = "bad-checkpoint"
    message = N_("{name} is not a valid checkpoint: {detail}.")
    hint = N_(
        "Get it again from git, from a backup or from whoever keeps it. The keys that are trusted are in kalends.toml."
    )


class BadKeyError(IntegrityError):
    """A malformed key."""

    code = "bad-key"
    message = N_("{name} is not a key.")
    hint = N_("Restore it from a backup; docs/reference/audit.md shows what keys look like.")


class RewrittenError(IntegrityError):
    """The log is not what was signed."""

    code = "rewritten"
    message = N_("The log is not what was signed: its first {size} events give another root.")
    hint = N_(
        "Nothing more is signed. Keep a copy of the folder; verifying tells what differs. Restore events/journal.jsonl from git or from a backup. Only if what was signed is lost for good, move the checkpoints away and sign anew; whoever kept a checkpoint will see it."
    )


class ShortenedError(IntegrityError):
    """The log is shorter than what was signed."""

    code = "shortened"
    message = N_("The log holds {found} events; {size} were signed.")
    hint = N_(
        "Nothing more is recorded or signed. Keep a copy of the folder. Bring the newer events/journal.jsonl back, from git, a backup or a clone. Only if the newer events are lost for good, move the checkpoints away, sign anew, and record them again; whoever kept a checkpoint will see it."
    )


class ProofError(IntegrityError):
    """A proof, a pack or a file that does not prove what it claims."""

    code = "not-proved"
    message = N_("{name} proves nothing: {detail}.")
    hint = N_("Get it again from whoever made it, and compare the key with one you know.")


class PackGivenError(ProofError):
    """A pack where the proof of one activity was expected."""

    code = "pack-given"
    message = N_("{name} is a pack or another packed file, not the proof of an activity.")
    hint = N_("A pack is checked as a pack.")


class NeverServedError(IntegrityError):
    """A calendar file that was never a feed."""

    code = "never-served"
    message = N_("No feed ever had the contents of {name}: {rule}.")
    hint = N_("Look at the feed at other positions.")


class DepartsError(IntegrityError):
    """What stands is not what the events give."""

    code = "departs"
    message = N_("Differences from the events: {count}.")
    hint = N_("Views: delete the folder .kalends. Feeds: publish. Then ask who changed them.")
