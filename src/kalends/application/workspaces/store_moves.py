"""Switches a log to another store, and finishes the switch if it was killed halfway."""

from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kalends import config, own_files
from kalends.config import WorkspaceFolder
from kalends.domain import errors
from kalends.domain.errors import KalendsError
from kalends.log.backends import backend_of
from kalends.log.log import Log

if TYPE_CHECKING:
    from kalends.store_address import StoreAddress


def name_of(store: "StoreAddress | None") -> str:
    """Return the name of a store."""
    return "sqlite" if store is None else store.name


def is_begun(here: WorkspaceFolder) -> bool:
    """Return whether a move was begun here and not finished."""
    return _note(here).exists()


class InForce:
    """Whether the settings still name the store that is open; asked in every turn."""

    def __init__(self, here: WorkspaceFolder) -> None:
        """Take the workspace as it was opened."""
        self._here = here
        self._seen: tuple[int, int] | None = None

    def check(self, log: Log) -> None:
        """Raise `StoreMovedError` if not; settings that have not changed are not read again."""
        seen = None
        with suppress(OSError):  # then reading them says why
            found = (self._here.root / config.NAME).stat()
            seen = (found.st_mtime_ns, found.st_ino)
        if seen is None or seen != self._seen:
            check_in_force(log, self._here)
            self._seen = seen


def check_in_force(log: Log, here: WorkspaceFolder) -> None:
    """Raise `StoreMovedError` if the log was moved to another store, as itself or settings say."""
    if log.moved_to:
        raise errors.StoreMovedError(name=log.name, place=log.moved_to)
    now = config.load(here.root).store
    if now != here.store:
        raise errors.StoreMovedError(name=log.name, place=name_of(now))


def switch(source: Log, here: WorkspaceFolder, target: "StoreAddress | None") -> None:
    """Close the old store, then let the settings name the new one: that is the move.

    Killed before that, the next command opens the old one again; killed after it, the next command
    finishes the move. See `finish`.
    """
    note = _note(here)
    here.cache.mkdir(exist_ok=True)
    stores = [store and list(store) for store in (here.store, target)]
    import json  # noqa: PLC0415 - only to move

    own_files.replace(note, json.dumps(stores).encode())
    try:
        source.retire(name_of(target))
        config.move_store(here.root, target)
    except BaseException:
        with suppress(KalendsError):
            source.retire("")
            note.unlink(missing_ok=True)
        raise


def _note(here: WorkspaceFolder) -> Path:
    return here.cache / "store-move.json"


def finish(root: Path) -> None:
    """Finish a move that was killed, or undo it, as the settings say; nothing else is changed.

    A server that does not answer is asked again by the next command.
    """
    here = config.load(root)
    note = _note(here)
    import json  # noqa: PLC0415 - only to finish a move

    from kalends.store_address import StoreAddress  # noqa: PLC0415 - as said above

    try:
        stores = [store and StoreAddress(*store) for store in json.loads(note.read_bytes())]
        source, target = stores
    except FileNotFoundError:
        return
    except (OSError, ValueError, TypeError):
        with suppress(OSError):
            note.unlink()
        return
    if here.store not in stores:
        return  # the environment chooses another one just now
    try:
        if here.store == source:
            _set(here, source, "")
            note.unlink(missing_ok=True)
            return
        _set(here, target, "")
        with suppress(KalendsError):
            _set(here, source, name_of(target))
            backend_of(here.events, source).set_aside()
            note.unlink(missing_ok=True)
    except _SettingsChangedError:
        finish(root)


class _SettingsChangedError(Exception):
    """Somebody who is moving the log has changed the settings meanwhile."""


def _set(here: WorkspaceFolder, store: "StoreAddress | None", place: str) -> None:
    """Close a store, or open it again with "", unless it is so already.

    Whoever is moving the log has the turn until the settings say where it is.
    """
    backend = backend_of(here.events, store)
    if store is None or not backend.exists():
        return
    with closing(Log(backend.open())) as log:
        if log.moved_to != place:
            with log.turn():
                if config.load(here.root).store != here.store:
                    raise _SettingsChangedError
                log.retire(place)
