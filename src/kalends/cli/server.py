"""The server that a run works with: its token, and where the copy of its log is kept."""

import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kalends.application.workspaces.remote_workspace import (
    RemoteWorkspace,
    ServerAddress,
    server_address,
)
from kalends.domain.errors import (
    ExposedTokenError,
    FileNotReadableError,
    NoTokenError,
    TokenRefusedError,
)
from kalends.words import os_error_message

if TYPE_CHECKING:
    from kalends.application.workspaces.machine import Machine

_VARIABLE, _FILE_VARIABLE = "KALENDS_TOKEN", "KALENDS_TOKEN_FILE"
_MOST = 4_096
_SENDABLE = re.compile(r"[!-~]+")


def remote_workspace(
    server: str,
    *,
    settings: Path,
    machine: "Machine",
    language: Callable[[], str],
    actor: str | None = None,
    dry_run: bool = False,
) -> RemoteWorkspace:
    """Return the campaign on a server; raises what reading the address and the token raises.

    `settings` is the user's configuration folder; the server speaks `language`.
    """
    address = server_address(server)
    return RemoteWorkspace(
        address,
        _token(address, settings),
        caches=_cache_folder() / "servers",
        machine=machine,
        settings=settings,
        language=language,
        actor=actor,
        dry_run=dry_run,
    )


def _token(address: ServerAddress, settings: Path) -> str:
    """Return the token for a server: of the environment, or of the user's file for it.

    Raises `NoTokenError`, `ExposedTokenError`, or `FileNotReadableError`.
    """
    if given := os.environ.get(_VARIABLE, "").strip():
        return _checked(given)
    named = os.environ.get(_FILE_VARIABLE)
    path = Path(named) if named else settings / "tokens" / address.file_name
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read(_MOST)
    except FileNotFoundError:
        raise NoTokenError(name=address.name, path=path, variable=_VARIABLE) from None
    except OSError as error:
        raise FileNotReadableError(name=path, detail=os_error_message(error)) from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ExposedTokenError(path=path)
    found = content.decode("utf-8", "replace").strip()
    if not found:
        raise NoTokenError(name=address.name, path=path, variable=_VARIABLE)
    return _checked(found)


def _checked(token: str) -> str:
    """Return a token; raise `TokenRefusedError` if no token looks like that."""
    if not _SENDABLE.fullmatch(token):
        raise TokenRefusedError
    return token


def _cache_folder() -> Path:
    """Return the user's folder for files that can be made again."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "kalends"
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (named if named.is_absolute() else Path.home() / ".cache") / "kalends"
