"""The public keys that a verifying command believes."""

from collections.abc import Sequence
from pathlib import Path

from kalends.application.known_at import is_file
from kalends.audit.note import PublicKey, keys_in
from kalends.audit.signer import trusted_keys
from kalends.cli.command_classes import option
from kalends.cli.context import Context
from kalends.domain.errors import (
    N_,
    FileNotReadableError,
    UsageError,
    WorkspaceNotFoundError,
)
from kalends.words import Message


def keys_of(context: Context, written: Sequence[str]) -> tuple[PublicKey, ...]:
    """Return the public keys given, or in files; without any those the workspace trusts."""
    if not written:
        try:
            return context.workspace.trusted
        except WorkspaceNotFoundError:
            detail = Message("outside a workspace the public key is given with --key")
            raise UsageError(detail=detail) from None
    found: list[str] = []
    for one in written:
        try:
            told = keys_in(Path(one).read_bytes().decode()) if is_file(one) else [one]
        except (OSError, UnicodeDecodeError) as error:
            raise FileNotReadableError(name=one, detail=str(error)) from None
        found += told or [one]
    return trusted_keys(found)


key_option = option(
    "--key", "keys", multiple=True, metavar="KEY",
    help=N_("A public key to believe, or a file of some; else those of kalends.toml."),
)  # fmt: skip
