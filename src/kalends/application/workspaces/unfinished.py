"""Makes a workspace in a draft folder, then moves it into place, `kalends.toml` last."""

import errno
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kalends import config, own_files
from kalends.domain.errors import DiskError, NoPlaceError
from kalends.log.store_files import DATABASE, STORE_FILES
from kalends.words import os_error_message

# In the cache, where anything may be deleted even if we are killed.
_DRAFT = Path(".kalends", "new")
_JOURNAL = Path("events", "journal.jsonl")
# Moved in this order. The workspace is finished when its settings leave the draft.
_EVENTS = ("journal.jsonl", "checkpoint", *STORE_FILES)
# Errors that end when there is room on the disk again.
_FULL = {errno.ENOSPC, errno.EDQUOT}
_GIT = {
    ".gitattributes": ["events/** -text merge=binary", "feeds/** -text"],
    ".gitignore": ["/.kalends/", f"/events/{DATABASE}*", "/feeds/full/"],
}


def was_cut_short(folder: Path) -> bool:
    """Return whether `init` was interrupted here, and nothing was recorded since."""
    draft, events = folder / _DRAFT, folder / "events"
    is_link = draft.is_symlink() or draft.parent.is_symlink()
    if is_link or not draft.is_dir() or (folder / config.NAME).exists():
        return False
    if (events / DATABASE).exists() or (folder / _JOURNAL).exists():
        return len(_lines(folder / _JOURNAL)) == 1
    return True


@contextmanager
def begun(folder: Path, settings: Path) -> Iterator[Path]:
    """Yield the draft folder for a new workspace; after the block, move it into place.

    A failure leaves nothing behind. What an earlier, interrupted run left is removed too, with its
    key in `settings`, the user's configuration folder. Raises `DiskError` or `NoPlaceError`.
    """
    above = [folder / _DRAFT.parent, folder, *folder.parents]
    above = [place for place in above if not place.exists()]
    git_files = {name: _read(folder / name) for name in _GIT}
    try:
        _clear(folder, settings)
        (folder / _DRAFT).mkdir(parents=True)
        yield folder / _DRAFT
        _move(folder)
    except BaseException as error:
        with suppress(OSError):
            _clear(folder, settings)
            for name, content in git_files.items():
                if content is None:
                    (folder / name).unlink(missing_ok=True)
            for place in above:
                with suppress(FileNotFoundError):
                    place.rmdir()
        if isinstance(error, OSError):
            refusal = DiskError if error.errno in _FULL else NoPlaceError
            raise refusal(name=folder, detail=os_error_message(error)) from None
        raise
    shutil.rmtree(folder / _DRAFT, ignore_errors=True)  # it holds only what can be rebuilt


def dress(draft: Path, language: str) -> None:
    """Write `kalends.toml` and make the feeds' folder; raises `OSError`."""
    (draft / "feeds").mkdir(exist_ok=True)
    said = "# A Kalends workspace. Nothing here changes what is published.\n"
    (draft / config.NAME).write_text(f'{said}language = "{language}"\n', "utf-8")


def _move(folder: Path) -> None:
    for name in ("feeds", "events"):
        (folder / name).mkdir(exist_ok=True)
    for name in _EVENTS:
        with suppress(FileNotFoundError):
            (folder / _DRAFT / "events" / name).replace(folder / "events" / name)
    for name, lines in _GIT.items():
        _add_lines(folder / name, lines)
    (folder / _DRAFT / config.NAME).replace(folder / config.NAME)


def _clear(folder: Path, settings: Path) -> None:
    """Remove the parts of an unfinished workspace."""
    if not was_cut_short(folder):
        return
    draft = folder / _DRAFT
    for line in (*_lines(folder / _JOURNAL), *_lines(draft / _JOURNAL)):
        with suppress(ValueError, LookupError, TypeError, AttributeError):
            campaign_id = json.loads(line)["state"]["id"]
            if campaign_id.isalnum():
                for key in (settings / "keys").glob(f"{campaign_id}.key*"):
                    key.unlink(missing_ok=True)
    for name in reversed(_EVENTS):  # the journal last: it proves that the other files are ours
        (folder / "events" / name).unlink(missing_ok=True)
    for name in ("events", "feeds"):
        with suppress(OSError):
            (folder / name).rmdir()
    for part in _parts(folder):
        part.unlink()
    shutil.rmtree(draft)
    with suppress(OSError):
        draft.parent.rmdir()


def _parts(folder: Path) -> list[Path]:
    """Return temporary files that any process has left."""
    patterns = [own_files.beside(folder / name, "*").name for name in _GIT]
    return [part for pattern in patterns for part in folder.glob(pattern)]


def _lines(path: Path) -> list[bytes]:
    return (_read(path) or b"").splitlines()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _add_lines(path: Path, lines: list[str]) -> None:
    there = (_read(path) or b"").splitlines()  # not always UTF-8
    missing = [line.encode() for line in lines if line.encode() not in there]
    if missing:
        own_files.replace(path, b"\n".join([*there, *missing]) + b"\n")
