"""The commands of `kalends audit`."""

from kalends.cli.command_classes import Group
from kalends.domain.errors import N_

LAZY = {
    "verify": ("audit.verify:verify", N_("Show what is proved, and what is not.")),
    "checkpoint": ("audit.checkpoint:checkpoint", N_("Sign the current log.")),
    "prove": ("audit.prove:prove", N_("Write the proof of an activity.")),
    "check": ("audit.prove:check", N_("Check a proof.")),
    "pack": ("audit.packs:pack_", N_("Write the whole record into one file, a pack.")),
    "check-pack": ("audit.packs:check_pack", N_("Check a pack.")),
    "replay": ("audit.replay:replay", N_("Rebuild everything from the events and compare.")),
    "served": (
        "audit.served:served",
        N_("Find out when a feed had the contents of a calendar file."),
    ),
}
audit = Group("audit", lazy=LAZY, help=N_("Prove that the record was not changed."))
