"""The option `--key`: the public keys that verifying commands trust."""

from collections.abc import Sequence
from pathlib import Path

from kalends.application.known_at import is_file
from kalends.application.saved_files import octets_of
from kalends.audit.note import PublicKey, is_key, keys_in
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

# A larger file holds no keys.
_MOST = 1 << 20


def keys_of(context: Context, written: Sequence[str]) -> tuple[PublicKey, ...]:
    """Return the public keys given, or in files; by default those the workspace trusts."""
    if not written:
        try:
            return context.workspace.trusted
        except WorkspaceNotFoundError:
            detail = Message("outside a workspace, give the public key with --key")
            raise UsageError(detail=detail) from None
    found: list[str] = []
    for text in written:
        if is_key(text) or not is_file(text):  # a key is a key, even if a file has the same name
            found.append(text)
            continue
        try:
            keys = keys_in(octets_of(Path(text), _MOST).decode())
        except UnicodeDecodeError as error:
            raise FileNotReadableError(name=text, detail=str(error)) from None
        found += keys or [text]
    return trusted_keys(found)


key_option = option(
    "--key", "keys", multiple=True, metavar="KEY",
    help=N_("A public key to trust, or a file of keys; otherwise those in kalends.toml."),
)  # fmt: skip
