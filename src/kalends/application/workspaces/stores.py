"""Moves a log to another store and checks the one that keeps it."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import zip_longest
from typing import NamedTuple

from kalends import config
from kalends.application.workspaces import store_moves
from kalends.application.workspaces.workspace import Workspace
from kalends.audit.note import encoded
from kalends.config import WorkspaceFolder
from kalends.domain.errors import (
    N_,
    CorruptDatabaseError,
    JournalBehindError,
    KalendsError,
    OtherLogError,
    StoreAddressError,
    StoreInEnvironmentError,
)
from kalends.log import backends, journal
from kalends.log.backends import backend_of, journal_sync_of
from kalends.log.journal_line import compose
from kalends.log.log import Log
from kalends.log.merkle import Frontier, leaf_hash
from kalends.store_address import NAMING, VARIABLE, StoreAddress, is_schema


class Moved(NamedTuple):
    """A log that was moved, or is where it should be: how many events, and their root hash.

    `is_readdressed` says that it stays where it is and is reached by another address now.
    """

    size: int
    root: str
    is_new: bool
    is_readdressed: bool = False


def migrate(workspace: Workspace, target: StoreAddress | None) -> Moved:
    """Move the log to another store, `None` for SQLite; others wait meanwhile.

    The old store stays in force until everything in the new one was read again and compared.
    Raises `StoreInEnvironmentError`, `OtherLogError`, and what opening either of them raises.
    """
    here = workspace.folder
    if os.environ.get(VARIABLE):
        raise StoreInEnvironmentError(name=VARIABLE)
    source = workspace.log
    with source.turn():
        is_same = target != here.store and _is_same_place(source, here, target)
        if not is_same:  # what can only be read may get an address that leads to a primary
            source.check_appending()
        workspace.journal_sync.write(source)
        if target == here.store:
            return Moved(
                source.position(), _same(source, source, store_moves.name_of(target)), is_new=False
            )
        if is_same:
            root = _same(source, source, store_moves.name_of(target))
            if not workspace.dry_run:
                config.move_store(here.root, target)
            size = source.position()
        elif workspace.dry_run:
            return Moved(source.position(), _compared(source, here, target), is_new=True)
        else:
            root = _filled(source, here, target)
            store_moves.switch(source, here, target)
            size = source.position()
    workspace.close()
    store_moves.finish(here.root)
    workspace.folder = config.load(here.root)
    return Moved(size, root, is_new=not is_same, is_readdressed=is_same)


def _is_same_place(source: Log, here: WorkspaceFolder, target: StoreAddress | None) -> bool:
    """Return whether an address is another one of the very schema in which the log is.

    Raises `ReadOnlyStoreError` if it leads to a standby, where nothing could be recorded.
    """
    if here.store is None or target is None or here.store.schema != target.schema:
        return False
    backend = backend_of(here.events, target)
    if not backend.exists():
        return False
    with closing(Log(backend.open())) as there:
        # A server that does not say which it is has a name that begins so.
        is_same = there.identity == source.identity and not there.identity.startswith("/")
        if is_same:
            there.check_appending()
        return is_same


def _compared(source: Log, here: WorkspaceFolder, target: StoreAddress | None) -> str:
    """Raise `OtherLogError` if the target keeps another log; return the source's root."""
    backend = backend_of(here.events, target)
    if backend.exists():
        with closing(Log(backend.open())) as there:
            there.check_appending()
            _begins_alike(source, there, store_moves.name_of(target))
    return _same(source, source, store_moves.name_of(target))


def _filled(source: Log, here: WorkspaceFolder, target: StoreAddress | None) -> str:
    """Bring the target up to the source, open it anew, compare all of it and return the root."""
    backend, name = backend_of(here.events, target), store_moves.name_of(target)
    if backend.exists():
        with closing(Log(backend.open())) as there:
            after = _begins_alike(source, there, name)
            with there.turn():
                there.check_appending()
                closed = there.moved_to
                there.retire("")
                there.load(source.rows(after=after))
                there.retire(closed)  # it is opened when the settings name it
    else:
        backend.restore(lambda store: Log(store).load(source.rows()))
    with closing(Log(backend.open())) as there:
        there.confirm()
        return _same(source, there, name)


def _begins_alike(source: Log, there: Log, name: str) -> int:
    """Return how many events both hold; raise `OtherLogError` where the target has others."""
    position = 0
    for row, ours in zip(there.rows(), _padded(source), strict=False):
        if row != ours:
            raise OtherLogError(name=name, position=position + 1)
        position += 1
    return position


def _padded(log: Log) -> Iterator[object]:
    yield from log.rows()
    while True:
        yield None


def _same(source: Log, there: Log, name: str) -> str:
    """Return the root hash of both; raise `OtherLogError` at the first difference."""
    tree = Frontier()
    for ours, row in zip_longest(source.rows(), there.rows()):
        if ours is None or ours != row:
            raise OtherLogError(name=name, position=tree.size + 1)
        tree.append(leaf_hash(compose(row)))
    return encoded(tree.root())


def role_sql(schema: str, role: str) -> str:
    """Return the SQL of a schema and its role; raises `StoreAddressError` for odd names."""
    for name in (schema, role):
        if not is_schema(name):
            raise StoreAddressError(detail=NAMING)
    return backends.role_sql(schema, role)


class Finding(NamedTuple):
    """Something that was checked, in words, and what is wrong with it."""

    name: str
    error: KalendsError | None


class Checked(NamedTuple):
    """A store that was checked: its size and root if it could be read; `may_change` is a warning.

    With `may_change`, whoever opened it could change or remove what is recorded.
    """

    name: str
    size: int | None
    root: str | None
    findings: list[Finding]
    may_change: bool


def check(workspace: Workspace) -> Checked:
    """Check the store that keeps the log; a check is skipped if it depends on one that failed."""
    root = ""

    def all_alike() -> None:
        nonlocal root
        lines = journal.agreed(workspace.log, workspace.folder.journal).lines
        root = _same(workspace.log, workspace.log, "")
        if lines < workspace.log.position():
            raise JournalBehindError(lines=lines, position=workspace.log.position())

    checks: list[tuple[str, Callable[[], object]]] = [
        (N_("the store answers and keeps a log"), lambda: workspace.log),
        (N_("it holds only what Kalends made"), lambda: _made_by_kalends(workspace)),
        (N_("it can record"), lambda: _record(workspace)),
        (N_("it agrees with the journal, line by line"), all_alike),
    ]
    findings: list[Finding] = []
    for name, look in checks:
        try:
            look()
        except KalendsError as error:
            findings.append(Finding(name, error))
            if len(findings) == 1:
                break
        else:
            findings.append(Finding(name, None))
    is_read = bool(root)
    return Checked(
        name=store_moves.name_of(workspace.folder.store),
        size=workspace.log.position() if is_read else None,
        root=root or None,
        findings=findings,
        may_change=is_read and not workspace.log.may_only_add,
    )


def _record(workspace: Workspace) -> None:
    workspace.log.check_appending()


def _made_by_kalends(workspace: Workspace) -> None:
    store = journal_sync_of(workspace.folder).backend.untrusted()
    foreign = store.strangers() if store is not None else []
    if foreign:
        raise CorruptDatabaseError(
            name=store_moves.name_of(workspace.folder.store), detail=foreign[0]
        )
