"""Reads a list of campaigns kept on PostgreSQL, and makes a small folder for each."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kalends import config, own_files
from kalends.application.workspaces.campaign_folders import NamedCampaign, check_name, host_of
from kalends.domain.campaign import is_site
from kalends.domain.errors import (
    CampaignListError,
    DiskError,
    FileNotReadableError,
    NoCampaignsError,
)
from kalends.store_address import StoreAddress, checked
from kalends.words import Message, os_error_message

_MOST_BYTES = 1 << 24
_KEYS, _CAMPAIGN_KEYS = {"url", "cache", "campaigns"}, {"url", "schema", "site"}
_CACHE = ".kalends-campaigns"


def listed(file: Path) -> list[NamedCampaign]:
    """Return the campaigns of a list, and write the settings of each into a folder of its own.

    Raises `CampaignListError`, `CampaignNameError`, `DiskError`, `NoCampaignsError`, and what
    `store_address.checked` raises.
    """
    document = _read(file)
    # The settings of a campaign are written where nothing else is kept but its views.
    cache = file.absolute().parent / document.get("cache", _CACHE)
    found = []
    for name, address, site in [*_addresses(file, document)]:
        folder = cache / name
        _write(folder, address)
        found.append(NamedCampaign(name, folder, site))
    if not found:
        raise NoCampaignsError(name=file)
    return found


def _read(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            content = opened.read(_MOST_BYTES)
    except OSError as error:
        raise FileNotReadableError(name=file, detail=os_error_message(error)) from None
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise CampaignListError(name=file, detail=str(error)) from None
    unknown = sorted(document.keys() - _KEYS)
    texts = {key: document[key] for key in ("url", "cache") if key in document}
    if unknown or not all(isinstance(value, str) for value in texts.values()):
        raise CampaignListError(name=file, detail=", ".join(unknown or texts))
    return document


def _addresses(file: Path, document: Mapping[str, Any]) -> Iterator[tuple[str, StoreAddress, str]]:
    campaigns = document.get("campaigns", {})
    if not isinstance(campaigns, dict):
        raise CampaignListError(name=file, detail="campaigns")
    hosts: set[str] = set()
    for name, fields in campaigns.items():
        check_name(name)
        is_table = isinstance(fields, dict) and fields.keys() <= _CAMPAIGN_KEYS
        if not is_table or not all(isinstance(value, str) for value in fields.values()):
            raise CampaignListError(name=file, detail=f"campaigns.{name}")
        url = fields.get("url", document.get("url"))
        if url is None or "schema" not in fields:
            detail = Message("every campaign needs a url and a schema")
            raise CampaignListError(name=file, detail=detail)
        site = fields.get("site", "")
        if site and (not _is_host_alone(site) or host_of(site) in hosts):
            raise CampaignListError(name=file, detail=f"campaigns.{name}.site: {site}")
        hosts.add(host_of(site))
        yield name, checked(url, fields["schema"]), site.rstrip("/")


def _is_host_alone(site: str) -> bool:
    """Return whether an address names a host and no path: a browser keeps apart only hosts."""
    return is_site(site) and not urlsplit(site).path.strip("/")


def _write(folder: Path, address: StoreAddress) -> None:
    """Write the settings of a campaign, unless they are there: a server that runs reads them."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in address._asdict().items()]
    content = ("[store]\n" + "\n".join(lines) + "\n").encode()
    path = folder / config.NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            own_files.replace(path, content)
    except OSError as error:
        raise DiskError(name=path, detail=os_error_message(error)) from None
