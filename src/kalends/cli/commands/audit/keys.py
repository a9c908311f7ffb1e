"""The option `--key`: the public keys that verifying commands trust."""

from collections.abc import Sequence

from kalends.application.proof.verification import PublicKey
from kalends.application.proof.verification import keys_of as written_keys
from kalends.cli.command_classes import option
from kalends.cli.context import Context
from kalends.domain.errors import (
    N_,
    UsageError,
    WorkspaceNotFoundError,
)
from kalends.words import Message


def keys_of(context: Context, written: Sequence[str]) -> tuple[PublicKey, ...]:
    """Return the public keys given, or in files; by default those the workspace trusts."""
    if not written:
        try:
            return context.workspace.signatures.trusted
        except WorkspaceNotFoundError:
            detail = Message("outside a workspace, give the public key with --key")
            raise UsageError(detail=detail) from None
    return written_keys(written)


key_option = option(
    "--key", "keys", multiple=True, metavar="KEY",
    help=N_("A public key to trust, or a file of keys; otherwise those in kalends.toml."),
)  # fmt: skip
