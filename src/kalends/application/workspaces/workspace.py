"""An opened workspace, which every use case takes: its log, its views and its service."""

import threading
from collections.abc import Callable, Collection
from contextlib import ExitStack
from copy import copy
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kalends import config, own_files
from kalends.application.access.on_behalf import OnBehalf
from kalends.application.workspaces import store_moves
from kalends.application.workspaces.caches import Caches, discard
from kalends.application.workspaces.machine import Machine
from kalends.application.workspaces.once import once
from kalends.application.workspaces.turn_check import TurnCheck
from kalends.config import WorkspaceFolder
from kalends.domain.details import Likeness
from kalends.domain.errors import KalendsError, NoKeyError
from kalends.domain.events import Via
from kalends.log.backends import journal_sync_of
from kalends.log.journal import Readers
from kalends.log.journal_sync import JournalSync
from kalends.log.log import Log, closed_on_failure
from kalends.log.store_files import STORE_FILES
from kalends.service import Service, WatchedClock
from kalends.views.database import Views

if TYPE_CHECKING:
    from kalends.application.access.permissions import Caller
    from kalends.application.workspaces.signing import Signatures
    from kalends.feeds.cache import Components


class Workspace:
    """An opened workspace; its log, views and service are opened on first use.

    Several threads may use it: they share the log, and each has its own views. `settings` is the
    user's configuration folder, which holds the keys. `restored` is called with the number of
    events if the log had to be restored from the journal. `unwritten` and `unsigned` are called
    with the reason if an event was recorded but the journal could not be written, or no checkpoint
    signed. `sure` asks whether a doubtful clock is right; `noticed` is called for an odd one.
    With `own_caches` this process shares no cache with others: for the processes of a server.
    `is_remote` says that a server keeps the log.
    """

    is_remote = False

    def __init__(  # noqa: PLR0913 - all that a command depends on
        self,
        folder: Path,
        *,
        machine: Machine,
        settings: Path,
        actor: str | None = None,
        via: Via = "cli",
        dry_run: bool = False,
        own_caches: bool = False,
        restored: Callable[[int], None] = lambda _: None,
        unwritten: Callable[[KalendsError], None] = lambda _: None,
        unsigned: Callable[[KalendsError], None] = lambda _: None,
        sure: Callable[[KalendsError], bool] = lambda _: False,
        noticed: Callable[[KalendsError], object] = lambda _: None,
    ) -> None:
        """Set the folder in which the search for a workspace begins; nothing is opened yet."""
        self._start = folder
        self._machine = machine
        self._via = via
        self._settings = settings
        self._unwritten = unwritten
        self._unsigned = unsigned
        self._sure = sure
        self._noticed = noticed
        self._actor = actor
        self._on_behalf = OnBehalf()
        self.dry_run = dry_run
        self._restored = restored
        self._has_own_caches = own_caches
        self._reads_views = False
        self.has_recorded = False
        self._lock = threading.RLock()

    @once
    def folder(self) -> WorkspaceFolder:
        """Return the workspace's folder; raise `WorkspaceNotFoundError` if there is none.

        Raises `NotOwnFileError` if a file in it is a link, a pipe or a device, before opening any.
        """
        here = config.find(self._start)
        own_files.check(here.root, STORE_FILES)
        return here

    @once
    def journal_sync(self) -> JournalSync:
        """Return what keeps journal and database in step."""
        return journal_sync_of(self.folder)

    @once
    def log(self) -> Log:
        """Return the log; if the database is missing, restore it from the journal first.

        Views made from the lost database are deleted, since it may have differed.
        """
        if store_moves.is_begun(self.folder):
            store_moves.finish(self.folder.root)
        if not self.journal_sync.backend.exists():
            discard(self.folder.cache, self.folder.cache / "edge.json")
        log = self.journal_sync.open(self._restored, self._checks)
        with closed_on_failure(log):
            store_moves.check_in_force(log, self.folder)
            if self._may_sign and self._lacks_signature(log):
                from kalends.application.workspaces import signing  # noqa: PLC0415 - only to sign

                signing.sign_what_was_cut_short(self.folder, self._settings, log)
        return log

    def _checks(self) -> Readers:
        from kalends.application.workspaces import restoring  # noqa: PLC0415 - only to restore

        return restoring.checks(self.folder)

    def _lacks_signature(self, log: Log) -> bool:
        """Return whether an append was killed between writing the journal and signing it."""
        position = log.position()
        return (
            0 < self.folder.signed_size < position
            and self.journal_sync.agreed_lines(log) == position
        )

    def forget_views(self) -> bool:
        """Delete views and feed entries, if they were read; return whether there were any."""
        return self._reads_views and discard(self.folder.cache)

    @once
    def service(self) -> Service:
        """Return the service, through which all events enter the log."""
        return Service(
            self.log, clock=self._clock(), new_id=self._machine.new_id,
            by=self.by, via=self._via, dry_run=self.dry_run,
            appended=self._appended, check=self._check_turn, permit=self._on_behalf.permit,
            act=self._on_behalf.act, known=self._on_behalf.known,
        )  # fmt: skip

    def _clock(self) -> WatchedClock:
        return WatchedClock(
            self._machine.now, zone=lambda: self.service.standing.zone, newest=self._newest_trace,
            sure=self._sure, noticed=self._noticed, pause=self._machine.pause,
        )  # fmt: skip

    def acting_for(
        self,
        caller: "Caller",
        via: Via,
        *,
        dry_run: bool = False,
        act: str | None = None,
        before_turn: Callable[["Workspace"], None] = lambda _: None,
    ) -> "Workspace":
        """Return it as somebody with a token uses it; see `OnBehalf`. Do not close it."""
        opened = self.log, self._caches
        known = self.service.standing
        theirs = copy(self)
        vars(theirs).pop("service", None)
        theirs._actor, theirs._via, theirs.dry_run = caller.actor, via, dry_run  # noqa: SLF001 - a copy
        theirs._on_behalf = OnBehalf(  # noqa: SLF001 - a copy
            caller=caller,
            act=act,
            before_turn=lambda: before_turn(theirs),
            known=known,
        )
        assert opened == (theirs.log, theirs._caches)  # noqa: SLF001 - a copy
        return theirs

    @once
    def _turn_check(self) -> TurnCheck:
        return TurnCheck(lambda: self.folder, self.log)

    def _check_turn(self) -> None:
        """Raise why nothing may be recorded here now."""
        self._turn_check()
        self._on_behalf.before_turn()

    @property
    def signatures(self) -> "Signatures":
        """Return the keys and checkpoints of this workspace."""
        from kalends.application.workspaces.signing import Signatures  # noqa: PLC0415 - only to sign or to verify

        return Signatures(self.folder, self._settings, lambda: self.service.campaign_id)

    def new_key(self) -> None:
        """Make a key for this campaign here; raises what `Signatures.new_key` raises."""
        self.signatures.new_key(self.log, self._machine.new_seed)
        self.folder = config.load(self.folder.root)

    def _newest_trace(self) -> datetime | None:
        """Return when somebody last worked here."""
        from kalends.application.workspaces.traces import newest_trace  # noqa: PLC0415 - an odd clock

        return newest_trace(
            self.folder, self.signatures.key_path, self.journal_sync.backend.changed()
        )

    @property
    def _may_sign(self) -> bool:
        """Return whether each append is signed."""
        return bool(self.folder.keys) and self.folder.signs == "append"

    def _appended(self) -> None:
        """Write the journal, then sign, so that no checkpoint covers more than the journal."""
        self.has_recorded = True
        try:
            self.journal_sync.write(self.log)
        except KalendsError as error:
            self._unwritten(error)
            return
        if self._may_sign:
            try:
                self.signatures.signer.renew(self.log)
            except KalendsError as error:
                self.tell_unsigned(error)

    def tell_unsigned(self, error: KalendsError) -> None:
        """Report why nothing was signed; that a clone lacks the key is reported once."""
        from kalends.application.workspaces import signing  # noqa: PLC0415 - only where nothing was signed

        lacks_key = isinstance(error, NoKeyError)
        if not lacks_key or signing.is_new_that_the_key_is_missing(self.folder):
            self._unsigned(error)

    @property
    def caller(self) -> "Caller | None":
        """Return in whose name it is used; None for the machine's own user."""
        return self._on_behalf.caller

    @property
    def by(self) -> str:
        """Return the handle that is recorded with events."""
        return self._actor or self._machine.user()

    @once
    def _caches(self) -> Caches:
        are_own = self._has_own_caches
        return Caches(self.folder.cache, lambda: self.log, are_own=are_own, lock=self._lock)

    @property
    def views(self) -> Views:
        """Return the views, caught up with the log each time they are asked for."""
        self._reads_views = True
        return self._caches.thread_views.caught_up()

    def withheld(self) -> int:
        """Return how many activities are withheld now."""
        from kalends.views import counts  # noqa: PLC0415 - recording needs no views

        return counts.withheld(self.views)

    def alike(self, wanted: Collection[Likeness]) -> dict[Likeness, str]:
        """Return what of this is on record and not retracted, with its activity's id."""
        return self._caches.thread_views.alike(wanted)

    def __enter__(self) -> Self:
        """Return self; everything opened is closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what was opened."""
        self.close()

    def close(self) -> None:
        """Close everything that was opened; later uses open it again.

        The database is left complete in its single file.
        """
        opened = vars(self)
        names = "_caches", "log", "service", "journal_sync", "_turn_check"
        caches, log, *_ = (opened.pop(name, None) for name in names)
        with ExitStack() as until_done:
            if caches is not None:
                until_done.callback(caches.close)
            if log is not None:
                until_done.callback(log.close)
            if caches is not None:
                until_done.callback(caches.close_views)

    def components(self) -> "Components":
        """Return the store of rendered feed entries."""
        return self._caches.components()

    def new_seed(self) -> bytes:
        """Return 32 random bytes."""
        return self._machine.new_seed()

    def now(self) -> datetime:
        """Return the current time in UTC."""
        return self._machine.now()

    def published(self) -> int:
        """Return the position of the published feeds, 0 if nothing was published.

        Raises `ManifestError` if the manifest cannot be read.
        """
        from kalends.feeds.manifest import read_manifest  # noqa: PLC0415 - only for feeds

        return read_manifest(self.folder.feeds)[0]
