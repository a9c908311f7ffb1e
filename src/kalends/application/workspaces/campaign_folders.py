"""The campaigns that a server serves: a folder for each, and its name in web addresses."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from kalends import config
from kalends.application.department_code import code_of
from kalends.domain.errors import (
    CampaignNameError,
    CampaignNameTakenError,
    CodeError,
    NoCampaignsError,
)

# A name is a part of addresses, for ever.
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


class NamedCampaign(NamedTuple):
    """A workspace, and the name of its campaign in addresses; `site` is an address of its own."""

    name: str
    folder: Path
    site: str = ""


def host_of(site: str) -> str:
    """Return the host of a site, as it is compared; "" for none."""
    return urlsplit(site).hostname or ""


def alone(here: Path, given: Sequence[str]) -> Path | None:
    """Return the only workspace that is given, if it is one and has no name; else None."""
    if len(given) != 1:
        return None
    folder = here / given[0]
    return folder if _is_workspace(folder) else None


def named(here: Path, given: Iterable[str]) -> list[NamedCampaign]:
    """Return the campaigns of folders as typed, each `DIR` or `NAME=DIR`, relative to `here`.

    A folder is a workspace or holds some. Raises `NoCampaignsError`, `CampaignNameError`,
    `CampaignNameTakenError`, and what reading settings raises.
    """
    found = []
    for text in given:
        for name, folder in _named(here, text):
            config.load(folder)
            found.append(NamedCampaign(name, folder))
    check_names(found)
    return found


def check_names(campaigns: Iterable[NamedCampaign]) -> None:
    """Raise `CampaignNameTakenError` if two campaigns have one name."""
    found: dict[str, Path] = {}
    for name, folder, _ in campaigns:
        if name in found:
            raise CampaignNameTakenError(name=name, first=found[name], second=folder)
        found[name] = folder


def check_name(name: str) -> None:
    """Raise `CampaignNameError` if no address can bear this name."""
    if not _NAME.fullmatch(name):
        raise CampaignNameError(name=name)


def _named(here: Path, text: str) -> Iterator[tuple[str, Path]]:
    chosen, equals, rest = text.partition("=")
    if not equals or (here / text).is_dir():
        for folder in _workspaces(here / text):
            yield _name_of(folder), folder
        return
    check_name(chosen)
    folder = (here / rest).absolute()
    if not _is_workspace(folder):
        raise NoCampaignsError(name=folder)
    yield chosen, folder


def _workspaces(folder: Path) -> list[Path]:
    """Return a workspace, or the workspaces in a folder by name."""
    # `..` and links are followed: the name is that of the folder itself.
    folder = folder.resolve()
    if _is_workspace(folder):
        return [folder]
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    workspaces = [each for each in found if _is_workspace(each)]
    if not workspaces:
        raise NoCampaignsError(name=folder)
    return workspaces


def _is_workspace(folder: Path) -> bool:
    return (folder / config.NAME).is_file()


def _name_of(folder: Path) -> str:
    """Return the name of a folder's campaign; raises `CampaignNameError`."""
    if _NAME.fullmatch(folder.name):
        return folder.name
    try:
        return code_of(folder.name)
    except CodeError:
        raise CampaignNameError(name=folder.name) from None
