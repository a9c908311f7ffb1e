"""Makes a workspace and opens its campaign, for `kalends init`."""

from collections.abc import Callable
from pathlib import Path

from kalends import config, own_files
from kalends.application.workspaces import unfinished
from kalends.application.workspaces.machine import Machine
from kalends.config import WorkspaceFolder
from kalends.domain import campaign, clock
from kalends.domain.commands import OpenCampaign
from kalends.domain.errors import (
    ClockUnlikelyError,
    KalendsError,
    MachineError,
    NotAFolderError,
    WorkspaceExistsError,
)
from kalends.domain.events import Stamp
from kalends.domain.text import clean_actor
from kalends.log.backends import backend_of, journal_sync_of
from kalends.log.log import Log
from kalends.log.store_files import STORE_FILES
from kalends.service import Service, WatchedClock, check_zone, zone


def create(  # noqa: PLR0913 - all that it depends on
    folder: Path,
    command: OpenCampaign,
    *,
    language: str,
    machine: Machine,
    by: str,
    settings: Path,
    unsigned: Callable[[KalendsError], None],
    sure: Callable[[KalendsError], bool] = lambda _: True,
) -> WorkspaceFolder:
    """Make a workspace and open its campaign; an error leaves nothing behind.

    Its key is stored in `settings`, the user's configuration folder; if it cannot be stored
    there, `unsigned` is called with the reason. `sure` is asked whether an unlikely clock is
    right. Raises `WorkspaceExistsError`, `ClockUnlikelyError`, `DiskError`, or what opening the
    campaign raises.
    """
    check(WorkspaceFolder(root=folder), command, machine=machine, by=by, sure=sure)
    with unfinished.begun(folder, settings) as place:
        here = WorkspaceFolder(root=place, language=language)
        journal_sync = journal_sync_of(here)
        log = journal_sync.create()
        try:
            Service(
                log, clock=WatchedClock(machine.now), new_id=machine.new_id, by=by
            ).change_campaign(command)
            unfinished.dress(place, language)
            with log.turn():
                journal_sync.write(log)
            try:
                _begin_signing(log, here, settings, command.id, machine, folder)
            except KalendsError as error:
                if isinstance(error, MachineError) and not _is_of_keys(error, settings):
                    raise
                unsigned(error)
        finally:
            log.close()
    return config.load(folder)


def check(
    here: WorkspaceFolder,
    command: OpenCampaign,
    *,
    machine: Machine,
    by: str,
    sure: Callable[[KalendsError], bool] = lambda _: True,
) -> None:
    """Raise what `create` would raise for this workspace, without making it."""
    nearest = next(
        folder for folder in (here.root, *here.root.absolute().parents) if folder.exists()
    )
    if not nearest.is_dir():
        raise NotAFolderError(name=nearest)
    begun = unfinished.was_cut_short(here.root)
    is_there = backend_of(here.events).exists() or here.journal.exists()
    if (here.root / config.NAME).exists() or (is_there and not begun):
        raise WorkspaceExistsError(name=here.root)
    for name in (".gitattributes", ".gitignore"):
        own_files.check_file(here.root, name)
    own_files.check(here.root, STORE_FILES)
    check_zone(command.settings.zone)
    stamp = Stamp(at=machine.now(), by=clean_actor(by), via="cli", act=machine.new_id())
    campaign.decide(None, command, stamp=stamp)
    try:
        clock.check_likely(stamp["at"], machine.installed(), zone(command.settings.zone))
    except ClockUnlikelyError as doubt:
        if not sure(doubt):
            raise


def _is_of_keys(error: MachineError, settings: Path) -> bool:
    """Return whether the machine refused the key's place, and not the workspace's."""
    place = error.fields.get("name")
    return isinstance(place, Path) and settings in place.parents


def _begin_signing(
    log: Log,
    here: WorkspaceFolder,
    settings: Path,
    campaign_id: str,
    machine: Machine,
    to_be: Path,
) -> None:
    from kalends.application.workspaces import signing  # noqa: PLC0415 - only for a new key

    position = log.position()
    signing.make_key(
        here.root, settings, campaign_id, machine.new_seed, position=position, to_be=to_be
    )
    with log.turn():
        signing.signer_of(config.load(here.root), settings, campaign_id).renew(log)
