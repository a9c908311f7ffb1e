"""A workspace opened for one command: its log, its views and its service."""

import threading
from collections.abc import Callable, Collection
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kalends import config, own_files
from kalends.application.machine import Machine
from kalends.application.once import once
from kalends.application.thread_views import ThreadViews
from kalends.application.traces import newest_trace
from kalends.config import WorkspaceFolder
from kalends.domain.details import Likeness
from kalends.domain.errors import KalendsError, NoKeyError
from kalends.domain.events import Via
from kalends.domain.transition_checker import TransitionChecker
from kalends.log.backends import backend_of
from kalends.log.journal_sync import JournalSync
from kalends.log.log import Log, closed_on_failure
from kalends.log.spilled import Spilled
from kalends.service import Service
from kalends.views.database import Views

if TYPE_CHECKING:
    from kalends.audit.checkpoint import Checkpoint
    from kalends.audit.note import PublicKey
    from kalends.audit.signer import Signer
    from kalends.feeds.cache import Components


class Workspace:
    """An opened workspace: its log, its views and its service, each when asked for.

    Several threads may use it: the log is one, the views are each thread's own.
    `settings` is the user's configuration folder, where keys are. `restored` is called with the
    number of events when the log had to be restored from the journal; `unwritten` and `unsigned`
    with the reason when something was recorded and the journal could not be written, or no new
    checkpoint be signed; `sure` asks whether a clock that is hard to believe is right;
    `noticed` is told of one that is odd.
    """

    def __init__(  # noqa: PLR0913 - all that one command depends on
        self,
        folder: Path,
        *,
        machine: Machine,
        settings: Path,
        actor: str | None = None,
        via: Via = "cli",
        dry_run: bool = False,
        restored: Callable[[int], None] = lambda _: None,
        unwritten: Callable[[KalendsError], None] = lambda _: None,
        unsigned: Callable[[KalendsError], None] = lambda _: None,
        sure: Callable[[KalendsError], bool] = lambda _: False,
        noticed: Callable[[KalendsError], object] = lambda _: None,
    ) -> None:
        """Name the folder to begin looking from; nothing is opened yet."""
        self._start = folder
        self._machine = machine
        self._via = via
        self._settings = settings
        self._unwritten = unwritten
        self._unsigned = unsigned
        self._sure = sure
        self._noticed = noticed
        self._actor = actor
        self._dry_run = dry_run
        self._restored = restored
        self._reads_views = False
        self.has_recorded = False
        self._lock = threading.RLock()

    @once
    def folder(self) -> WorkspaceFolder:
        """Return the workspace; `WorkspaceNotFoundError` when there is none.

        Raises `NotOwnFileError` for what is none of its own files, before any of them is opened.
        """
        here = config.find(self._start)
        own_files.check(here.root)
        return here

    @once
    def journal_sync(self) -> JournalSync:
        """Return the journal and database of the workspace, held together."""
        return journal_sync_of(self.folder)

    @once
    def log(self) -> Log:
        """Return the log, restored from the journal first when the database is not there.

        What was made from the database that is gone is thrown away: it may have told otherwise.
        """
        if not self.journal_sync.backend.exists():
            self._discard(self.folder.cache / "edge.json")
        log = self.journal_sync.open(
            self._restored, lambda: (TransitionChecker(Spilled()).follow, self._watch())
        )
        with closed_on_failure(log):
            if self._may_sign and self._lacks_signature(log):
                from kalends.application import signing  # noqa: PLC0415 - only to sign

                signing.sign_what_was_cut_short(self.folder, self._settings, log)
        return log

    def _lacks_signature(self, log: Log) -> bool:
        """Tell whether an append was killed between writing the journal and signing it."""
        position = log.position()
        return 0 < self.folder.signed_size < position and self.journal_sync.known(log) == position

    def _discard(self, *more: Path) -> bool:
        """Throw away what was made from the log; tell whether there was anything."""
        found = [*self.folder.cache.glob("*.db*"), *more]
        with suppress(OSError):
            for path in found:
                path.unlink(missing_ok=True)
        return bool(found)

    def forget_views(self) -> bool:
        """Throw away views and entries, if they were read; tell whether there were any."""
        return self._reads_views and self._discard()

    @once
    def service(self) -> Service:
        """Return the door through which events enter the log."""
        return Service(
            self.log,
            now=self._machine.now,
            new_id=self._machine.new_id,
            by=self.by,
            via=self._via,
            dry_run=self._dry_run,
            appended=self._appended,
            pause=self._machine.pause,
            newest=self._newest_trace,
            sure=self._sure,
            noticed=self._noticed,
        )

    @property
    def trusted(self) -> tuple["PublicKey", ...]:
        """Return the public keys that the workspace trusts; raises `BadKeyError`."""
        from kalends.audit.signer import trusted_keys  # noqa: PLC0415 - only to sign or to verify

        return trusted_keys(self.folder.keys)

    @property
    def newest_checkpoint(self) -> "Checkpoint":
        """Return the newest checkpoint; raises `UnsignedError`, `CheckpointError`."""
        from kalends.audit import own_checkpoints  # noqa: PLC0415 - only to sign or to verify

        return own_checkpoints.newest(self.folder, self.trusted)

    @property
    def signer(self) -> "Signer":
        """Return who signs the log; raises what `signing.signer_of` raises."""
        from kalends.application import signing  # noqa: PLC0415 - only to sign

        return signing.signer_of(self.folder, self._settings, self.service.campaign_id)

    @property
    def key_path(self) -> Path:
        """Return where the private key of this campaign is, or would be."""
        from kalends.audit import signer  # noqa: PLC0415 - only to sign

        return signer.key_path(self._settings, self.service.campaign_id)

    def new_key(self) -> None:
        """Make a key for this campaign, here; `kalends.toml` trusts it and retires the old one.

        Raises `BadKeyError`, and makes none, where one that is trusted already cannot be read.
        """
        from kalends.application import signing  # noqa: PLC0415 - only for a new key

        _ = self.trusted
        campaign_id = self.service.campaign_id
        seed = self._machine.new_seed
        with self.log.turn():  # nobody signs meanwhile with the key that is retired
            position = self.log.position()
            signing.make_key(
                self.folder.root, self._settings, campaign_id, seed, position=position
            )
        self.folder = config.load(self.folder.root)

    def _newest_trace(self) -> datetime | None:
        """Return when work here last left a trace."""
        return newest_trace(self.folder, self.key_path, self.journal_sync.backend.changed())

    def _watch(self) -> Callable[[bytes], None]:
        """Return what looks at each line that the database takes from the journal."""
        if not self.folder.keys:
            return lambda _: None
        from kalends.application import signing  # noqa: PLC0415 - only to restore

        return signing.anchors(self.folder).take

    @property
    def _may_sign(self) -> bool:
        """Tell whether each append is signed."""
        return bool(self.folder.keys) and self.folder.signs == "append"

    def _appended(self) -> None:
        """Write the journal's new lines, then sign: no checkpoint covers more than the journal."""
        self.has_recorded = True
        try:
            self.journal_sync.write(self.log)
        except KalendsError as error:
            self._unwritten(error)
            return
        if self._may_sign:
            try:
                self.signer.renew(self.log)
            except KalendsError as error:
                self.tell_unsigned(error)

    def tell_unsigned(self, error: KalendsError) -> None:
        """Tell why nothing was signed; that a clone lacks the key is told once."""
        from kalends.application import signing  # noqa: PLC0415 - only where nothing was signed

        lacks_key = isinstance(error, NoKeyError)
        if not lacks_key or signing.is_new_that_the_key_is_missing(self.folder):
            self._unsigned(error)

    @property
    def by(self) -> str:
        """Return the handle that events bear."""
        return self._actor or self._machine.user()

    @once
    def _thread_views(self) -> ThreadViews:
        return ThreadViews(self.log, self.folder.cache / "views.db")

    @property
    def views(self) -> Views:
        """Return the views, caught up with the log each time they are asked for."""
        self._reads_views = True
        return self._thread_views.caught_up()

    def alike(self, wanted: Collection[Likeness]) -> dict[Likeness, str]:
        """Return what of this is on record and not retracted, with its activity's id."""
        return self._thread_views.alike(wanted)

    def __enter__(self) -> Self:
        """Return it; all that is opened is closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what was opened."""
        self.close()

    def close(self) -> None:
        """Let go of everything that was opened; what is asked for afterwards is opened anew.

        The database is left whole in its one file.
        """
        opened = vars(self)
        for name in ("service", "journal_sync"):
            opened.pop(name, None)
        views, log = opened.pop("_thread_views", None), opened.pop("log", None)
        with ExitStack() as until_done:
            if log is not None:
                until_done.callback(log.close)
            if views is not None:
                until_done.callback(views.close)

    def components(self) -> "Components":
        """Return the store of entries already made."""
        from kalends.feeds.cache import Components  # noqa: PLC0415 - only for feeds

        return Components(self.folder.cache / "components.db")

    def now(self) -> datetime:
        """Return this moment in UTC."""
        return self._machine.now()

    def published(self) -> int:
        """Return the position at which the feeds stand, 0 when nothing was published.

        Raises `ManifestError` when what tells it cannot be read.
        """
        from kalends.feeds.manifest import read_manifest  # noqa: PLC0415 - only for feeds

        return read_manifest(self.folder.feeds)[0]


def journal_sync_of(here: WorkspaceFolder) -> JournalSync:
    """Return journal and database of a workspace, held together; nothing is opened."""
    return JournalSync(
        backend=backend_of(here.events), text=here.journal, note=here.cache / "journal.json"
    )
