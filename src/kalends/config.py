"""Finds a workspace and reads its `kalends.toml`; no published bytes depend on these settings."""

import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kalends import own_files
from kalends.domain import errors
from kalends.domain.errors import (
    MachineError,
    SettingError,
    SettingsGoneError,
    WorkspaceNotFoundError,
)
from kalends.domain.value import Value
from kalends.words import Message

if TYPE_CHECKING:
    from kalends.login_provider import LoginProvider
    from kalends.store_address import StoreAddress

NAME = "kalends.toml"
# A file larger than this is not a settings file.
_MOST = 1 << 18
_MARK = b"\xef\xbb\xbf"  # some editors begin a file of UTF-8 with it


Signs = Literal["append", "publish", "never"]


class WorkspaceFolder(Value):
    """A workspace's folder: the paths of its parts, and the settings of `kalends.toml`.

    `keys` are the trusted public keys in their encoding; `signs` says when checkpoints are signed;
    `store` is where PostgreSQL keeps the log, None for SQLite. `provider` is where people with an
    account elsewhere log in. `networks` are its own that webhooks made over the API reach.
    """

    root: Path
    language: str | None = None
    keys: tuple[str, ...] = ()
    signs: Signs = "append"
    store: "StoreAddress | None" = None
    provider: "LoginProvider | None" = None
    networks: tuple[str, ...] = ()

    @property
    def events(self) -> Path:
        """Return the folder that holds the log."""
        return self.root / "events"

    @property
    def journal(self) -> Path:
        """Return the file that holds the log as text."""
        return self.root / "events" / "journal.jsonl"

    @property
    def checkpoint(self) -> Path:
        """Return the file of the newest checkpoint, which signs the log's size and root hash."""
        return self.root / "events" / "checkpoint"

    @property
    def checkpoints(self) -> Path:
        """Return the folder of the kept checkpoints, one file for each publication."""
        return self.root / "events" / "checkpoints"

    @property
    def signed_size(self) -> int:
        """Return the size in the newest checkpoint without verifying it; 0 if there is none."""
        try:
            with self.checkpoint.open("rb") as file:
                return int(file.read(200).split(b"\n")[1])
        except (OSError, ValueError, IndexError):
            return 0

    @property
    def feeds(self) -> Path:
        """Return the folder of the published feeds."""
        return self.root / "feeds"

    @property
    def secrets(self) -> Path:
        """Return the folder of the hashes of secret addresses; git ignores it."""
        return self.root / own_files.SECRETS

    @property
    def cache(self) -> Path:
        """Return the folder of files that can be rebuilt at any time."""
        return self.root / ".kalends"


def find(start: Path) -> WorkspaceFolder:
    """Return the workspace that a folder is in: the nearest one upwards with a `kalends.toml`.

    Raises `WorkspaceNotFoundError`, `SettingsGoneError`, `FormatError` if the file is not TOML,
    `SettingError`, or `NotOwnFileError` if it is a link, a pipe or a device; for a folder that is
    not there `FileNotReadableError`, since a mistyped name must not lead to the workspace around.
    """
    folder = start.absolute()
    if not folder.is_dir():
        is_there = os.path.lexists(folder)
        detail = Message("it is not a folder") if is_there else Message("there is no such folder")
        raise errors.FileNotReadableError(name=start, detail=detail)
    for candidate in (folder, *folder.parents):
        if os.path.lexists(candidate / NAME):
            return load(candidate)
    for candidate in (folder, *folder.parents):
        if (candidate / "events" / "journal.jsonl").is_file():
            raise SettingsGoneError(name=candidate)
    raise WorkspaceNotFoundError(name=start)


def load(root: Path) -> WorkspaceFolder:
    """Return the workspace in exactly this folder; raises as `find` does, and `MachineError`."""
    settings = _read(root)
    language = settings.pop("language", None)
    keys, signs = _audit(settings.pop("audit", {}))
    store = _store(settings.pop("store", {}))
    provider = _provider(settings.pop("oidc", {}))
    networks = _networks(settings.pop("webhooks", {}))
    if settings:
        raise SettingError(name=next(iter(settings)))
    # The value may be a list, which cannot be looked up in a set.
    if language not in (None, "en", "zh"):
        raise SettingError(name="language")
    return WorkspaceFolder(
        root=root, language=language, keys=keys, signs=signs, store=store, provider=provider,
        networks=networks,
    )  # fmt: skip


def _store(section: Any) -> "StoreAddress | None":
    if section == {} and not _is_set("KALENDS_STORE_URL"):
        return None
    from kalends import store_address  # noqa: PLC0415 - most logs are in a file

    return store_address.address_in(section, os.environ)


def _provider(section: Any) -> "LoginProvider | None":
    if section == {} and not _is_set("KALENDS_OIDC_ISSUER", "KALENDS_OIDC_CLIENT_ID"):
        return None
    from kalends import login_provider  # noqa: PLC0415 - only for servers

    return login_provider.provider_in(section, os.environ)


def _is_set(*names: str) -> bool:
    return any(map(os.environ.get, names))


def _read(root: Path) -> dict[str, Any]:
    own_files.check_file(root, NAME)
    try:
        with (root / NAME).open("rb") as file:
            content = file.read(_MOST + 1)
    except OSError as error:
        raise MachineError(detail=f"{NAME}: {error.strerror or error}") from None
    if len(content) > _MOST:
        raise errors.FormatError(detail=Message("kalends.toml is larger than 256 KiB"))
    try:
        return tomllib.loads(content.removeprefix(_MARK).decode())
    except UnicodeDecodeError:
        from kalends.words.encodings import encoding_of  # noqa: PLC0415 - seldom needed

        raise errors.EncodedFileError(name=NAME, encoding=encoding_of(content)) from None
    except tomllib.TOMLDecodeError as error:
        raise errors.FormatError(detail=f"{NAME}: {error}") from None
    except (ValueError, RecursionError):
        detail = Message("kalends.toml is nested too deep, or has a number that is too long")
        raise errors.FormatError(detail=detail) from None


def trust(root: Path, key: str, *, retired: str | None = None, position: int = 0) -> None:
    """Add a public key to those that `kalends.toml` trusts; everything else in the file stays.

    The `retired` key stays, followed by its last position unless it has one already. Raises what
    `load` raises, `MachineError`, or `FormatError` if the file cannot be edited without changing
    its meaning; it is then unchanged.
    """
    path, before = root / NAME, load(root)
    if key in before.keys:
        return
    ended = {retired: f"{retired} {position}"} if retired in before.keys else {}
    keys = tuple(ended.get(key, key) for key in before.keys)
    try:
        content = path.read_bytes()
        edited = _with_key(content, key, ended)
        settings = tomllib.loads(edited.removeprefix(_MARK).decode())
        language, found = settings.get("language"), _audit(settings["audit"])
        if (language, *found) != (before.language, (*keys, key), before.signs):
            raise errors.FormatError(detail=f"{NAME}: [audit] keys")
        own_files.replace(path, edited, is_alone=True)
    except OSError as error:
        raise MachineError(detail=f"{NAME}: {error.strerror or error}") from None
    if key not in load(root).keys:
        raise errors.FormatError(detail=f"{NAME}: [audit] keys")


def move_store(root: Path, store: "StoreAddress | None") -> None:
    """Let `kalends.toml` say that this store keeps the log; everything else in the file stays.

    Raises what `load` raises, `MachineError`, or `FormatError` if the file cannot be edited
    without changing its meaning; it is then unchanged.
    """
    from kalends import store_address  # noqa: PLC0415 - few logs are moved

    path, before = root / NAME, load(root)

    def change(document: Any) -> None:
        document.pop("store", None)
        if store is not None:
            document["store"] = store._asdict()

    try:
        edited = _edited(path.read_bytes(), change)
        settings = tomllib.loads(edited.removeprefix(_MARK).decode())
        found = store_address.address_in(settings.pop("store", {}), {})
        rest = (settings.get("language"), *_audit(settings.get("audit", {})))
        if (found, rest) != (store, (before.language, before.keys, before.signs)):
            raise errors.FormatError(detail=f"{NAME}: [store]")
        own_files.replace(path, edited, is_alone=True)
    except OSError as error:
        raise MachineError(detail=f"{NAME}: {error.strerror or error}") from None


def _with_key(content: bytes, key: str, ended: Mapping[str, str] = {}) -> bytes:
    """Return the file's bytes with one more key.

    `ended` maps a key to its new encoding, which ends with its last position.
    """
    import tomlkit  # noqa: PLC0415 - only for a new key

    def change(document: Any) -> None:
        if "audit" not in document:
            document["audit"] = tomlkit.table()
        if "keys" not in document["audit"]:
            document["audit"]["keys"] = tomlkit.array().multiline(multiline=True)
        keys = document["audit"]["keys"]
        for place, old in enumerate(keys):
            if str(old) in ended:
                keys[place] = ended[str(old)]
        keys.append(key)

    return _edited(content, change)


def _edited(content: bytes, change: Callable[[Any], None]) -> bytes:
    """Return the file's bytes with this change, keeping comments, order and line ends."""
    import tomlkit  # noqa: PLC0415 - only to edit

    mark = _MARK if content.startswith(_MARK) else b""
    text = content.removeprefix(_MARK).decode()
    document: Any = tomlkit.parse(text)
    change(document)
    ends = text[len(text.rstrip("\r\n")) :]
    edited = tomlkit.dumps(document).rstrip("\r\n") + (ends or "\n")
    if text.count("\n") == text.count("\r\n") > 0:
        edited = edited.replace("\r\n", "\n").replace("\n", "\r\n")
    return mark + edited.encode()


def _audit(settings: Any) -> tuple[tuple[str, ...], Signs]:
    """Return the keys and when to sign; raise `SettingError` for unknown values."""
    if not isinstance(settings, dict):
        raise SettingError(name="audit")
    keys = settings.pop("keys", [])
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise SettingError(name="[audit] keys")
    signs: Signs | None = settings.pop("checkpoint", "append")
    if signs not in ("append", "publish", "never"):
        raise SettingError(name="[audit] checkpoint")
    if settings:
        raise SettingError(name=f"[audit] {next(iter(settings))}")
    return tuple(keys), signs


def _networks(settings: Any) -> tuple[str, ...]:
    """Return the networks of `[webhooks]`; raise `SettingError` for unknown values."""
    if not isinstance(settings, dict):
        raise SettingError(name="webhooks")
    found = settings.pop("networks", [])
    if settings:
        raise SettingError(name=f"[webhooks] {next(iter(settings))}")
    if not isinstance(found, list):
        raise SettingError(name="[webhooks] networks")
    if found:
        from ipaddress import ip_network  # noqa: PLC0415 - few workspaces name one

        for each in found:
            try:
                ip_network(each if isinstance(each, str) else "")
            except ValueError:
                raise SettingError(name="[webhooks] networks") from None
    return tuple(found)
